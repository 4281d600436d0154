//! What the technician's program and the office's share: the [`look`] of a page, [`components`] that both draw, the
//! [`wording`] that both say, and calls of the server ([`api`]). Knows neither program.

pub mod address;
pub mod api;
pub mod components;
pub mod local_day;
pub mod look;
pub mod number;
pub mod panic_screen;
pub mod wording;
