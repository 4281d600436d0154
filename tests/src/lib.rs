//! The whole product under test: a real server process, a real browser, a proxy that injects faults, and a phone
//! without a screen that runs the real sync engine.

pub mod bench;
pub mod billing;
pub mod browser;
pub mod cache;
pub mod gate;
pub mod golden;
mod indexed_db;
pub mod outbox;
pub mod person;
pub mod phone;
pub mod photos;
pub mod proxy;
pub mod server;
pub mod service_worker;
pub mod video;
pub mod wait;
