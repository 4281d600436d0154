//! `POST /api/readings/{id}/decision`: what the office makes of a reading.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::ItemId;
use shared::intake::DecisionError;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::office::{DecisionRequest, ReadingRow, ReadingsQuery};
use shared::wire::problem::Problem;
use uuid::Uuid;

use crate::auth::Office;
use crate::intake::arrivals::access_of;
use crate::intake::{Decision, DecisionKind};
use crate::problem::ApiError;
use crate::reading_rows::{self, Filter};
use crate::state::AppState;

/// Carries the decision out and answers with every revision of the item as it stands then, the highest first. It
/// travels to the phone of the person who read with the list.
#[utoipa::path(
    post, path = "/api/readings/{id}/decision", tag = "office", params(("id" = Uuid, Path, description = "The item")),
    request_body = DecisionRequest,
    responses(
        (status = OK, body = Vec<ReadingRow>), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem,
            description = "`other_revision`, `not_received`, `period_closed` or `meter_in_use`: nothing was changed"),
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
    let filter = Filter::new(&person, ReadingsQuery::default())?;
    let decision = Decision {
        id: ItemId(id),
        revision: request.revision,
        kind: kind_of(&request.decision)?,
        reason: reason_of(&request.reason)?,
        by: person.name.clone(),
        access: access_of(person.properties),
        at: app.clock.now(),
    };
    app.writer.decide(decision).await??;
    let rows = reading_rows::revisions(&app.store, &filter, ItemId(id)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows)))
}

fn kind_of(name: &str) -> Result<DecisionKind, ApiError> {
    match name {
        "send_back" => Ok(DecisionKind::SendBack),
        _ => Err(ApiError::BadRequest("`decision` is `send_back`.".into())),
    }
}

/// What the office gives as a reason.
pub(super) fn reason_of(text: &str) -> Result<String, ApiError> {
    let reason = text.trim().replace('\0', "\u{fffd}");
    if (1..=REMARKS_LENGTH_MAX).contains(&reason.chars().count()) {
        Ok(reason)
    } else {
        let detail = format!("`reason` has 1 to {REMARKS_LENGTH_MAX} characters.");
        Err(ApiError::BadRequest(detail))
    }
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::NotFound => Self::NotFound,
            other => Self::DecisionRefused(other),
        }
    }
}
