//! What a fault is, and what has to catch it.

use std::fmt;
use std::fs;
use std::path::Path;

/// A deliberate fault.
#[derive(Debug)]
pub(super) struct Fault {
    /// In a few words with hyphens.
    pub(super) name: &'static str,
    /// The situations of the thirty that it breaks.
    pub(super) situations: &'static [u8],
    /// Relative to the project.
    pub(super) file: &'static str,
    /// Stands exactly once in the file.
    pub(super) old: &'static str,
    /// Stands there instead.
    pub(super) new: &'static str,
    /// What has to fail then.
    pub(super) proof: Proof,
}

/// A test that passes without the fault and fails with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// A unit test of `shared`, by its whole name.
    Rule(&'static str),
    /// The simulation, with so many seeds.
    Simulation(u32),
    /// A test of the server through its routes, on SQLite, by its whole name.
    Server(&'static str),
    /// A test of the device's store in a real browser, by its name.
    Browser(&'static str),
}

/// Where the simulation begins.
const SIMULATION: &str = "sim::whatever_goes_wrong_every_reading_arrives_once_and_the_status_is_true";

impl Proof {
    /// The name as the test's program prints it.
    pub(super) fn test(self) -> &'static str {
        match self {
            Self::Rule(name) | Self::Server(name) | Self::Browser(name) => name,
            Self::Simulation(_) => SIMULATION,
        }
    }

    /// Proofs with one number are in one program.
    pub(super) fn program(self) -> u8 {
        match self {
            Self::Rule(_) => 0,
            Self::Simulation(_) => 1,
            Self::Server(_) => 2,
            Self::Browser(_) => 3,
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(name) => write!(f, "shared {name}"),
            Self::Simulation(seeds) => write!(f, "simulation, {seeds} seeds"),
            Self::Server(name) => write!(f, "server {name}"),
            Self::Browser(name) => write!(f, "browser {name}"),
        }
    }
}

impl Fault {
    /// The file with the fault in it, or why that cannot be: the text has moved on, the fault has to follow.
    pub(super) fn applied_to(&self, text: &str) -> Result<String, String> {
        match text.matches(self.old).count() {
            1 => Ok(text.replacen(self.old, self.new, 1)),
            count => Err(format!(
                "fault `{}` is stale: its old text stands {count} times in {}",
                self.name, self.file
            )),
        }
    }

    /// Why the fault does not fit the project at this place (any more).
    pub(super) fn staleness(&self, root: &Path) -> Option<String> {
        match fs::read_to_string(root.join(self.file)) {
            Ok(text) => self.applied_to(&text).err(),
            Err(error) => Some(format!("fault `{}` is stale: {}: {error}", self.name, self.file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAULT: Fault = Fault {
        name: "a",
        situations: &[],
        file: "b",
        old: "x < 3",
        new: "x < 4",
        proof: Proof::Rule("c"),
    };

    #[test]
    fn a_fault_changes_one_place() {
        assert_eq!(FAULT.applied_to("if x < 3 {}").as_deref(), Ok("if x < 4 {}"));
    }

    #[test]
    fn a_fault_whose_text_is_gone_or_ambiguous_is_stale() {
        assert!(FAULT.applied_to("if x <= 3 {}").is_err());
        assert!(FAULT.applied_to("x < 3 || x < 3").is_err());
    }
}
