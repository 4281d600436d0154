//! `POST /api/imports`: the CSV files of a portfolio.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;

/// How the files are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ImportsQuery {
    /// Only tells what would be.
    pub dry_run: bool,
}

/// The files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportRequest {
    /// Their text by name, such as `units.csv`; any may be missing.
    pub files: BTreeMap<String, String>,
}

/// What the import did, or would do. It never deletes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportAnswer {
    /// Whether nothing was changed because nothing should be.
    pub dry_run: bool,
    /// File by file.
    pub files: Vec<ImportCounts>,
    /// What changes in detail, up to a hundred of each file.
    pub differences: Vec<ImportDifference>,
}

/// What happens to the things of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportCounts {
    /// The file that they stand in.
    pub file: String,
    /// What they are: `meters`, `meter points`.
    pub things: String,
    /// Not in the books before.
    pub added: u64,
    /// In the books, with other content.
    pub changed: u64,
    /// Those of the changed that come to their end.
    pub ended: u64,
    /// In the books, just as the file says.
    pub unchanged: u64,
}

/// A thing that the books hold with other content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportDifference {
    /// The file that says otherwise.
    pub file: String,
    /// What names it.
    pub name: String,
    /// What is different.
    pub changes: Vec<ImportChange>,
}

/// One column that is different.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportChange {
    /// Name of the column.
    pub column: String,
    /// In the books.
    pub before: String,
    /// In the file.
    pub after: String,
}

/// A problem with code `import_faults`: nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportProblem {
    /// As in every error.
    #[serde(flatten)]
    pub problem: Problem,
    /// The faults, up to a hundred of each file.
    pub faults: Vec<ImportFault>,
    /// How many there are in all.
    pub faults_total: u64,
}

/// What is wrong, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportFault {
    /// Name of the file.
    pub file: String,
    /// Line in the file, the header being 1.
    pub line: u64,
    /// Name of the column; empty where the fault is not in one.
    pub column: String,
    /// Stable name of the cause, for programs.
    pub code: String,
    /// What is wrong and what to do.
    pub cause: String,
}
