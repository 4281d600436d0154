//! The browser and the server, one thing a file. Nothing here decides.

pub(crate) use phone::adapters::{entropy, http};

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod authenticator;
pub(crate) mod dashboard;
pub(crate) mod events;
pub(crate) mod imports;
pub(crate) mod labels;
pub(crate) mod missing;
pub(crate) mod open_decisions;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod periods;
pub(crate) mod portfolio;
