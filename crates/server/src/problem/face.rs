//! What an error looks like from outside: status, code, title, and what to do next.

use axum::http::StatusCode;

pub(super) struct Face {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) detail: String,
}

impl Face {
    pub(super) fn new(status: StatusCode, code: &'static str, title: &'static str, detail: String) -> Self {
        Self {
            status,
            code,
            title,
            detail,
        }
    }
}

pub(super) fn face(status: StatusCode, code: &'static str, title: &'static str, detail: &str) -> Face {
    Face::new(status, code, title, detail.into())
}

pub(super) fn internal_face() -> Face {
    face(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "Something went wrong on the server",
        "Nothing is lost. Try again; if it stays, tell the office the time of day.",
    )
}

/// PostgreSQL names the constraint that was hurt; SQLite names only its columns, so its kind has to do.
pub(super) fn database_face(error: &sqlx::Error) -> Face {
    if is_passing(error) {
        return face(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Not at the moment",
            "The database is busy. Try again in a moment.",
        );
    }
    match error
        .as_database_error()
        .and_then(|database| database.constraint())
    {
        Some("account_name_once") => name_taken_face(),
        _ => internal_face(),
    }
}

fn name_taken_face() -> Face {
    face(
        StatusCode::CONFLICT,
        "name_taken",
        "That name is taken",
        "Choose another name.",
    )
}

pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(database) => {
            // SQLite: busy, locked. PostgreSQL: serialization failure, deadlock, shutting down.
            matches!(
                database.code().as_deref(),
                Some("5" | "6" | "517" | "40001" | "40P01" | "57P01")
            )
        }
        _ => false,
    }
}
