//! `POST /api/conflicts/{receipt_seq}/resolution` and `POST /api/inbox/{receipt_seq}/decision`.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::intake::{Booking, Order, Ruling, Which};
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{InboxRequest, ResolutionRequest};
use shared::wire::problem::Problem;

use super::missing_get::period_of;
use super::reading_decision_post::{bad, carry_out, optional_reason_of, reason_of};
use crate::auth::{Office, Person};
use crate::meter_points;
use crate::problem::ApiError;
use crate::reading_rows::open;
use crate::state::AppState;

/// Decides between two values that contradict each other and answers with every revision of the second one's item. The
/// phones of both hear of it with the list. The same again by the same person is answered alike.
#[utoipa::path(
    post, path = "/api/conflicts/{receipt_seq}/resolution", tag = "office",
    params(("receipt_seq" = i64, Path, description = "Receipt of the second value")), request_body = ResolutionRequest,
    responses(
        (status = OK, body = Vec<ReadingRow>), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem,
            description = "`not_received`: somebody else has decided. `other_value`: something else is official by now. \
                `period_closed`, `same_item`, `exchange`: nothing was changed"),
    )
)]
pub(crate) async fn resolve(
    State(app): State<AppState>,
    Office(person): Office,
    receipt_seq: Result<Path<i64>, PathRejection>,
    body: Result<Json<ResolutionRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(receipt_seq) = receipt_seq?;
    let Json(request) = body?;
    let ruling = match request.resolution.as_str() {
        "keep_first" => Ruling::KeepFirst,
        "take_second" => Ruling::TakeSecond { first: request.first },
        "keep_both" => Ruling::KeepBoth,
        _ => {
            return Err(bad("`resolution` is `keep_first`, `take_second` or `keep_both`."));
        }
    };
    let reason = optional_reason_of(&request.reason)?;
    let rows = decide(&app, &person, receipt_seq, ruling, reason).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows)))
}

/// Books what is held, or dismisses it, and answers with every revision of its item.
#[utoipa::path(
    post, path = "/api/inbox/{receipt_seq}/decision", tag = "office",
    params(("receipt_seq" = i64, Path, description = "Receipt of what is held")), request_body = InboxRequest,
    responses(
        (status = OK, body = Vec<ReadingRow>), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem,
            description = "`not_received`: somebody else has decided. `period_closed`, `not_bookable`, `out_of_range`, \
                `other_revision`, ...: nothing was changed"),
    )
)]
pub(crate) async fn decide_held(
    State(app): State<AppState>,
    Office(person): Office,
    receipt_seq: Result<Path<i64>, PathRejection>,
    body: Result<Json<InboxRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(receipt_seq) = receipt_seq?;
    let Json(request) = body?;
    let (ruling, reason) = match request.decision.as_str() {
        "dismiss" => (Ruling::Dismiss, reason_of(&request.reason)?),
        "book" => (
            Ruling::Book(booking_of(&app, &person, &request).await?),
            optional_reason_of(&request.reason)?,
        ),
        _ => return Err(bad("`decision` is `book` or `dismiss`.")),
    };
    let rows = decide(&app, &person, receipt_seq, ruling, reason).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows)))
}

async fn booking_of(app: &AppState, person: &Person, request: &InboxRequest) -> Result<Booking, ApiError> {
    let period = request.period.as_deref().map(period_of).transpose()?;
    let place = match request.meter_point_id.as_deref() {
        None => None,
        Some(id) => {
            let id = id.parse().map_err(|_| ApiError::NotFound)?;
            let name = meter_points::name(&app.store, &person.properties, id).await?;
            Some(name.ok_or(ApiError::NotFound)?)
        }
    };
    Ok(Booking { place, period })
}

async fn decide(
    app: &AppState,
    person: &Person,
    receipt_seq: i64,
    ruling: Ruling,
    reason: String,
) -> Result<Vec<ReadingRow>, ApiError> {
    let id = open::item_of(&app.store, receipt_seq).await?;
    let order = Order {
        id: id.ok_or(ApiError::NotFound)?,
        which: Which::Receipt(receipt_seq),
        ruling,
        by: person.name.clone(),
        reason,
    };
    carry_out(app, person, order).await
}
