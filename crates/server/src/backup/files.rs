//! Files that appear whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use shared::timestamp::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;

use super::BackupError;

/// A file that is being written beside the one that it will become. Dropped before, it leaves nothing behind.
pub(super) struct Part {
    path: PathBuf,
    kept: bool,
}

impl Part {
    /// For `target`, under a name of its own, so that two at once do not meet.
    pub(super) fn beside(target: &Path) -> Self {
        let name = format!("part-{}", uuid::Uuid::new_v4().simple());
        Self {
            path: with_suffix(target, &name),
            kept: false,
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// On disk, then under its name, which is on disk too when this returns.
    pub(super) fn become_file(mut self, target: &Path) -> Result<(), BackupError> {
        sync_file(&self.path)?;
        fs::rename(&self.path, target).map_err(|cause| io(target, cause))?;
        self.kept = true;
        sync_folder(target)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            // What can't be removed is told by its name; the error that brought us here matters more.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A copy that is ours to write, whatever the original allows.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut original = File::open(from).map_err(|cause| io(from, cause))?;
    let mut copy = File::create_new(to).map_err(|cause| io(to, cause))?;
    std::io::copy(&mut original, &mut copy).map_err(|cause| io(to, cause))?;
    Ok(())
}

/// The file of a SQLite database; `otherwise` says what to do with another one.
pub(super) fn sqlite_file(url: &str, otherwise: &'static str) -> Result<PathBuf, BackupError> {
    if !url.starts_with("sqlite:") {
        return Err(BackupError::NotAFile(otherwise));
    }
    let options = SqliteConnectOptions::from_str(url)?;
    Ok(options.get_filename().to_owned())
}

/// A second name for the file that is going to be replaced: its first name is never missing meanwhile.
pub(super) fn keep(file: &Path, now: Timestamp) -> Result<PathBuf, BackupError> {
    let kept = kept_name(file, now);
    if fs::hard_link(file, &kept).is_err() {
        // File systems without links, such as those of memory sticks.
        fs::copy(file, &kept).map_err(|cause| io(&kept, cause))?;
        sync_file(&kept)?;
    }
    sync_folder(&kept)?;
    Ok(kept)
}

/// `meterline.db.replaced-2026-11-23T04-15-00Z`; with a number behind it if that is taken.
fn kept_name(file: &Path, now: Timestamp) -> PathBuf {
    let time = now.to_rfc3339();
    let time = time.split('.').next().unwrap_or(&time).replace(':', "-");
    let first = with_suffix(file, &format!("replaced-{time}Z"));
    let further = (2_u32..).map(|number| with_suffix(file, &format!("replaced-{time}Z-{number}")));
    std::iter::once(first.clone())
        .chain(further)
        .find(|name| !name.exists())
        .unwrap_or(first)
}

/// Refuses when a log lies beside a database that is not there.
pub(super) fn nothing_left_of(database: &Path) -> Result<(), BackupError> {
    let logs = ["-wal", "-journal"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    match logs.into_iter().find(|log| log.exists()) {
        Some(log) => Err(BackupError::LeftOver(log)),
        None => Ok(()),
    }
}

/// Refuses what is there and what can't be written.
pub(super) fn is_free(target: &Path) -> Result<(), BackupError> {
    if target.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let folder = folder_of(target);
    if folder.is_dir() {
        Ok(())
    } else {
        Err(BackupError::NoFolder(folder))
    }
}

/// The path as SQLite takes it.
pub(super) fn text(path: &Path) -> Result<&str, BackupError> {
    path.to_str()
        .ok_or_else(|| BackupError::StrangeName(path.to_owned()))
}

pub(super) fn io(path: &Path, cause: std::io::Error) -> BackupError {
    BackupError::Io {
        what: path.display().to_string(),
        cause,
    }
}

fn sync_file(path: &Path) -> Result<(), BackupError> {
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.sync_all())
        .map_err(|cause| io(path, cause))
}

#[cfg(unix)]
fn sync_folder(file: &Path) -> Result<(), BackupError> {
    let folder = folder_of(file);
    File::open(&folder)
        .and_then(|opened| opened.sync_all())
        .map_err(|cause| io(&folder, cause))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), BackupError> {
    Ok(())
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
