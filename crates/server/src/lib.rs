//! The Meterline server and command line.

pub mod accounts;
pub mod assets;
pub mod audit;
pub mod auth;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod demo;
pub mod edge;
pub mod events;
pub mod greeting;
pub mod import;
pub mod intake;
pub mod origin;
pub mod photos;
pub mod problem;
pub mod reading_rows;
pub mod router;
pub mod routes;
pub mod security_headers;
pub mod state;
pub mod store;
pub mod tls;
pub mod zone_offsets;
