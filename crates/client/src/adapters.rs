//! The browser, one thing a file. Nothing here decides; answers go back to the runtime.

pub(crate) mod api;
pub(crate) mod broadcast;
pub mod cache_store;
pub(crate) mod camera;
pub(crate) mod connectivity;
pub(crate) mod cookie;
pub(crate) mod download;
pub(crate) mod entropy;
pub(crate) mod events;
pub(crate) mod gzip;
pub(crate) mod http;
pub mod idb;
pub(crate) mod marks;
pub mod outbox_store;
pub(crate) mod persist;
pub mod tab_lock;
pub(crate) mod timer;
pub(crate) mod update;
