//! What a page and a service worker of one phone share: [`adapters`] that each touch one thing of the browser, and the
//! [`driver`] that owns the sync engine and carries out what it decides. Knows no window and no signals: what changes
//! is told to a [`listener::Listener`].

pub mod adapters;
pub mod background;
pub mod document;
pub mod driver;
mod effects;
pub mod list;
pub mod listener;
mod notices;
pub mod person;
pub mod queue;
mod revocation;
pub mod texts;
pub mod wording;
