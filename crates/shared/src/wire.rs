//! What travels: the only structs that are read from or written to JSON. Values and times are text here and are
//! parsed into domain types at the edge. Unknown members are ignored and everything optional may be missing, so
//! that an old phone and a new server understand each other, and the reverse.

pub mod audit;
pub mod batch;
pub mod bundle;
pub mod check;
pub mod dashboard;
pub mod devices;
pub mod event;
pub mod handover;
pub mod imports;
pub mod json;
pub mod labels;
pub mod list;
pub mod missing;
pub mod office;
pub mod open_decisions;
pub mod passkeys;
pub mod people;
pub mod periods;
pub mod photo;
pub mod ping;
pub mod portfolio;
pub mod position;
pub mod problem;
pub mod receipt;
pub mod session;
pub mod walking_order;
