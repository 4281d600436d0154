//! `GET /demo/labels`: labels to scan, only where the demo is loaded.

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};

use crate::demo;
use crate::problem::ApiError;
use crate::state::AppState;

/// A page of scannable labels.
#[utoipa::path(
    get, path = "/demo/labels", tag = "demo",
    responses(
        (status = OK, body = String, content_type = "text/html"),
        (status = NOT_FOUND, body = shared::wire::problem::Problem),
    )
)]
pub(crate) async fn labels(State(app): State<AppState>) -> Result<impl IntoResponse, ApiError> {
    if !demo::is_loaded(&app.store).await? {
        return Err(ApiError::NotFound);
    }
    let page = demo::labels_page(&app.store).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Html(page)))
}
