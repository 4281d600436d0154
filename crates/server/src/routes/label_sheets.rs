//! `POST /office/label-sheets`: labels, ready for the printer. A form and not an address: a selection may be long.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use shared::label::ShortCode;
use shared::label_sheet::{PRINTED_LABELS_MAX, SheetLayout};
use shared::wire::labels::{LabelSheetsForm, LabelsQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::label_sheets::{self, Sheets};
use crate::labels::{self, LabelFilter};
use crate::problem::ApiError;
use crate::state::AppState;

/// A page with the labels in walking order.
#[utoipa::path(
    post, path = "/office/label-sheets", tag = "office",
    request_body(content = LabelSheetsForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = OK, body = String, content_type = "text/html"), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn sheets(
    State(app): State<AppState>,
    Office(person): Office,
    form: Result<Form<LabelSheetsForm>, FormRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Form(form) = form?;
    let layout = SheetLayout::named(&form.layout)
        .ok_or_else(|| ApiError::BadRequest("`layout` is none that there is.".into()))?;
    let codes = codes_of(&form.codes)?;
    // Codes say exactly what is wanted: one that was just replaced no longer fits what was searched.
    let query = if codes.is_empty() {
        LabelsQuery {
            property: form.property,
            q: form.q,
            ..LabelsQuery::default()
        }
    } else {
        LabelsQuery::default()
    };
    let filter = LabelFilter::new(&person.properties, query)?;
    let printed = labels::printable(&app.store, &filter, &codes, PRINTED_LABELS_MAX + 1).await?;
    if printed.len() > PRINTED_LABELS_MAX {
        return Err(too_many());
    }
    let used = form.first_place.unwrap_or(1).saturating_sub(1);
    let wording = label_sheets::wording(&form.language);
    // Thousands of codes are drawn: nobody else waits for that.
    let drawn = tokio::task::spawn_blocking(move || {
        let sheets = Sheets {
            layout,
            used,
            wording,
            labels: &printed,
        };
        label_sheets::page(sheets, None)
    });
    let page = drawn.await.map_err(ApiError::internal)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Html(page)))
}

/// The paper of a layout: its size, and where each label is.
#[utoipa::path(
    get, path = "/office/label-sheets/{layout}/style.css", tag = "office",
    params(("layout" = String, Path, description = "Name of the layout")),
    responses((status = OK, body = String, content_type = "text/css"), (status = NOT_FOUND, body = Problem))
)]
pub(crate) async fn style(Path(layout): Path<String>) -> Result<impl IntoResponse, ApiError> {
    let layout = SheetLayout::named(&layout).ok_or(ApiError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, label_sheets::style_sheet(layout)))
}

/// As they are stored; what is no code is left out, as nothing has it.
fn codes_of(text: &str) -> Result<Vec<String>, ApiError> {
    let words: Vec<&str> = text
        .split_ascii_whitespace()
        .take(PRINTED_LABELS_MAX + 1)
        .collect();
    if words.len() > PRINTED_LABELS_MAX {
        return Err(too_many());
    }
    let codes: Vec<String> = words
        .iter()
        .filter_map(|word| Some(ShortCode::parse(word)?.to_string()))
        .collect();
    // None at all would mean every label.
    if codes.is_empty() && !words.is_empty() {
        return Err(ApiError::BadRequest("`codes` holds no code of a label.".into()));
    }
    Ok(codes)
}

fn too_many() -> ApiError {
    ApiError::BadRequest(format!(
        "At most {PRINTED_LABELS_MAX} labels are printed at once. Choose one property."
    ))
}

impl From<FormRejection> for ApiError {
    fn from(rejection: FormRejection) -> Self {
        match rejection {
            FormRejection::InvalidFormContentType(_) => Self::UnsupportedMediaType,
            FormRejection::BytesRejection(inner) => Self::from(inner),
            other => Self::BadRequest(other.body_text()),
        }
    }
}
