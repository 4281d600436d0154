//! The server through its router, in-process: requests in, answers out, no socket.

// A test that panics has failed; that is how tests speak. Clippy knows that of `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod checkpoint;
mod contract;
mod demo;
mod import;
mod routes;
mod util;
