//! The tools that the client's build needs: taken as they are when they have the right version, otherwise installed
//! into the project's own folder, so that nothing else on the machine changes.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{command, find_program, run, say, text_of};
use crate::project::{self, TRUNK_VERSION, WASM_OPT_VERSION, WASM_TARGET};

/// Whether the wasm can be made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WasmOpt {
    /// wasm-opt is there in the right version.
    Found,
    /// The build goes on without; its download is larger.
    Missing,
}

/// Installs what is missing and says so.
pub fn ensure_client_tools() -> Result<WasmOpt> {
    ensure_wasm_target()?;
    ensure_trunk()?;
    ensure_wasm_bindgen()?;
    Ok(ensure_wasm_opt())
}

/// The standard library for the browser, by rustup.
pub fn ensure_wasm_target() -> Result<()> {
    let installed = text_of(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))
        .is_some_and(|folder| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()));
    if installed {
        return Ok(());
    }
    say("Installing the wasm target of Rust (under a minute) …");
    run(command("rustup").args(["target", "add", WASM_TARGET]))
        .context("the wasm target is missing; with rustup: `rustup target add wasm32-unknown-unknown`")
}

fn ensure_trunk() -> Result<()> {
    if version_of("trunk") == Some(TRUNK_VERSION.to_owned()) {
        return Ok(());
    }
    say(&format!(
        "Building Trunk {TRUNK_VERSION}, which puts the client together (about 4 minutes, only once) …"
    ));
    run(install(&["trunk", "--version", TRUNK_VERSION, "--locked"]).arg("--quiet"))
}

/// wasm-bindgen's command line in the version of the library, test runner included.
pub fn ensure_wasm_bindgen() -> Result<()> {
    let wanted = wasm_bindgen_version()?;
    let found = ["wasm-bindgen", "wasm-bindgen-test-runner"].map(version_of);
    if found
        .iter()
        .all(|version| version.as_deref() == Some(wanted.as_str()))
    {
        return Ok(());
    }
    say(&format!(
        "Building wasm-bindgen {wanted} (about 2 minutes, only once) …"
    ));
    let arguments = ["wasm-bindgen-cli", "--version", &wanted, "--no-default-features"];
    run(install(&arguments).arg("--quiet"))
}

/// The version that `Cargo.lock` names.
pub fn wasm_bindgen_version() -> Result<String> {
    let lock = fs::read_to_string(project::root().join("Cargo.lock")).context("reading Cargo.lock")?;
    version_in_lock(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn ensure_wasm_opt() -> WasmOpt {
    if version_of("wasm-opt").as_deref() == Some(WASM_OPT_VERSION) {
        return WasmOpt::Found;
    }
    if find_program("npm").is_some() {
        say(&format!(
            "Installing wasm-opt {WASM_OPT_VERSION} by npm (under a minute) …"
        ));
        let folder = project::tools_folder();
        let package = format!("binaryen@{WASM_OPT_VERSION}");
        let installed = fs::create_dir_all(&folder).is_ok()
            && run(command("npm")
                .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
                .arg(&folder)
                .arg(&package))
            .is_ok();
        if installed && version_of("wasm-opt").as_deref() == Some(WASM_OPT_VERSION) {
            return WasmOpt::Found;
        }
    }
    say(&format!(
        "Warning: no wasm-opt {WASM_OPT_VERSION} (it comes with `npm install -g binaryen@{WASM_OPT_VERSION}`); \
         the client works without, its download is larger."
    ));
    WasmOpt::Missing
}

/// The first word of `PROGRAM --version` that is a number.
fn version_of(program: &str) -> Option<String> {
    let text = text_of(command(find_program(program)?).arg("--version"))?;
    let word = text
        .split_whitespace()
        .find(|word| word.starts_with(|it: char| it.is_ascii_digit()))?;
    Some(word.to_owned())
}

/// `cargo install` into the project's folder. A tool that runs for seconds is not worth minutes of optimising.
fn install(arguments: &[&str]) -> Command {
    let mut install = command("cargo");
    install
        .args(["install", "--root"])
        .arg(project::tools_folder())
        .args(arguments);
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    install
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version_of_a_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "serde"), None);
    }
}
