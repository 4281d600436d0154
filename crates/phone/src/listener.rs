//! What a driver tells its owner. Said inside a step of the driver: take note, start work of your own, await nothing.

use std::sync::Arc;

use shared::sync::event::{PeerMessage, Stored};
use shared::sync::history::History;
use shared::sync::status::Status;

use crate::adapters::outbox_store::Answered;
use crate::list::PhoneList;

/// Whoever wants to know. A page draws it; the service worker only waits for the end.
pub trait Listener {
    /// The engine has worked; this is what a person may be told now, often the same as before.
    fn stepped(&self, status: &Status);

    /// The outbox of the person who is here was read: this is what it holds. `is_news`: other entries than were known.
    fn stored(&self, stored: &Stored, is_news: bool) {
        let _ = (stored, is_news);
    }

    /// A batch is settled in the store, and the driver's queue knows.
    fn settled(&self, answered: &Answered<'_>) {
        let _ = answered;
    }

    /// Other photos are on this phone than before; the driver knows which.
    fn photos(&self) {}

    /// The list was refreshed.
    fn list(&self, list: &Arc<PhoneList>) {
        let _ = list;
    }

    /// A run ended; the history with it.
    fn history(&self, history: History) {
        let _ = history;
    }

    /// The office has revoked this phone, or let it in again.
    fn revoked(&self, revoked: bool) {
        let _ = revoked;
    }

    /// Another tab or the service worker said something; the engine is told next.
    fn heard(&self, message: &PeerMessage) {
        let _ = message;
    }

    /// The device's store does not open: nothing can be saved.
    fn store_failed(&self) {}
}
