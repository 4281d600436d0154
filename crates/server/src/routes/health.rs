//! `GET /healthz` and `GET /readyz`, for whoever operates the server.

use axum::extract::State;

use crate::problem::ApiError;
use crate::state::AppState;

/// The process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = OK, body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// The database is reachable; its tables were brought to this version before the server began to listen.
#[utoipa::path(
    get, path = "/readyz", tag = "operation",
    responses(
        (status = OK, body = String),
        (status = SERVICE_UNAVAILABLE, body = shared::wire::problem::Problem),
    )
)]
pub(crate) async fn readyz(State(app): State<AppState>) -> Result<&'static str, ApiError> {
    app.store.ping().await.map_err(|error| {
        tracing::warn!(%error, "the database does not answer");
        ApiError::Unavailable("The database does not answer.")
    })?;
    Ok("ready")
}
