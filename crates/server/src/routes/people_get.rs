//! `GET /api/people`: the accounts.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::people::{PeoplePage, PeopleQuery};
use shared::wire::problem::Problem;

use crate::accounts::{self, PeopleFilter, PersonRecord};
use crate::auth::{Admin, PropertyScope};
use crate::labels;
use crate::list_page::{PageRows, cut};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 500,
};

/// One page, by name. Pages hang together by the last row, so rows that come meanwhile shift nothing.
#[utoipa::path(
    get, path = "/api/people", tag = "people", params(PeopleQuery),
    responses(
        (status = OK, body = PeoplePage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn people(
    State(app): State<AppState>,
    Admin(_): Admin,
    query: Result<Query<PeopleQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = ROWS.asked(query.limit)? as usize;
    let filter = PeopleFilter::new(query)?;
    let mut rows = accounts::page(&app.store, &filter, limit + 1).await?;
    let next = cut(&mut rows, limit, PersonRecord::place);
    let page = PeoplePage {
        rows: rows.into_iter().map(PersonRecord::into_row).collect(),
        next,
        // Whoever decides about people assigns any of them.
        properties: labels::properties(&app.store, &PropertyScope::All).await?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}
