//! What waits for the office: values that contradict each other, and what is held.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use shared::id::ItemId;
use shared::intake::OfficialKey;
use shared::meter_point::PointKey;
use shared::names::{Kind, State, Utility};
use shared::period::Period;
use shared::wire::office::{ReadingRow, ReadingsQuery};
use shared::wire::open_decisions::{ConflictRow, OpenDecisions, OpenDecisionsQuery};
use sqlx::AssertSqlSafe;

use super::{Filter, Record, into_rows, records, select_rows};
use crate::auth::Person;
use crate::list_filter::{Clause, FilterError, check_text};
use crate::list_page::after_number;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;

/// What the caller asks for, and what the caller may see.
#[derive(Debug)]
pub struct OpenFilter {
    scope: Filter,
    state: State,
    property: Option<String>,
    after: Option<i64>,
}

impl OpenFilter {
    /// Reads the query of `person` about everything in one state.
    pub fn new(person: &Person, state: State, query: &OpenDecisionsQuery) -> Result<Self, FilterError> {
        check_text("property", query.property.as_deref())?;
        let after = after_number(query.after.as_deref())?;
        Ok(Self {
            scope: Filter::new(person, ReadingsQuery::default())?,
            state,
            property: query.property.clone().filter(|it| !it.is_empty()),
            after,
        })
    }

    fn clause(&self) -> Clause {
        let mut clause = self.scope.scope_clause();
        clause.add("i.state = ?", self.state.name().to_owned());
        clause.add_plain("i.part = 0");
        if let Some(property) = &self.property {
            clause.add("i.property_normal = ?", shared::code::normal(property));
        }
        clause
    }
}

/// One page, the oldest first.
pub async fn page(store: &Store, filter: &OpenFilter, limit: i64) -> sqlx::Result<Vec<ReadingRow>> {
    let records = page_records(store, filter, limit).await?;
    into_rows(store, records).await
}

/// How many there are in all.
pub async fn total(store: &Store, filter: &OpenFilter) -> sqlx::Result<i64> {
    let clause = filter.clause();
    let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM item i WHERE {}", clause.sql);
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for bind in &clause.binds {
            query = query.bind(bind.clone());
        }
        query.fetch_one(pool).await
    })
}

/// Whose receipt it is.
pub async fn item_of(store: &Store, receipt_seq: i64) -> sqlx::Result<Option<ItemId>> {
    let id: Option<String> = on!(store.reader(), |pool| {
        sqlx::query_scalar("SELECT id FROM item WHERE receipt_seq = $1 AND part = 0")
            .bind(receipt_seq)
            .fetch_optional(pool)
            .await?
    });
    Ok(id.as_deref().and_then(ItemId::parse))
}

/// How many of either kind the person may see.
pub async fn counts(store: &Store, person: &Person) -> Result<OpenDecisions, crate::problem::ApiError> {
    let of = async |state| -> Result<i64, crate::problem::ApiError> {
        let filter = OpenFilter::new(person, state, &OpenDecisionsQuery::default())?;
        Ok(total(store, &filter).await?)
    };
    Ok(OpenDecisions {
        conflicts: of(State::Conflict).await?,
        inbox: of(State::Held).await?,
    })
}

/// One page of conflicts, each with what is official there now.
pub async fn conflicts(store: &Store, filter: &OpenFilter, limit: i64) -> sqlx::Result<Vec<ConflictRow>> {
    let records = page_records(store, filter, limit).await?;
    let keys: Vec<Option<String>> = records
        .iter()
        .map(|it| claimed_key(it, &mut BTreeMap::new()))
        .collect();
    let holders = holders(store, keys.iter().flatten()).await?;
    let firsts = first_contents(store, records.iter().filter(|it| it.variant > 0)).await?;
    let first_of: Vec<Option<i64>> = records
        .iter()
        .zip(&keys)
        .map(|(record, key)| match record.variant {
            0 => key.as_ref().and_then(|key| holders.get(key)).copied(),
            _ => firsts.get(&(record.id.clone(), record.revision)).copied(),
        })
        .collect();
    let seqs = json_list(first_of.iter().flatten());
    let sql = format!(
        "{} WHERE i.receipt_seq IN (SELECT CAST(atom AS BIGINT) FROM json_each($1))",
        select_rows()
    );
    let rows = super::rows(store, sql, &[seqs]).await?;
    let rows: BTreeMap<i64, ReadingRow> = rows.into_iter().map(|row| (row.receipt_seq, row)).collect();
    let same: Vec<bool> = records.iter().map(|it| it.variant > 0).collect();
    let seconds = into_rows(store, records).await?;
    Ok(seconds
        .into_iter()
        .zip(first_of)
        .zip(same)
        .map(|((second, first), same_item)| ConflictRow {
            first: first.and_then(|seq| rows.get(&seq).cloned()),
            second,
            same_item,
        })
        .collect())
}

async fn page_records(store: &Store, filter: &OpenFilter, limit: i64) -> sqlx::Result<Vec<Record>> {
    let (sql, binds) = page_query(filter, limit);
    records(store, sql, &binds).await
}

pub(super) fn page_query(filter: &OpenFilter, limit: i64) -> (String, Vec<String>) {
    let mut clause = filter.clause();
    if let Some(after) = filter.after {
        // Read from a number above, so the text is digits.
        clause.add("i.receipt_seq > CAST(? AS BIGINT)", after.to_string());
    }
    let sql = format!(
        "{} WHERE {} ORDER BY i.receipt_seq LIMIT {limit}",
        select_rows(),
        clause.sql
    );
    (sql, clause.binds)
}

/// The receipt of who holds each key. The list comes first: a planner without statistics would rather scan a state.
async fn holders(store: &Store, keys: impl Iterator<Item = &String>) -> sqlx::Result<BTreeMap<String, i64>> {
    const HOLDERS: &str = "
        SELECT i.official_key, i.receipt_seq FROM json_each($1) w CROSS JOIN item i
        WHERE i.official_key = w.atom AND i.state IN ('received', 'approved', 'estimated')";
    let keys = json_list(keys);
    let rows: Vec<(String, i64)> = on!(store.reader(), |pool| sqlx::query_as(HOLDERS)
        .bind(keys)
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().collect())
}

/// The receipt of what came first under the id and revision of each rival.
async fn first_contents(
    store: &Store,
    rivals: impl Iterator<Item = &Record>,
) -> sqlx::Result<BTreeMap<(String, i64), i64>> {
    const FIRSTS: &str = "
        SELECT i.id, i.revision, i.receipt_seq FROM json_each($1) w CROSS JOIN item i
        WHERE i.id = w.atom AND i.variant = 0 AND i.part = 0";
    let ids = json_list(rivals.map(|it| &it.id));
    let rows: Vec<(String, i64, i64)> = on!(store.reader(), |pool| sqlx::query_as(FIRSTS)
        .bind(ids)
        .fetch_all(pool)
        .await?);
    Ok(rows
        .into_iter()
        .map(|(id, revision, seq)| ((id, revision), seq))
        .collect())
}

/// The key that a conflict is about, as far as its first row tells.
fn claimed_key(record: &Record, zones: &mut BTreeMap<String, TimeZone>) -> Option<String> {
    let utility = Utility::parse(&record.utility)?;
    let point = PointKey::new(
        &record.property_code,
        &record.building,
        &record.unit_no,
        utility,
        &record.point,
    );
    let zone = zones
        .entry(record.time_zone.clone()?)
        .or_insert_with_key(|name| TimeZone::get(name).unwrap_or(TimeZone::UTC));
    let at = jiff::Timestamp::from_millisecond(record.corrected_at).ok()?;
    let serial = shared::code::normal(&record.meter_serial);
    let key = OfficialKey::of_reading(
        Kind::parse(&record.kind)?,
        &point,
        &serial,
        Period::parse(&record.period)?,
        at.to_zoned(zone.clone()).date(),
    )?;
    Some(key.as_str().to_owned())
}
