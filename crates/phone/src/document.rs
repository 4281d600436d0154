//! Names of the cache's documents.

/// Who is signed in, as last known.
pub(crate) const SESSION: &str = "session";
/// The last person signed out and the server may not know yet.
pub(crate) const SIGNED_OUT: &str = "signed-out";
/// The clock's offset as measured last.
pub(crate) const CLOCK: &str = "clock";

/// The list of one person.
pub(crate) fn list(person: &str) -> String {
    format!("list/{person}")
}

/// The settings of one person.
pub(crate) fn settings(person: &str) -> String {
    format!("settings/{person}")
}

/// The history of one person's syncs.
pub(crate) fn history(person: &str) -> String {
    format!("history/{person}")
}
