//! As one JSON text.

use axum::body::{Body, Bytes};
use shared::wire::handover::Handover;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{BoxError, HandoverRows};

const EMPTY_ROWS: &str = "\"rows\":[]";

/// The text, made while it is sent; when a row can't be read it breaks off, and what came of it is not JSON.
pub fn body(frame: &Handover, rows: HandoverRows) -> serde_json::Result<Body> {
    parts(frame, rows).map(Body::from_stream)
}

/// The same text, part by part.
pub fn parts(
    frame: &Handover,
    rows: HandoverRows,
) -> serde_json::Result<ReceiverStream<Result<Bytes, BoxError>>> {
    let frame = serde_json::to_string(frame)?;
    // Inside a text the quotes would be escaped: this can only be the member itself.
    let before = frame.split_once(EMPTY_ROWS).map_or("", |it| it.0);
    let beginning = format!("{before}\"rows\":[");
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send(sender, beginning, rows));
    Ok(ReceiverStream::new(receiver))
}

async fn send(parts: mpsc::Sender<Result<Bytes, BoxError>>, beginning: String, mut rows: HandoverRows) {
    let mut comma = "";
    if parts.send(Ok(beginning.into())).await.is_err() {
        return;
    }
    loop {
        let part = match rows.portion().await {
            Ok(None) => {
                let _ = parts.send(Ok("]}".into())).await;
                return;
            }
            Ok(Some(portion)) => serde_json::to_string(&portion)
                .map(|list| Bytes::from(format!("{comma}{}", &list[1..list.len() - 1])))
                .map_err(BoxError::from),
            Err(error) => Err(error),
        };
        comma = ",\n";
        let failed = part
            .as_ref()
            .inspect_err(|error| tracing::error!(%error, "the hand-over broke off"))
            .is_err();
        if parts.send(part).await.is_err() || failed {
            return;
        }
    }
}
