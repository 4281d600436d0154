//! Report and faults as they travel.

use shared::wire::imports::{
    ImportAnswer, ImportChange, ImportCounts, ImportDifference, ImportFault, ImportProblem,
};
use shared::wire::problem::Problem;

use super::{Difference, Fault, Faults, ImportReport, MemberChange, Mode};

impl ImportReport {
    /// The answer to a call.
    pub fn to_wire(&self) -> ImportAnswer {
        let counts = self.lines().map(|(file, things, counts)| ImportCounts {
            file: file.into(),
            things: things.into(),
            added: counts.added as u64,
            changed: counts.changed as u64,
            ended: counts.ended as u64,
            unchanged: counts.unchanged as u64,
        });
        ImportAnswer {
            dry_run: self.mode == Mode::DryRun,
            files: counts.into(),
            differences: self
                .differences
                .iter()
                .chain(&self.additions)
                .map(Difference::to_wire)
                .collect(),
            plan: self.fingerprint.clone(),
        }
    }
}

impl Difference {
    fn to_wire(&self) -> ImportDifference {
        ImportDifference {
            file: self.file.into(),
            name: self.name.clone(),
            what: self.what,
            changes: self.changes.iter().map(MemberChange::to_wire).collect(),
        }
    }
}

impl MemberChange {
    fn to_wire(&self) -> ImportChange {
        ImportChange {
            column: self.column.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
        }
    }
}

impl Faults {
    /// The problem, with each fault.
    pub fn to_wire(&self, problem: Problem) -> ImportProblem {
        ImportProblem {
            problem,
            faults: self.kept().iter().map(Fault::to_wire).collect(),
            faults_total: self.total() as u64,
        }
    }
}

impl Fault {
    fn to_wire(&self) -> ImportFault {
        ImportFault {
            file: self.file.to_string(),
            line: self.line,
            column: self.column.clone(),
            code: self.cause.code(),
            details: self.cause.details(),
            cause: self.cause.to_string(),
        }
    }
}
