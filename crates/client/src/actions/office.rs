//! The office's list and what arrives in it.

use leptos::prelude::*;
use shared::wire::event::OfficeEvent;
use shared::wire::office::{ReadingsPage, ReadingsQuery};

use super::ApiError;
use crate::adapters::{api, events};
use crate::runtime::Runtime;

impl Runtime {
    /// One page of the office's list.
    pub async fn load_readings(self, query: ReadingsQuery) -> Result<ReadingsPage, ApiError> {
        api::readings(&query).await
    }

    /// Follows what arrives after the event with this number, until the owner that called it is cleaned up.
    pub fn subscribe_events(self, after: i64, on_event: impl Fn(OfficeEvent) + 'static) {
        let stream = StoredValue::new_local(events::follow(after, on_event));
        on_cleanup(move || {
            stream.try_update_value(Option::take);
        });
    }
}
