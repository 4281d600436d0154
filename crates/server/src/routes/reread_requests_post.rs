//! `POST /api/reread-requests`: somebody is asked to read a meter.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use shared::intake::Ruling;
use shared::wire::missing::RereadRequest;
use shared::wire::problem::Problem;

use super::estimates_post::decision_of;
use super::missing_get::period_of;
use super::reading_decision_post::reason_of;
use crate::auth::Office;
use crate::meter_points;
use crate::problem::ApiError;
use crate::state::AppState;

/// Asks for a reading of a meter point. It shows on the phones' rounds with the reason until somebody has read there. Where a
/// value stands in the period, that reading is sent back instead.
#[utoipa::path(
    post, path = "/api/reread-requests", tag = "office", request_body = RereadRequest,
    responses(
        (status = NO_CONTENT, description = "It is asked for"), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "`other_value`: somebody has read. `period_closed`"),
    )
)]
pub(crate) async fn ask(
    State(app): State<AppState>,
    Office(person): Office,
    body: Result<Json<RereadRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(request) = body?;
    let reason = reason_of(&request.reason)?;
    let period = request.period.as_deref().map(period_of).transpose()?;
    let id = request.meter_point_id.parse().map_err(|_| ApiError::NotFound)?;
    let point = meter_points::name(&app.store, &person.properties, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let decision = decision_of(&app, &person, Ruling::AskForReading { point, period }, reason);
    for outcome in app.writer.decide(vec![decision]).await? {
        outcome?;
    }
    Ok(StatusCode::NO_CONTENT)
}
