//! Every rule of Meterline, run unchanged on the phone and on the server.
//!
//! Invariants of this crate: no async, no I/O, no clock, no randomness, no features. Time, ids and chance are
//! arguments. Domain types are made by `parse` and hold what they promise; `wire` holds the structs that travel.

pub mod id;
pub mod sync;
pub mod timestamp;
pub mod wire;
