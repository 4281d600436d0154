//! Who did what and when. Rows are only ever added; the database refuses to change them.

use serde_json::Value;
use shared::timestamp::Timestamp;

use crate::database::Transaction;
use crate::in_transaction;

/// Who acts when no account does.
pub const COMMAND_LINE: &str = "command line";

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// The account's name, or [`COMMAND_LINE`].
    pub actor: String,
    /// What was done, as a stable name.
    pub action: &'static str,
    /// To what.
    pub subject: String,
    /// The rest.
    pub detail: Value,
}

impl AuditEntry {
    /// Adds the row to what this transaction writes.
    pub async fn write(&self, transaction: &mut Transaction) -> sqlx::Result<()> {
        const INSERT: &str =
            "INSERT INTO audit (at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5)";
        in_transaction!(transaction, |c| {
            sqlx::query(INSERT)
                .bind(self.at.ms())
                .bind(&self.actor)
                .bind(self.action)
                .bind(&self.subject)
                .bind(self.detail.to_string())
                .execute(c)
                .await
                .map(drop)
        })
    }
}
