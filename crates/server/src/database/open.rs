//! Opening: address, safety settings, version check, migrations.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::{Database, Pools};

/// Earlier versions can lose a committed transaction in WAL mode when a checkpoint is reset at the wrong moment.
const SQLITE_VERSION_MIN: (u32, u32, u32) = (3, 51, 3);
const SQLITE_READERS_MAX: u32 = 4;
const POSTGRES_READERS_MAX: u32 = 12;
const POSTGRES_WRITERS_MAX: u32 = 4;
/// What every SQLite connection is told; public for the bench's raw limit.
pub const SQLITE_PRAGMAS: [(&str, &str); 3] = [
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
];
/// What the one that writes is told besides.
pub const SQLITE_WRITER_PRAGMAS: [(&str, &str); 3] = [
    // Most of what a batch touches stays in 32 MiB of memory.
    ("cache_size", super::cache::USUAL),
    // What a statement needs to be undone alone is kept in memory: in a file it cost a call to the system for each page.
    ("temp_store", "MEMORY"),
    // 64 MiB. A task beside it copies back much sooner; this is for when that does not keep up, and for imports.
    ("wal_autocheckpoint", "16000"),
];
/// The writer's statements name what they want in a list that stands first, and there is an index for every step from there.
/// The planner is held to that: without statistics, as in a database that was just copied or restored, it takes tables for
/// small and conditions for rare. It has crossed whole tables, and read the index of states from end to end once for each
/// of four thousand meter points to intersect it with the right one: eleven seconds for a batch.
const POSTGRES_WRITER_OPTIONS: [(&str, &str); 5] = [
    ("join_collapse_limit", "1"),
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
];
/// What is read is a page or a property: by an index, step by step. The planner would rather read two whole tables and join them, for
/// one of six properties already, which takes longer and grows with all that others have.
const POSTGRES_READER_OPTIONS: [(&str, &str); 5] = [
    ("random_page_cost", "1.1"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    // Starting workers takes longer than a page may.
    ("max_parallel_workers_per_gather", "0"),
    // Each filter is planned for what it asks. One plan for all held items of a state for as many as of any other: where all are
    // approved, as after an import, the inbox read every reading to find none.
    ("plan_cache_mode", "force_custom_plan"),
];
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Rows that travel at once from SQLite's thread; the default of 50 costs a wake-up for each 50 rows.
const ROW_BUFFER_ROWS: usize = 1_000;

pub(super) static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither of the two kinds.
    #[error("the database address must begin with sqlite:// or postgres://")]
    UnknownKind,
    /// The library that is linked has a known fault.
    #[error("SQLite {found} can lose data in WAL mode; 3.51.3 or later is needed")]
    OldSqlite {
        /// What is linked.
        found: String,
    },
    /// No connection, or the database refused.
    #[error("the database can't be opened: {0}")]
    Connect(#[from] sqlx::Error),
    /// The tables could not be brought to this version.
    #[error("the database can't be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Opens the database at `url`, creating the SQLite file if need be, and brings its tables to this version.
pub async fn open(url: &str) -> Result<Pools, OpenError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => open_sqlite(url).await,
        Some("postgres" | "postgresql") => open_postgres(url).await,
        _ => Err(OpenError::UnknownKind),
    }
}

async fn open_sqlite(url: &str) -> Result<Pools, OpenError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROW_BUFFER_ROWS);
    let options = SQLITE_PRAGMAS
        .into_iter()
        .fold(options, |options, (name, value)| options.pragma(name, value));
    let writer_options = SQLITE_WRITER_PRAGMAS
        .into_iter()
        .fold(options.clone(), |options, (name, value)| {
            options.pragma(name, value)
        });
    // The one writing connection must never be reaped: its prepared statements and page cache are worth keeping.
    let write = sqlite_pool()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(writer_options)
        .await?;
    let found: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(&write)
        .await?;
    if !is_new_enough(&found) {
        return Err(OpenError::OldSqlite { found });
    }
    SQLITE_MIGRATIONS.run(&write).await?;
    let read = sqlite_pool()
        .max_connections(SQLITE_READERS_MAX)
        .connect_with(options)
        .await?;
    Ok(Pools {
        read: Database::Sqlite(read),
        write: Database::Sqlite(write),
    })
}

// A file does not hang up: to ask before each use whether it is still there would be one more trip to the connection's thread.
fn sqlite_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().test_before_acquire(false)
}

async fn open_postgres(url: &str) -> Result<Pools, OpenError> {
    // Our statements are short: compiling them would cost more than running them.
    let options = PgConnectOptions::from_str(url)?
        .application_name("meterline")
        .options([("jit", "off")]);
    let write = PgPoolOptions::new()
        .max_connections(POSTGRES_WRITERS_MAX)
        .connect_with(options.clone().options(POSTGRES_WRITER_OPTIONS))
        .await?;
    POSTGRES_MIGRATIONS.run(&write).await?;
    let read = PgPoolOptions::new()
        .max_connections(POSTGRES_READERS_MAX)
        .connect_with(options.options(POSTGRES_READER_OPTIONS))
        .await?;
    Ok(Pools {
        read: Database::Postgres(read),
        write: Database::Postgres(write),
    })
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next()) >= SQLITE_VERSION_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, expected) in [
            ("3.51.3", true),
            ("3.51.2", false),
            ("3.6.99", false),
            ("3.100.0", true),
            ("4.0", true),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), expected, "{version}");
        }
    }

    #[tokio::test]
    async fn an_address_of_another_kind_is_refused() {
        assert!(matches!(open("mysql://x").await, Err(OpenError::UnknownKind)));
    }
}
