//! The office's screens. They need the network: what they show comes from the server, page by page, and nothing is kept.
//! A page reads its store, lays out, and asks the server by [`adapters`].

mod adapters;
pub mod app;
mod bundle;
mod components;
mod filter_address;
mod form_keys;
mod open_counts;
mod pages;
mod session;
mod subscription;
mod typed_value;
mod waiting;
mod wording;
