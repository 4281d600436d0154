//! Who held a unit when it was read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::Record;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;

#[derive(Debug, sqlx::FromRow)]
struct Tenancy {
    unit_id: i64,
    tenant_name: String,
    move_in: String,
    move_out: Option<String>,
}

/// The tenant's name for each record, in their order; empty for a vacant or unknown unit.
pub(super) async fn names(store: &Store, records: &[Record]) -> sqlx::Result<Vec<String>> {
    const SELECT: &str = "SELECT unit_id, tenant_name, move_in, move_out FROM tenancy \
         WHERE unit_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) ORDER BY unit_id, move_in";
    let unit_ids: BTreeSet<i64> = records.iter().filter_map(|record| record.unit_id).collect();
    let tenancies: Vec<Tenancy> = on!(store.reader(), |pool| {
        sqlx::query_as(SELECT)
            .bind(json_list(unit_ids))
            .fetch_all(pool)
            .await?
    });
    let mut zones = BTreeMap::new();
    Ok(records
        .iter()
        .map(|record| name(record, &tenancies, &mut zones))
        .collect())
}

fn name(record: &Record, tenancies: &[Tenancy], zones: &mut BTreeMap<String, TimeZone>) -> String {
    let (Some(unit_id), Some(zone_name)) = (record.unit_id, &record.time_zone) else {
        return String::new();
    };
    let zone = zones
        .entry(zone_name.clone())
        .or_insert_with(|| TimeZone::get(zone_name).unwrap_or(TimeZone::UTC));
    let Ok(read_at) = jiff::Timestamp::from_millisecond(record.corrected_at) else {
        return String::new();
    };
    // Days are kept as text that sorts like the days themselves.
    let day = read_at.to_zoned(zone.clone()).date().to_string();
    tenancies
        .iter()
        .rfind(|tenancy| {
            tenancy.unit_id == unit_id
                && tenancy.move_in <= day
                && tenancy.move_out.as_ref().is_none_or(|end| *end >= day)
        })
        .map(|tenancy| tenancy.tenant_name.clone())
        .unwrap_or_default()
}
