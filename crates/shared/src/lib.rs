//! Every rule of Meterline, run unchanged on the phone and on the server.
//!
//! Invariants of this crate: no async, no I/O, no clock, no randomness, no features. Time, ids and chance are
//! arguments. Domain types are made by `parse` and hold what they promise; `wire` holds the structs that travel.

pub mod checks;
pub mod clock;
pub mod closing;
pub mod code;
pub mod consumption;
pub mod content_hash;
pub mod day;
pub mod delivery;
pub mod device_warning;
pub mod estimate;
pub mod flags;
pub mod id;
pub mod intake;
pub mod item;
pub mod label;
pub mod label_sheet;
pub mod lookup;
pub mod meter_point;
pub mod names;
pub mod overlay;
pub mod password;
pub mod period;
pub mod photo;
pub mod position;
pub mod reading_value;
pub mod reading_window;
pub mod register;
pub mod retry_after;
pub mod search_word;
pub mod statistics;
pub mod sync;
pub mod timestamp;
pub mod vacancy;
pub mod walking_order;
pub mod wire;
pub mod zone;
