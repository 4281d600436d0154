//! Names of the cache's documents.

/// Who is signed in, as last known.
pub const SESSION: &str = "session";
/// The last person signed out and the server may not know yet.
pub const SIGNED_OUT: &str = "signed-out";
/// The clock's offset as measured last.
pub const CLOCK: &str = "clock";

/// The list of one person.
pub fn list(person: &str) -> String {
    format!("list/{person}")
}

/// That one person's list stood as it was kept when the server was asked last.
pub fn list_seen(person: &str) -> String {
    format!("list-seen/{person}")
}

/// The settings of one person.
pub fn settings(person: &str) -> String {
    format!("settings/{person}")
}

/// The history of one person's syncs.
pub fn history(person: &str) -> String {
    format!("history/{person}")
}

/// The server has revoked this phone, as it told this person.
pub fn revoked(person: &str) -> String {
    format!("revoked/{person}")
}

/// The settings of one person's sync, as the engine takes them: for the service worker.
pub fn sync_settings(person: &str) -> String {
    format!("sync-settings/{person}")
}
