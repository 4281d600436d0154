//! What may depend on what, and versions that have to agree.

use std::fs;

use super::assert_none;
use crate::project::{self, WASM_OPT_VERSION};
use crate::tools::wasm_bindgen_version;

/// Whatever waits, reads a clock, throws dice or speaks to the world.
const FORBIDDEN_IN_SHARED: [&str; 21] = [
    "async-trait",
    "axum",
    "chrono",
    "fastrand",
    "futures",
    "futures-util",
    "getrandom",
    "gloo-net",
    "js-sys",
    "leptos",
    "rand",
    "reqwest",
    "rexie",
    "rusqlite",
    "sqlx",
    "time",
    "tokio",
    "tracing",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

#[test]
fn the_rules_depend_on_nothing_that_acts() {
    let manifest = read("crates/shared/Cargo.toml");
    let names = table(&manifest, "[dependencies]")
        .into_iter()
        .filter_map(|line| line.split(['.', ' ', '=']).next());
    let offenders: Vec<String> = names
        .filter(|name| FORBIDDEN_IN_SHARED.contains(name))
        .map(str::to_owned)
        .collect();
    assert_none(
        &offenders,
        "crates/shared has no async, no I/O, no clock, no randomness",
    );
    assert!(!manifest.contains("[features]"), "crates/shared has no features");
}

#[test]
fn the_lock_file_and_trunk_name_the_same_wasm_bindgen() {
    let wanted = format!("wasm_bindgen = \"{}\"", wasm_bindgen_version().unwrap());
    assert!(
        read("Trunk.toml").lines().any(|line| line == wanted),
        "Trunk.toml should say {wanted}"
    );
}

#[test]
fn trunk_and_the_installer_name_the_same_wasm_opt() {
    let wanted = format!("wasm_opt = \"version_{WASM_OPT_VERSION}\"");
    assert!(
        read("Trunk.toml").lines().any(|line| line == wanted),
        "Trunk.toml should say {wanted}"
    );
}

fn table<'text>(manifest: &'text str, header: &str) -> Vec<&'text str> {
    let after = manifest.lines().skip_while(|line| line.trim() != header).skip(1);
    after
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim().is_empty())
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(project::root().join(path)).unwrap()
}
