//! Closes and reopens periods, in the writer's one transaction: what arrived before is counted, what comes after finds the
//! period closed.

use serde_json::json;
use shared::closing::{Tally, has_begun};
use shared::delivery::Told;
use shared::intake::Access;
use shared::names::{DecisionStep, State};
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::event::OfficeEvent;
use sqlx::{AssertSqlSafe, Result};

use super::load::ZoneCache;
use crate::audit::AuditEntry;
use crate::billing::{self, Happened};
use crate::database::Transaction;
use crate::in_transaction;
use crate::periods::{CLOSED, OPEN, Property, STATE, clean_items, item_groups_of, point_groups_of, tally_of};

const SET_STATE: &str = "
    INSERT INTO period_state (property_id, period, state, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (property_id, period) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by";

const ADD_STEP: &str = "
    INSERT INTO period_step (property_id, period, step, at, actor, reason, approved) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// What somebody in the office wants done with one period of one property.
#[derive(Debug, Clone)]
pub struct PeriodOrder {
    /// The property, by its code in normal form.
    pub property: String,
    /// The month.
    pub period: Period,
    /// What is to become of it.
    pub act: PeriodAct,
    /// Name of the account.
    pub by: String,
    /// What that person may see: of everything else there is no such property.
    pub access: Access,
    /// When.
    pub at: Timestamp,
    /// Billing is told of it by a webhook.
    pub by_webhook: bool,
}

/// What is to become of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodAct {
    /// Nothing is changed in it any more; the clean rest is approved.
    Close,
    /// It takes readings again.
    Reopen {
        /// Why.
        reason: String,
    },
}

/// Why a period was not closed or reopened. Nothing is changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodRefusal {
    /// No such property, or not for this person.
    NotFound,
    /// The month has not begun.
    NotBegun,
    /// Something has to be decided first.
    InTheWay(Tally),
    /// It is open already.
    NotClosed,
}

/// What was done.
#[derive(Debug)]
pub(super) struct Done {
    /// The last change number that was given out.
    pub(super) last_change: i64,
    /// What listeners are told; nothing where all was so already.
    pub(super) event: Option<(i64, OfficeEvent)>,
}

/// Carries an order out. `change`: the change number that was given out last.
pub(super) async fn carry_out(
    transaction: &mut Transaction,
    order: &PeriodOrder,
    zones: &mut ZoneCache,
    change: i64,
) -> Result<std::result::Result<Done, PeriodRefusal>> {
    let Some(property) = property(transaction, order).await? else {
        return Ok(Err(PeriodRefusal::NotFound));
    };
    let closed = state(transaction, &property, order.period).await? == CLOSED;
    let nothing = Done {
        last_change: change,
        event: None,
    };
    match &order.act {
        // Somebody else was quicker, or an answer was lost.
        PeriodAct::Close if closed => Ok(Ok(nothing)),
        PeriodAct::Close => {
            let zone = zones.zone(&property.time_zone, order.at);
            if !has_begun(order.period, &zone, order.at) {
                return Ok(Err(PeriodRefusal::NotBegun));
            }
            let tally = tally(transaction, &property, order.period).await?;
            if !tally.can_close() {
                return Ok(Err(PeriodRefusal::InTheWay(tally)));
            }
            let (approved, last) = approve_clean(transaction, &property, order, change).await?;
            let done = step(transaction, &property, order, Step::close(approved), last).await?;
            Ok(Ok(done))
        }
        PeriodAct::Reopen { .. } if !closed && !was_reopened_so(transaction, &property, order).await? => {
            Ok(Err(PeriodRefusal::NotClosed))
        }
        PeriodAct::Reopen { .. } if !closed => Ok(Ok(nothing)),
        PeriodAct::Reopen { reason } => {
            let done = step(transaction, &property, order, Step::reopen(reason), change).await?;
            Ok(Ok(done))
        }
    }
}

/// A step of a period's history, and what the period is after it.
struct Step<'a> {
    name: &'static str,
    told: Told,
    state: &'static str,
    action: &'static str,
    reason: &'a str,
    approved: i64,
}

impl<'a> Step<'a> {
    fn close(approved: i64) -> Self {
        Self {
            name: "close",
            told: Told::Closed,
            state: CLOSED,
            action: "period_close",
            reason: "",
            approved,
        }
    }

    fn reopen(reason: &'a str) -> Self {
        Self {
            name: "reopen",
            told: Told::Reopened,
            state: OPEN,
            action: "period_reopen",
            reason,
            approved: 0,
        }
    }
}

async fn step(
    transaction: &mut Transaction,
    property: &Property,
    order: &PeriodOrder,
    step: Step<'_>,
    change: i64,
) -> Result<Done> {
    let period = order.period.to_string();
    let happened = Happened {
        property_id: property.id,
        period: &period,
        told: step.told,
        at: order.at,
    };
    billing::tell(transaction, happened, order.by_webhook).await?;
    in_transaction!(&mut *transaction, |c| sqlx::query(SET_STATE)
        .bind(property.id)
        .bind(&period)
        .bind(step.state)
        .bind(order.at.ms())
        .bind(&order.by)
        .execute(c)
        .await
        .map(drop))?;
    in_transaction!(&mut *transaction, |c| sqlx::query(ADD_STEP)
        .bind(property.id)
        .bind(&period)
        .bind(step.name)
        .bind(order.at.ms())
        .bind(&order.by)
        .bind(step.reason)
        .bind(step.approved)
        .execute(c)
        .await
        .map(drop))?;
    let entry = AuditEntry {
        at: order.at,
        actor: order.by.clone(),
        action: step.action,
        subject: format!("{} {period}", property.code),
        detail: json!({ "reason": step.reason, "approved": step.approved }),
    };
    entry.write(transaction).await?;
    let event = OfficeEvent::Period {
        property_code: property.code.clone(),
        period,
        state: step.state.to_owned(),
    };
    Ok(Done {
        last_change: change + 1,
        event: Some((change + 1, event)),
    })
}

async fn property(transaction: &mut Transaction, order: &PeriodOrder) -> Result<Option<Property>> {
    const PROPERTY: &str =
        "SELECT id, code, code_normal, name, time_zone FROM property WHERE code_normal = $1";
    if !order.access.allows(&order.property) {
        return Ok(None);
    }
    in_transaction!(transaction, |c| sqlx::query_as(PROPERTY)
        .bind(&order.property)
        .fetch_optional(c)
        .await)
}

async fn state(transaction: &mut Transaction, property: &Property, period: Period) -> Result<String> {
    let state: Option<String> = in_transaction!(transaction, |c| sqlx::query_scalar(STATE)
        .bind(property.id)
        .bind(period.to_string())
        .fetch_optional(c)
        .await?);
    Ok(state.unwrap_or_else(|| OPEN.to_owned()))
}

async fn tally(transaction: &mut Transaction, property: &Property, period: Period) -> Result<Tally> {
    let (sql, binds) = point_groups_of(property, period);
    let points = in_transaction!(&mut *transaction, |c| {
        // Put together from constants; what callers sent is bound.
        let points = binds
            .into_iter()
            .fold(sqlx::query_as(AssertSqlSafe(sql)), |query, bind| query.bind(bind));
        points.fetch_all(c).await?
    });
    let (sql, [code, month]) = item_groups_of(property, period);
    let items = in_transaction!(transaction, |c| sqlx::query_as(sql)
        .bind(code)
        .bind(month)
        .fetch_all(c)
        .await?);
    Ok(tally_of(points, items))
}

/// As somebody who looks at each of them would: a step of its history for each, and its last decision. Gives how many, and the
/// last change number.
async fn approve_clean(
    transaction: &mut Transaction,
    property: &Property,
    order: &PeriodOrder,
    change: i64,
) -> Result<(i64, i64)> {
    let clean = clean_items();
    let (step, state) = (DecisionStep::Approve.name(), State::Approved.name());
    let add_steps = format!(
        "INSERT INTO item_decision (id, revision, variant, step, state, actor, at, reason)
        SELECT i.id, i.revision, i.variant, '{step}', '{state}', $3, $4, ''
        FROM item i WHERE {clean} ORDER BY i.receipt_seq"
    );
    // The readings of an exchange are rows of one item. Each row has a change number of its own.
    let approve = format!(
        "UPDATE item SET state = '{state}', decision = '{step}', decided_by = $3, decided_at = $4, decision_reason = '',
            updated_seq = $5 + w.place
        FROM (SELECT c.receipt_seq, ROW_NUMBER() OVER (ORDER BY c.receipt_seq) AS place
            FROM item i JOIN item c ON c.id = i.id AND c.revision = i.revision AND c.variant = i.variant
            WHERE {clean}) w
        WHERE item.receipt_seq = w.receipt_seq"
    );
    let period = order.period.to_string();
    // Put together from constants; what callers sent is bound.
    let items = in_transaction!(&mut *transaction, |c| sqlx::query(AssertSqlSafe(add_steps))
        .bind(&property.code_normal)
        .bind(&period)
        .bind(&order.by)
        .bind(order.at.ms())
        .execute(c)
        .await?
        .rows_affected());
    let rows = in_transaction!(transaction, |c| sqlx::query(AssertSqlSafe(approve))
        .bind(&property.code_normal)
        .bind(&period)
        .bind(&order.by)
        .bind(order.at.ms())
        .bind(change)
        .execute(c)
        .await?
        .rows_affected());
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok((number(items), change.saturating_add(number(rows))))
}

// An answer was lost, and the same is asked for again.
async fn was_reopened_so(
    transaction: &mut Transaction,
    property: &Property,
    order: &PeriodOrder,
) -> Result<bool> {
    const LAST: &str = "SELECT step, actor, reason FROM period_step WHERE property_id = $1 AND period = $2
        ORDER BY seq DESC LIMIT 1";
    let last: Option<(String, String, String)> = in_transaction!(transaction, |c| sqlx::query_as(LAST)
        .bind(property.id)
        .bind(order.period.to_string())
        .fetch_optional(c)
        .await?);
    let PeriodAct::Reopen { reason } = &order.act else {
        return Ok(false);
    };
    Ok(last.is_some_and(|(step, by, why)| step == "reopen" && by == order.by && why == *reason))
}
