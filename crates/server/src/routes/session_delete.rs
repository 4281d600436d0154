//! `DELETE /api/session`: sign out.

use axum::http::StatusCode;
use tower_sessions::Session;

use crate::problem::ApiError;

/// Ends the session on the server; harmless when there is none.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = NO_CONTENT)))]
pub(crate) async fn sign_out(session: Session) -> Result<StatusCode, ApiError> {
    session.flush().await?;
    Ok(StatusCode::NO_CONTENT)
}
