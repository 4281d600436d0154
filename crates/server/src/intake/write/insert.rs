//! Bulk inserts of rows and texts.

use sqlx::{AssertSqlSafe, Result};

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::ItemRow;
use crate::intake::statements::{BODY_INSERT, BulkInsert, ITEM_INSERT};

/// Inserts new rows of items.
pub(super) async fn rows(transaction: &mut Transaction, rows: &[ItemRow<'_>]) -> Result<()> {
    for (text, chunk) in chunks(transaction, &ITEM_INSERT, rows) {
        in_transaction!(transaction, |c| {
            // Put together from constants; what was sent is bound.
            let mut query = sqlx::query(AssertSqlSafe(text));
            for row in chunk {
                query = bind_row!(query, row);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Inserts the texts that were sent.
pub(super) async fn bodies(transaction: &mut Transaction, bodies: &[(i64, &str)]) -> Result<()> {
    for (text, chunk) in chunks(transaction, &BODY_INSERT, bodies) {
        in_transaction!(transaction, |c| {
            let mut query = sqlx::query(AssertSqlSafe(text));
            for (receipt_seq, body) in chunk {
                query = query.bind(*receipt_seq).bind(*body);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

fn chunks<'t, T>(
    transaction: &Transaction,
    insert: &'t BulkInsert,
    list: &'t [T],
) -> Vec<(&'t str, &'t [T])> {
    match transaction {
        Transaction::Sqlite(_) => insert.chunks(list),
        Transaction::Postgres(_) => insert.chunks_numbered(list),
    }
}

/// Binds the columns in the order of the statement; the same for both databases.
macro_rules! bind_row {
    ($query:expr, $row:expr) => {{
        let row = $row;
        $query
            .bind(row.receipt_seq)
            .bind(row.id.to_string())
            .bind(i64::from(row.revision))
            .bind(row.variant)
            .bind(row.part)
            .bind(row.hash.as_str())
            .bind(row.shape)
            .bind(row.source.name())
            .bind(row.state.name())
            .bind(row.verdict)
            .bind(row.code)
            .bind(row.received_at)
            .bind(row.updated_seq)
            .bind(row.official_key.as_deref())
            .bind(row.meter_point_id)
            .bind(row.meter_id)
            .bind(row.property_code)
            .bind(row.property_normal)
            .bind(row.building)
            .bind(row.unit_no)
            .bind(row.unit_normal)
            .bind(row.utility)
            .bind(row.point)
            .bind(row.meter_serial)
            .bind(row.label_text)
            .bind(row.period.as_str())
            .bind(row.kind)
            .bind(row.value_micro)
            .bind(row.skip_reason)
            .bind(row.previous_micro)
            .bind(row.consumption_micro)
            .bind(row.read_at)
            .bind(row.read_offset_s)
            .bind(row.corrected_at)
            .bind(row.time_certain)
            .bind(row.captured_by)
            .bind(row.device_id.as_str())
            .bind(row.device_seq)
            .bind(row.identified_by)
            .bind(row.flags.as_str())
            .bind(row.remarks)
            .bind(row.rule_version)
    }};
}
use bind_row;
