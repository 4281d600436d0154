//! From the changes that the rules ask for to rows: what happens to one row within a transaction is folded into one write.

mod item_row;
mod meters;

use std::collections::HashMap;

use serde::Serialize;
use shared::id::ItemId;
use shared::intake::{Arrival, Change, Filing, Ledger, OfficialKey};
use shared::names::State;

pub(super) use item_row::{ItemRow, UNREADABLE};
pub(super) use meters::MeterChange;

use super::SentBatch;
use super::load::KnownPoints;

/// Everything that one transaction writes about items.
#[derive(Default)]
pub(super) struct Writes<'a> {
    /// New rows, by rising receipt number.
    pub(super) rows: Vec<ItemRow<'a>>,
    /// Receipt number and text of each new item.
    pub(super) bodies: Vec<(i64, &'a str)>,
    /// Photos that new items name.
    pub(super) photos: Vec<PhotoRow<'a>>,
    /// States of rows that were there before.
    pub(super) states: Vec<StateUpdate>,
    /// States of rival contents that were there before.
    pub(super) rival_states: Vec<RivalUpdate>,
    /// Keys that rows that were there before hold no longer.
    pub(super) freed: Vec<FreedKey>,
    /// Meter points whose request for a new reading is answered.
    pub(super) answered_points: Vec<i64>,
    /// Meter points where a new reading is asked for.
    pub(super) asked: Vec<AskedPoint>,
    /// What happens to the portfolio's meters, in this order.
    pub(super) meters: Vec<MeterChange>,
    /// Where the rows of a revision begin.
    begins: HashMap<(ItemId, u32), usize>,
    /// The change number that was given out last.
    change: i64,
}

/// A meter point where a reading is asked for.
#[derive(Debug, Serialize)]
pub(super) struct AskedPoint {
    id: i64,
    reason: String,
    seq: i64,
}

/// A photo that an item names.
#[derive(Debug, Serialize)]
pub(super) struct PhotoRow<'a> {
    receipt_seq: i64,
    place: usize,
    sha256: &'a str,
}

/// A row that was there before gets another state.
#[derive(Debug, Serialize)]
pub(super) struct StateUpdate {
    id: ItemId,
    revision: u32,
    state: &'static str,
    seq: i64,
}

/// The same of a rival content, which is named by its receipt.
#[derive(Debug, Serialize)]
pub(super) struct RivalUpdate {
    receipt_seq: i64,
    state: &'static str,
    seq: i64,
}

/// A row that was there before gives up a key.
#[derive(Debug, Serialize)]
pub(super) struct FreedKey {
    id: ItemId,
    key: String,
}

impl<'a> Writes<'a> {
    /// Nothing yet; change numbers follow on `change`.
    pub(super) fn new(change: i64) -> Self {
        Self {
            change,
            ..Self::default()
        }
    }

    /// The change number that was given out last.
    pub(super) fn last_change(&self) -> i64 {
        self.change
    }

    /// The next change number.
    pub(super) fn next_change(&mut self) -> i64 {
        self.change += 1;
        self.change
    }

    /// Folds the changes of one arrival in.
    pub(super) fn add(
        &mut self,
        changes: Vec<Change>,
        batch: &'a SentBatch,
        index: usize,
        ledger: &Ledger,
        known: &'a KnownPoints,
    ) {
        let arrival = &batch.arrivals[index];
        for change in changes {
            match change {
                Change::File(filing) => {
                    self.bodies
                        .push((filing.receipt_seq, batch.bodies[index].as_str()));
                    self.file(&filing, batch, arrival, ledger, known);
                }
                other => self.apply(other, known),
            }
        }
    }

    /// Folds a change in that files nothing.
    pub(super) fn apply(&mut self, change: Change, known: &KnownPoints) {
        match change {
            Change::File(_) => {}
            Change::SetState { id, revision, state } => self.set_state(id, revision, state),
            Change::SetRivalState {
                receipt_seq, state, ..
            } => self.set_rival_state(receipt_seq, state),
            Change::Occupy {
                key,
                id,
                revision,
                skip: _,
            } => self.occupy(&key, id, revision),
            Change::Free { key, id } => self.free(key, id),
            Change::AskForReading { point, reason } => {
                let seq = self.next_change();
                let id = known.get(&point).map(|point| point.id);
                self.asked.extend(id.map(|id| AskedPoint { id, reason, seq }));
            }
            Change::Exchange(exchange) => {
                let change = self.next_change();
                let receipt_seq = self.rows.last().map_or(0, |row| row.receipt_seq);
                let point = known.get(&exchange.point);
                self.meters.extend(
                    point.map(|point| MeterChange::exchange(*exchange, point.id, change, receipt_seq)),
                );
            }
            Change::UndoExchange {
                exchanged,
                reinstated,
            } => {
                let change = self.next_change();
                let point = known.get(&exchanged.point);
                self.meters
                    .extend(point.map(|point| MeterChange::undo(exchanged, reinstated, point.id, change)));
            }
        }
    }

    fn file(
        &mut self,
        filing: &Filing,
        batch: &'a SentBatch,
        arrival: &'a Arrival,
        ledger: &Ledger,
        known: &'a KnownPoints,
    ) {
        let variant = if filing.rival {
            rivals_before(ledger, filing)
        } else {
            0
        };
        let name = arrival.item.as_ref().ok().and_then(|item| item.point());
        let point = name.and_then(|name| known.get(&name.key));
        if variant == 0 {
            self.begins.insert((filing.id, filing.revision), self.rows.len());
        }
        if let Ok(item) = &arrival.item {
            let rows = item.photos.iter().enumerate().map(|(place, sha256)| PhotoRow {
                receipt_seq: filing.receipt_seq,
                place,
                sha256,
            });
            self.photos.extend(rows);
        }
        let change = self.next_change();
        let first = ItemRow::new(filing, &batch.delivery, arrival, point, variant, change);
        self.change += first.push_all(arrival, filing, &mut self.rows);
        if filing.state == State::Received
            && let Some(point) = point.filter(|point| point.reread)
        {
            self.answered_points.push(point.id);
        }
    }

    fn set_state(&mut self, id: ItemId, revision: u32, state: State) {
        if let Some(rows) = self.rows_of(id, revision) {
            rows.for_each(|row| row.state = state);
            return;
        }
        let seq = self.next_change();
        // What happens twice in one transaction ends with what happened last.
        let known = self
            .states
            .iter_mut()
            .find(|it| it.id == id && it.revision == revision);
        if let Some(known) = known {
            (known.state, known.seq) = (state.name(), seq);
        } else {
            self.states.push(StateUpdate {
                id,
                revision,
                state: state.name(),
                seq,
            });
        }
    }

    // One that came in this very transaction is decided before it is written.
    fn set_rival_state(&mut self, receipt_seq: i64, state: State) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.receipt_seq == receipt_seq) {
            row.state = state;
            return;
        }
        let seq = self.next_change();
        self.rival_states.retain(|it| it.receipt_seq != receipt_seq);
        self.rival_states.push(RivalUpdate {
            receipt_seq,
            state: state.name(),
            seq,
        });
    }

    fn occupy(&mut self, key: &OfficialKey, id: ItemId, revision: u32) {
        if let Some(mut rows) = self.rows_of(id, revision)
            && let Some(row) = rows.find(|row| row.kind == key.kind_name())
        {
            row.official_key = Some(key.as_str().to_owned());
        }
    }

    fn free(&mut self, key: OfficialKey, id: ItemId) {
        let of_item =
            |row: &&mut ItemRow<'_>| row.id == id && row.official_key.as_deref() == Some(key.as_str());
        match self.rows.iter_mut().rev().find(of_item) {
            Some(row) => row.official_key = None,
            None => self.freed.push(FreedKey {
                id,
                key: key.as_str().to_owned(),
            }),
        }
    }

    // The rows of a revision's first content, if they are written by this transaction.
    fn rows_of(&mut self, id: ItemId, revision: u32) -> Option<impl Iterator<Item = &mut ItemRow<'a>>> {
        let begin = *self.begins.get(&(id, revision))?;
        let is_same =
            move |row: &&mut ItemRow<'a>| row.id == id && row.revision == revision && row.variant == 0;
        Some(self.rows[begin..].iter_mut().take_while(is_same))
    }
}

fn rivals_before(ledger: &Ledger, filing: &Filing) -> i64 {
    let filed = ledger.items.get(&filing.id).into_iter().flatten();
    let before = filed
        .filter(|it| it.revision == filing.revision && it.receipt_seq < filing.receipt_seq)
        .count();
    i64::try_from(before).unwrap_or(i64::MAX)
}
