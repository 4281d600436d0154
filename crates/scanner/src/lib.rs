//! Reads the text of a QR label from a grey picture.
//!
//! No engine reads every label, and the engines miss different ones. So there is a ladder of stages, each a pure
//! function of one picture: a video gives each frame one stage, a still picture is tried with all of them. A stage
//! never guesses: what it returns has passed the error correction of the QR code.

pub mod engine;
pub mod filter;
pub mod gray;
pub mod ladder;
pub mod threshold;

pub use gray::Gray;
pub use ladder::{Stage, decode, decode_all};
