//! The files of the repository, and what none of them may say.

use std::fs;
use std::process::Command;

use super::assert_none;
use crate::process::text_of;
use crate::project;

/// A text file of the repository.
pub(super) struct TextFile {
    /// Relative to the project, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

/// Every text file that git knows or would take.
pub(super) fn text_files() -> Vec<TextFile> {
    let mut git = Command::new("git");
    git.current_dir(project::root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let list = text_of(&mut git).expect("git lists the files");
    let read = |path: &str| fs::read_to_string(project::root().join(path)).ok();
    list.lines()
        .filter_map(|path| {
            Some(TextFile {
                path: path.to_owned(),
                text: read(path)?,
            })
        })
        .collect()
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    // Put together here, so that this file does not offend itself.
    let places = ["root", "home", "Users", "work"].map(|name| format!("/{name}/"));
    let offends = |line: &str| {
        let starts = |at: usize| {
            line[..at]
                .chars()
                .next_back()
                .is_none_or(|it| " \"'`(=:".contains(it))
        };
        places
            .iter()
            .any(|place| line.match_indices(place.as_str()).any(|(at, _)| starts(at)))
    };
    assert_none(&offending_lines(offends, |_| true), "no path of one machine");
}

#[test]
fn no_file_names_a_package_registry_but_the_lock_files_own() {
    let hosts =
        ["index.crates", "static.crates", "registry.npmjs", "deb.debian"].map(|name| format!("{name}."));
    let offends = |line: &str| hosts.iter().any(|host| line.contains(host.as_str()));
    assert_none(&offending_lines(offends, |_| true), "no registry's host");
    let usual = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let offends = |line: &str| line.starts_with("source = ") && line != usual;
    assert_none(
        &offending_lines(offends, |path| path == "Cargo.lock"),
        "every dependency comes from crates.io",
    );
}

fn offending_lines(offends: impl Fn(&str) -> bool, concerns: impl Fn(&str) -> bool) -> Vec<String> {
    let mut offenders = Vec::new();
    for file in text_files().iter().filter(|file| concerns(&file.path)) {
        let lines = file.text.lines().enumerate().filter(|(_, line)| offends(line));
        offenders
            .extend(lines.map(|(number, line)| format!("{}:{}: {}", file.path, number + 1, line.trim())));
    }
    offenders
}
