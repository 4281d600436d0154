//! `POST /api/readings/decisions`: one decision about many readings.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::IntoResponse;
use shared::intake::{Order, Ruling, Which};
use shared::wire::office::{DECISIONS_MAX, DecisionsAnswer, DecisionsRequest, NamedReading, RefusedReading};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::intake::Decision;
use crate::intake::arrivals::access_of;
use crate::problem::ApiError;
use crate::state::AppState;

/// Decides about each of the readings that are named, in one transaction: approves those that are a value without a flag, or
/// takes the caller's own approvals back. Says of each what became of it. Asked for again, it is answered alike.
#[utoipa::path(
    post, path = "/api/readings/decisions", tag = "office", request_body = DecisionsRequest,
    responses(
        (status = OK, body = DecisionsAnswer), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "More than 500 readings"),
    )
)]
pub(crate) async fn decide(
    State(app): State<AppState>,
    Office(person): Office,
    body: Result<Json<DecisionsRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(request) = body?;
    let ruling = ruling_of(&request.decision)?;
    let named = once_each(request.readings)?;
    let access = access_of(person.properties);
    let at = app.clock.now();
    let decisions = named.iter().map(|it| Decision {
        order: Order {
            id: it.id,
            which: Which::Revision(it.revision),
            ruling: ruling.clone(),
            by: person.name.clone(),
            reason: String::new(),
        },
        access: access.clone(),
        at,
    });
    let outcomes = app.writer.decide(decisions.collect()).await?;
    let mut answer = DecisionsAnswer::default();
    for (named, outcome) in named.into_iter().zip(outcomes) {
        match outcome {
            Ok(()) => answer.done.push(named),
            Err(error) => answer.refused.push(RefusedReading {
                id: named.id,
                revision: named.revision,
                code: ApiError::from(error).problem().code,
            }),
        }
    }
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

fn ruling_of(name: &str) -> Result<Ruling, ApiError> {
    match name {
        "approve" => Ok(Ruling::Approve { clean_only: true }),
        "take_back" => Ok(Ruling::TakeBack),
        _ => Err(ApiError::BadRequest(
            "`decision` is `approve` or `take_back`.".into(),
        )),
    }
}

fn once_each(readings: Vec<NamedReading>) -> Result<Vec<NamedReading>, ApiError> {
    match readings.len() {
        0 => Err(ApiError::BadRequest("`readings` names no reading.".into())),
        1..=DECISIONS_MAX => {
            let mut seen = HashSet::new();
            Ok(readings
                .into_iter()
                .filter(|it| seen.insert((it.id, it.revision)))
                .collect())
        }
        _ => Err(ApiError::TooManyItems),
    }
}
