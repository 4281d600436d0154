//! The project's own commands, one module each.

pub mod client_build;
pub mod hash;
pub mod precompress;
pub mod process;
pub mod project;
pub mod style_sheet;
pub mod sw_manifest;
pub mod tools;
