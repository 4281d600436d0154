//! What steps share: the log folder, the built programs, and what went wrong before.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::binaries::Binaries;
use super::steps::Step;
use crate::project;

/// Filled by the steps that build, used by those that run.
pub(super) struct Workshop {
    logs: PathBuf,
    pub(super) binaries: Binaries,
    broken: BTreeSet<Step>,
}

impl Workshop {
    pub(super) fn new() -> Result<Self> {
        let logs = project::state_folder().join("logs");
        fs::create_dir_all(&logs)?;
        // The server embeds this folder: it has to be there, though a debug build reads it at run time.
        fs::create_dir_all(project::root().join(project::DIST))?;
        Ok(Self {
            logs,
            binaries: Binaries::default(),
            broken: BTreeSet::new(),
        })
    }

    pub(super) fn logs(&self) -> &Path {
        &self.logs
    }

    pub(super) fn break_off(&mut self, step: Step) {
        self.broken.insert(step);
    }

    /// The first step that this one needs and that failed.
    pub(super) fn obstacle(&self, step: Step) -> Option<Step> {
        step.needs()
            .iter()
            .copied()
            .find(|need| self.broken.contains(need))
    }
}
