//! `GET /api/audit.csv`: the audit as a file for a spreadsheet, made while it is sent.

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::timestamp::Timestamp;
use shared::wire::audit::AuditQuery;
use shared::wire::problem::Problem;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::audit::{self, AuditFilter, AuditRecord};
use crate::auth::Admin;
use crate::csv_cell::csv_cell;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::Store;

/// Rows that are read and held at a time.
const PORTION_ROWS: usize = 500;
/// Spreadsheets take a file for UTF-8 by these bytes and by nothing else.
const BYTE_ORDER_MARK: &str = "\u{feff}";
const HEAD: [&str; 6] = ["seq", "at", "actor", "action", "subject", "detail"];

/// Every row that fits the filters, newest first; `after` and `limit` don't count here.
#[utoipa::path(
    get, path = "/api/audit.csv", tag = "office", params(AuditQuery),
    responses(
        (status = OK, body = String, content_type = "text/csv"), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn export(
    State(app): State<AppState>,
    Admin(_): Admin,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let filter = AuditFilter::new(AuditQuery { after: None, ..query })?;
    let head = lines([HEAD.map(String::from)]).map_err(ApiError::internal)?;
    // A slow reader holds one portion that is ready and one that waits to be.
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send(
        sender,
        format!("{BYTE_ORDER_MARK}{head}"),
        app.store,
        filter,
    ));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))))
}

type Part = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

// When a portion can't be read the text breaks off and with it the connection: nobody takes a part for the whole. A reader
// that has hung up is noticed by the channel.
async fn send(parts: mpsc::Sender<Part>, head: String, store: Store, filter: AuditFilter) {
    if parts.send(Ok(head.into())).await.is_err() {
        return;
    }
    let mut rest = Some(filter);
    while let Some(filter) = rest.take() {
        let part = match audit::page(&store, &filter, PORTION_ROWS).await {
            Ok(rows) => {
                rest = audit::rows_behind(&filter, &rows).filter(|_| rows.len() == PORTION_ROWS);
                lines(rows.into_iter().map(cells)).map(Bytes::from)
            }
            Err(error) => {
                tracing::error!(%error, "the export broke off");
                Err(error.into())
            }
        };
        if parts.send(part).await.is_err() {
            return;
        }
    }
}

fn cells(row: AuditRecord) -> [String; 6] {
    let text = |text: &str| csv_cell(text).into_owned();
    [
        row.seq.to_string(),
        Timestamp::from_ms(row.at).to_rfc3339(),
        text(&row.actor),
        text(&row.action),
        text(&row.subject),
        text(&row.detail),
    ]
}

fn lines(
    rows: impl IntoIterator<Item = [String; 6]>,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
