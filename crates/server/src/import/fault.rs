//! What is wrong with a file: where, and why.

/// A spreadsheet with a wrong column has a fault in each row; the first ones tell the story.
const FAULTS_KEPT_MAX: usize = 200;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file.
    pub file: &'static str,
    /// Line in the file, the header being 1.
    pub line: u64,
    /// Name of the column; empty where the fault is the row's.
    pub column: String,
    /// What is wrong, and what would be right.
    pub cause: String,
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

/// All faults of an import; the first ones in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    kept: Vec<Fault>,
    total: usize,
}

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, file: &'static str, line: u64, column: &str, cause: impl Into<String>) {
        self.total += 1;
        if self.kept.len() < FAULTS_KEPT_MAX {
            self.kept.push(Fault {
                file,
                line,
                column: column.into(),
                cause: cause.into(),
            });
        }
    }

    /// No fault at all.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The faults that were kept.
    pub fn kept(&self) -> &[Fault] {
        &self.kept
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "nothing was imported; {} to put right:", self.total)?;
        for fault in &self.kept {
            writeln!(f, "  {fault}")?;
        }
        if self.total > self.kept.len() {
            writeln!(f, "  and {} more", self.total - self.kept.len())?;
        }
        Ok(())
    }
}
