//! How far billing has been told of a period, as people see it.

use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::periods::HandoverDelivery;
use sqlx::{FromRow, Result};

use crate::on;
use crate::store::Store;

/// The event that tells of the period as it is now. Nothing where it was closed or reopened without a webhook.
pub(super) const CURRENT: &str = "
    SELECT o.seq, o.kind, o.state, o.tries, o.next_try_at, o.delivered_at, o.failure, o.status
    FROM period_state s JOIN handover_outbox o ON o.property_id = s.property_id AND o.period = s.period
        AND o.happened_at = s.changed_at AND o.kind = CASE s.state WHEN 'closed' THEN 'closed' ELSE 'reopened' END
    WHERE s.property_id = $1 AND s.period = $2 AND o.state <> 'superseded'
    ORDER BY o.seq DESC LIMIT 1";

#[derive(Debug, FromRow)]
pub(super) struct Current {
    pub(super) seq: i64,
    pub(super) kind: String,
    pub(super) state: String,
    tries: i64,
    next_try_at: Option<i64>,
    delivered_at: Option<i64>,
    failure: Option<String>,
    status: Option<i64>,
}

impl From<Current> for HandoverDelivery {
    fn from(current: Current) -> Self {
        let time = |at: Option<i64>| at.map(|it| Timestamp::from_ms(it).to_rfc3339());
        Self {
            tries: u32::try_from(current.tries).unwrap_or(0),
            delivered_at: time(current.delivered_at),
            next_try_at: time(current.next_try_at),
            status: current.status.and_then(|it| u16::try_from(it).ok()),
            kind: current.kind,
            state: current.state,
            failure: current.failure,
        }
    }
}

/// How far it is.
pub async fn of_period(store: &Store, property_id: i64, period: Period) -> Result<Option<HandoverDelivery>> {
    let current: Option<Current> = on!(store.reader(), |pool| sqlx::query_as(CURRENT)
        .bind(property_id)
        .bind(period.to_string())
        .fetch_optional(pool)
        .await?);
    Ok(current.map(HandoverDelivery::from))
}
