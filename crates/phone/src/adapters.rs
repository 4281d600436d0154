//! The browser, one thing a file; each works in a page and in a service worker. Nothing here decides.

pub mod broadcast;
pub mod cache_store;
pub mod entropy;
pub mod global;
pub mod gzip;
pub mod http;
pub mod idb;
pub mod marks;
pub mod network;
pub mod notifications;
pub mod outbox_store;
pub mod persist;
pub mod photo_store;
pub mod tab_lock;
pub mod timer;
