//! The Meterline app. Pages read the [`view_state`] and dispatch [`actions`]; the [`runtime`] carries out what the
//! shared engine decides, by [`adapters`] that each touch one thing of the browser.

pub mod actions;
pub mod adapters;
pub mod app;
mod components;
mod pages;
pub mod runtime;
pub mod view_state;
pub mod wording;
