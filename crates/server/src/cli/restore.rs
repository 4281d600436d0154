//! `meterline restore FILE` and `meterline restore --new-epoch`.

use std::path::Path;

use super::{CommandError, RestoreOptions};
use crate::backup::{self, Restored};
use crate::clock::Clock;

const AFTERWARDS: &str = "\
Start the server now. Phones offer by themselves what they sent in the last 35 days and is missing.
Accounts, passwords and revoked phones are what they were at that time: look them over.";

pub(super) async fn run(database_url: &str, options: &RestoreOptions) -> Result<(), CommandError> {
    let now = Clock::system().now();
    match &options.file {
        Some(file) => tell(file, &backup::restore(database_url, now, file).await?),
        None => {
            let epoch = backup::start_epoch(database_url, now).await?;
            println!("The epoch {epoch} begins.\n{AFTERWARDS}");
        }
    }
    Ok(())
}

fn tell(file: &Path, restored: &Restored) {
    let Restored {
        record,
        epoch,
        replaced,
    } = restored;
    println!("Restored {}, backed up at {}.", file.display(), record.made_at);
    println!("The books hold {}.", record.totals);
    if let Some(replaced) = replaced {
        match &replaced.totals {
            Some(totals) => println!("Replaced were books with {totals}."),
            None => println!("Replaced were books that are too damaged to be counted."),
        }
        println!("They are kept as {}.", replaced.kept_as.display());
    }
    println!("The epoch {epoch} begins.\n{AFTERWARDS}");
}
