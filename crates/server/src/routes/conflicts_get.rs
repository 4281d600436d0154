//! `GET /api/conflicts`, `GET /api/inbox` and how much waits in both.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::names::State as ItemState;
use shared::wire::open_decisions::{ConflictsPage, InboxPage, OpenDecisions, OpenDecisionsQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::list_page::{PageRows, cut};
use crate::problem::ApiError;
use crate::reading_rows::open::{self, OpenFilter};
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 50,
    max: 200,
};

/// Values that contradict what is official, each beside it, the oldest first.
#[utoipa::path(
    get, path = "/api/conflicts", tag = "office", params(OpenDecisionsQuery),
    responses(
        (status = OK, body = ConflictsPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn conflicts(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<OpenDecisionsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = ROWS.asked(query.limit)?;
    let filter = OpenFilter::new(&person, ItemState::Conflict, &query)?;
    let mut rows = open::conflicts(&app.store, &filter, i64::from(limit) + 1).await?;
    let next = cut(&mut rows, limit as usize, |row| {
        row.second.receipt_seq.to_string()
    });
    let total = open::total(&app.store, &filter).await?;
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Json(ConflictsPage { rows, total, next }),
    ))
}

/// What is held until the office decides, the oldest first.
#[utoipa::path(
    get, path = "/api/inbox", tag = "office", params(OpenDecisionsQuery),
    responses(
        (status = OK, body = InboxPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn inbox(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<OpenDecisionsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = ROWS.asked(query.limit)?;
    let filter = OpenFilter::new(&person, ItemState::Held, &query)?;
    let mut rows = open::page(&app.store, &filter, i64::from(limit) + 1).await?;
    let next = cut(&mut rows, limit as usize, |row| row.receipt_seq.to_string());
    let total = open::total(&app.store, &filter).await?;
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Json(InboxPage { rows, total, next }),
    ))
}

/// How much waits for the office.
#[utoipa::path(
    get, path = "/api/open-decisions", tag = "office",
    responses(
        (status = OK, body = OpenDecisions), (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn counts(
    State(app): State<AppState>,
    Office(person): Office,
) -> Result<impl IntoResponse, ApiError> {
    let counts = open::counts(&app.store, &person).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(counts)))
}
