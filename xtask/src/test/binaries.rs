//! All test programs from one call of cargo: one choice of packages, so that each dependency is built once.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::logged::run_logged;
use crate::process::command;
use crate::project::{self, all_but_browser_crates};

/// A program that Rust's test harness drives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TestBinary {
    /// Folder of the package, relative to the project.
    pub(super) package: String,
    /// `it` for an integration test.
    pub(super) target: String,
    pub(super) program: PathBuf,
}

/// What the build made.
#[derive(Debug, Default)]
pub(super) struct Binaries {
    pub(super) tests: Vec<TestBinary>,
    pub(super) meterline: Option<PathBuf>,
}

impl Binaries {
    /// The integration test of a package.
    pub(super) fn integration(&self, package: &str) -> Option<&TestBinary> {
        self.tests
            .iter()
            .find(|it| it.package == package && it.target == "it")
    }
}

/// Builds every native test and the server, in the dev profile.
pub(super) fn build(logs: &Path) -> Result<Binaries> {
    let messages = logs.join("build.json");
    let mut cargo = command("cargo");
    cargo.arg("test").args(all_but_browser_crates());
    cargo.args([
        "--locked",
        "--no-run",
        "--message-format",
        "json-render-diagnostics",
    ]);
    let built = run_logged(&mut cargo, logs, "build", Some(File::create(&messages)?))?;
    if !built.success {
        bail!("the tests do not compile");
    }
    let text = fs::read_to_string(messages)?;
    let mut binaries = parse(&text, project::root())?;
    let debug = project::target_folder()
        .join("debug")
        .join(format!("meterline{}", std::env::consts::EXE_SUFFIX));
    binaries.meterline = binaries.meterline.or_else(|| debug.exists().then_some(debug));
    Ok(binaries)
}

fn parse(messages: &str, root: &Path) -> Result<Binaries> {
    let mut binaries = Binaries::default();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("cargo printed something else than JSON")?;
        let Some(program) = message["executable"].as_str().map(PathBuf::from) else {
            continue;
        };
        let target = message["target"]["name"].as_str().unwrap_or_default().to_owned();
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().unwrap_or(manifest);
        let package = folder
            .strip_prefix(root)
            .unwrap_or(folder)
            .to_string_lossy()
            .into_owned();
        if message["profile"]["test"] == Value::Bool(true) {
            binaries.tests.push(TestBinary {
                package,
                target,
                program,
            });
        } else if target == "meterline" {
            binaries.meterline = Some(program);
        }
    }
    Ok(binaries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_the_messages_of_cargo() {
        let messages = r#"{"reason":"compiler-artifact","manifest_path":"/p/crates/server/Cargo.toml","target":{"name":"it"},"profile":{"test":true},"executable":"/t/it-1"}
{"reason":"compiler-artifact","manifest_path":"/p/crates/server/Cargo.toml","target":{"name":"meterline"},"profile":{"test":false},"executable":"/t/meterline"}
{"reason":"build-finished","success":true}"#;
        let binaries = parse(messages, Path::new("/p")).unwrap();
        assert_eq!(
            binaries.integration("crates/server").unwrap().program,
            Path::new("/t/it-1")
        );
        assert_eq!(binaries.meterline, Some("/t/meterline".into()));
    }
}
