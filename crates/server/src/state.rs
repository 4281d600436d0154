//! What every handler is given.

use crate::billing::DeliveryBell;
use crate::clock::Clock;
use crate::events::EventHub;
use crate::intake::WriterHandle;
use crate::photos::PhotoObjects;
use crate::store::Store;

/// Handles to the parts; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The books.
    pub store: Store,
    /// Where batches and phone reports are handed in.
    pub writer: WriterHandle,
    /// What happened, for those who listen.
    pub events: EventHub,
    /// Bytes of photos.
    pub photos: PhotoObjects,
    /// The time.
    pub clock: Clock,
    /// Rung when billing is to be told something; absent where there is no webhook.
    pub billing: Option<DeliveryBell>,
}

impl AppState {
    /// Starts the writer on an open store.
    pub async fn start(store: Store, clock: Clock, photos: PhotoObjects) -> sqlx::Result<Self> {
        let events = EventHub::new(store.last_change_seq().await?);
        let writer = WriterHandle::start(store.clone(), events.clone());
        Ok(Self {
            store,
            writer,
            events,
            photos,
            clock,
            billing: None,
        })
    }
}
