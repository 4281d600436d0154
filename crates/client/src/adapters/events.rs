//! Server-sent events for the office.

use shared::wire::event::OfficeEvent;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

use super::connectivity::listen_to;

/// An open stream; the browser resumes it after a loss. Dropping it closes it.
pub(crate) struct EventStream {
    source: EventSource,
    _callback: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Follows everything after the event with this number.
pub(crate) fn follow(after: i64, on_event: impl Fn(OfficeEvent) + 'static) -> Option<EventStream> {
    let source = EventSource::new(&format!("/api/events?after={after}")).ok()?;
    Some(listen(source, on_event))
}

/// Follows everything from now on; calls `on_open` whenever the stream begins, also after a loss: what was missed has
/// to be loaded then.
pub(crate) fn follow_from_now(
    on_open: impl Fn() + 'static,
    on_event: impl Fn(OfficeEvent) + 'static,
) -> Option<EventStream> {
    let source = EventSource::new("/api/events").ok()?;
    listen_to(&source, "open", on_open);
    Some(listen(source, on_event))
}

fn listen(source: EventSource, on_event: impl Fn(OfficeEvent) + 'static) -> EventStream {
    let callback = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let text = message.data().as_string().unwrap_or_default();
        if let Ok(event) = serde_json::from_str(&text) {
            on_event(event);
        }
    });
    source.set_onmessage(Some(callback.as_ref().unchecked_ref()));
    EventStream {
        source,
        _callback: callback,
    }
}
