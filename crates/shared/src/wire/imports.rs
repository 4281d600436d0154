//! `POST /api/imports`: the CSV files of a portfolio.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;

/// Most bytes of the body when it is unpacked. As it travels it may have as many as every other: it is sent gzipped.
pub const IMPORT_BYTES_MAX: usize = 32 << 20;

/// How the files are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ImportsQuery {
    /// Only tells what would be.
    pub dry_run: bool,
    /// The `plan` of the dry run that was looked at: only exactly that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
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
    /// What changes and what is new in detail, up to a hundred of each kind and file.
    pub differences: Vec<ImportDifference>,
    /// Stands for all that the import does to the books: the same only when it does exactly the same to the same.
    #[serde(default)]
    pub plan: String,
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

/// What becomes of a thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportVerb {
    /// The books hold it with other content.
    #[default]
    Changed,
    /// The books don't hold it.
    Added,
    /// It is changed by coming to its end: a meter removed, a tenant moved out.
    Ended,
}

/// A thing that the books hold with other content, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportDifference {
    /// The file that says otherwise.
    pub file: String,
    /// What names it.
    pub name: String,
    /// What becomes of it.
    #[serde(default)]
    pub what: ImportVerb,
    /// What is different; of what is new, all that is said of it.
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
    /// What the cause speaks of, by name: `shown`, `min`, `max`.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// What is wrong and what to do, in English.
    pub cause: String,
}
