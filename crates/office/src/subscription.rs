//! What happens at the server, followed for as long as the owner that asked for it lives.

use leptos::prelude::*;
use shared::wire::event::OfficeEvent;

use crate::adapters::events::{self, EventStream};
use crate::open_counts::use_open_counts;

/// Follows what happens from now on; `on_open` hears each time the stream begins, also after a loss.
pub(crate) fn follow_from_now(on_open: impl Fn() + 'static, on_event: impl Fn(OfficeEvent) + 'static) {
    let counts = use_open_counts();
    end_with_owner(events::follow_from_now(on_open, move |event| {
        counts.notice(&event);
        on_event(event);
    }));
}

/// Follows what arrives after the event with this number.
pub(crate) fn follow(after: i64, on_event: impl Fn(OfficeEvent) + 'static) {
    let counts = use_open_counts();
    end_with_owner(events::follow(after, move |event| {
        counts.notice(&event);
        on_event(event);
    }));
}

fn end_with_owner(stream: Option<EventStream>) {
    let stream = StoredValue::new_local(stream);
    on_cleanup(move || {
        stream.try_update_value(Option::take);
    });
}
