//! Bulk inserts of rows and texts.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::Result;

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::ItemRow;
use crate::intake::statements::{BODY_INSERT, BulkInsert, ITEM_INSERT};

/// Inserts new rows of items.
pub(super) async fn rows(transaction: &mut Transaction, rows: &[ItemRow<'_>]) -> Result<()> {
    let mut repeated = Repeated::default();
    insert_all!(transaction, &ITEM_INSERT, rows, |query, row| bind_row!(
        query, row, repeated
    ))
}

/// Inserts the texts that were sent.
pub(super) async fn bodies(transaction: &mut Transaction, bodies: &[(i64, &str)]) -> Result<()> {
    insert_all!(transaction, &BODY_INSERT, bodies, |query, body| query
        .bind(body.0)
        .bind(body.1))
}

fn chunks<'t, T>(
    transaction: &Transaction,
    insert: &'static BulkInsert,
    list: &'t [T],
) -> Vec<(&'static str, &'t [T])> {
    match transaction {
        Transaction::Sqlite(_) => insert.chunks(list),
        Transaction::Postgres(_) => insert.chunks_numbered(list),
    }
}

/// Inserts chunk by chunk; while the database is at one, the next one is bound. The same for both databases.
macro_rules! insert_all {
    ($transaction:expr, $insert:expr, $list:expr, |$query:ident, $row:ident| $bind:expr) => {{
        let mut chunks = chunks($transaction, $insert, $list).into_iter();
        in_transaction!($transaction, |c| {
            let mut bind_next = || {
                let (text, chunk) = chunks.next()?;
                let mut $query = sqlx::query(text);
                for $row in chunk {
                    $query = $bind;
                }
                Some($query)
            };
            let mut bound = bind_next();
            while let Some(query) = bound {
                let (inserted, next) = tokio::join!(query.execute(&mut *c), async { bind_next() });
                inserted?;
                bound = next;
            }
            Ok(())
        })
    }};
}
use insert_all;

/// Texts that stand in one row after the other, each made once. SQLx copies every text that is bound into two allocations of its
/// own, which its thread has to free again; a row has a few dozen texts.
#[derive(Default)]
struct Repeated<'a>(HashMap<&'a str, Arc<str>>);

impl<'a> Repeated<'a> {
    fn text(&mut self, text: &'a str) -> Arc<str> {
        Arc::clone(self.0.entry(text).or_insert_with(|| text.into()))
    }
}

/// Binds the columns in the order of the statement; the same for both databases.
macro_rules! bind_row {
    ($query:expr, $row:expr, $repeated:expr) => {{
        let row = $row;
        $query
            .bind(row.receipt_seq)
            .bind(row.id.to_string())
            .bind(i64::from(row.revision))
            .bind(row.variant)
            .bind(row.part)
            .bind(row.hash.as_str())
            .bind($repeated.text(row.shape))
            .bind($repeated.text(row.source.name()))
            .bind($repeated.text(row.state.name()))
            .bind($repeated.text(row.verdict))
            .bind(row.code)
            .bind(row.received_at)
            .bind(row.updated_seq)
            .bind(row.official_key.as_deref())
            .bind(row.meter_point_id)
            .bind(row.meter_id)
            .bind($repeated.text(row.property_code))
            .bind($repeated.text(row.property_normal))
            .bind($repeated.text(row.building))
            .bind(row.unit_no)
            .bind(row.unit_normal)
            .bind($repeated.text(row.utility))
            .bind($repeated.text(row.point))
            .bind(row.meter_serial)
            .bind(row.label_text)
            .bind($repeated.text(row.period.as_str()))
            .bind($repeated.text(row.kind))
            .bind(row.value_micro)
            .bind(row.skip_reason)
            .bind(row.previous_micro)
            .bind(row.consumption_micro)
            .bind(row.read_at)
            .bind(row.read_offset_s)
            .bind(row.corrected_at)
            .bind(row.time_certain)
            .bind($repeated.text(row.captured_by))
            .bind($repeated.text(row.device_id.as_str()))
            .bind(row.device_seq)
            .bind($repeated.text(row.identified_by))
            .bind($repeated.text(row.flags.as_str()))
            .bind(row.remarks)
            .bind(row.rule_version)
    }};
}
use bind_row;
