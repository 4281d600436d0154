//! `meterline backup FILE`.

use super::{BackupOptions, CommandError};
use crate::backup;
use crate::clock::Clock;
use crate::photos;
use crate::store::Store;

pub(super) async fn run(store: &Store, options: &BackupOptions) -> Result<(), CommandError> {
    let record = backup::back_up(store, Clock::system().now(), &options.file).await?;
    println!("Backed up to {}.", options.file.display());
    println!("It holds {}.", record.totals);
    println!("It was read through and is whole. Keep it on another machine.");
    let photos = photos::count(store).await?;
    if photos > 0 {
        println!(
            "Photos ({photos} so far) are not in it, they are files of their own: copy the folder meterline.photos beside \
             the books as well, or what --photos names."
        );
    }
    Ok(())
}
