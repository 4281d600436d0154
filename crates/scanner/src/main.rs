//! Scanner.
fn main() {}
