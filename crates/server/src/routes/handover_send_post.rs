//! `POST /api/periods/{property}/{period}/handover/send`: billing is told now.

use axum::extract::State;
use axum::response::IntoResponse;
use shared::wire::periods::PeriodDetail;
use shared::wire::problem::Problem;

use super::periods_get::{PeriodPath, answer, named};
use crate::auth::Office;
use crate::billing::{OutboxStep, SendAgain};
use crate::problem::ApiError;
use crate::state::AppState;

/// Sends what billing was not told yet, from the first try on, under the same id: whether it waits, was given up, or the period
/// was closed before there was a webhook. Told already, it is answered alike and nothing is sent.
#[utoipa::path(
    post, path = "/api/periods/{property}/{period}/handover/send", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = PeriodDetail), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
        (status = CONFLICT, body = Problem, description = "`no_webhook`; `period_open`: there is nothing to tell"),
    )
)]
pub(crate) async fn send(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<impl IntoResponse, ApiError> {
    let (property, period) = named(&app, &person, path).await?;
    let bell = app.billing.as_ref().ok_or(ApiError::NoWebhook)?;
    let asked = SendAgain {
        property: property.clone(),
        period,
        by: person.name.clone(),
        at: app.clock.now(),
    };
    if !app.writer.step_outbox(OutboxStep::SendAgain(asked)).await? {
        return Err(ApiError::PeriodOpen);
    }
    bell.ring();
    answer(&app, &property, period).await
}
