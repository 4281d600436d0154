//! Who did what and when. Rows are only ever added; the database refuses to change them.

mod filter;
mod list;

use serde_json::Value;
use shared::timestamp::Timestamp;

use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

pub use filter::AuditFilter;
pub use list::{AuditRecord, actions, page, rows_behind};

/// Who acts when no account does.
pub const COMMAND_LINE: &str = "command line";

/// What a row is about is cut off behind so many characters: it stands in an index.
const SUBJECT_CHARACTERS_MAX: usize = 200;

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
        let subject: String = self.subject.chars().take(SUBJECT_CHARACTERS_MAX).collect();
        in_transaction!(transaction, |c| {
            sqlx::query(INSERT)
                .bind(self.at.ms())
                .bind(&self.actor)
                .bind(self.action)
                .bind(subject)
                .bind(self.detail.to_string())
                .execute(c)
                .await
                .map(drop)
        })
    }

    /// Adds the row by itself, where nothing else is written.
    pub async fn note(&self, store: &Store) -> sqlx::Result<()> {
        let mut transaction = Transaction::begin(store.writer()).await?;
        self.write(&mut transaction).await?;
        transaction.commit().await
    }
}
