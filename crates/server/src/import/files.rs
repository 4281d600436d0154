//! The files of an import, as they lie in a folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::cause::Cause;
use super::fault::Faults;
use super::row::shown;

/// The files of an import; any may be missing.
pub const FILE_NAMES: [&str; 6] = [
    "properties.csv",
    "units.csv",
    "meters.csv",
    "tenancies.csv",
    "readings.csv",
    "labels.csv",
];

/// Ten years of 50,000 meters stay below it.
pub const FILE_BYTES_MAX: u64 = 512 << 20;

/// The content of the files that are there, by name.
#[derive(Debug, Clone, Default)]
pub struct ImportFiles(BTreeMap<&'static str, Vec<u8>>);

/// Why a folder can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder itself can't be read.
    #[error("the folder can't be read: {0}")]
    Io(#[from] io::Error),
    /// None of the files is there.
    #[error("there is nothing to import; expected are: {}", FILE_NAMES.join(", "))]
    NothingToImport,
    /// Files that are no files, can't be read or are too large.
    #[error("{0}")]
    Faults(Faults),
}

impl ImportFiles {
    /// Reads those of [`FILE_NAMES`] that the folder holds. A CSV file of another name is a fault: it may be a misspelt one.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        let mut files = Self::default();
        let mut faults = Faults::default();
        let mut found: Vec<String> = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            found.push(entry?.file_name().to_string_lossy().into_owned());
        }
        found.sort();
        for name in found {
            if let Some(known) = FILE_NAMES.into_iter().find(|known| *known == name) {
                match content(&folder.join(known)) {
                    Ok(content) => files.add(known, content),
                    Err(cause) => faults.add(known, 1, "", cause),
                }
            } else if name.to_ascii_lowercase().ends_with(".csv") {
                unknown(&name, &mut faults);
            }
        }
        if !faults.is_empty() {
            Err(FolderError::Faults(faults.in_order()))
        } else if files.0.is_empty() {
            Err(FolderError::NothingToImport)
        } else {
            Ok(files)
        }
    }

    /// Adds a file, or replaces it.
    pub fn add(&mut self, name: &'static str, content: impl Into<Vec<u8>>) {
        self.0.insert(name, content.into());
    }

    /// Adds a file by a stranger's name for it; one that no import knows is a fault.
    pub fn add_named(&mut self, name: &str, content: impl Into<Vec<u8>>, faults: &mut Faults) {
        match FILE_NAMES.into_iter().find(|known| *known == name) {
            Some(known) => self.add(known, content),
            None => unknown(name, faults),
        }
    }

    /// Whether there is nothing to import.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn content(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

fn unknown(name: &str, faults: &mut Faults) {
    let known = FILE_NAMES.join(", ");
    faults.add(shown(name), 1, "", Cause::UnknownFile { known });
}

fn content(path: &Path) -> Result<Vec<u8>, Cause> {
    let unreadable = |error: io::Error| Cause::Unreadable {
        why: error.kind().to_string(),
    };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(Cause::NoFile);
    }
    if about.len() > FILE_BYTES_MAX {
        let mebibytes_max = FILE_BYTES_MAX >> 20;
        return Err(Cause::FileTooLarge { mebibytes_max });
    }
    std::fs::read(path).map_err(unreadable)
}
