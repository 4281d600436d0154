//! Import of CSV files: all or nothing, and the same files twice change nothing.
//!
//! Read every row and note every fault; then, inside one transaction, compare with what the books hold and write only
//! what differs. A dry run does the same and takes it back.

mod apply;
mod books;
mod fault;
mod history;
mod labels;
mod read;
mod records;
mod report;
mod table;
mod transaction;

use std::collections::BTreeMap;
use std::path::Path;

use shared::timestamp::Timestamp;

pub use fault::{Fault, Faults};
pub use report::{Counts, ImportReport};

use crate::store::Store;

/// The files of an import; any may be missing.
pub const FILE_NAMES: [&str; 6] = [
    "properties.csv",
    "units.csv",
    "meters.csv",
    "tenancies.csv",
    "readings.csv",
    "labels.csv",
];

/// The content of the files that are there, by name.
#[derive(Debug, Clone, Default)]
pub struct ImportFiles(BTreeMap<&'static str, Vec<u8>>);

impl ImportFiles {
    /// Reads those of [`FILE_NAMES`] that the folder holds.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut files = Self::default();
        for name in FILE_NAMES {
            match std::fs::read(folder.join(name)) {
                Ok(content) => files.add(name, content),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(files)
    }

    /// Adds a file, or replaces it.
    pub fn add(&mut self, name: &'static str, content: impl Into<Vec<u8>>) {
        self.0.insert(name, content.into());
    }

    /// Whether there is nothing to import.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn content(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// Whether the import is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Written when there is no fault.
    Take,
    /// Only told.
    DryRun,
}

/// Why an import was not taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Rows that are wrong or don't fit the books.
    #[error("{0}")]
    Faults(Faults),
    /// The database failed.
    #[error("the database failed, nothing was changed: {0}")]
    Database(#[from] sqlx::Error),
}

/// Takes the files in, or tells what they would change.
pub async fn run(
    store: &Store,
    now: Timestamp,
    files: &ImportFiles,
    mode: Mode,
) -> Result<ImportReport, ImportError> {
    let mut faults = Faults::default();
    let rows = read::all(files, &mut faults);
    let mut work = transaction::Work::begin(store.writer()).await?;
    let books = books::Books::load(&mut work, rows.readings.is_empty()).await?;
    let plan = apply::Plan::make(rows, &books, &mut faults);
    if !faults.is_empty() {
        work.rollback().await?;
        return Err(ImportError::Faults(faults));
    }
    let report = plan.report(mode);
    if mode == Mode::DryRun || plan.is_empty() {
        work.rollback().await?;
    } else {
        apply::write(&mut work, now, &plan).await?;
        work.commit().await?;
        if let Err(error) = store.writer().count_tables().await {
            // The import stands; the first batches may be slow.
            tracing::warn!(%error, "the tables could not be counted");
        }
    }
    Ok(report)
}
