//! `POST /api/people`, `PUT /api/people/{id}` and `POST /api/people/{id}/password`: accounts are made and changed.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::password::NewPassword;
use shared::wire::people::{FirstPassword, NewPerson, PersonMembers, PersonRow};
use shared::wire::problem::Problem;

use crate::accounts::{self, AccountError};
use crate::auth::Admin;
use crate::auth::password::PasswordChecker;
use crate::problem::ApiError;
use crate::state::AppState;

/// Makes an account with a password that the server chooses. It is told in this answer and never again.
#[utoipa::path(
    post, path = "/api/people", tag = "people", request_body = NewPerson,
    responses(
        (status = OK, body = FirstPassword), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = CONFLICT, body = Problem, description = "`name_taken`"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "`bad_name`, `bad_full_name`, `unknown_property`"),
    )
)]
pub(crate) async fn add(
    State(app): State<AppState>,
    State(passwords): State<PasswordChecker>,
    Admin(admin): Admin,
    body: Result<Json<NewPerson>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(NewPerson { username, members }) = body?;
    let (first, hash) = first_password(&passwords).await?;
    let (store, now, members) = (&app.store, app.clock.now(), members.into());
    let account_id = accounts::make(store, now, &admin.name, &username, &members, &hash).await?;
    let told = FirstPassword {
        person: person(&app, account_id).await?,
        first_password: first.as_str().to_owned(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(told)))
}

/// Changes an account; counts from the person's next call. What waits on the person's phones stays there.
#[utoipa::path(
    put, path = "/api/people/{id}", tag = "people", params(("id" = String, Path, description = "The account")),
    request_body = PersonMembers,
    responses(
        (status = OK, body = PersonRow), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "`last_admin`: nothing was changed"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "`bad_full_name`, `unknown_property`"),
    )
)]
pub(crate) async fn change(
    State(app): State<AppState>,
    Admin(admin): Admin,
    Path(id): Path<String>,
    body: Result<Json<PersonMembers>, JsonRejection>,
) -> Result<Json<PersonRow>, ApiError> {
    let Json(members) = body?;
    let account_id = account_id(&id)?;
    let (store, now) = (&app.store, app.clock.now());
    accounts::change(store, now, &admin.name, account_id, &members.into()).await?;
    person(&app, account_id).await.map(Json)
}

/// Gives the account a first password, told in this answer and never again, and signs the person out everywhere.
#[utoipa::path(
    post, path = "/api/people/{id}/password", tag = "people", params(("id" = String, Path, description = "The account")),
    responses(
        (status = OK, body = FirstPassword),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn reset_password(
    State(app): State<AppState>,
    State(passwords): State<PasswordChecker>,
    Admin(admin): Admin,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let account_id = account_id(&id)?;
    let (first, hash) = first_password(&passwords).await?;
    accounts::reset_password(&app.store, app.clock.now(), &admin.name, account_id, &hash).await?;
    let told = FirstPassword {
        person: person(&app, account_id).await?,
        first_password: first.as_str().to_owned(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(told)))
}

/// The key that an opaque identity stands for.
pub(super) fn account_id(id: &str) -> Result<i64, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound)
}

async fn first_password(passwords: &PasswordChecker) -> Result<(NewPassword, String), ApiError> {
    let first = NewPassword::first(rand::random());
    let hash = passwords.hash(first.clone()).await.map_err(AccountError::from)?;
    Ok((first, hash))
}

async fn person(app: &AppState, account_id: i64) -> Result<PersonRow, ApiError> {
    let record = accounts::one(&app.store, account_id).await?;
    record.map(|it| it.into_row()).ok_or(ApiError::NotFound)
}
