//! What an import does, in numbers.

use super::Mode;

/// What happens to one kind of thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not in the books before.
    pub added: usize,
    /// In the books, with other content.
    pub changed: usize,
    /// Those of the changed that come to their end: a meter removed, a tenant moved out.
    pub ended: usize,
}

/// What an import does to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether it was done.
    pub mode: Mode,
    /// Properties.
    pub properties: Counts,
    /// Units.
    pub units: Counts,
    /// Meter points.
    pub meter_points: Counts,
    /// Meters.
    pub meters: Counts,
    /// Tenancies.
    pub tenancies: Counts,
    /// Readings.
    pub readings: Counts,
    /// Labels, those that were given out included.
    pub labels: Counts,
}

impl ImportReport {
    fn lines(&self) -> [(&'static str, Counts); 7] {
        [
            ("properties", self.properties),
            ("units", self.units),
            ("meter points", self.meter_points),
            ("meters", self.meters),
            ("tenancies", self.tenancies),
            ("readings", self.readings),
            ("labels", self.labels),
        ]
    }

    /// Whether the books hold all of it already.
    pub fn is_unchanged(&self) -> bool {
        self.lines()
            .iter()
            .all(|(_, counts)| *counts == Counts::default())
    }
}

impl std::fmt::Display for ImportReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:<14} {:>8} {:>8} {:>8}", "", "added", "changed", "ended")?;
        for (name, counts) in self.lines() {
            writeln!(
                f,
                "{name:<14} {:>8} {:>8} {:>8}",
                counts.added, counts.changed, counts.ended
            )?;
        }
        match (self.is_unchanged(), self.mode) {
            (true, _) => writeln!(f, "The books hold all of it already; nothing was changed."),
            (false, Mode::Take) => writeln!(f, "Imported."),
            (false, Mode::DryRun) => writeln!(f, "A dry run: nothing was changed."),
        }
    }
}
