//! The map has to match the land.

use std::collections::BTreeSet;
use std::fs;

use super::assert_none;
use super::repository::text_files;
use crate::project;

const MAP: &str = "ARCHITECTURE.md";
const EXTENSIONS: [&str; 9] = [
    ".rs",
    ".js",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".sql",
    ".json",
    ".webmanifest",
];

#[test]
fn each_file_that_the_map_names_exists() {
    let map = fs::read_to_string(project::root().join(MAP)).unwrap();
    let paths: Vec<String> = text_files().into_iter().map(|file| file.path).collect();
    let names: BTreeSet<String> = code_words(&map)
        .flat_map(|word| with_braces_expanded(&word))
        .collect();
    let missing: Vec<String> = names
        .into_iter()
        .filter(|name| is_path(name) && !exists(name, &paths))
        .collect();
    assert_none(&missing, "ARCHITECTURE.md names what is not there");
}

fn is_path(name: &str) -> bool {
    let is_file = EXTENSIONS.iter().any(|extension| name.ends_with(extension));
    let is_folder = name.starts_with("crates/") || name.ends_with('/');
    (is_file || is_folder) && !name.starts_with('/') && !name.contains([' ', '*', '<', ':'])
}

/// The end of a path is enough: `wording.rs`, `server/src/problem.rs`, `wire/`.
fn exists(name: &str, paths: &[String]) -> bool {
    let folder = format!("{}/", name.trim_end_matches('/'));
    paths.iter().any(|path| {
        let slashed = format!("/{path}");
        slashed.ends_with(&format!("/{name}")) || slashed.contains(&format!("/{folder}"))
    })
}

/// What stands between back-ticks.
fn code_words(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// `a/{b,c}` is `a/b` and `a/c`.
fn with_braces_expanded(word: &str) -> Vec<String> {
    let expanded = word.split_once('{').and_then(|(before, rest)| {
        let (inside, after) = rest.split_once('}')?;
        Some(
            inside
                .split(',')
                .map(|choice| format!("{before}{}{after}", choice.trim()))
                .collect(),
        )
    });
    expanded.unwrap_or_else(|| vec![word.to_owned()])
}

#[test]
fn braces_stand_for_several_names() {
    assert_eq!(
        with_braces_expanded("migrations/{sqlite,postgres}"),
        ["migrations/sqlite", "migrations/postgres"]
    );
    assert_eq!(with_braces_expanded("sw.js"), ["sw.js"]);
}
