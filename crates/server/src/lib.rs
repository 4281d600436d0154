//! The Meterline server and command line.

pub mod assets;
pub mod auth;
pub mod clock;
pub mod config;
pub mod database;
pub mod events;
pub mod intake;
pub mod origin;
pub mod problem;
pub mod security_headers;
pub mod state;
pub mod store;
