//! Measurements of the whole product in release. Each part gives its section of `docs/PERFORMANCE.md` as Markdown;
//! `cargo xtask bench` puts it there, with machine and date. Nothing here is a test: no check depends on time.

pub mod browser;
pub mod figures;
pub mod raw;
pub mod scan;
pub mod server;
