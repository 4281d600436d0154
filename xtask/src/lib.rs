//! The project's own commands, one module each.

pub mod bench;
pub mod browser;
pub mod client_build;
pub mod client_files;
pub mod faults;
pub mod hash;
pub mod postgres;
pub mod precompress;
pub mod process;
pub mod project;
pub mod run;
pub mod sim;
pub mod style_sheet;
pub mod sw_manifest;
pub mod test;
#[cfg(test)]
mod tidy;
pub mod tools;
