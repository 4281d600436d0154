//! Carries out what the office decided: the rules say what changes, here who, when and why is written beside it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use shared::id::ItemId;
use shared::intake::{Change, DecisionError, Ledger, Ruling, Which, touched};
use shared::names::DecisionStep;
use sqlx::Result;

use super::Decision;
use super::rewritten::{Rewritten, may_see};
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

/// Finds the rows that are meant: of a rival content by its receipt.
const MEANT: &str = "
    item.id = w.value->>'id' AND item.revision = CAST(w.value->>'revision' AS BIGINT)
    AND item.variant = CASE WHEN w.value->>'receipt_seq' IS NULL THEN 0
        ELSE (SELECT named.variant FROM item named WHERE named.receipt_seq = CAST(w.value->>'receipt_seq' AS BIGINT)) END";

const ASK_FOR_READING: &str = "
    UPDATE meter_point SET reread_reason = $3, changed_seq = $4
    WHERE id IN (SELECT meter_point_id FROM item WHERE id = $1 AND revision = $2 AND variant = 0 AND part = 0)";

/// A decision that the rules allow, as far as it is about one revision.
#[derive(Debug)]
pub(super) struct Decided<'a> {
    decision: &'a Decision,
    touched: Touched,
    /// Change number of what the phones see of it.
    change: i64,
}

/// A revision that changed.
#[derive(Debug, Serialize)]
struct Touched {
    id: ItemId,
    revision: u32,
    receipt_seq: Option<i64>,
    step: &'static str,
    by: String,
    at: i64,
    reason: String,
}

impl Touched {
    const fn key(&self) -> (ItemId, u32, Option<i64>) {
        (self.id, self.revision, self.receipt_seq)
    }
}

/// What changes, or why it can't.
pub(super) fn carry_out(
    ledger: &mut Ledger,
    decision: &Decision,
    new: &Rewritten,
) -> std::result::Result<Vec<Change>, DecisionError> {
    let order = &decision.order;
    let is_there = match order.ruling.about_point() {
        Some((point, _)) => point
            .key()
            .is_some_and(|it| decision.access.allows(it.property())),
        None => {
            let filed = ledger.items.get(&order.id).map_or(&[][..], Vec::as_slice);
            !filed.is_empty() && may_see(&decision.access, filed)
        }
    };
    if !is_there {
        return Err(DecisionError::NotFound);
    }
    let new = new.as_ref().map_err(|error| *error)?.as_ref();
    let filing = new.and_then(|it| Some((&it.delivery, it.arrivals.first()?)));
    ledger.decide(order, filing)
}

/// What the audit is told of those that were carried out together: one line, whatever their number.
pub(super) fn audit_of(decisions: &[&Decision]) -> Vec<AuditEntry> {
    if decisions.iter().any(|it| it.order.ruling.about_point().is_some()) {
        return decisions.iter().filter_map(|it| audit_of_point(it)).collect();
    }
    audit_of_items(decisions).into_iter().collect()
}

// Each names another meter point.
fn audit_of_point(decision: &Decision) -> Option<AuditEntry> {
    let order = &decision.order;
    let (point, period) = order.ruling.about_point()?;
    let parts = [
        &point.property_code,
        &point.building,
        &point.unit_no,
        &point.utility,
        &point.point,
    ];
    let named: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    Some(AuditEntry {
        at: decision.at,
        actor: order.by.clone(),
        action: action_of(order.ruling.step()),
        subject: named.join(" "),
        detail: json!({ "period": period.map(|it| it.to_string()), "reason": order.reason }),
    })
}

fn audit_of_items(decisions: &[&Decision]) -> Option<AuditEntry> {
    let first = decisions.first()?;
    let order = &first.order;
    let (subject, detail) = if decisions.len() == 1 {
        let detail = json!({ "revision": order_revision(first), "reason": order.reason });
        (order.id.to_string(), detail)
    } else {
        let readings: Vec<_> = decisions
            .iter()
            .map(|it| json!({ "id": it.order.id, "revision": order_revision(it) }))
            .collect();
        let detail = json!({ "readings": readings, "reason": order.reason });
        (format!("{} readings", decisions.len()), detail)
    };
    Some(AuditEntry {
        at: first.at,
        actor: order.by.clone(),
        action: action_of(order.ruling.step()),
        subject,
        detail,
    })
}

fn order_revision(decision: &Decision) -> serde_json::Value {
    match decision.order.which {
        Which::Revision(revision) => json!(revision),
        Which::Receipt(receipt_seq) => json!({ "receipt": receipt_seq }),
    }
}

const fn action_of(step: DecisionStep) -> &'static str {
    match step {
        DecisionStep::Approve => "reading_approve",
        DecisionStep::TakeBack => "reading_take_back",
        DecisionStep::SendBack => "reading_send_back",
        DecisionStep::Correct => "reading_correct",
        DecisionStep::Book => "reading_book",
        DecisionStep::Dismiss => "reading_dismiss",
        DecisionStep::KeepFirst => "conflict_keep_first",
        DecisionStep::TakeSecond => "conflict_take_second",
        DecisionStep::KeepBoth => "conflict_keep_both",
        DecisionStep::EstimateByMean => "reading_estimate_mean",
        DecisionStep::EstimateByLastYear => "reading_estimate_last_year",
        DecisionStep::AskForReading => "reading_ask_for",
    }
}

impl<'a> Decided<'a> {
    /// Each revision that these changes are about.
    pub(super) fn of(decision: &'a Decision, changes: &[Change], change: i64) -> Vec<Self> {
        let order = &decision.order;
        let decided = |(id, revision, receipt_seq)| Self {
            decision,
            touched: Touched {
                id,
                revision,
                receipt_seq,
                step: order.ruling.step().name(),
                by: order.by.clone(),
                at: decision.at.ms(),
                reason: order.reason.clone(),
            },
            change,
        };
        changes.iter().filter_map(touched).map(decided).collect()
    }
}

/// Who, when and why: as the last decision of each row and as a step of its history; and the requests for new readings.
pub(super) async fn write(transaction: &mut Transaction, decided: &[Decided<'_>]) -> Result<()> {
    if decided.is_empty() {
        return Ok(());
    }
    let steps = json_list(decided.iter().map(|it| &it.touched));
    // Of several steps in one transaction the row keeps the last.
    let last: BTreeMap<_, _> = decided.iter().map(|it| (it.touched.key(), &it.touched)).collect();
    let last = json_list(last.into_values());
    let set_last = format!(
        "UPDATE item SET decided_by = w.value->>'by', decided_at = CAST(w.value->>'at' AS BIGINT),
            decision = w.value->>'step', decision_reason = w.value->>'reason'
        FROM json_each($1) w WHERE {MEANT}"
    );
    let add_steps = format!(
        "INSERT INTO item_decision (id, revision, variant, step, state, actor, at, reason)
        SELECT item.id, item.revision, item.variant, w.value->>'step', item.state, w.value->>'by',
            CAST(w.value->>'at' AS BIGINT), w.value->>'reason'
        FROM json_each($1) w JOIN item ON {MEANT} AND item.part = 0 ORDER BY w.key"
    );
    for (sql, list) in [(set_last, &last), (add_steps, &steps)] {
        // Put together from constants; what callers sent is bound.
        in_transaction!(transaction, |c| sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(list)
            .execute(c)
            .await
            .map(drop))?;
    }
    for it in decided
        .iter()
        .filter(|it| it.decision.order.ruling == Ruling::SendBack)
    {
        in_transaction!(transaction, |c| sqlx::query(ASK_FOR_READING)
            .bind(it.touched.id.to_string())
            .bind(i64::from(it.touched.revision))
            .bind(&it.touched.reason)
            .bind(it.change)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}
