//! Import of CSV files: all or nothing, and the same files twice change nothing.
//!
//! Read every row and note every fault; then, inside one transaction, compare with what the books hold and write only
//! what differs. A dry run does the same and takes it back.

mod apply;
mod books;
mod cause;
mod codes;
mod edit;
mod entry;
mod fault;
mod files;
mod history;
mod labels;
mod read;
mod records;
mod report;
mod row;
mod structure;
mod table;
mod to_wire;
mod transaction;

use shared::timestamp::Timestamp;

pub use cause::Cause;
pub use edit::{EditError, edit};
pub use entry::{EntryError, exchange_item, reading_item};
pub use fault::{FAULTS_OF_FILE_MAX, Fault, Faults};
pub use files::{FILE_BYTES_MAX, FILE_NAMES, FolderError, ImportFiles};
pub use report::{Counts, Difference, ImportReport, MemberChange};
pub use table::ROW_BYTES_MAX;

use crate::audit;
use crate::store::Store;

/// Whether the import is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Written when there is no fault.
    Take,
    /// Only told.
    DryRun,
    /// Written when it does exactly what the dry run with this fingerprint has told.
    TakeOnly(String),
}

/// Why an import was not taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Rows that are wrong or don't fit the books.
    #[error("{0}")]
    Faults(Faults),
    /// It would do something else than the dry run has told.
    #[error("the books have changed since the dry run, nothing was changed")]
    BooksChanged,
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
    run_as(store, now, audit::COMMAND_LINE, files, mode).await
}

/// The same, in the name of somebody.
pub async fn run_as(
    store: &Store,
    now: Timestamp,
    actor: &str,
    files: &ImportFiles,
    mode: Mode,
) -> Result<ImportReport, ImportError> {
    let mut faults = Faults::default();
    let rows = read::all(files, &mut faults);
    let mut work = transaction::Work::begin(store.writer()).await?;
    let mut books = books::Books::load(&mut work, rows.readings.is_empty()).await?;
    books.load_read_on(&mut work, &rows.meters).await?;
    let plan = apply::Plan::make(rows, &books, now, &mut faults);
    if !faults.is_empty() {
        work.rollback().await?;
        return Err(ImportError::Faults(faults.in_order()));
    }
    let mut report = plan.report(mode.clone());
    if mode != Mode::Take {
        report.fingerprint = plan.fingerprint();
    }
    if matches!(&mode, Mode::TakeOnly(told) if *told != report.fingerprint) {
        work.rollback().await?;
        return Err(ImportError::BooksChanged);
    }
    if mode == Mode::DryRun || plan.is_empty() {
        work.rollback().await?;
    } else {
        let written = write(work, now, actor, &plan).await;
        let narrowed = store.writer().narrow_cache().await;
        written?;
        if let Err(error) = narrowed {
            // The import stands; the process keeps some memory that it doesn't need.
            tracing::warn!(%error, "the memory of the import could not be given back");
        }
        if let Err(error) = store.writer().count_tables().await {
            // The import stands; the first batches may be slow.
            tracing::warn!(%error, "the tables could not be counted");
        }
    }
    Ok(report)
}

async fn write(
    mut work: transaction::Work,
    now: Timestamp,
    actor: &str,
    plan: &apply::Plan,
) -> sqlx::Result<()> {
    apply::write(&mut work, now, plan).await?;
    work.note(&apply::audit_entry(plan, now, actor)).await?;
    work.commit().await
}
