//! Estimates, or asks for a reading of, the meter point that is looked at.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::names::EstimateMethod;
use shared::wire::missing::{EstimateRequest, EstimatesRequest, MissingRow, RereadRequest};
use shared::wire::office::DecisionRequest;
use ui::api::ApiError;
use ui::wording::places::unit_name;

use super::store::{Store, What};
use crate::adapters::{api, missing};
use crate::wording::locale;

/// The unit as people name it.
pub(super) fn unit_of(row: &MissingRow) -> String {
    unit_name(&row.building, &row.unit_no, &row.point)
}

/// What is estimated, as people read it.
pub(super) fn value_of(row: &MissingRow, what: What) -> String {
    let value = what.estimate(row).and_then(|it| it.value.as_deref());
    locale::decimal(value.unwrap_or_default())
}

/// Off with it.
pub(super) fn send(store: Store, row: Arc<MissingRow>, what: What) {
    if store.busy.get_untracked() {
        return;
    }
    store.busy.set(true);
    store.outcome.set(None);
    let words = store.wording.missing();
    let reason = store.reason(what).get_untracked().trim().to_owned();
    let period = store.page.with_untracked(|it| it.period.clone());
    spawn_local(async move {
        let unit = unit_of(&row);
        let meter_point_id = row.meter_point_id.clone();
        let outcome = match what {
            What::Reading => {
                let request = RereadRequest {
                    meter_point_id,
                    period: Some(period),
                    reason,
                };
                let answer = missing::ask_for_reading(&request).await;
                answer.map(|()| (words.asked_now)(&unit))
            }
            What::Mean | What::LastYear => {
                let request = EstimateRequest {
                    meter_point_id,
                    period,
                    method: method_of(what).name().to_owned(),
                    reason,
                };
                let answer = estimate(request).await;
                answer.map(|()| (words.estimated)(&unit, &value_of(&row, what)))
            }
        };
        store.settle(outcome);
    });
}

/// Nobody has to read it for this period: what the technician said is enough.
pub(super) fn accept(store: Store, row: Arc<MissingRow>) {
    let skip = row.skip.clone().filter(|it| it.accepted_by.is_none());
    let (Some(skip), false) = (skip, store.busy.get_untracked()) else {
        return;
    };
    let Some(item) = ItemId::parse(&skip.id) else {
        return;
    };
    store.busy.set(true);
    store.outcome.set(None);
    let words = store.wording.missing();
    let request = DecisionRequest {
        revision: skip.revision,
        decision: "approve".to_owned(),
        ..DecisionRequest::default()
    };
    spawn_local(async move {
        let answer = api::decide(item, &request).await;
        let why = store.wording.skip_reason(&skip.reason);
        store.settle(answer.map(|_| (words.accepted_now)(&unit_of(&row), &why)));
    });
}

fn method_of(what: What) -> EstimateMethod {
    match what {
        What::LastYear => EstimateMethod::LastYear,
        What::Mean | What::Reading => EstimateMethod::Mean,
    }
}

async fn estimate(request: EstimateRequest) -> Result<(), ApiError> {
    let estimates = vec![request];
    let answer = missing::estimate(&EstimatesRequest { estimates }).await?;
    match answer.outcomes.into_iter().find_map(|it| it.code) {
        Some(code) => Err(ApiError::Refused { status: 409, code }),
        None => Ok(()),
    }
}
