//! What came out, and the last lines that say it.

use crate::process::say;

/// A check that was not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Skipped {
    pub(super) name: String,
    pub(super) reason: String,
}

/// The checks of one step, or of all.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) failures: Vec<String>,
    pub(super) skipped: Vec<Skipped>,
}

impl Tally {
    /// One check that either holds or does not.
    pub(super) fn single(name: &str, holds: bool) -> Self {
        if holds {
            Self {
                passed: 1,
                ..Self::default()
            }
        } else {
            Self {
                failed: 1,
                failures: vec![name.to_owned()],
                ..Self::default()
            }
        }
    }

    /// Checks that were not run, all for one reason.
    pub(super) fn skipped(names: impl IntoIterator<Item = String>, reason: &str) -> Self {
        let skipped = names.into_iter().map(|name| Skipped {
            name,
            reason: reason.to_owned(),
        });
        Self {
            skipped: skipped.collect(),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
        self.skipped.extend(other.skipped);
    }

    pub(super) fn summary(&self) -> String {
        format!(
            "{} passed, {} failed, {} skipped",
            self.passed,
            self.failed,
            self.skipped.len()
        )
    }
}

/// Everything, step by step.
#[derive(Debug, Default)]
pub(super) struct Report {
    total: Tally,
}

impl Report {
    pub(super) fn add(&mut self, step: &str, mut tally: Tally) {
        for failure in &mut tally.failures {
            *failure = format!("{step}: {failure}");
        }
        for skipped in &mut tally.skipped {
            skipped.name = format!("{step}: {}", skipped.name);
        }
        self.total.add(tally);
    }

    /// Prints what was skipped, what failed and, last, the sum. True when nothing failed.
    pub(super) fn print(&self) -> bool {
        for line in self.lines() {
            say(&line);
        }
        self.total.failed == 0
    }

    fn lines(&self) -> Vec<String> {
        let skipped = self
            .total
            .skipped
            .iter()
            .map(|it| format!("skipped: {} ({})", it.name, it.reason));
        let failed = self.total.failures.iter().map(|it| format!("failed: {it}"));
        skipped.chain(failed).chain([self.total.summary()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_sum() {
        let mut report = Report::default();
        report.add(
            "unit",
            Tally {
                passed: 7,
                ..Tally::default()
            },
        );
        report.add("format", Tally::single("cargo fmt", false));
        report.add("journeys", Tally::skipped(["a".to_owned()], "no browser"));
        assert_eq!(
            report.lines(),
            [
                "skipped: journeys: a (no browser)",
                "failed: format: cargo fmt",
                "7 passed, 1 failed, 1 skipped"
            ]
        );
    }
}
