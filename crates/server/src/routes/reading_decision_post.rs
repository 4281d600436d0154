//! `POST /api/readings/{id}/decision`: what the office makes of a reading.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::ItemId;
use shared::intake::{DecisionError, Order, Ruling, Which};
use shared::item::REMARKS_LENGTH_MAX;
use shared::reading_value::ReadingValue;
use shared::wire::office::{DecisionRequest, ReadingRow};
use shared::wire::problem::Problem;
use uuid::Uuid;

use super::reading_get::revisions_seen_by;
use crate::auth::{Office, Person};
use crate::intake::Decision;
use crate::intake::arrivals::access_of;
use crate::problem::ApiError;
use crate::state::AppState;

/// Carries the decision out and answers with every revision of the item as it stands then, the highest first. It
/// travels to the phone of the person who read with the list. The same decision by the same person again, as after an
/// answer that was lost, changes nothing and is answered alike.
#[utoipa::path(
    post, path = "/api/readings/{id}/decision", tag = "office", params(("id" = Uuid, Path, description = "The item")),
    request_body = DecisionRequest,
    responses(
        (status = OK, body = Vec<ReadingRow>), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem,
            description = "`other_revision`, `not_received`, `not_your_approval`, `period_closed`, `meter_in_use`, \
                `out_of_range`, ...: nothing was changed"),
    )
)]
pub(crate) async fn decide(
    State(app): State<AppState>,
    Office(person): Office,
    id: Result<Path<Uuid>, PathRejection>,
    body: Result<Json<DecisionRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(id) = id?;
    let Json(request) = body?;
    let order = Order {
        id: ItemId(id),
        which: Which::Revision(request.revision),
        ruling: ruling_of(&request)?,
        by: person.name.clone(),
        reason: match request.decision.as_str() {
            "approve" | "take_back" => optional_reason_of(&request.reason)?,
            _ => reason_of(&request.reason)?,
        },
    };
    let rows = carry_out(&app, &person, order).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows)))
}

/// Carries one order out; every revision of the item as it stands then.
pub(super) async fn carry_out(
    app: &AppState,
    person: &Person,
    order: Order,
) -> Result<Vec<ReadingRow>, ApiError> {
    let id = order.id;
    let decision = Decision {
        order,
        access: access_of(person.properties.clone()),
        at: app.clock.now(),
    };
    for outcome in app.writer.decide(vec![decision]).await? {
        outcome?;
    }
    revisions_seen_by(app, person, id).await
}

fn ruling_of(request: &DecisionRequest) -> Result<Ruling, ApiError> {
    match request.decision.as_str() {
        "approve" => Ok(Ruling::Approve { clean_only: false }),
        "take_back" => Ok(Ruling::TakeBack),
        "send_back" => Ok(Ruling::SendBack),
        "correct" => {
            let value = request.value.as_deref().unwrap_or_default();
            let value =
                ReadingValue::parse(value).map_err(|_| bad("`value` is a decimal number as text."))?;
            Ok(Ruling::Correct(value))
        }
        _ => Err(bad(
            "`decision` is `approve`, `take_back`, `send_back` or `correct`.",
        )),
    }
}

/// What the office gives as a reason.
pub(super) fn reason_of(text: &str) -> Result<String, ApiError> {
    match optional_reason_of(text)? {
        reason if reason.is_empty() => Err(wrong_reason(1)),
        reason => Ok(reason),
    }
}

/// The same where the decision may say enough.
pub(super) fn optional_reason_of(text: &str) -> Result<String, ApiError> {
    let reason = text.trim().replace('\0', "\u{fffd}");
    if reason.chars().count() <= REMARKS_LENGTH_MAX {
        Ok(reason)
    } else {
        Err(wrong_reason(0))
    }
}

fn wrong_reason(least: usize) -> ApiError {
    ApiError::BadRequest(format!(
        "`reason` has {least} to {REMARKS_LENGTH_MAX} characters."
    ))
}

pub(super) fn bad(detail: &str) -> ApiError {
    ApiError::BadRequest(detail.to_owned())
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::NotFound => Self::NotFound,
            other => Self::DecisionRefused(other),
        }
    }
}
