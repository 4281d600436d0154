//! Bulk inserts: many rows a statement, in a few fixed sizes, so that each text is prepared once a connection.

use std::sync::LazyLock;

use sqlx::{AssertSqlSafe, Result};

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::ItemRow;

/// Rows a statement, falling to one. The largest has fewer parameters than either database allows (32,766).
const CHUNKS: [usize; 3] = [100, 10, 1];

const ITEM_COLUMNS: &str = "
    receipt_seq, id, revision, variant, part, hash, shape, source, state, verdict, code, received_at,
    updated_seq, official_key, meter_point_id, meter_id, property_code, property_normal, building, unit_no,
    unit_normal, utility, point, meter_serial, label_text, period, kind, value_micro, skip_reason,
    previous_micro, consumption_micro, read_at, read_offset_s, corrected_at, time_certain, captured_by,
    device_id, device_seq, identified_by, flags, remarks";
const ITEM_COLUMN_COUNT: usize = 41;

static INSERT_ITEMS: LazyLock<[String; 3]> =
    LazyLock::new(|| CHUNKS.map(|rows| insert_text("item", ITEM_COLUMNS, ITEM_COLUMN_COUNT, rows)));
static INSERT_BODIES: LazyLock<[String; 3]> =
    LazyLock::new(|| CHUNKS.map(|rows| insert_text("sent_item", "receipt_seq, body", 2, rows)));

/// Inserts new rows of items.
pub(super) async fn rows(transaction: &mut Transaction, rows: &[ItemRow<'_>]) -> Result<()> {
    for (text, chunk) in chunks(&INSERT_ITEMS, rows) {
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
    for (text, chunk) in chunks(&INSERT_BODIES, bodies) {
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

/// Binds the columns in the order of [`ITEM_COLUMNS`]; the same for both databases.
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
    }};
}
use bind_row;

// Cuts a list into the sizes that there is a statement for.
fn chunks<'t, T>(texts: &'t [String; 3], mut rest: &'t [T]) -> Vec<(&'t str, &'t [T])> {
    let mut chunks = Vec::new();
    for (text, size) in texts.iter().zip(CHUNKS) {
        while rest.len() >= size {
            let (chunk, behind) = rest.split_at(size);
            chunks.push((text.as_str(), chunk));
            rest = behind;
        }
    }
    chunks
}

fn insert_text(table: &str, columns: &str, column_count: usize, rows: usize) -> String {
    let row = |index: usize| {
        let first = index * column_count + 1;
        let places: Vec<String> = (first..first + column_count)
            .map(|place| format!("${place}"))
            .collect();
        format!("({})", places.join(","))
    };
    let values: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {table} ({columns}) VALUES {}", values.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_exactly_one_statement() {
        let rows: Vec<usize> = (0..234).collect();
        let chunks = chunks(&INSERT_BODIES, &rows);
        let sizes: Vec<usize> = chunks.iter().map(|(_, chunk)| chunk.len()).collect();
        assert_eq!(sizes, [100, 100, 10, 10, 10, 1, 1, 1, 1]);
        assert_eq!(
            chunks
                .iter()
                .flat_map(|(_, chunk)| *chunk)
                .copied()
                .collect::<Vec<_>>(),
            rows
        );
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(
            insert_text("t", "a, b", 2, 2),
            "INSERT INTO t (a, b) VALUES ($1,$2),($3,$4)"
        );
        assert_eq!(ITEM_COLUMNS.split(',').count(), ITEM_COLUMN_COUNT);
    }
}
