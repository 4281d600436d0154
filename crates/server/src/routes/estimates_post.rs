//! `POST /api/estimates`: values where nobody has read.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::ItemId;
use shared::intake::{DecisionError, MeterPointName, Order, Ruling, Which};
use shared::names::EstimateMethod;
use shared::wire::missing::{
    EstimateRequest, EstimatesRequest, MISSING_NAMED_MAX, MissingAnswer, MissingOutcome,
};
use shared::wire::problem::Problem;
use uuid::Uuid;

use super::missing_get::period_of;
use super::reading_decision_post::reason_of;
use crate::auth::{Office, Person};
use crate::intake::Decision;
use crate::intake::arrivals::access_of;
use crate::meter_points;
use crate::problem::ApiError;
use crate::state::AppState;

/// Estimates each of these values, in one transaction, and says of each what became of it. An estimate is an item of the
/// caller's own with the method and the reason in its history; it gives way to a value that somebody reads while the period
/// is open. Asked for again, it is answered alike.
#[utoipa::path(
    post, path = "/api/estimates", tag = "office", request_body = EstimatesRequest,
    responses(
        (status = OK, body = MissingAnswer), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "More than 200 meter points"),
    )
)]
pub(crate) async fn estimate(
    State(app): State<AppState>,
    Office(person): Office,
    body: Result<Json<EstimatesRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(request) = body?;
    let estimates = once_each(request.estimates)?;
    let ids = estimates.iter().filter_map(|it| it.meter_point_id.parse().ok());
    let names = meter_points::names(&app.store, &person.properties, ids.collect()).await?;
    let mut decisions = Vec::with_capacity(estimates.len());
    for estimate in &estimates {
        let (ruling, reason) = parse(estimate)?;
        let name = estimate
            .meter_point_id
            .parse()
            .ok()
            .and_then(|it: i64| names.get(&it));
        decisions.push(name.map(|name| decision_of(&app, &person, ruling(name.clone()), reason)));
    }
    let known = decisions.iter().flatten().cloned().collect();
    let mut outcomes = app.writer.decide(known).await?.into_iter();
    let rows = estimates.into_iter().zip(decisions).map(|(estimate, decision)| {
        let outcome = decision.and_then(|_| outcomes.next());
        MissingOutcome {
            meter_point_id: estimate.meter_point_id,
            period: estimate.period,
            code: code_of(outcome.unwrap_or(Err(DecisionError::NotFound))),
        }
    });
    let answer = MissingAnswer {
        outcomes: rows.collect(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

/// A decision about a meter point; the id is that of what it makes.
pub(super) fn decision_of(app: &AppState, person: &Person, ruling: Ruling, reason: String) -> Decision {
    Decision {
        order: Order {
            id: ItemId(Uuid::now_v7()),
            which: Which::Revision(1),
            ruling,
            by: person.name.clone(),
            reason,
        },
        access: access_of(person.properties.clone()),
        at: app.clock.now(),
    }
}

fn parse(request: &EstimateRequest) -> Result<(impl Fn(MeterPointName) -> Ruling + use<>, String), ApiError> {
    let method = EstimateMethod::parse(&request.method)
        .ok_or_else(|| ApiError::BadRequest("`method` is `mean` or `last_year`.".into()))?;
    let period = period_of(&request.period)?;
    let ruling = move |point| Ruling::Estimate {
        point,
        period,
        method,
    };
    Ok((ruling, reason_of(&request.reason)?))
}

fn once_each(estimates: Vec<EstimateRequest>) -> Result<Vec<EstimateRequest>, ApiError> {
    let mut seen = HashSet::new();
    let is_new = |it: &EstimateRequest| seen.insert((it.meter_point_id.clone(), it.period.clone()));
    match estimates.len() {
        0 => Err(ApiError::BadRequest("`estimates` names no meter point.".into())),
        1..=MISSING_NAMED_MAX if estimates.iter().all(is_new) => Ok(estimates),
        1..=MISSING_NAMED_MAX => Err(ApiError::BadRequest(
            "`estimates` names a meter point twice for one period.".into(),
        )),
        _ => Err(ApiError::TooManyItems),
    }
}

fn code_of(outcome: Result<(), DecisionError>) -> Option<String> {
    outcome.err().map(|error| ApiError::from(error).problem().code)
}
