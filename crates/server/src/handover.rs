//! A closed period as billing takes it: as CSV, as a workbook, or as JSON, from the same rows. Rows are read in portions and sent
//! as they come, so that memory holds a portion of them.

pub mod csv;
pub mod json;
mod record;
mod rows;
pub mod workbook;

use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::handover::Handover;

pub use rows::HandoverRows;

use crate::on;
use crate::periods::Property;
use crate::store::Store;

/// What can go wrong while rows are made; whoever reads notices that the connection breaks off.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The frame without its rows, and the rows. `None` for a period that is not closed.
pub async fn handover(
    store: &Store,
    property: &Property,
    period: Period,
) -> sqlx::Result<Option<(Handover, HandoverRows)>> {
    const CLOSED: &str = "SELECT changed_at, changed_by FROM period_state
        WHERE property_id = $1 AND period = $2 AND state = 'closed'";
    let closed: Option<(i64, String)> = on!(store.reader(), |pool| sqlx::query_as(CLOSED)
        .bind(property.id)
        .bind(period.to_string())
        .fetch_optional(pool)
        .await?);
    let Some((closed_at, closed_by)) = closed else {
        return Ok(None);
    };
    let frame = Handover {
        property: property.code.clone(),
        name: property.name.clone(),
        period: period.to_string(),
        billing_period: period.billing_period().to_string(),
        closed_at: Timestamp::from_ms(closed_at).to_rfc3339(),
        closed_by,
        rows: Vec::new(),
    };
    let rows = HandoverRows::of(store, property, period, closed_at).await?;
    Ok(Some((frame, rows)))
}

/// Whether it is still closed as it was then: rows of before and after a reopening make no period.
async fn is_closed_since(store: &Store, property_id: i64, period: Period, at: i64) -> sqlx::Result<bool> {
    const SINCE: &str = "SELECT changed_at FROM period_state
        WHERE property_id = $1 AND period = $2 AND state = 'closed'";
    let since: Option<i64> = on!(store.reader(), |pool| sqlx::query_scalar(SINCE)
        .bind(property_id)
        .bind(period.to_string())
        .fetch_optional(pool)
        .await?);
    Ok(since == Some(at))
}

#[cfg(test)]
mod tests;
