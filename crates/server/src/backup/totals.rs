//! What books hold, in figures that can be compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::{Result, SqliteConnection};

/// Counts of everything that ever arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows of `item`.
    pub items: i64,
    /// Rows of `sent_item`.
    pub sent_items: i64,
    /// Rows of `item` by state.
    pub states: BTreeMap<String, i64>,
    /// The highest receipt number that a row has.
    pub last_receipt: i64,
}

impl Totals {
    /// Counts.
    pub(super) async fn of(connection: &mut SqliteConnection) -> Result<Self> {
        let states: Vec<(String, i64)> = sqlx::query_as("SELECT state, COUNT(*) FROM item GROUP BY state")
            .fetch_all(&mut *connection)
            .await?;
        let last_receipt = sqlx::query_scalar("SELECT COALESCE(MAX(receipt_seq), 0) FROM item")
            .fetch_one(&mut *connection)
            .await?;
        let sent_items = sqlx::query_scalar("SELECT COUNT(*) FROM sent_item")
            .fetch_one(connection)
            .await?;
        let states: BTreeMap<String, i64> = states.into_iter().collect();
        Ok(Self {
            items: states.values().sum(),
            sent_items,
            states,
            last_receipt,
        })
    }

    /// Rows of `item` and of `sent_item` up to this receipt. Rows are never deleted and numbers are given out in commit
    /// order, so this stays the same for ever, whatever comes in later.
    pub(super) async fn up_to(connection: &mut SqliteConnection, last_receipt: i64) -> Result<(i64, i64)> {
        sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM item WHERE receipt_seq <= $1),
                (SELECT COUNT(*) FROM sent_item WHERE receipt_seq <= $1)",
        )
        .bind(last_receipt)
        .fetch_one(connection)
        .await
    }
}

impl std::fmt::Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let states: Vec<String> = self
            .states
            .iter()
            .map(|(state, count)| format!("{count} {state}"))
            .collect();
        let states = if states.is_empty() {
            "none".to_owned()
        } else {
            states.join(", ")
        };
        write!(
            f,
            "{} items ({states}), {} texts as sent, last receipt {}",
            self.items, self.sent_items, self.last_receipt
        )
    }
}
