//! What is wrong with a file: where, and why.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cause::Cause;
use super::files::FILE_NAMES;

/// A spreadsheet with a wrong column has a fault in each row; the first ones of a file tell the story.
pub const FAULTS_OF_FILE_MAX: usize = 100;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file.
    pub file: Cow<'static, str>,
    /// Line in the file, the header being 1.
    pub line: u64,
    /// Name of the column; empty where the fault is not in one.
    pub column: String,
    /// What is wrong, and what would be right.
    pub cause: Cause,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.cause)
    }
}

/// All faults of an import; the first ones of each file in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    kept: Vec<Fault>,
    counts: BTreeMap<Cow<'static, str>, usize>,
}

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, file: impl Into<Cow<'static, str>>, line: u64, column: &str, cause: Cause) {
        let file = file.into();
        let count = self.counts.entry(file.clone()).or_default();
        *count += 1;
        if *count <= FAULTS_OF_FILE_MAX {
            let column = column.into();
            self.kept.push(Fault {
                file,
                line,
                column,
                cause,
            });
        }
    }

    /// No fault at all.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether this file has a fault.
    pub fn has(&self, file: &str) -> bool {
        self.counts.contains_key(file)
    }

    /// How many there are, those that were not kept included.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// The faults that were kept.
    pub fn kept(&self) -> &[Fault] {
        &self.kept
    }

    /// The same ones, file by file and from top to bottom.
    pub(super) fn in_order(mut self) -> Self {
        let place = |file: &str| FILE_NAMES.iter().position(|name| *name == file);
        self.kept
            .sort_by_key(|fault| (place(&fault.file).unwrap_or(FILE_NAMES.len()), fault.line));
        self
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "nothing was imported; {} to put right:", self.total())?;
        for fault in &self.kept {
            writeln!(f, "  {fault}")?;
        }
        for (file, count) in &self.counts {
            if *count > FAULTS_OF_FILE_MAX {
                writeln!(f, "  and {} more in {file}", count - FAULTS_OF_FILE_MAX)?;
            }
        }
        Ok(())
    }
}
