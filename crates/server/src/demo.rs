//! The invented customer: 120 units, fourteen months of readings, four accounts.

mod accounts;
mod dates;
mod labels_page;

use shared::timestamp::Timestamp;

pub use accounts::{ACCOUNTS, DemoAccount};
pub use labels_page::labels_page;

use crate::accounts::{self as accounts_of_store, AccountError};
use crate::clock::Clock;
use crate::import::{self, ImportError, ImportFiles, Mode};
use crate::on;
use crate::store::Store;

/// The project's own copy of the invented customer.
const FILES: [(&str, &str); 5] = [
    ("properties.csv", include_str!("demo/customer/properties.csv")),
    ("units.csv", include_str!("demo/customer/units.csv")),
    ("meters.csv", include_str!("demo/customer/meters.csv")),
    ("tenancies.csv", include_str!("demo/customer/tenancies.csv")),
    ("readings.csv", include_str!("demo/customer/readings.csv")),
];

/// The row of `meta` that tells a demo from real data.
const MARK: &str = "demo";

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// It was loaded.
    Fresh,
    /// It was there already.
    Already,
}

/// Why the demo was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database holds something else.
    #[error("the database holds real data")]
    RealData,
    /// The import failed.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// An account was not made.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Loads the customer and its accounts, moved by whole months so that the last readings are of last month.
pub async fn load(store: &Store, clock: &Clock) -> Result<Loaded, DemoError> {
    let now = clock.now();
    let marked = is_loaded(store).await?;
    if !marked {
        if holds_anything(store).await? {
            return Err(DemoError::RealData);
        }
        // First, so that a start that was cut short goes on instead of taking its own half for real data.
        mark(store).await?;
    }
    let fresh = !holds_properties(store).await?;
    if fresh {
        import::run(store, now, &files(now), Mode::Take).await?;
    }
    for account in ACCOUNTS {
        match accounts_of_store::add(store, now, account.new_account()).await {
            Ok(()) | Err(AccountError::NameTaken(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(if fresh { Loaded::Fresh } else { Loaded::Already })
}

/// Whether this database is a demo.
pub async fn is_loaded(store: &Store) -> sqlx::Result<bool> {
    exists(store, "SELECT 1 FROM meta WHERE name = 'demo'").await
}

fn files(now: Timestamp) -> ImportFiles {
    let mut files = ImportFiles::default();
    let months = dates::months_to_move(now);
    for (name, content) in FILES {
        files.add(name, dates::moved(content, months));
    }
    files
}

async fn holds_anything(store: &Store) -> sqlx::Result<bool> {
    Ok(holds_properties(store).await?
        || exists(store, "SELECT 1 FROM item LIMIT 1").await?
        || exists(store, "SELECT 1 FROM account LIMIT 1").await?)
}

async fn holds_properties(store: &Store) -> sqlx::Result<bool> {
    exists(store, "SELECT 1 FROM property LIMIT 1").await
}

async fn exists(store: &Store, sql: &'static str) -> sqlx::Result<bool> {
    on!(store.reader(), |pool| Ok(sqlx::query(sql)
        .fetch_optional(pool)
        .await?
        .is_some()))
}

async fn mark(store: &Store) -> sqlx::Result<()> {
    const INSERT: &str = "INSERT INTO meta (name, value) VALUES ($1, 'loaded') ON CONFLICT (name) DO NOTHING";
    on!(store.writer(), |pool| sqlx::query(INSERT)
        .bind(MARK)
        .execute(pool)
        .await
        .map(drop))
}
