//! The raw limit: what the same machine does without HTTP and rules.

pub(in crate::bench) mod sqlite;
