//! `POST /api/portfolio/edits`: an admin edits one thing of the portfolio.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::wire::imports::ImportProblem;
use shared::wire::portfolio::PortfolioEdit;
use shared::wire::problem::Problem;

use crate::auth::Admin;
use crate::import::{self, EditError};
use crate::problem::ApiError;
use crate::state::AppState;

/// More than any thing has.
const CHANGES_MAX: usize = 20;

/// Edits a property, unit, meter or tenancy, or adds a tenancy: by the rules of the import, in one audited step. The phones
/// hear of it with their next list. What names a thing is not edited.
#[utoipa::path(
    post, path = "/api/portfolio/edits", tag = "office", request_body = PortfolioEdit,
    responses(
        (status = NO_CONTENT), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such thing, or not for the caller"),
        (status = CONFLICT, body = Problem, description = "`books_changed`: they hold something else than was looked at"),
        (status = UNPROCESSABLE_ENTITY, body = ImportProblem, content_type = "application/problem+json",
            description = "`import_faults`: by column and cause; nothing was changed"),
    )
)]
pub(crate) async fn edit(
    State(app): State<AppState>,
    Admin(person): Admin,
    body: Result<Json<PortfolioEdit>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(edit) = body?;
    if edit.changes.len() > CHANGES_MAX {
        return Err(ApiError::BadRequest(format!(
            "`changes` has at most {CHANGES_MAX}."
        )));
    }
    import::edit(&app.store, app.clock.now(), &person, &edit).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => Self::NotFound,
            EditError::BooksChanged => Self::BooksChanged,
            EditError::Faults(faults) => Self::ImportRefused(faults),
            EditError::Database(error) => Self::Database(error),
        }
    }
}
