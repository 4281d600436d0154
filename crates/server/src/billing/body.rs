//! The text that is sent. It is made twice, once to be signed and once to be sent, so that memory holds a portion of a large
//! property and not all of it. Its last part is held back until it is certain that both were the same.

use axum::body::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use sha2::{Digest, Sha256};
use shared::delivery::Told;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::outbox::Due;
use super::secret::Signer;
use crate::handover::{self, BoxError, json};
use crate::store::Store;

/// A text that comes in parts.
pub(super) type Parts = BoxStream<'static, Result<Bytes, BoxError>>;

/// A text that was made, signed and let go again.
pub(super) struct Signed {
    pub(super) length: u64,
    pub(super) signature: String,
    digest: Vec<u8>,
}

/// The text of an event; of a closing with its hand-over as the books have it.
pub(super) async fn parts(store: &Store, due: &Due) -> Result<Parts, BoxError> {
    let event = due.to_wire();
    let text = serde_json::to_string(&event)?;
    if due.told() == Some(Told::Reopened) {
        return Ok(stream::iter([Ok(Bytes::from(text))]).boxed());
    }
    let period = due.period().ok_or("the period can't be read")?;
    let handover = handover::handover(store, &due.property, period).await?;
    let closed_then = handover.filter(|(frame, _)| frame.closed_at == event.closed_at);
    let (frame, rows) = closed_then.ok_or("the period is not closed any more as it was")?;
    let before = text.strip_suffix('}').unwrap_or_default();
    let beginning = Bytes::from(format!("{before},\"handover\":"));
    let rows = json::parts(&frame, rows)?;
    let end = Bytes::from_static(b"}");
    Ok(stream::iter([Ok(beginning)])
        .chain(rows)
        .chain(stream::iter([Ok(end)]))
        .boxed())
}

/// Signs a text.
pub(super) async fn sign(mut parts: Parts, mut signer: Signer) -> Result<Signed, BoxError> {
    let (mut length, mut digest) = (0, Sha256::new());
    while let Some(part) = parts.try_next().await? {
        length += u64::try_from(part.len())?;
        digest.update(&part);
        signer.update(&part);
    }
    Ok(Signed {
        length,
        signature: signer.signature(),
        digest: digest.finalize().to_vec(),
    })
}

/// The same text once more: breaks off before its end if it is another one by now.
pub(super) fn same(parts: Parts, signed: &Signed) -> ReceiverStream<Result<Bytes, BoxError>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send_same(parts, signed.digest.clone(), sender));
    ReceiverStream::new(receiver)
}

async fn send_same(mut parts: Parts, expected: Vec<u8>, sender: mpsc::Sender<Result<Bytes, BoxError>>) {
    let (mut digest, mut held) = (Sha256::new(), None);
    let last = loop {
        match parts.try_next().await {
            Err(error) => break Err(error),
            Ok(None) => {
                let same = digest.finalize().as_slice() == expected;
                let last = held.unwrap_or_default();
                break same.then_some(last).ok_or_else(changed);
            }
            Ok(Some(part)) => {
                digest.update(&part);
                if let Some(part) = held.replace(part)
                    && sender.send(Ok(part)).await.is_err()
                {
                    return;
                }
            }
        }
    };
    // Nobody listens any more: the try has ended, and says so itself.
    let _ = sender.send(last).await;
}

fn changed() -> BoxError {
    "the books changed while the hand-over was sent".into()
}
