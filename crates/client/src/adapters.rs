//! The browser, one thing a file. Nothing here decides; answers go back to the runtime. What a service worker needs as
//! well stands in the crate `phone`.

pub use phone::adapters::{cache_store, idb, outbox_store, tab_lock};
pub(crate) use phone::adapters::{entropy, http, marks, network, persist, timer};

pub(crate) mod api;
pub(crate) mod background_sync;
pub(crate) mod badge;
pub(crate) mod camera;
pub(crate) mod connectivity;
pub(crate) mod cookie;
pub(crate) mod download;
pub(crate) mod invitation;
pub(crate) mod journal;
pub(crate) mod notifications;
pub(crate) mod periodic_sync;
pub(crate) mod picture;
pub(crate) mod position;
pub(crate) mod share;
pub(crate) mod surroundings;
pub(crate) mod update;
