//! Server-sent events.

use shared::wire::event::OfficeEvent;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

/// An open stream; the browser resumes it after a loss. Dropping it closes it.
pub(crate) struct EventStream {
    source: EventSource,
    _on_open: Option<Closure<dyn FnMut()>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Follows everything after the event with this number.
pub(crate) fn follow(after: i64, on_event: impl Fn(OfficeEvent) + 'static) -> Option<EventStream> {
    let source = EventSource::new(&format!("/api/events?after={after}")).ok()?;
    Some(listen(source, None, on_event))
}

/// Follows everything from now on; calls `on_open` whenever the stream begins, also after a loss: what was missed has
/// to be loaded then.
pub(crate) fn follow_from_now(
    on_open: impl Fn() + 'static,
    on_event: impl Fn(OfficeEvent) + 'static,
) -> Option<EventStream> {
    let source = EventSource::new("/api/events").ok()?;
    let on_open = Closure::<dyn FnMut()>::new(on_open);
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    Some(listen(source, Some(on_open), on_event))
}

fn listen(
    source: EventSource,
    on_open: Option<Closure<dyn FnMut()>>,
    on_event: impl Fn(OfficeEvent) + 'static,
) -> EventStream {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let text = message.data().as_string().unwrap_or_default();
        if let Ok(event) = serde_json::from_str(&text) {
            on_event(event);
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    EventStream {
        source,
        _on_open: on_open,
        _on_message: on_message,
    }
}
