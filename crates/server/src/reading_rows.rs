//! Rows of the office's list, from the database's columns to what travels.

mod arrived;
mod filter;
mod free_text;
pub mod open;
mod position;
mod steps;
mod tenant;

use shared::id::ItemId;
use shared::names::{Answer, Flag};
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::office::{ROWS_COUNTED_MAX, ReadingRow};
use sqlx::AssertSqlSafe;

use arrived::Receipts;
pub use filter::Filter;
use filter::ROLLED_OVER;

use crate::on;
use crate::store::Store;

/// Everything that a row shows but its tenant.
fn select_rows() -> String {
    format!(
        "SELECT i.id, i.revision, i.variant, i.receipt_seq, i.received_at, i.state, i.code, i.property_code, \
     i.building, i.unit_no, i.utility, i.point, i.meter_serial, i.period, i.kind, i.value_micro, i.skip_reason, \
     i.previous_micro, i.consumption_micro, i.read_at, i.read_offset_s, i.corrected_at, i.captured_by, \
     i.identified_by, i.source, i.flags, i.remarks, i.label_text, i.decision, i.decided_by, i.decided_at, i.decision_reason, \
     m.decimals, mp.unit_id, p.time_zone, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM item_photo ip WHERE ip.receipt_seq = i.receipt_seq) AS photos, \
     CAST(CASE WHEN {ROLLED_OVER} THEN 1 ELSE 0 END AS BIGINT) AS rolled_over \
     FROM item i LEFT JOIN meter m ON m.id = i.meter_id LEFT JOIN meter_point mp ON mp.id = i.meter_point_id \
     LEFT JOIN unit u ON u.id = mp.unit_id LEFT JOIN property p ON p.id = u.property_id"
    )
}

/// One page of the list, newest arrival first.
pub async fn page(store: &Store, filter: &Filter, limit: i64) -> sqlx::Result<Vec<ReadingRow>> {
    let receipts = filter.arrived().receipts(store).await?;
    let (sql, binds) = page_query(filter, receipts, limit);
    rows(store, sql, &binds).await
}

fn page_query(filter: &Filter, receipts: Receipts, limit: i64) -> (String, Vec<String>) {
    let clause = filter.page_clause(receipts);
    let sql = format!(
        "{} WHERE {} ORDER BY i.receipt_seq DESC LIMIT {limit}",
        select_rows(),
        clause.sql
    );
    (sql, clause.binds)
}

/// How many rows fit in all; at most one more than [`ROWS_COUNTED_MAX`].
pub async fn total(store: &Store, filter: &Filter) -> sqlx::Result<i64> {
    let receipts = filter.arrived().receipts(store).await?;
    let (sql, binds) = total_query(filter, receipts);
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for bind in &binds {
            query = query.bind(bind.clone());
        }
        query.fetch_one(pool).await
    })
}

fn total_query(filter: &Filter, receipts: Receipts) -> (String, Vec<String>) {
    let clause = filter.clause(receipts);
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM item i WHERE {} LIMIT {ROWS_COUNTED_MAX} + 1) counted",
        clause.sql
    );
    (sql, clause.binds)
}

/// Every revision of one item with what the office decided about it and where the phone was, the highest first; those that the
/// caller may see.
pub async fn revisions(store: &Store, filter: &Filter, id: ItemId) -> sqlx::Result<Vec<ReadingRow>> {
    let mut clause = filter.scope_clause();
    clause.add("i.id = ?", id.to_string());
    let sql = format!(
        "{} WHERE {} ORDER BY i.revision DESC, i.variant DESC, i.part LIMIT 1000",
        select_rows(),
        clause.sql
    );
    let mut rows = rows(store, sql, &clause.binds).await?;
    position::add(store, &mut rows).await?;
    steps::add(store, id, &mut rows).await?;
    Ok(rows)
}

/// What arrived for a period that was closed, the newest first. Properties are the caller's to check.
pub async fn late(
    store: &Store,
    property_normal: &str,
    period: Period,
    after: Option<i64>,
    limit: usize,
) -> sqlx::Result<Vec<ReadingRow>> {
    let after = after.unwrap_or(i64::MAX);
    let sql = format!(
        "{} WHERE i.property_normal = $1 AND i.period = $2 AND i.code = 'period_closed' AND i.part = 0 \
         AND i.receipt_seq < {after} ORDER BY i.receipt_seq DESC LIMIT {limit}",
        select_rows()
    );
    rows(store, sql, &[property_normal.to_owned(), period.to_string()]).await
}

/// Rows that were written with a change number above `after` and not above `last`, each with its number, by rising number.
pub async fn changed_between(store: &Store, after: i64, last: i64) -> sqlx::Result<Vec<(i64, ReadingRow)>> {
    const SEQS: &str =
        "SELECT receipt_seq, updated_seq FROM item WHERE updated_seq > $1 AND updated_seq <= $2";
    let seqs: Vec<(i64, i64)> = on!(store.reader(), |pool| sqlx::query_as(SEQS)
        .bind(after)
        .bind(last)
        .fetch_all(pool)
        .await?);
    let seqs: std::collections::BTreeMap<i64, i64> = seqs.into_iter().collect();
    let sql = format!(
        "{} WHERE i.updated_seq > {after} AND i.updated_seq <= {last} ORDER BY i.updated_seq",
        select_rows()
    );
    let rows = rows(store, sql, &[]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((*seqs.get(&row.receipt_seq)?, row)))
        .collect())
}

async fn rows(store: &Store, sql: String, binds: &[String]) -> sqlx::Result<Vec<ReadingRow>> {
    let records = records(store, sql, binds).await?;
    into_rows(store, records).await
}

async fn records(store: &Store, sql: String, binds: &[String]) -> sqlx::Result<Vec<Record>> {
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await
    })
}

async fn into_rows(store: &Store, records: Vec<Record>) -> sqlx::Result<Vec<ReadingRow>> {
    let tenants = tenant::names(store, &records).await?;
    Ok(records
        .into_iter()
        .zip(tenants)
        .map(|(record, tenant)| record.into_row(tenant))
        .collect())
}

#[derive(Debug, sqlx::FromRow)]
struct Record {
    id: String,
    revision: i64,
    variant: i64,
    receipt_seq: i64,
    received_at: i64,
    state: String,
    code: Option<String>,
    property_code: String,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    meter_serial: String,
    period: String,
    kind: String,
    value_micro: Option<i64>,
    skip_reason: Option<String>,
    previous_micro: Option<i64>,
    consumption_micro: Option<i64>,
    read_at: i64,
    read_offset_s: i64,
    corrected_at: i64,
    captured_by: String,
    identified_by: String,
    source: String,
    flags: String,
    remarks: String,
    label_text: Option<String>,
    decision: Option<String>,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    decision_reason: Option<String>,
    photos: i64,
    rolled_over: i64,
    decimals: Option<i64>,
    unit_id: Option<i64>,
    time_zone: Option<String>,
}

impl Record {
    fn into_row(self, tenant: String) -> ReadingRow {
        let decimals = self
            .decimals
            .and_then(|decimals| u32::try_from(decimals).ok())
            .unwrap_or(0);
        let print = |micro: i64| ReadingValue::from_micro(micro).map(|value| value.print(decimals));
        let read_at = LocalTime {
            at: Timestamp::from_ms(self.read_at),
            offset_s: i32::try_from(self.read_offset_s).unwrap_or(0),
        };
        let mut flags: Vec<String> = serde_json::from_str(&self.flags).unwrap_or_default();
        if self.rolled_over == 1 {
            let lower = flags.iter_mut().filter(|flag| *flag == Flag::Lower.name());
            lower.for_each(|flag| *flag = Answer::RolledOver.name().to_owned());
        }
        ReadingRow {
            id: ItemId::parse(&self.id).unwrap_or_default(),
            revision: u32::try_from(self.revision).unwrap_or(u32::MAX),
            receipt_seq: self.receipt_seq,
            received_at: Timestamp::from_ms(self.received_at).to_rfc3339(),
            state: self.state,
            code: self.code,
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
            meter_serial: self.meter_serial,
            tenant,
            period: self.period,
            kind: self.kind,
            value: self.value_micro.and_then(print),
            skip_reason: self.skip_reason,
            previous_value: self.previous_micro.and_then(print),
            consumption: self.consumption_micro.map(print_signed),
            read_at: read_at.to_rfc3339(),
            captured_by: self.captured_by,
            identified_by: self.identified_by,
            source: self.source,
            flags,
            remarks: self.remarks,
            label_text: self.label_text,
            photos: u32::try_from(self.photos).unwrap_or(0),
            decision: self.decision,
            decided_by: self.decided_by,
            decided_at: self.decided_at.map(|at| Timestamp::from_ms(at).to_rfc3339()),
            decision_reason: self.decision_reason.filter(|reason| !reason.is_empty()),
            decisions: Vec::new(),
            position: None,
        }
    }
}

/// A use may be below nought where a value is below the one before it.
fn print_signed(micro: i64) -> String {
    rust_decimal::Decimal::new(micro, shared::reading_value::DECIMALS_MAX)
        .normalize()
        .to_string()
}

#[cfg(test)]
mod tests;
