//! After the healing: server set = saved set, exactly once; receipts agree; of rivals exactly one is official.

use std::collections::BTreeMap;

use shared::clock::CLOCK_TOLERANCE_MS;
use shared::id::ItemId;
use shared::intake::Filed;
use shared::names::State;

use super::points;
use super::world::{Saved, World};

/// Half the longest ping: so far may the phone be wrong about the server's clock.
const OFFSET_ERROR_MS: i64 = 2_000;

impl World {
    pub(super) fn check_end(&mut self) {
        let saved = self.saved.clone();
        for (id, saved) in &saved {
            self.check_item(*id, saved);
        }
        let strange = self
            .server
            .filed_items()
            .map(|(id, _)| *id)
            .find(|id| !saved.contains_key(id));
        self.must(strange.is_none(), |_| {
            format!("{strange:?} arrived and was never saved")
        });
        for phone in 0..self.phones.len() {
            self.check_totals(phone);
            self.check_receipts(phone);
        }
        self.check_rivals();
        self.check_places();
    }

    fn check_item(&mut self, id: ItemId, saved: &Saved) {
        let filed: Vec<Filed> = self.server.filed(id).to_vec();
        let newest = filed.iter().map(|filed| filed.revision).max();
        // Known gap: a restored server that has lost an edit but no item can't be told apart by its numbers.
        let lost_edit = self.server.restores > 0 && newest.is_some();
        let was_lost = self.may_be_lost(id);
        self.must(newest == Some(saved.revision) || lost_edit || was_lost, |_| {
            format!(
                "{id} of p{}: saved in r{}, the server has r{newest:?}",
                saved.phone, saved.revision
            )
        });
        let mut revisions: Vec<u32> = filed.iter().map(|filed| filed.revision).collect();
        revisions.dedup();
        let once = revisions.len() == filed.len() && filed.iter().all(|filed| !filed.rival);
        self.must(once, |_| format!("{id}: filed more than once: {revisions:?}"));
        let last = filed.iter().max_by_key(|filed| filed.revision);
        let is_current = last.is_some_and(|last| last.revision == saved.revision);
        let is_rejected = is_current && last.is_some_and(|last| last.state == State::Rejected);
        self.must(!is_rejected || saved.form.is_impossible(), |_| {
            format!("{id}: rejected, where the office should decide")
        });
        if let (Some(read_at), Some(last)) = (saved.read_at, last)
            && last.revision == saved.revision
            && last.state == State::Received
        {
            let unit = saved.form.unit();
            // A clock that jumped by less than is tolerated may put that much on the bounds of its neighbours.
            let error_ms = if self.phones[saved.phone].clock_was_wrong {
                CLOCK_TOLERANCE_MS
            } else {
                OFFSET_ERROR_MS
            };
            let months = [-error_ms, error_ms].map(|ms| points::month_of(unit, read_at.plus_ms(ms)));
            let booked = last.period.map(|period| period.to_string()).unwrap_or_default();
            self.must(months.contains(&booked), |_| {
                format!("{id}: read in {}, booked to {booked}", months[0])
            });
        }
    }

    fn check_totals(&mut self, phone: usize) {
        let totals: Vec<(String, u64)> = self.phones[phone]
            .stores
            .iter()
            .map(|(person, store)| (person.clone(), store.counter))
            .collect();
        for (person, total) in totals {
            let device = self.phones[phone].device;
            let missing = self.server.missing(device, &person, total);
            let is_lost = |seq: u64| self.number_may_be_lost(device, &person, seq);
            let explained = missing.iter().all(|range| (range.0..=range.1).all(is_lost));
            self.must(explained, |_| {
                format!("p{phone}: of {total} of {person} the server misses {missing:?}")
            });
        }
    }

    /// Each phone-side receipt equals the server's; of an item offered again the later receipt counts.
    fn check_receipts(&mut self, phone: usize) {
        let mut receipts = BTreeMap::new();
        for store in self.phones[phone].stores.values() {
            for kept in store.sent.iter().chain(store.shelf.values()) {
                let entry = kept.body.entry;
                receipts.insert((entry.id, entry.revision), kept.verdict.clone());
            }
        }
        let was_restored = self.server.restores > 0;
        for ((id, revision), verdict) in receipts {
            let Some(receipt) = verdict.receipt else {
                self.must(false, |_| {
                    format!("{id} r{revision} was settled without a receipt")
                });
                continue;
            };
            let filed = self
                .server
                .filed(id)
                .iter()
                .find(|filed| filed.revision == revision);
            let same = filed.is_some_and(|filed| {
                (filed.receipt_seq, filed.received_at.to_rfc3339())
                    == (receipt.seq, receipt.received_at.clone())
            });
            self.must(same || was_restored, |_| {
                format!("{id} r{revision}: phone and server hold different receipts")
            });
        }
    }

    /// What the office has to look at lies on the phone's shelf, and nothing else does. A restored server may judge anew.
    fn check_places(&mut self) {
        if self.server.restores > 0 {
            return;
        }
        for (id, saved) in self.saved.clone() {
            if self.was_evicted(id) {
                continue;
            }
            let newest = self.server.filed(id).iter().max_by_key(|filed| filed.revision);
            let needs_attention =
                newest.is_some_and(|filed| matches!(filed.state, State::Conflict | State::Rejected));
            let stores = self.phones[saved.phone].stores.values();
            let is_on_shelf = stores
                .flat_map(|store| store.shelf.keys())
                .any(|shelved| *shelved == id);
            self.must(is_on_shelf == needs_attention, |_| {
                format!("{id}: needs attention: {needs_attention}, on the shelf: {is_on_shelf}")
            });
        }
    }

    fn check_rivals(&mut self) {
        let mut official: BTreeMap<(u64, String), usize> = BTreeMap::new();
        for (id, saved) in &self.saved {
            let filed = self
                .server
                .filed(*id)
                .iter()
                .filter(|filed| filed.state == State::Received);
            for filed in filed.filter(|_| saved.form.is_regular_reading()) {
                let period = filed.period.map(|period| period.to_string()).unwrap_or_default();
                *official.entry((saved.form.unit(), period)).or_default() += 1;
            }
        }
        let twice = official.into_iter().find(|(_, count)| *count > 1);
        self.must(twice.is_none(), |_| {
            format!("more than one official value: {twice:?}")
        });
    }
}
