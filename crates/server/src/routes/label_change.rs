//! `POST /api/labels/{code}/revoke` and `/reissue`: a label that is lost, torn or on the wrong meter.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use shared::label::ShortCode;
use shared::wire::labels::{LabelRequest, LabelRow};
use shared::wire::problem::Problem;

use super::reading_decision_post::reason_of;
use crate::auth::{Office, Person};
use crate::labels::{self, ChangeError, LabelChange};
use crate::problem::ApiError;
use crate::state::AppState;

type Body = Result<Json<LabelRequest>, JsonRejection>;

/// From the next list on no phone takes the code any more; whoever scans it is told so.
#[utoipa::path(
    post, path = "/api/labels/{code}/revoke", tag = "office", params(("code" = String, Path, description = "The label")),
    request_body = LabelRequest,
    responses(
        (status = OK, body = LabelRow), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn revoke(
    State(app): State<AppState>,
    Office(person): Office,
    Path(code): Path<String>,
    body: Body,
) -> Result<Json<LabelRow>, ApiError> {
    change(&app, &person, &code, body, LabelChange::Revoke).await
}

/// Revokes the label and gives its meter point a new one, which is the answer.
#[utoipa::path(
    post, path = "/api/labels/{code}/reissue", tag = "office", params(("code" = String, Path, description = "The label")),
    request_body = LabelRequest,
    responses(
        (status = OK, body = LabelRow), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "`label_replaced`: nothing was changed"),
    )
)]
pub(crate) async fn reissue(
    State(app): State<AppState>,
    Office(person): Office,
    Path(code): Path<String>,
    body: Body,
) -> Result<Json<LabelRow>, ApiError> {
    change(&app, &person, &code, body, LabelChange::Reissue).await
}

async fn change(
    app: &AppState,
    person: &Person,
    code: &str,
    body: Body,
    change: LabelChange,
) -> Result<Json<LabelRow>, ApiError> {
    let Json(request) = body?;
    let code = ShortCode::parse(code).ok_or(ApiError::NotFound)?;
    let reason = reason_of(&request.reason)?;
    let changed = labels::change(&app.store, app.clock.now(), person, code, change, &reason).await?;
    Ok(Json(changed.into_row()))
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Replaced => Self::LabelReplaced,
            ChangeError::Database(error) => Self::Database(error),
        }
    }
}
