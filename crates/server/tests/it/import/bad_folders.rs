//! Folders that can't be read as an import.

use std::fs;
use std::path::Path;

use server::import::{FILE_BYTES_MAX, FILE_NAMES, FolderError, ImportFiles};

use crate::util::customer;

/// A folder with the customer's five files.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let contents = [
        customer::PROPERTIES,
        customer::UNITS,
        customer::METERS,
        customer::TENANCIES,
        customer::READINGS,
    ];
    for (name, content) in FILE_NAMES.iter().zip(contents) {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn check(spoil: impl Fn(&Path), expected: &str) {
    let folder = folder();
    spoil(folder.path());
    let error = ImportFiles::read(folder.path()).unwrap_err();
    assert!(error.to_string().contains(expected), "{expected}\n{error}");
}

#[test]
fn what_is_no_readable_file_of_an_import_is_named() {
    assert!(ImportFiles::read(folder().path()).is_ok());
    check(
        |folder| {
            fs::remove_file(folder.join("units.csv")).unwrap();
            fs::create_dir(folder.join("units.csv")).unwrap();
        },
        "units.csv, line 1: is no file: put the CSV file in its place",
    );
    check(
        |folder| std::os::unix::fs::symlink(folder.join("gone"), folder.join("labels.csv")).unwrap(),
        "labels.csv, line 1: can't be read (entity not found): see to its permissions",
    );
    check(
        |folder| {
            let file = fs::File::create(folder.join("readings.csv")).unwrap();
            // Takes no room on the disk.
            file.set_len(FILE_BYTES_MAX + 1).unwrap();
        },
        "readings.csv, line 1: has more than 512 MiB: split it",
    );
    check(
        |folder| fs::rename(folder.join("units.csv"), folder.join("Unit.CSV")).unwrap(),
        "Unit.CSV, line 1: is no file of an import; known are properties.csv, units.csv",
    );
}

#[test]
fn a_folder_without_any_of_the_files_says_what_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "hello").unwrap();
    let error = ImportFiles::read(folder.path()).unwrap_err();
    assert!(matches!(error, FolderError::NothingToImport), "{error}");
    assert!(
        error
            .to_string()
            .contains("expected are: properties.csv, units.csv"),
        "{error}"
    );
    let gone = ImportFiles::read(&folder.path().join("gone")).unwrap_err();
    assert!(matches!(gone, FolderError::Io(_)), "{gone}");
}
