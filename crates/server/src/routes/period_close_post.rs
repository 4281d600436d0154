//! `POST /api/periods/{property}/{period}/close` and `.../reopen`.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::IntoResponse;
use shared::wire::periods::{PeriodDetail, PeriodProblem, ReopenRequest};
use shared::wire::problem::Problem;

use super::periods_get::{PeriodPath, answer, detail, named};
use super::reading_decision_post::reason_of;
use crate::auth::{Admin, Office, Person};
use crate::intake::arrivals::access_of;
use crate::intake::{PeriodAct, PeriodOrder, PeriodRefusal};
use crate::problem::ApiError;
use crate::state::AppState;

/// Closes the period: approves the clean rest, and takes nothing by itself from then on. Refused with what is in the way, if
/// anything is. Closed already, it is answered alike.
#[utoipa::path(
    post, path = "/api/periods/{property}/{period}/close", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = PeriodDetail), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
        (status = CONFLICT, body = PeriodProblem, description = "`period_in_the_way`, `period_not_begun`"),
    )
)]
pub(crate) async fn close(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<impl IntoResponse, ApiError> {
    carry_out(&app, &person, path, PeriodAct::Close).await
}

/// Reopens the period, so that it takes readings again, and what came too late can be booked.
#[utoipa::path(
    post, path = "/api/periods/{property}/{period}/reopen", tag = "office", request_body = ReopenRequest,
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = PeriodDetail), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
        (status = CONFLICT, body = Problem, description = "`period_open`: it is not closed"),
    )
)]
pub(crate) async fn reopen(
    State(app): State<AppState>,
    Admin(person): Admin,
    path: PeriodPath,
    body: Result<Json<ReopenRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(request) = body?;
    let reason = reason_of(&request.reason)?;
    carry_out(&app, &person, path, PeriodAct::Reopen { reason }).await
}

async fn carry_out(
    app: &AppState,
    person: &Person,
    path: PeriodPath,
    act: PeriodAct,
) -> Result<impl IntoResponse + use<>, ApiError> {
    let (property, period) = named(app, person, path).await?;
    let order = PeriodOrder {
        property: property.code_normal.clone(),
        period,
        act,
        by: person.name.clone(),
        access: access_of(person.properties.clone()),
        at: app.clock.now(),
        by_webhook: app.billing.is_some(),
    };
    let outcome = app.writer.order_period(order).await?;
    if let Some(bell) = &app.billing {
        bell.ring();
    }
    match outcome {
        Ok(()) => answer(app, &property, period).await,
        Err(PeriodRefusal::NotFound) => Err(ApiError::NotFound),
        Err(PeriodRefusal::NotBegun) => Err(ApiError::PeriodNotBegun),
        Err(PeriodRefusal::NotClosed) => Err(ApiError::PeriodOpen),
        Err(PeriodRefusal::InTheWay(_)) => {
            let detail = detail(app, &property, period).await?;
            Err(ApiError::PeriodInTheWay(detail.in_the_way))
        }
    }
}
