//! Carries out what the office decided: the rules say what changes, here the reason is written beside it.

use serde_json::json;
use shared::intake::{Change, DecisionError, Ledger};
use sqlx::Result;

use super::{Decision, DecisionKind};
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;

const DECIDED: &str = "
    UPDATE item SET decided_by = $3, decided_at = $4, decision_reason = $5
    WHERE id = $1 AND revision = $2 AND variant = 0";

const ASK_FOR_READING: &str = "
    UPDATE meter_point SET reread_reason = $3, changed_seq = $4
    WHERE id IN (SELECT meter_point_id FROM item WHERE id = $1 AND revision = $2 AND variant = 0 AND part = 0)";

/// A decision that the rules allow.
#[derive(Debug)]
pub(super) struct Decided<'a> {
    pub(super) decision: &'a Decision,
    /// Change number of what the phones see of it.
    pub(super) change: i64,
}

/// What changes, or why it can't.
pub(super) fn carry_out(ledger: &mut Ledger, decision: &Decision) -> Result<Vec<Change>, DecisionError> {
    let filed = ledger.items.get(&decision.id).into_iter().flatten();
    let mut properties = filed.map(|it| it.property.as_str());
    // An item without a property is one that nobody could place: anybody in the office may see it.
    if properties.any(|it| !it.is_empty() && !decision.access.allows(it)) {
        return Err(DecisionError::NotFound);
    }
    match decision.kind {
        DecisionKind::SendBack => ledger.send_back(decision.id, decision.revision),
    }
}

/// What the audit is told of it.
pub(super) fn audit_of(decision: &Decision) -> AuditEntry {
    let action = match decision.kind {
        DecisionKind::SendBack => "reading_send_back",
    };
    AuditEntry {
        at: decision.at,
        actor: decision.by.clone(),
        action,
        subject: decision.id.to_string(),
        detail: json!({ "revision": decision.revision, "reason": decision.reason }),
    }
}

impl Decided<'_> {
    /// Who, when and why; and the request for a new reading at the meter point.
    pub(super) async fn write(&self, transaction: &mut Transaction) -> Result<()> {
        let decision = self.decision;
        let id = decision.id.to_string();
        in_transaction!(transaction, |c| {
            sqlx::query(DECIDED)
                .bind(&id)
                .bind(i64::from(decision.revision))
                .bind(&decision.by)
                .bind(decision.at.ms())
                .bind(&decision.reason)
                .execute(&mut *c)
                .await?;
            sqlx::query(ASK_FOR_READING)
                .bind(&id)
                .bind(i64::from(decision.revision))
                .bind(&decision.reason)
                .bind(self.change)
                .execute(&mut *c)
                .await
                .map(drop)
        })
    }
}
