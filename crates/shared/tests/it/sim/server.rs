//! The simulated server: the real intake over a ledger in memory; answers as bytes, like the real one's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use shared::id::{BatchId, DeviceId, ItemId};
use shared::intake::{Access, Arrival, Delivery, DeviceStanding, Filed, Ledger, is_wrong_person};
use shared::names::Source;
use shared::photo::PhotoHash;
use shared::sync::answer::{HttpAnswer, WRONG_PERSON};
use shared::timestamp::Timestamp;
use shared::wire::check::DeviceCheck;
use shared::wire::ping::{Ping, SERVICE_NAME};
use shared::wire::problem::PROBLEM_MEDIA_TYPE;
use shared::wire::receipt::{RECEIPTS_MEDIA_TYPE, Receipts, VerdictName, WireVerdict};

use super::points;
use super::store::Body;

/// An answer that owns its bytes.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) retry_after: Option<String>,
    pub(super) redirected: bool,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        Self::new(200, "application/json", serde_json::to_vec(value).unwrap())
    }

    pub(super) fn problem(status: u16, code: &str) -> Self {
        let body = json!({"type": "about:blank", "title": code, "status": status, "code": code});
        Self::new(status, PROBLEM_MEDIA_TYPE, body.to_string().into_bytes())
    }

    pub(super) fn page(status: u16) -> Self {
        Self::new(
            status,
            "text/html; charset=utf-8",
            b"<html><title>Welcome</title></html>".to_vec(),
        )
    }

    pub(super) fn as_http(&self) -> HttpAnswer<'_> {
        HttpAnswer {
            status: self.status,
            content_type: self.content_type,
            retry_after: self.retry_after.as_deref(),
            redirected: self.redirected,
            body: &self.body,
        }
    }

    fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status,
            content_type,
            retry_after: None,
            redirected: false,
            body,
        }
    }
}

/// A batch as it arrives.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub(super) batch_id: BatchId,
    pub(super) device: DeviceId,
    pub(super) clock_offset_ms: Option<i64>,
    pub(super) bodies: Vec<Body>,
}

/// How a batch is spoilt after it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoil {
    Nothing,
    /// Some items get `retry`.
    Retry,
    /// Some items are taken and not named in the answer.
    NotNamed,
}

/// What is on disk.
#[derive(Debug, Clone)]
struct Disk {
    ledger: Ledger,
    numbers: BTreeMap<(DeviceId, String), BTreeSet<u64>>,
}

#[derive(Debug)]
pub(super) struct Server {
    disk: Disk,
    backup: Option<Disk>,
    pub(super) restores: u32,
    pub(super) down_until: u64,
    /// Everything that was ever committed: a receipt for anything else would be a lie.
    pub(super) committed: BTreeSet<(ItemId, u32)>,
    /// Highest number that each phone has told of: what the office sees.
    pub(super) told_totals: BTreeMap<(DeviceId, String), u64>,
    /// Running numbers that an end check has ever named as missing.
    pub(super) named_missing: BTreeMap<(DeviceId, String), BTreeSet<u64>>,
    /// Bytes of each photo that are held. They lie beside the books: a restore of these leaves them.
    pub(super) photos: BTreeMap<PhotoHash, u64>,
    /// Requests of the second under way.
    busy: (u64, u64),
}

impl Server {
    pub(super) fn new() -> Self {
        let disk = Disk {
            ledger: points::empty_ledger(),
            numbers: BTreeMap::new(),
        };
        Self {
            disk,
            backup: None,
            restores: 0,
            down_until: 0,
            committed: BTreeSet::new(),
            told_totals: BTreeMap::new(),
            named_missing: BTreeMap::new(),
            photos: BTreeMap::new(),
            busy: (0, 0),
        }
    }

    /// What the office works on.
    pub(super) fn ledger(&mut self) -> &mut Ledger {
        &mut self.disk.ledger
    }

    /// Of a server that answers only so many requests a second, whether this one is too many.
    pub(super) fn is_too_busy(&mut self, now_ms: u64, capacity: u64) -> bool {
        let second = now_ms / 1_000;
        if self.busy.0 != second {
            self.busy = (second, 0);
        }
        self.busy.1 += 1;
        self.busy.1 > capacity
    }

    pub(super) fn back_up(&mut self) {
        self.backup = Some(self.disk.clone());
    }

    /// Back to the last backup, in a new epoch; `false` when there is none.
    pub(super) fn restore(&mut self) -> bool {
        let Some(backup) = self.backup.clone() else {
            return false;
        };
        self.disk = backup;
        self.restores += 1;
        true
    }

    pub(super) fn ping(&self, nonce: u64, now: Timestamp) -> Answer {
        Answer::json(&Ping {
            service: String::from(SERVICE_NAME),
            nonce: nonce.to_string(),
            time: now.to_rfc3339(),
            server_id: String::from("simulated"),
            epoch: format!("epoch-{}", self.restores),
            min_client: String::from("0.1.0"),
        })
    }

    /// Takes a batch in one transaction.
    pub(super) fn take(&mut self, batch: &Batch, session: &str, now: Timestamp, spoil: Spoil) -> Answer {
        let arrivals: Vec<Arrival> = batch
            .bodies
            .iter()
            .map(|body| Arrival::of_wire(&body.wire, b""))
            .collect();
        if is_wrong_person(session, &arrivals) {
            return Answer::problem(403, WRONG_PERSON);
        }
        let delivery = Delivery {
            person: String::from(session),
            device: batch.device,
            standing: DeviceStanding::Known,
            access: Access::All,
            source: Source::Phone,
            received_at: now,
            clock_offset_ms: batch.clock_offset_ms,
        };
        // Every third item, so that both kinds stand in one batch.
        let is_spoilt = |index: usize| (index + batch.bodies.len()).is_multiple_of(3);
        let mut verdicts = Vec::new();
        for (index, arrival) in arrivals.iter().enumerate() {
            if spoil == Spoil::Retry && is_spoilt(index) {
                verdicts.push(retry(arrival));
                continue;
            }
            let taken = self
                .disk
                .ledger
                .take_batch(&delivery, std::slice::from_ref(arrival));
            let numbers = self
                .disk
                .numbers
                .entry((batch.device, String::from(session)))
                .or_default();
            numbers.insert(arrival.device_seq);
            self.committed.insert((arrival.id, arrival.revision));
            if spoil != Spoil::NotNamed || !is_spoilt(index) {
                verdicts.extend(taken.into_iter().map(|taken| taken.verdict));
            }
        }
        let receipts = Receipts {
            server_id: String::from("simulated"),
            batch_id: batch.batch_id,
            verdicts,
        };
        Answer {
            content_type: RECEIPTS_MEDIA_TYPE,
            ..Answer::json(&receipts)
        }
    }

    pub(super) fn check(&mut self, device: DeviceId, person: &str, device_total: u64) -> Answer {
        let told = self
            .told_totals
            .entry((device, String::from(person)))
            .or_default();
        *told = device_total.max(*told);
        let missing = self.missing(device, person, device_total);
        let named = self
            .named_missing
            .entry((device, String::from(person)))
            .or_default();
        named.extend(missing.iter().flat_map(|(first, last)| *first..=*last));
        let absent: u64 = missing.iter().map(|(first, last)| last - first + 1).sum();
        Answer::json(&DeviceCheck {
            received: device_total - absent,
            missing,
        })
    }

    pub(super) fn missing(&self, device: DeviceId, person: &str, device_total: u64) -> Vec<(u64, u64)> {
        let mut missing: Vec<(u64, u64)> = Vec::new();
        let numbers = self.disk.numbers.get(&(device, String::from(person)));
        for seq in (1..=device_total).filter(|seq| numbers.is_none_or(|numbers| !numbers.contains(seq))) {
            match missing.last_mut() {
                Some((_, last)) if *last + 1 == seq => *last = seq,
                _ => missing.push((seq, seq)),
            }
        }
        missing
    }

    /// All revisions of an item that are filed.
    pub(super) fn filed(&self, id: ItemId) -> &[Filed] {
        self.disk
            .ledger
            .items
            .get(&id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    pub(super) fn filed_items(&self) -> impl Iterator<Item = (&ItemId, &Vec<Filed>)> {
        self.disk.ledger.items.iter()
    }
}

fn retry(arrival: &Arrival) -> WireVerdict {
    WireVerdict {
        id: arrival.id,
        revision: arrival.revision,
        hash: None,
        verdict: VerdictName::Retry,
        code: None,
        period: None,
        receipt: None,
        existing: None,
    }
}
