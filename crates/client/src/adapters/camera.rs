//! The camera: a stream that stays open while several meters are read, frames of it, and the worker that looks for a
//! label in them. Nothing here knows what a label means.

pub(crate) mod browser;
pub(crate) mod darkness;
pub(crate) mod decoder;
pub(crate) mod error;
pub(crate) mod feedback;
pub(crate) mod frame;
pub(crate) mod memory;
pub(crate) mod native;
pub(crate) mod photo;
pub(crate) mod show;
pub(crate) mod stream;
pub(crate) mod watch;
