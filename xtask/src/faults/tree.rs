//! A copy of the project that faults are put into. Files that did not change keep their time stamp, so that cargo
//! builds only what a fault touches.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::fault::Fault;
use crate::process::text_of;
use crate::project;

/// Names the files of the copy, so that those that are gone from the project can go here too.
const INDEX: &str = "files.txt";

/// The copy.
pub(super) struct Tree {
    folder: PathBuf,
}

impl Tree {
    /// The copy, equal to the project as it stands.
    pub(super) fn refreshed() -> Result<Self> {
        let tree = Self {
            folder: project::target_folder().join("faults"),
        };
        fs::create_dir_all(tree.logs())?;
        let paths = project_files()?;
        let index = tree.folder.join(INDEX);
        for gone in fs::read_to_string(&index)
            .unwrap_or_default()
            .lines()
            .filter(|path| !paths.contains(*path))
        {
            // It may be gone already.
            let _ = fs::remove_file(tree.root().join(gone));
        }
        for path in &paths {
            copy_if_changed(&project::root().join(path), &tree.root().join(path))?;
        }
        let lines: Vec<&str> = paths.iter().map(String::as_str).collect();
        fs::write(index, lines.join("\n"))?;
        Ok(tree)
    }

    /// The top folder of the copy.
    pub(super) fn root(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where cargo builds the copy.
    pub(super) fn build(&self) -> PathBuf {
        self.folder.join("build")
    }

    /// What the programs printed, a file a fault.
    pub(super) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// Fails when any of the faults is stale: before anything is built.
    pub(super) fn check(&self, faults: &[&Fault]) -> Result<()> {
        let root = self.root();
        let stale: Vec<String> = faults.iter().filter_map(|fault| fault.staleness(&root)).collect();
        if !stale.is_empty() {
            bail!("{}", stale.join("\n"));
        }
        Ok(())
    }

    /// Puts a fault in; it is taken out when the answer is dropped.
    pub(super) fn apply(&self, fault: &Fault) -> Result<Applied> {
        let path = self.root().join(fault.file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let faulty = fault.applied_to(&text).map_err(anyhow::Error::msg)?;
        fs::write(&path, faulty)?;
        Ok(Applied { path, text })
    }
}

/// A fault that is in the copy.
pub(super) struct Applied {
    path: PathBuf,
    text: String,
}

impl Drop for Applied {
    fn drop(&mut self) {
        // The next run compares with the project again.
        let _ = fs::write(&self.path, &self.text);
    }
}

/// Every file that git knows or would take.
pub(super) fn project_files() -> Result<BTreeSet<String>> {
    let mut git = Command::new("git");
    git.current_dir(project::root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let list = text_of(&mut git).context("git lists the project's files")?;
    // Listed and deleted, or a link to a folder: nothing to copy.
    let is_there = |path: &&str| project::root().join(path).is_file();
    Ok(list.lines().filter(is_there).map(str::to_owned).collect())
}

fn copy_if_changed(from: &Path, to: &Path) -> Result<()> {
    let wanted = fs::read(from).with_context(|| from.display().to_string())?;
    if fs::read(to).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, wanted).with_context(|| to.display().to_string())
}
