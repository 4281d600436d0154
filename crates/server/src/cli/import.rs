//! `meterline import DIR`.

use super::{CommandError, ImportOptions};
use crate::clock::Clock;
use crate::import::{self, ImportFiles, Mode};
use crate::store::Store;

pub(super) async fn run(store: &Store, options: &ImportOptions) -> Result<(), CommandError> {
    let files = ImportFiles::read(&options.folder).map_err(|cause| CommandError::Io {
        what: options.folder.display().to_string(),
        cause,
    })?;
    if files.is_empty() {
        return Err(CommandError::Refused(format!(
            "there is nothing to import in {}; expected are: {}",
            options.folder.display(),
            import::FILE_NAMES.join(", ")
        )));
    }
    let mode = if options.dry_run { Mode::DryRun } else { Mode::Take };
    let report = import::run(store, Clock::system().now(), &files, mode).await?;
    print!("{report}");
    Ok(())
}
