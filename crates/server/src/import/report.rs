//! What an import does: in numbers, and what changes one by one.

mod difference;

pub(super) use difference::columns_of;
pub use difference::{Difference, MemberChange};

use super::Mode;

/// What happens to one kind of thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not in the books before.
    pub added: usize,
    /// In the books, with other content.
    pub changed: usize,
    /// In the books, just as the file says.
    pub unchanged: usize,
    /// Those of the changed that come to their end: a meter removed, a tenant moved out.
    pub ended: usize,
}

/// What an import does to the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether it was done.
    pub mode: Mode,
    /// Properties.
    pub properties: Counts,
    /// Units.
    pub units: Counts,
    /// Meter points, as the meters name them.
    pub meter_points: Counts,
    /// Meters.
    pub meters: Counts,
    /// Tenancies.
    pub tenancies: Counts,
    /// Readings.
    pub readings: Counts,
    /// Labels, those that are given out included.
    pub labels: Counts,
    /// What changes, up to a hundred of each file.
    pub differences: Vec<Difference>,
    /// What is new, up to a hundred of each file.
    pub additions: Vec<Difference>,
    /// Stands for all that the import does to the books. Empty when it was taken without having been looked at.
    pub fingerprint: String,
}

impl ImportReport {
    /// File, things and what happens to them.
    pub(super) fn lines(&self) -> [(&'static str, &'static str, Counts); 7] {
        [
            ("properties.csv", "properties", self.properties),
            ("units.csv", "units", self.units),
            ("meters.csv", "meter points", self.meter_points),
            ("meters.csv", "meters", self.meters),
            ("tenancies.csv", "tenancies", self.tenancies),
            ("readings.csv", "readings", self.readings),
            ("labels.csv", "labels", self.labels),
        ]
    }

    /// Whether the books hold all of it already.
    pub fn is_unchanged(&self) -> bool {
        self.lines()
            .iter()
            .all(|(_, _, counts)| counts.added + counts.changed == 0)
    }
}

impl std::fmt::Display for ImportReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let head = ["added", "changed", "ended", "unchanged"].map(|word| format!(" {word:>9}"));
        writeln!(f, "{:<15}{:<14}{}", "", "", head.concat())?;
        for (file, name, counts) in self.lines() {
            let numbers = [counts.added, counts.changed, counts.ended, counts.unchanged];
            let numbers = numbers.map(|number| format!(" {number:>9}"));
            writeln!(f, "{file:<15}{name:<14}{}", numbers.concat())?;
        }
        for difference in &self.differences {
            writeln!(f, "  {difference}")?;
        }
        let told = self.differences.len();
        let changed: usize = self.lines().iter().map(|(_, _, counts)| counts.changed).sum();
        if changed > told {
            writeln!(f, "  and {} more that change", changed - told)?;
        }
        writeln!(
            f,
            "What the files don't name stays as it is: an import never deletes."
        )?;
        match (self.is_unchanged(), &self.mode) {
            (true, _) => writeln!(f, "The books hold all of it already; nothing was changed."),
            (false, Mode::Take | Mode::TakeOnly(_)) => writeln!(f, "Imported."),
            (false, Mode::DryRun) => writeln!(f, "A dry run: nothing was changed."),
        }
    }
}
