//! `GET /api/audit`: who did what and when.
//!
//! For admins alone: a row names people, phones and addresses and no property, so a reviewer of some properties would read
//! of all the others.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::audit::{AuditPage, AuditQuery};
use shared::wire::problem::Problem;

use crate::audit::{self, AuditFilter, AuditRecord};
use crate::auth::Admin;
use crate::list_page::{PageRows, cut};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 500,
};

/// One page, newest first. Pages hang together by the last row, so rows that come meanwhile shift nothing.
#[utoipa::path(
    get, path = "/api/audit", tag = "office", params(AuditQuery),
    responses(
        (status = OK, body = AuditPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn audit(
    State(app): State<AppState>,
    Admin(_): Admin,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = ROWS.asked(query.limit)? as usize;
    let filter = AuditFilter::new(query)?;
    let mut rows = audit::page(&app.store, &filter, limit + 1).await?;
    let next = cut(&mut rows, limit, AuditRecord::place);
    let page = AuditPage {
        rows: rows.into_iter().map(AuditRecord::into_row).collect(),
        next,
        actions: audit::actions(&app.store).await?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}
