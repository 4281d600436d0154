//! As CSV: UTF-8, commas, a header, RFC 4180.

use axum::body::{Body, Bytes};
use shared::wire::handover::HandoverRow;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{BoxError, HandoverRows};
use crate::csv_cell::csv_cell;

/// Names of the columns: those of the members in JSON.
pub(super) const COLUMNS: [&str; 18] = [
    "period",
    "billing_period",
    "property",
    "building",
    "unit_no",
    "utility",
    "point",
    "meter_serial",
    "tenant_code",
    "tenant",
    "kind",
    "source",
    "detail",
    "previous_value",
    "value",
    "consumption",
    "read_at",
    "flags",
];

/// The text, made while it is sent.
pub fn body(rows: HandoverRows) -> Body {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send(sender, rows));
    Body::from_stream(ReceiverStream::new(receiver))
}

async fn send(parts: mpsc::Sender<Result<Bytes, BoxError>>, mut rows: HandoverRows) {
    let mut next = lines([COLUMNS.map(String::from)]).map(Some);
    // Whoever has hung up is noticed by the channel: nothing more is read then.
    loop {
        let part = match next {
            Ok(Some(part)) => Ok(part),
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "the hand-over broke off");
                Err(error)
            }
        };
        let failed = part.is_err();
        if parts.send(part).await.is_err() || failed {
            return;
        }
        next = match rows.portion().await {
            Ok(Some(portion)) => lines(portion.into_iter().map(cells)).map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
    }
}

fn lines(rows: impl IntoIterator<Item = [String; 18]>) -> Result<Bytes, BoxError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?.into())
}

/// Everything that somebody has typed is harmless; numbers are what they are, also those below nought.
pub(super) fn cells(row: HandoverRow) -> [String; 18] {
    let number = Option::unwrap_or_default;
    let typed = |text: String| csv_cell(&text).into_owned();
    [
        row.period,
        row.billing_period,
        typed(row.property),
        typed(row.building),
        typed(row.unit_no),
        row.utility,
        typed(row.point),
        typed(row.meter_serial),
        typed(row.tenant_code),
        typed(row.tenant),
        row.kind,
        row.source,
        typed(row.detail),
        number(row.previous_value),
        number(row.value),
        number(row.consumption),
        row.read_at,
        typed(row.flags.join(" ")),
    ]
}
