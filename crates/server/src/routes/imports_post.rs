//! `POST /api/imports`: an admin brings in the CSV files of a portfolio, or asks what they would change.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::imports::{ImportAnswer, ImportProblem, ImportRequest, ImportsQuery};
use shared::wire::problem::Problem;
use tokio::runtime::Handle;

use crate::auth::Admin;
use crate::import::{self, Faults, ImportError, ImportFiles, Mode};
use crate::problem::ApiError;
use crate::state::AppState;

/// All of it is taken, in one transaction, or nothing. What the files don't name stays: an import never deletes. Larger files
/// are a matter of the command line (`meterline import`).
#[utoipa::path(
    post, path = "/api/imports", tag = "office", params(ImportsQuery), request_body = ImportRequest,
    responses(
        (status = OK, body = ImportAnswer, description = "taken, or with `dry_run` what would be"),
        (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = CONFLICT, body = Problem,
            description = "`books_changed`: it would do something else than the dry run of `plan` has told"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "over 4 MiB, or over 32 MiB unpacked"),
        (status = UNSUPPORTED_MEDIA_TYPE, body = Problem),
        (status = UNPROCESSABLE_ENTITY, body = ImportProblem, content_type = "application/problem+json",
            description = "`import_faults`: every fault by file, line, column and cause; nothing was changed"),
    )
)]
pub(crate) async fn import(
    State(app): State<AppState>,
    Admin(person): Admin,
    query: Result<Query<ImportsQuery>, QueryRejection>,
    body: Result<Json<ImportRequest>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let Json(request) = body?;
    let files = files(request)?;
    let mode = match query {
        ImportsQuery { dry_run: true, .. } => Mode::DryRun,
        ImportsQuery { plan: Some(told), .. } => Mode::TakeOnly(told),
        ImportsQuery { plan: None, .. } => Mode::Take,
    };
    // Files are read and compared in one go: nobody else waits for that. It goes on to its end if the caller leaves.
    let runtime = Handle::current();
    let work = tokio::task::spawn_blocking(move || {
        let now = app.clock.now();
        runtime.block_on(import::run_as(&app.store, now, &person.name, &files, mode))
    });
    let report = match work.await.map_err(ApiError::internal)? {
        Ok(report) => report,
        Err(ImportError::Faults(faults)) => return Err(ApiError::ImportRefused(faults)),
        Err(ImportError::BooksChanged) => return Err(ApiError::BooksChanged),
        Err(ImportError::Database(error)) => return Err(error.into()),
    };
    let answer: ImportAnswer = report.to_wire();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

fn files(request: ImportRequest) -> Result<ImportFiles, ApiError> {
    let mut files = ImportFiles::default();
    let mut faults = Faults::default();
    for (name, text) in request.files {
        files.add_named(&name, text, &mut faults);
    }
    if !faults.is_empty() {
        Err(ApiError::ImportRefused(faults))
    } else if files.is_empty() {
        let known = import::FILE_NAMES.join(", ");
        Err(ApiError::BadRequest(format!(
            "There is nothing to import; expected are: {known}."
        )))
    } else {
        Ok(files)
    }
}
