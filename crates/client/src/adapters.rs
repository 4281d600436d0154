//! The browser, one thing a file. Nothing here decides; answers go back to the runtime.

pub(crate) mod idb;
pub(crate) mod outbox_store;
