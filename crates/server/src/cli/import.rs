//! `meterline import DIR`.

use super::{CommandError, ImportOptions};
use crate::clock::Clock;
use crate::import::{self, ImportFiles, Mode};
use crate::store::Store;

pub(super) async fn run(store: &Store, options: &ImportOptions) -> Result<(), CommandError> {
    let files = ImportFiles::read(&options.folder)
        .map_err(|error| CommandError::Refused(format!("{}: {error}", options.folder.display())))?;
    let mode = if options.dry_run { Mode::DryRun } else { Mode::Take };
    let report = import::run(store, Clock::system().now(), &files, mode).await?;
    print!("{report}");
    Ok(())
}
