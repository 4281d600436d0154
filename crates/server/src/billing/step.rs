//! What becomes of an event, in the writer's transaction: with a number of its own, so that the office sees it by itself.

use serde_json::json;
use shared::delivery::{DeliveryState, Next, Told, Tried};
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::event::OfficeEvent;
use sqlx::Result;

use super::outbox::{self, Due, Happened};
use super::standing::{CURRENT, Current};
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::periods::{CLOSED, OPEN, Property};

/// What the writer is asked to do with the outbox.
#[derive(Debug)]
pub enum OutboxStep {
    /// A try has ended.
    Ended(TryEnded),
    /// Somebody wants it sent, now and from the first try on.
    SendAgain(SendAgain),
}

/// How a try has ended.
#[derive(Debug)]
pub struct TryEnded {
    pub(super) due: Due,
    /// Until when the event was taken for this try.
    pub(super) claimed_until: Timestamp,
    /// When it ended.
    pub(super) at: Timestamp,
    /// What came of it, and what becomes of the event; `None` where the server stopped before there was an answer.
    pub(super) outcome: Option<(Tried, Next)>,
}

/// Who wants what sent.
#[derive(Debug)]
pub struct SendAgain {
    /// Of this property.
    pub property: Property,
    /// This month.
    pub period: Period,
    /// Name of the account.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What came of a step.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Done: this is what listeners are told.
    Done(OfficeEvent),
    /// It was so already.
    Nothing,
    /// There is nothing to tell of the period: it is open, and billing was never told otherwise.
    Refused,
}

/// Carries a step out.
pub(crate) async fn carry_out(transaction: &mut Transaction, step: &OutboxStep) -> Result<Outcome> {
    match step {
        OutboxStep::Ended(ended) => end(transaction, ended).await,
        OutboxStep::SendAgain(asked) => send_again(transaction, asked).await,
    }
}

async fn end(transaction: &mut Transaction, ended: &TryEnded) -> Result<Outcome> {
    // What was taken counts, whoever has the event by now; everything else is for the one who has it.
    const END: &str =
        "UPDATE handover_outbox SET state = $3, tries = tries + $4, next_try_at = $5, delivered_at = $6,
            failure = COALESCE($7, failure), status = CASE WHEN $7 IS NULL THEN status ELSE $8 END
        WHERE seq = $1 AND state = 'waiting' AND (next_try_at = $2 OR $3 = 'delivered')";
    let at = ended.at.ms();
    let (state, next_try_at) = match ended.outcome {
        None => (DeliveryState::Waiting, Some(at)),
        Some((_, Next::Settled)) => (DeliveryState::Delivered, None),
        Some((_, Next::Again { wait_ms })) => {
            let wait_ms = i64::try_from(wait_ms).unwrap_or(i64::MAX);
            (DeliveryState::Waiting, Some(at.saturating_add(wait_ms)))
        }
        Some((_, Next::GiveUp)) => (DeliveryState::GivenUp, None),
    };
    let failure = ended.outcome.and_then(|(tried, _)| tried.failure());
    let status = match ended.outcome {
        Some((Tried::Answered { status, .. }, _)) => Some(i64::from(status)),
        _ => None,
    };
    let rows = in_transaction!(transaction, |c| sqlx::query(END)
        .bind(ended.due.seq)
        .bind(ended.claimed_until.ms())
        .bind(state.name())
        .bind(if ended.outcome.is_none() { -1_i64 } else { 0 })
        .bind(next_try_at)
        .bind((state == DeliveryState::Delivered).then_some(at))
        .bind(failure.map(|it| it.name()))
        .bind(status)
        .execute(c)
        .await?
        .rows_affected());
    if rows == 0 {
        return Ok(Outcome::Nothing);
    }
    let told = ended.due.told().unwrap_or(Told::Closed);
    Ok(Outcome::Done(event(
        &ended.due.property,
        &ended.due.to_wire().period,
        told,
    )))
}

async fn send_again(transaction: &mut Transaction, asked: &SendAgain) -> Result<Outcome> {
    const AGAIN: &str =
        "UPDATE handover_outbox SET state = 'waiting', tries = 0, next_try_at = $2 WHERE seq = $1";
    let period = asked.period.to_string();
    let current: Option<Current> = in_transaction!(&mut *transaction, |c| sqlx::query_as(CURRENT)
        .bind(asked.property.id)
        .bind(&period)
        .fetch_optional(c)
        .await?);
    let told = match current {
        Some(it) if it.state == DeliveryState::Delivered.name() => return Ok(Outcome::Nothing),
        Some(it) => {
            in_transaction!(&mut *transaction, |c| sqlx::query(AGAIN)
                .bind(it.seq)
                .bind(asked.at.ms())
                .execute(c)
                .await
                .map(drop))?;
            Told::parse(&it.kind).unwrap_or(Told::Closed)
        }
        // Closed before there was a webhook.
        None => {
            let Some(closed_at) = closed_at(transaction, asked.property.id, &period).await? else {
                return Ok(Outcome::Refused);
            };
            let happened = Happened {
                property_id: asked.property.id,
                period: &period,
                told: Told::Closed,
                at: closed_at,
            };
            outbox::add(transaction, happened).await?;
            Told::Closed
        }
    };
    let entry = AuditEntry {
        at: asked.at,
        actor: asked.by.clone(),
        action: "handover_send",
        subject: format!("{} {period}", asked.property.code),
        detail: json!({ "kind": told.name() }),
    };
    entry.write(transaction).await?;
    Ok(Outcome::Done(event(&asked.property, &period, told)))
}

async fn closed_at(
    transaction: &mut Transaction,
    property_id: i64,
    period: &str,
) -> Result<Option<Timestamp>> {
    const CLOSED_AT: &str = "SELECT changed_at FROM period_state
        WHERE property_id = $1 AND period = $2 AND state = 'closed'";
    let at: Option<i64> = in_transaction!(transaction, |c| sqlx::query_scalar(CLOSED_AT)
        .bind(property_id)
        .bind(period)
        .fetch_optional(c)
        .await?);
    Ok(at.map(Timestamp::from_ms))
}

/// The period did not change, but what is shown of it.
fn event(property: &Property, period: &str, told: Told) -> OfficeEvent {
    let state = match told {
        Told::Closed => CLOSED,
        Told::Reopened => OPEN,
    };
    OfficeEvent::Period {
        property_code: property.code.clone(),
        period: period.to_owned(),
        state: state.to_owned(),
    }
}
