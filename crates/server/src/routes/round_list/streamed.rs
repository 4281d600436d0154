//! A long list as one JSON text, made while it is sent: memory holds a portion of it and not the whole.

use axum::body::{Body, Bytes};
use shared::wire::list::{MeterPointRow, RoundList};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::store::MeterPointRows;

/// The list with its first rows, followed by the others. When a row can't be read the text breaks off and with it the
/// connection: what came of it is not JSON, so no phone takes it for the list.
pub(super) fn body(mut list: RoundList, more: MeterPointRows) -> serde_json::Result<Body> {
    let first = std::mem::take(&mut list.rows);
    let frame = serde_json::to_string(&list)?;
    // Inside a text the quotes would be escaped: this can only be the member itself.
    let (before, after) = frame.split_once(EMPTY_ROWS).unwrap_or((&frame, ""));
    let beginning = format!("{before}{ROWS_BEGIN}{}", joined(&first)?);
    let end = format!("{ROWS_END}{after}");
    // A slow phone holds one portion that is ready and one that waits to be.
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send(sender, beginning, more, end));
    Ok(Body::from_stream(ReceiverStream::new(receiver)))
}

const EMPTY_ROWS: &str = "\"rows\":[]";
const ROWS_BEGIN: &str = "\"rows\":[";
const ROWS_END: &str = "]";

type Part = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

// A phone that has hung up is noticed by the channel: nothing more is read for it.
async fn send(parts: mpsc::Sender<Part>, beginning: String, mut more: MeterPointRows, end: String) {
    let mut comma = if beginning.ends_with(ROWS_BEGIN) { "" } else { "," };
    if parts.send(Ok(beginning.into())).await.is_err() {
        return;
    }
    while !more.is_empty() {
        let part = next_part(&mut more, &mut comma).await;
        let failed = part.is_err();
        if parts.send(part).await.is_err() || failed {
            return;
        }
    }
    let _ = parts.send(Ok(end.into())).await;
}

async fn next_part(more: &mut MeterPointRows, comma: &mut &str) -> Part {
    let rows = more.portion().await.inspect_err(|error| {
        tracing::error!(%error, "the list broke off");
    })?;
    if rows.is_empty() {
        return Ok(Bytes::new());
    }
    let part = format!("{comma}{}", joined(&rows)?);
    *comma = ",";
    Ok(part.into())
}

/// The rows without the brackets around them.
fn joined(rows: &[MeterPointRow]) -> serde_json::Result<String> {
    let list = serde_json::to_string(rows)?;
    Ok(list[1..list.len() - 1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_joined_without_brackets() {
        let row = |id: &str| MeterPointRow {
            id: id.into(),
            ..MeterPointRow::default()
        };
        assert_eq!(joined(&[]).unwrap(), "");
        let text = format!("[{}]", joined(&[row("1"), row("2")]).unwrap());
        let back: Vec<MeterPointRow> = serde_json::from_str(&text).unwrap();
        assert_eq!(back, [row("1"), row("2")]);
    }

    #[test]
    fn an_empty_list_has_the_member_that_rows_are_put_into() {
        let frame = serde_json::to_string(&RoundList::default()).unwrap();
        assert_eq!(frame.matches(EMPTY_ROWS).count(), 1);
    }
}
