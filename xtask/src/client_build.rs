//! Building the client by Trunk into `dist`, and knowing when that is not needed.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::hash::{content_hash, files_hash};
use crate::process::{command, run, say};
use crate::project::{self, WASM_TARGET};
use crate::sw_manifest::list_files;
use crate::tools::{WasmOpt, ensure_client_tools};

/// Everything that the built client depends on.
const INPUTS: [&str; 19] = [
    "crates/background",
    "crates/client",
    "crates/office",
    "crates/phone",
    "crates/scanner",
    "crates/shared",
    "crates/ui",
    "public",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "sw.js",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    "xtask/src/client_build.rs",
    "xtask/src/client_files.rs",
    "xtask/src/hash.rs",
    "xtask/src/precompress.rs",
    "xtask/src/sw_manifest.rs",
];

/// How much care a build takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Small and compressed: what users get.
    Release,
    /// Unoptimised and uncompressed, for short turns while a screen is made.
    Quick,
}

/// Builds the client unless `dist` was made from the same files with the same effort.
pub fn build_client(effort: Effort) -> Result<()> {
    let wasm_opt = ensure_client_tools()?;
    let _turn = wait_for_turn()?;
    let fingerprint = fingerprint(effort, wasm_opt)?;
    let index = project::root().join(project::DIST).join("index.html");
    if index.exists() && fs::read_to_string(record_path()).is_ok_and(|it| it == fingerprint) {
        say("The client is up to date.");
        return Ok(());
    }
    let about = match effort {
        Effort::Release => "2 to 6 minutes",
        Effort::Quick => "seconds; some minutes the first time",
    };
    say(&format!("Building the client ({about}) …"));
    let start = Instant::now();
    // A build that fails half-way must not count as the one before.
    let _ = fs::remove_file(record_path());
    run(command("cargo").args(["fetch", "--locked", "--quiet", "--target", WASM_TARGET]))?;
    trunk(effort, wasm_opt)?;
    fs::write(record_path(), fingerprint)?;
    say(&format!(
        "The client is built ({:.0} s).",
        start.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// Trunk prepares `dist` in one folder: two builds at once would take each other's files away.
fn wait_for_turn() -> Result<File> {
    fs::create_dir_all(project::state_folder())?;
    let file = File::create(project::state_folder().join("client.lock"))?;
    if file.try_lock().is_err() {
        say("Waiting for another build of the client …");
        file.lock()?;
    }
    Ok(file)
}

fn trunk(effort: Effort, wasm_opt: WasmOpt) -> Result<()> {
    let mut trunk = command("trunk");
    trunk.args(["build", "--offline", "--skip-version-check", "--color", "never"]);
    // Some machines set NO_COLOR=1, which Trunk takes for a wrong value of its own option.
    trunk.env_remove("NO_COLOR");
    match (effort, wasm_opt) {
        (Effort::Release, WasmOpt::Found) => trunk.arg("--release"),
        // Only a release build calls wasm-opt; the cargo profile stays the one in Trunk.toml.
        (Effort::Release, WasmOpt::Missing) => &mut trunk,
        (Effort::Quick, _) => trunk
            .args(["--cargo-profile", "dev"])
            .env(project::QUICK_BUILD_VARIABLE, "1"),
    };
    run(&mut trunk).context("Trunk could not build the client")
}

fn fingerprint(effort: Effort, wasm_opt: WasmOpt) -> Result<String> {
    let mut text = format!("{effort:?} {wasm_opt:?}\n");
    for input in INPUTS {
        let path = project::root().join(input);
        let files = if path.is_dir() {
            list_files(&path)?
        } else {
            vec![path]
        };
        let names: String = files.iter().map(|file| format!("{}\n", file.display())).collect();
        text.push_str(&format!(
            "{input} {} {}\n",
            content_hash(names.as_bytes()),
            files_hash(&files)?
        ));
    }
    Ok(content_hash(text.as_bytes()))
}

fn record_path() -> PathBuf {
    project::state_folder().join("client.fingerprint")
}
