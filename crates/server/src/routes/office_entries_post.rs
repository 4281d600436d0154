//! `POST /api/office-readings` and `POST /api/portfolio/exchanges`: what the office enters itself, through the intake.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::DeviceId;
use shared::intake::{Arrival, Delivery, DeviceStanding};
use shared::names::Source;
use shared::wire::batch::WireItem;
use shared::wire::imports::ImportProblem;
use shared::wire::portfolio::{OfficeExchange, OfficeReading};
use shared::wire::problem::Problem;
use shared::wire::receipt::WireVerdict;

use crate::auth::{Admin, Office, Person};
use crate::import::{self, EntryError};
use crate::intake::SentBatch;
use crate::intake::arrivals::access_of;
use crate::problem::ApiError;
use crate::state::AppState;

/// Enters a reading that came by another way than a phone, with a reason. It is judged as every other: a closed period holds
/// it, another value is a conflict. Sent twice, it is filed once.
#[utoipa::path(
    post, path = "/api/office-readings", tag = "office", request_body = OfficeReading,
    responses(
        (status = OK, body = WireVerdict), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such meter point, or not for the caller"),
        (status = CONFLICT, body = Problem, description = "`books_changed`: another meter sits there"),
        (status = UNPROCESSABLE_ENTITY, body = ImportProblem, content_type = "application/problem+json",
            description = "`import_faults`: by field and cause; nothing was filed"),
    )
)]
pub(crate) async fn reading(
    State(app): State<AppState>,
    Office(person): Office,
    body: Result<Json<OfficeReading>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(entry) = body?;
    let item = import::reading_item(&app.store, app.clock.now(), &person, &entry).await?;
    hand_in(&app, person, item).await
}

/// Replaces the meter at a meter point: the item, its rules and its way are those of an exchange that a technician sends.
#[utoipa::path(
    post, path = "/api/portfolio/exchanges", tag = "office", request_body = OfficeExchange,
    responses(
        (status = OK, body = WireVerdict), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such meter point, or not for the caller"),
        (status = CONFLICT, body = Problem, description = "`books_changed`: another meter sits there"),
        (status = UNPROCESSABLE_ENTITY, body = ImportProblem, content_type = "application/problem+json",
            description = "`import_faults`: by field and cause; nothing was filed"),
    )
)]
pub(crate) async fn exchange(
    State(app): State<AppState>,
    Admin(person): Admin,
    body: Result<Json<OfficeExchange>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(entry) = body?;
    let item = import::exchange_item(&app.store, app.clock.now(), &person, &entry).await?;
    hand_in(&app, person, item).await
}

async fn hand_in(
    app: &AppState,
    person: Person,
    item: WireItem,
) -> Result<impl IntoResponse + use<>, ApiError> {
    // A struct of texts and numbers: that can't fail.
    let body = serde_json::to_string(&item).unwrap_or_default();
    let batch = SentBatch {
        delivery: Delivery {
            person: person.name_normal,
            device: DeviceId::default(),
            standing: DeviceStanding::Known,
            access: access_of(person.properties),
            source: Source::Office,
            received_at: app.clock.now(),
            clock_offset_ms: None,
        },
        arrivals: vec![Arrival::of_wire(&item, body.as_bytes())],
        bodies: vec![body],
        imported_by: None,
    };
    let verdicts = app.writer.take(batch).await?;
    let verdict: WireVerdict = verdicts
        .into_iter()
        .next()
        .ok_or(ApiError::internal("no verdict"))?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(verdict)))
}

impl From<EntryError> for ApiError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::NotFound => Self::NotFound,
            EntryError::BooksChanged => Self::BooksChanged,
            EntryError::Faults(faults) => Self::ImportRefused(faults),
            EntryError::Database(error) => Self::Database(error),
        }
    }
}
