//! The office's lists and what arrives in them.

use leptos::prelude::*;
use shared::id::ItemId;
use shared::wire::devices::DeviceList;
use shared::wire::event::OfficeEvent;
use shared::wire::office::{ReadingsPage, ReadingsQuery};
use shared::wire::photo::NamedPhoto;

use super::ApiError;
use crate::adapters::{api, events};
use crate::runtime::Runtime;

impl Runtime {
    /// One page of the office's list.
    pub async fn load_readings(self, query: ReadingsQuery) -> Result<ReadingsPage, ApiError> {
        api::readings(&query).await
    }

    /// The photos that a reading names.
    pub async fn load_photos(self, item: ItemId) -> Result<Vec<NamedPhoto>, ApiError> {
        api::reading_photos(item).await
    }

    /// The phones and what is still on them.
    pub async fn load_devices(self) -> Result<DeviceList, ApiError> {
        api::devices().await
    }

    /// Follows what happens from now on; `on_open` hears each time the stream begins, also after a loss.
    pub fn subscribe_from_now(self, on_open: impl Fn() + 'static, on_event: impl Fn(OfficeEvent) + 'static) {
        let stream = StoredValue::new_local(events::follow_from_now(on_open, on_event));
        on_cleanup(move || {
            stream.try_update_value(Option::take);
        });
    }

    /// Follows what arrives after the event with this number, until the owner that called it is cleaned up.
    pub fn subscribe_events(self, after: i64, on_event: impl Fn(OfficeEvent) + 'static) {
        let stream = StoredValue::new_local(events::follow(after, on_event));
        on_cleanup(move || {
            stream.try_update_value(Option::take);
        });
    }
}
