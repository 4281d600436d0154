//! The Meterline server and command line.

pub mod assets;
pub mod auth;
pub mod config;
pub mod origin;
pub mod problem;
pub mod security_headers;
