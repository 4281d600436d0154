//! Reads HTTP answers. Pure, and the only place that decides what an answer means.
//!
//! A receipt is recognised by what it is, not by its status: our media type, our batch, an item that was sent, in the
//! revision that was sent, with a receipt. A sign-in page with status 200 is none, and neither is a proxy's JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::event::{CheckResult, Entry, PhotoResult, PingResult, PostResult, RefreshResult, Settled};
use crate::id::{BatchId, ItemId};
use crate::photo::PhotoHash;
use crate::retry_after;
use crate::timestamp::{LocalTime, Timestamp};
use crate::wire::check::DeviceCheck;
use crate::wire::json;
use crate::wire::photo::{PHOTO_STATE_MEDIA_TYPE, PHOTO_UNEXPECTED, PhotoState};
use crate::wire::ping::{Ping, SERVICE_NAME};
use crate::wire::problem::{PROBLEM_MEDIA_TYPE, Problem};
use crate::wire::receipt::{RECEIPTS_MEDIA_TYPE, VerdictName, WireVerdict};

/// The code of a 403 that says whose queue this is not.
pub const WRONG_PERSON: &str = "wrong_person";

/// The code of a 403 that says that this phone may not be used any more.
pub const DEVICE_REVOKED: &str = "device_revoked";

/// An answer as the browser gives it.
#[derive(Debug, Clone, Copy)]
pub struct HttpAnswer<'a> {
    /// Status; 0 where the browser hides it (a redirect that was not followed).
    pub status: u16,
    /// The `Content-Type` header; empty when there is none.
    pub content_type: &'a str,
    /// The `Retry-After` header.
    pub retry_after: Option<&'a str>,
    /// The browser followed a redirect to get it.
    pub redirected: bool,
    /// The body, all of it.
    pub body: &'a [u8],
}

/// What a batch came to.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchAnswer {
    /// For the engine.
    pub result: PostResult,
    /// For the store: the verdicts with their receipts, in the order of `result`'s.
    pub verdicts: Vec<VerdictText>,
}

/// A verdict as the server wrote it: evidence, with members that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictText {
    /// What it is about.
    pub entry: Entry,
    /// JSON of one line.
    pub json: String,
}

/// Reads the answer to a batch. `received_at` is the phone's clock; it matters only for a `Retry-After` that is a date.
#[inline(never)]
pub fn read_batch_answer(
    answer: &HttpAnswer,
    sent: &[Entry],
    batch_id: BatchId,
    received_at: Timestamp,
) -> BatchAnswer {
    if answer.is_direct(200)
        && answer.has_type(RECEIPTS_MEDIA_TYPE)
        && let Some(verdicts) = receipts_for(answer.body, sent, batch_id)
    {
        let result = PostResult::Verdicts(verdicts.iter().map(|(settled, _)| settled.clone()).collect());
        return BatchAnswer {
            result,
            verdicts: verdicts.into_iter().map(|(_, verdict)| verdict).collect(),
        };
    }
    BatchAnswer {
        result: read_refusal(answer, received_at),
        verdicts: Vec::new(),
    }
}

/// Reads the answer to a ping with this nonce. `round_trip_ms` ends at `received_at` by the phone's clock.
pub fn read_ping_answer(
    answer: &HttpAnswer,
    nonce: u64,
    round_trip_ms: u64,
    received_at: Timestamp,
) -> PingResult {
    if answer.is_later() {
        return PingResult::Failed;
    }
    let ours = answer
        .is_direct(200)
        .then(|| json::read::<Ping>(answer.body))
        .flatten()
        .filter(|ping| ping.service == SERVICE_NAME && ping.nonce == nonce.to_string())
        .and_then(|ping| LocalTime::parse(&ping.time));
    match ours {
        Some(server) => {
            let half_ms = i64::try_from(round_trip_ms / 2).unwrap_or(0);
            let clock_offset_ms = server.at.plus_ms(half_ms).since_ms(received_at);
            PingResult::Ours {
                round_trip_ms,
                clock_offset_ms,
            }
        }
        None => PingResult::Foreign,
    }
}

/// Reads the answer to the end check.
pub fn read_check_answer(answer: &HttpAnswer) -> CheckResult {
    if answer.wants_sign_in() {
        return CheckResult::SignInAgain;
    }
    let check = (answer.is_direct(200) && answer.has_type("application/json"))
        .then(|| json::read::<DeviceCheck>(answer.body))
        .flatten();
    match check {
        Some(check) => CheckResult::Answered {
            received: check.received,
            missing: check.missing,
        },
        None => CheckResult::Failed,
    }
}

/// Reads the answer to a part of this photo. Only an answer that names it says anything of it.
pub fn read_photo_answer(answer: &HttpAnswer, photo: PhotoHash, received_at: Timestamp) -> PhotoResult {
    if answer.is_direct(200)
        && answer.has_type(PHOTO_STATE_MEDIA_TYPE)
        && let Some(state) = json::read::<PhotoState>(answer.body)
        && PhotoHash::parse(&state.sha256) == Some(photo)
    {
        return PhotoResult::Held {
            received: state.received,
            complete: state.complete,
        };
    }
    match read_refusal(answer, received_at) {
        PostResult::SignInAgain => PhotoResult::SignInAgain,
        PostResult::Later { retry_after_ms, .. } => PhotoResult::Later { retry_after_ms },
        PostResult::Foreign => PhotoResult::Foreign,
        _ if answer.problem().is_some_and(|it| it.code == PHOTO_UNEXPECTED) => PhotoResult::Unexpected,
        PostResult::Verdicts(_) | PostResult::WrongPerson | PostResult::TooOld | PostResult::Refused => {
            PhotoResult::Refused
        }
    }
}

/// Reads an answer to the request for the list that is not the list.
pub fn read_refresh_refusal(answer: &HttpAnswer) -> RefreshResult {
    if answer.wants_sign_in() {
        RefreshResult::SignInAgain
    } else {
        RefreshResult::Failed
    }
}

/// The office has revoked this phone: the list is to be erased, the outbox is not.
pub fn says_revoked(answer: &HttpAnswer) -> bool {
    answer.status == 403
        && answer
            .problem()
            .is_some_and(|problem| problem.code == DEVICE_REVOKED)
}

/// What is left when it is no receipt.
fn read_refusal(answer: &HttpAnswer, received_at: Timestamp) -> PostResult {
    if answer.is_later() {
        let retry_after_ms = answer
            .retry_after
            .and_then(|text| retry_after::wait_ms(text, received_at));
        return PostResult::Later {
            retry_after_ms,
            stalled: false,
        };
    }
    // Our own refusals carry our own media type. Without it somebody else is speaking, whatever the status.
    let problem = answer.problem();
    match (answer.status, problem) {
        (401, Some(_)) => PostResult::SignInAgain,
        (426, Some(_)) => PostResult::TooOld,
        (403, Some(problem)) if problem.code == WRONG_PERSON => PostResult::WrongPerson,
        (400..=499, Some(_)) => PostResult::Refused,
        _ if answer.is_page() => PostResult::Foreign,
        (200..=299 | 400..=499, None) => PostResult::Refused,
        _ => PostResult::Foreign,
    }
}

/// The part of an answer that decides whether it settles anything. Each verdict is read by itself, so that one of a
/// kind that this version does not know leaves the others valid.
#[derive(Deserialize)]
struct ReceiptsEnvelope<'a> {
    batch_id: BatchId,
    #[serde(borrow)]
    verdicts: Vec<&'a RawValue>,
}

fn receipts_for(body: &[u8], sent: &[Entry], batch_id: BatchId) -> Option<Vec<(Settled, VerdictText)>> {
    let envelope: ReceiptsEnvelope = json::read(body)?;
    if envelope.batch_id != batch_id {
        return None;
    }
    let mut open: BTreeMap<(ItemId, u32), Entry> = sent
        .iter()
        .map(|entry| ((entry.id, entry.revision), *entry))
        .collect();
    let mut verdicts = Vec::with_capacity(envelope.verdicts.len());
    for raw in envelope.verdicts {
        let Ok(verdict) = serde_json::from_str::<WireVerdict>(raw.get()) else {
            continue;
        };
        let proven = verdict.receipt.is_some() || verdict.verdict == VerdictName::Retry;
        if proven && let Some(entry) = open.remove(&(verdict.id, verdict.revision)) {
            verdicts.push((
                Settled {
                    entry,
                    verdict: verdict.verdict,
                },
                VerdictText {
                    entry,
                    json: one_line(raw.get()),
                },
            ));
        }
    }
    Some(verdicts)
}

/// A line break stands in no text of JSON but between its parts.
fn one_line(json: &str) -> String {
    // Our server writes none. Asked byte by byte: looking at each character takes longer than all the rest.
    match json.as_bytes().iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        true => json.replace(['\n', '\r'], " "),
        false => json.to_owned(),
    }
}

impl HttpAnswer<'_> {
    fn is_direct(&self, status: u16) -> bool {
        self.status == status && !self.redirected
    }

    fn has_type(&self, media_type: &str) -> bool {
        let essence = self.content_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(media_type)
    }

    /// Overloaded, broken, or on the way only: nothing is known about the request. 511 is a portal's own status.
    fn is_later(&self) -> bool {
        matches!(self.status, 408 | 425 | 429 | 500..=510 | 512..=599)
    }

    fn wants_sign_in(&self) -> bool {
        self.status == 401 && self.problem().is_some()
    }

    /// A page for people, or a way to one.
    fn is_page(&self) -> bool {
        let markup = ["text/html", "application/xhtml+xml", "text/plain", ""];
        self.redirected || self.status == 511 || markup.iter().any(|media_type| self.has_type(media_type))
    }

    fn problem(&self) -> Option<Problem> {
        if !self.has_type(PROBLEM_MEDIA_TYPE) || self.redirected {
            return None;
        }
        json::read(self.body)
    }
}

#[cfg(test)]
mod tests;
