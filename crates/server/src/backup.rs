//! Backups of a SQLite database, made while it is served, and the way back.
//!
//! A backup is one file that says what it holds; a restore believes it only when what it holds is what it says. Restored books
//! begin a new epoch, so that no phone goes on from a change that is not in them. PostgreSQL has its own tools for files;
//! only the new epoch is ours there.

mod copy;
mod epoch;
mod files;
mod hold;
mod record;
mod restore;
mod totals;

use std::path::PathBuf;

pub use copy::back_up;
pub use epoch::{NUMBERS_SKIPPED, start_epoch};
pub use record::BackupRecord;
pub use restore::{Restored, restore};
pub use totals::Totals;

/// Why there is no backup, or why nothing was restored. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is not a file.
    #[error("{0}")]
    NotAFile(&'static str),
    /// A backup never takes the place of another file.
    #[error(
        "{0} is there already and is left as it is; give the backup a new name, such as one with today's date"
    )]
    Exists(PathBuf),
    /// The folder to write to is missing.
    #[error("there is no folder {0}; make it first, or name another place")]
    NoFolder(PathBuf),
    /// The path can't be handed to SQLite.
    #[error("{0} is not written in UTF-8; choose another name")]
    StrangeName(PathBuf),
    /// Nothing stands where the books should be.
    #[error("there is no database {0}; check --database-url")]
    NoDatabase(PathBuf),
    /// A server, or another command, has the books open.
    #[error("the database is in use; stop the server (and whatever else has it open), then run this again")]
    InUse,
    /// What should be replaced can't be read, so nobody can tell whether a server still writes to it.
    #[error(
        "{path} can't be read as a database ({cause}); make sure that no server runs, move it and the files that begin \
         with its name to another place, then run this again"
    )]
    Unreadable {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        cause: sqlx::Error,
    },
    /// The database is gone, the log of its last changes is not: SQLite would play it onto whatever stands there next.
    #[error("{0} is left over from books that are gone; move it to another place, then run this again")]
    LeftOver(PathBuf),
    /// The file to restore is the database itself.
    #[error("that is the database itself; name the file that `meterline backup` wrote")]
    Itself,
    /// The file was not written by `meterline backup`, or not to its end.
    #[error(
        "{0} is no finished backup; name a file that `meterline backup` wrote. Books that were copied by other means are \
         put in their place by hand, then `meterline restore --new-epoch` makes them usable"
    )]
    NoBackup(PathBuf),
    /// The file is damaged.
    #[error("{path} is damaged ({what}); take an older backup")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// A newer program wrote the file.
    #[error(
        "{path} was written by meterline {program}, whose tables this version does not know; restore with that version or a later one"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Which version wrote it.
        program: String,
    },
    /// The file does not hold what it says that it holds.
    #[error(
        "what {path} holds is not what was backed up; take an older backup\n  backed up: {expected}\n  found:     {found}"
    )]
    TotalsDiffer {
        /// The file.
        path: PathBuf,
        /// What it says.
        expected: Box<Totals>,
        /// What is in it.
        found: Box<Totals>,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A file could not be read or written.
    #[error("{what}: {cause}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        cause: std::io::Error,
    },
}
