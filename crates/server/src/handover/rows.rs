//! The rows, in portions.

use std::collections::{BTreeSet, VecDeque};

use jiff::tz::TimeZone;
use shared::period::Period;
use shared::wire::handover::HandoverRow;
use sqlx::AssertSqlSafe;

use super::record::{Frame, Record, Tenancy};
use super::{BoxError, is_closed_since};
use crate::missing::{IN_SERVICE, ORDER, binds};
use crate::on;
use crate::periods::Property;
use crate::store::Store;
use crate::store::json_list::json_list;

/// Meter points a portion.
const PORTION_POINTS: usize = 500;

/// Rows that are still to come.
#[derive(Debug)]
pub struct HandoverRows {
    store: Store,
    property_id: i64,
    period: Period,
    closed_at: i64,
    frame: Frame,
    /// The next one first.
    ids: VecDeque<i64>,
}

impl HandoverRows {
    pub(super) async fn of(
        store: &Store,
        property: &Property,
        period: Period,
        closed_at: i64,
    ) -> sqlx::Result<Self> {
        let (sql, binds) = points_query(property.id, period);
        let ids: Vec<i64> = on!(store.reader(), |pool| {
            // Put together from constants; what callers sent is bound.
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
            for bind in binds {
                query = query.bind(bind);
            }
            query.fetch_all(pool).await?
        });
        let zone = TimeZone::get(&property.time_zone).unwrap_or(TimeZone::UTC);
        Ok(Self {
            store: store.clone(),
            property_id: property.id,
            period,
            closed_at,
            frame: Frame {
                property: property.code.clone(),
                period,
                zone,
            },
            ids: ids.into(),
        })
    }

    /// The next rows; `None` when there are no more.
    pub async fn portion(&mut self) -> Result<Option<Vec<HandoverRow>>, BoxError> {
        let count = self.ids.len().min(PORTION_POINTS);
        let ids: Vec<i64> = self.ids.drain(..count).collect();
        if ids.is_empty() {
            return if is_closed_since(&self.store, self.property_id, self.period, self.closed_at).await? {
                Ok(None)
            } else {
                Err("the period was reopened while it was handed over".into())
            };
        }
        Ok(Some(self.rows_of(&ids).await?))
    }

    async fn rows_of(&self, ids: &[i64]) -> sqlx::Result<Vec<HandoverRow>> {
        const TENANCIES: &str = "SELECT unit_id, tenant_code, tenant_name, move_in, move_out FROM tenancy
            WHERE unit_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) ORDER BY unit_id, move_in";
        let list = json_list(ids);
        let period = self.period.to_string();
        let records: Vec<Record> = on!(self.store.reader(), |pool| sqlx::query_as(ROWS)
            .bind(&list)
            .bind(&period)
            .fetch_all(pool)
            .await?);
        let units: BTreeSet<i64> = records.iter().map(Record::unit_id).collect();
        let tenancies: Vec<Tenancy> = on!(self.store.reader(), |pool| sqlx::query_as(TENANCIES)
            .bind(json_list(units))
            .fetch_all(pool)
            .await?);
        Ok(records
            .into_iter()
            .map(|it| it.into_row(&self.frame, &tenancies))
            .collect())
    }
}

/// Meter points in service, in walking order.
pub(super) fn points_query(property_id: i64, period: Period) -> (String, [String; 4]) {
    // The period counts for what was in service; the query names it so that its binds are those of the other queries.
    let sql = format!(
        "SELECT mp.id FROM unit u JOIN meter_point mp ON mp.unit_id = u.id
        WHERE u.property_id = CAST($1 AS BIGINT) AND $2 = $2 AND {IN_SERVICE} {ORDER}"
    );
    (sql, binds(property_id, period))
}

/// Everything official of the period at these meter points, the list coming first. What the technician answered stands in what
/// was sent, and matters only where a value fell.
pub(super) const ROWS: &str = "
    SELECT mp.unit_id, u.building, u.unit_no, mp.utility, mp.point, i.kind, i.state, i.skip_reason, i.value_micro,
        i.corrected_at, i.read_at, i.read_offset_s, i.flags, i.meter_serial, i.decision, m.serial, m.dials, m.decimals,
        m.multiplier_micro, m.initial_micro, m.taken_over_at, m.carried_micro,
        CASE WHEN i.flags LIKE '%\"lower\"%' THEN (SELECT s.body FROM sent_item s WHERE s.receipt_seq = i.receipt_seq) END
            AS body,
        (SELECT e.corrected_at || ',' || e.value_micro FROM item e
            WHERE e.meter_point_id = mp.id AND e.meter_id = i.meter_id AND e.value_micro IS NOT NULL
                AND e.state IN ('received', 'approved', 'estimated') AND e.kind IN ('regular', 'move_in', 'move_out')
                AND e.corrected_at < i.corrected_at
            ORDER BY e.corrected_at DESC LIMIT 1) AS before
    FROM json_each($1) w CROSS JOIN meter_point mp JOIN unit u ON u.id = mp.unit_id
    LEFT JOIN item i ON i.meter_point_id = mp.id AND i.period = $2 AND i.kind IN ('regular', 'move_in', 'move_out')
        AND i.state IN ('received', 'approved', 'estimated')
    LEFT JOIN meter m ON m.id = i.meter_id
    WHERE mp.id = CAST(w.atom AS BIGINT)
    ORDER BY w.key, i.corrected_at, i.kind";
