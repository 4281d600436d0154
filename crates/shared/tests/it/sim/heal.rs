//! The storm is over: the link is clear, the server is up, everybody is signed in. Now everything has to arrive by
//! itself, soon, exactly once, and the phones have to say so.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::intake::Filed;
use shared::names::State;
use shared::sync::event::{Hint, Input};
use shared::sync::status::Status;

use super::network::Weather;
use super::points;
use super::world::{Saved, World};

/// From the first hint, or from the next attempt that was scheduled, to the last receipt.
const SOON_MS: u64 = 60_000;
/// An answer that is owed to somebody who is gone is not waited for longer.
const STALE_MS: u64 = 20_000;
/// Half the longest ping: so far may the phone be wrong about the server's clock.
const OFFSET_ERROR_MS: i64 = 2_000;
/// A list of this age is fetched again.
const LIST_IS_OLD_MS: u64 = 61_000;
/// A run may end with a wait for the budget that the storm has used up: then the next attempt counts.
const ATTEMPTS_MAX: usize = 3;
/// The other tabs hear of it within a moment.
const MOMENT_MS: u64 = 5_000;

impl World {
    pub(super) fn heal(&mut self) {
        self.healed = true;
        self.server.down_until = 0;
        self.poison.clear();
        self.note(|_| String::from("HEALED"));
        let rounds = self
            .phones
            .iter()
            .map(|phone| phone.persons.len())
            .max()
            .unwrap_or(0);
        for round in 0..rounds {
            if self.server.restores > 0 {
                // A phone on which nothing waits hears of a restore with the first hint that finds its list old.
                self.run_until(self.now_ms + LIST_IS_OLD_MS);
            }
            for phone in 0..self.phones.len() {
                self.heal_phone(phone, round);
            }
            self.run_until(self.now_ms + 1_000);
            for _ in 0..ATTEMPTS_MAX {
                let deadline_ms = self.now_ms + self.longest_wait_ms() + SOON_MS;
                while self.violation.is_none() && self.now_ms < deadline_ms && !self.is_quiet() {
                    self.run_until(self.now_ms + 500);
                }
                self.tap_again();
                self.run_until(self.now_ms + MOMENT_MS);
            }
            // A tab whose earlier person left it waiting for an answer gives that up after a while.
            let stale_ms = if self.settings.shared_phones { STALE_MS } else { 0 };
            self.run_until(self.now_ms + stale_ms);
            self.check_phones();
        }
    }

    fn heal_phone(&mut self, phone: usize, round: usize) {
        let known = &mut self.phones[phone];
        known.weather = Weather::Clear;
        known.cookie_expired = false;
        known.cookie = known.persons[round % known.persons.len()].clone();
        for tab in 0..self.phones[phone].tabs.len() {
            if self.phones[phone].tabs[tab].is_alive {
                self.open_person(phone, tab);
            } else {
                self.open_tab(phone, tab);
            }
            self.step(phone, tab, Input::Hint(Hint::SignedInAgain));
            self.step(phone, tab, Input::Hint(Hint::Online));
        }
        if !self.settings.automatic {
            self.step(phone, 0, Input::Hint(Hint::SyncNow));
        }
    }

    /// Without automatic sync a person looks at the count and taps again.
    fn tap_again(&mut self) {
        let manual = !self.settings.automatic && !self.is_quiet();
        for phone in (0..self.phones.len()).filter(|_| manual) {
            self.step(phone, 0, Input::Hint(Hint::SyncNow));
        }
    }

    /// How long the phones have decided to wait, at most.
    fn longest_wait_ms(&self) -> u64 {
        let waits = self.phones.iter().flat_map(|phone| {
            let wall = phone.wall(self.now());
            let of_tabs = phone
                .tabs
                .iter()
                .filter_map(move |tab| tab.engine.status().next_attempt_at);
            of_tabs.map(move |at| at.since_ms(wall)).min()
        });
        waits.max().unwrap_or(0).max(0) as u64
    }

    fn is_quiet(&self) -> bool {
        self.phones.iter().all(|phone| {
            let store = phone.stores.get(&phone.cookie);
            let is_empty = store.is_none_or(|store| store.items.is_empty());
            let statuses: Vec<&Status> = phone.tabs.iter().map(|tab| tab.engine.status()).collect();
            let one_knows = statuses.iter().any(|status| status.all_received.is_some());
            is_empty && one_knows && statuses.iter().all(|status| status.progress.is_none())
        })
    }

    fn check_phones(&mut self) {
        for phone in 0..self.phones.len() {
            let person = self.phones[phone].cookie.clone();
            let store = self.phones[phone].store(&person);
            let (left, shelf, counter) = (store.items.len(), store.shelf.len(), store.counter);
            self.must(left == 0, |_| {
                format!("p{phone}: {left} still wait after healing")
            });
            let one_knows = self.phones[phone]
                .tabs
                .iter()
                .any(|tab| tab.engine.status().all_received == Some(counter));
            self.must(one_knows, |_| {
                format!("p{phone}: nobody says that all {counter} were received")
            });
            for tab in 0..self.phones[phone].tabs.len() {
                let status = self.phones[phone].tabs[tab].engine.status().clone();
                self.must(status.waiting == 0, |_| {
                    format!("p{phone}t{tab} says that {} wait", status.waiting)
                });
                self.must(status.shelf == shelf, |_| {
                    format!(
                        "p{phone}t{tab} says {} on the shelf, there are {shelf}",
                        status.shelf
                    )
                });
                self.must(status.paused.is_none(), |_| {
                    format!("p{phone}t{tab} is paused: {:?}", status.paused)
                });
                let is_true = status.all_received.is_none_or(|total| total == counter);
                self.must(is_true, |_| {
                    format!("p{phone}t{tab} says that {:?} are received", status.all_received)
                });
            }
        }
    }

    /// Server set = saved set, exactly once; receipts agree; of rivals exactly one is official.
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
        self.must(newest == Some(saved.revision) || lost_edit, |_| {
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
        if let (Some(read_at), Some(last)) = (saved.read_at, last)
            && last.revision == saved.revision
            && last.state == State::Received
        {
            let months =
                [-OFFSET_ERROR_MS, OFFSET_ERROR_MS].map(|ms| points::zone().month_at(read_at.plus_ms(ms)));
            let booked = last.period;
            self.must(booked.is_some_and(|period| months.contains(&period)), |_| {
                format!(
                    "{id}: read in {}, booked to {:?}",
                    months[0],
                    booked.map(|period| period.to_string())
                )
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
            let missing = self.server.missing(self.phones[phone].device, &person, total);
            self.must(missing.is_empty(), |_| {
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
