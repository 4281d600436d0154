//! The table `handover_outbox`.

use shared::delivery::Told;
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::handover::BillingEvent;
use sqlx::{FromRow, Result};
use uuid::Uuid;

use crate::database::Transaction;
use crate::periods::Property;
use crate::store::Store;
use crate::{in_transaction, on};

/// What happened to a period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happened<'a> {
    /// Of this property.
    pub(crate) property_id: i64,
    /// This month.
    pub(crate) period: &'a str,
    /// Closed or reopened.
    pub(crate) told: Told,
    /// When.
    pub(crate) at: Timestamp,
}

/// An event whose time has come.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Due {
    pub(super) seq: i64,
    pub(super) event_id: String,
    kind: String,
    period: String,
    closed_at: i64,
    happened_at: i64,
    pub(super) tries: i64,
    pub(super) next_try_at: i64,
    #[sqlx(flatten)]
    pub(super) property: Property,
}

impl Due {
    pub(super) fn period(&self) -> Option<Period> {
        Period::parse(&self.period)
    }

    pub(super) fn told(&self) -> Option<Told> {
        Told::parse(&self.kind)
    }

    /// As it is sent, without its hand-over.
    pub(super) fn to_wire(&self) -> BillingEvent {
        let time = |at| Timestamp::from_ms(at).to_rfc3339();
        BillingEvent {
            id: self.event_id.clone(),
            kind: self.kind.clone(),
            property: self.property.code.clone(),
            period: self.period.clone(),
            closed_at: time(self.closed_at),
            reopened_at: (self.told() == Some(Told::Reopened)).then(|| time(self.happened_at)),
            handover: None,
        }
    }
}

/// What was to be told of the period before is not so any more; with `by_webhook` what is so now is told. Before the period's row
/// is changed: of a reopening it still says when it was closed.
pub(crate) async fn tell(
    transaction: &mut Transaction,
    happened: Happened<'_>,
    by_webhook: bool,
) -> Result<()> {
    const SUPERSEDE: &str = "UPDATE handover_outbox SET state = 'superseded', next_try_at = NULL
        WHERE property_id = $1 AND period = $2 AND state IN ('waiting', 'given_up')";
    in_transaction!(&mut *transaction, |c| sqlx::query(SUPERSEDE)
        .bind(happened.property_id)
        .bind(happened.period)
        .execute(c)
        .await
        .map(drop))?;
    if by_webhook {
        add(transaction, happened).await?;
    }
    Ok(())
}

/// Adds an event that is due at once.
pub(super) async fn add(transaction: &mut Transaction, happened: Happened<'_>) -> Result<()> {
    const ADD: &str = "
        INSERT INTO handover_outbox (id, property_id, period, kind, closed_at, happened_at, next_try_at)
        VALUES ($1, $2, $3, $4, COALESCE((SELECT s.changed_at FROM period_state s
            WHERE s.property_id = $2 AND s.period = $3 AND s.state = 'closed' AND $4 = 'reopened'), $5), $5, $5)";
    in_transaction!(transaction, |c| sqlx::query(ADD)
        .bind(Uuid::now_v7().to_string())
        .bind(happened.property_id)
        .bind(happened.period)
        .bind(happened.told.name())
        .bind(happened.at.ms())
        .execute(c)
        .await
        .map(drop))
}

/// The event that has been due for longest.
pub(super) const DUE: &str = "
    SELECT o.seq, o.id AS event_id, o.kind, o.period, o.closed_at, o.happened_at, o.tries, o.next_try_at,
        p.id, p.code, p.code_normal, p.name, p.time_zone
    FROM handover_outbox o JOIN property p ON p.id = o.property_id
    WHERE o.state = 'waiting' AND o.next_try_at <= $1 ORDER BY o.next_try_at, o.seq LIMIT 1";

pub(super) async fn due(store: &Store, now: Timestamp) -> Result<Option<Due>> {
    on!(store.reader(), |pool| sqlx::query_as(DUE)
        .bind(now.ms())
        .fetch_optional(pool)
        .await)
}

/// When something is due next.
pub(super) const NEXT: &str =
    "SELECT next_try_at FROM handover_outbox WHERE state = 'waiting' ORDER BY next_try_at, seq LIMIT 1";

pub(super) async fn next_try_at(store: &Store) -> Result<Option<Timestamp>> {
    let at: Option<i64> = on!(store.reader(), |pool| sqlx::query_scalar(NEXT)
        .fetch_optional(pool)
        .await?);
    Ok(at.map(Timestamp::from_ms))
}

/// Takes an event for a try: until `until` nobody else does, and should this process end without a word, it is tried again then.
/// `false` where somebody was quicker, or the event is not to be told any more.
pub(super) async fn claim(store: &Store, due: &Due, until: Timestamp) -> Result<bool> {
    const CLAIM: &str = "UPDATE handover_outbox SET tries = tries + 1, next_try_at = $3
        WHERE seq = $1 AND state = 'waiting' AND next_try_at = $2";
    let rows = on!(store.writer(), |pool| sqlx::query(CLAIM)
        .bind(due.seq)
        .bind(due.next_try_at)
        .bind(until.ms())
        .execute(pool)
        .await?
        .rows_affected());
    Ok(rows == 1)
}
