//! What tabs of one phone tell each other.

use shared::sync::event::PeerMessage;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "meterline";

/// The channel; a message reaches every tab but this one.
pub struct Peers {
    channel: Option<BroadcastChannel>,
}

impl Peers {
    /// Joins the channel. `person` keeps apart what belongs to different queues.
    pub fn join(person: &str, on_message: impl Fn(PeerMessage) + 'static) -> Self {
        let channel = BroadcastChannel::new(&format!("{NAME}/{person}")).ok();
        if let Some(channel) = &channel {
            let callback = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                if let Ok(message) = serde_json::from_str(&text) {
                    on_message(message);
                }
            })
            .into_js_value();
            channel.set_onmessage(Some(callback.unchecked_ref()));
        }
        Self { channel }
    }

    /// Tells the others.
    pub fn tell(&self, message: &PeerMessage) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(message)) {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
