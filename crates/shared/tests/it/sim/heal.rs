//! The storm is over: the link is clear, the server is up, everybody is signed in. Now everything has to arrive by
//! itself, soon, exactly once, and the phones have to say so.

use shared::sync::event::{Hint, Input, Network};
use shared::sync::status::Status;

use super::network::Weather;
use super::phone::Tab;
use super::world::World;

/// From the first hint, or from the next attempt that was scheduled, to the last receipt.
const SOON_MS: u64 = 60_000;
/// The same for dozens of phones at a server that is busy with them.
const HERD_MS: u64 = 120_000;
/// An answer that is owed to somebody who is gone is not waited for longer.
const STALE_MS: u64 = 20_000;
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
        for phone in 0..self.phones.len() {
            if let Some(worker) = self.phones[phone].worker {
                self.let_die(phone, worker);
            }
        }
        let rounds = self
            .phones
            .iter()
            .map(|phone| phone.persons.len())
            .max()
            .unwrap_or(0);
        for round in 0..rounds {
            if self.server.restores > 0 {
                // A phone on which nothing waits hears of a restore with the first hint that finds its list old.
                if self.settings.wrong_clocks {
                    // A clock that was set back stands still until the app is looked at.
                    (0..self.phones.len()).for_each(|phone| self.hint_all(phone, Hint::Visible));
                }
                self.run_until(self.now_ms + LIST_IS_OLD_MS);
            }
            for phone in 0..self.phones.len() {
                self.heal_phone(phone, round);
            }
            self.await_empty();
            if self.settings.heals_by_worker {
                (0..self.phones.len()).for_each(|phone| self.open_pages(phone));
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
        self.change_network(phone, Network::Wifi);
        if self.settings.heals_by_worker {
            (0..self.phones[phone].tabs.len()).for_each(|tab| self.let_die(phone, tab));
            self.wake_worker(phone);
            return;
        }
        self.open_pages(phone);
        if !self.settings.automatic {
            self.step(phone, 0, Input::Hint(Hint::SyncNow));
        }
    }

    fn open_pages(&mut self, phone: usize) {
        for tab in self.phones[phone].pages() {
            if self.phones[phone].tabs[tab].is_alive {
                self.open_person(phone, tab);
            } else {
                self.open_tab(phone, tab);
            }
            self.step(phone, tab, Input::Hint(Hint::SignedInAgain));
            self.step(phone, tab, Input::Hint(Hint::Online));
        }
    }

    /// Every queue is empty within a minute of the first hint, else at the next attempt that was scheduled.
    fn await_empty(&mut self) {
        let hinted_ms = self.now_ms;
        let is_herd = self.settings.herd.is_some();
        let soon_ms = if is_herd { HERD_MS } else { SOON_MS };
        if self.run_until_empty(hinted_ms + soon_ms) {
            let after_ms = self.now_ms - hinted_ms;
            return if is_herd {
                self.figures.herd_empty(after_ms)
            } else {
                self.figures.empty_soon(after_ms)
            };
        }
        self.tap_again();
        let begins_ms = self.now_ms + self.next_attempt_ms();
        self.run_until_empty(begins_ms + SOON_MS);
        self.figures
            .empty_at_next_attempt(self.now_ms.saturating_sub(begins_ms));
        self.must_be_empty("the next scheduled attempt");
    }

    fn run_until_empty(&mut self, until_ms: u64) -> bool {
        while self.violation.is_none() && self.now_ms < until_ms && !self.is_empty() {
            self.run_until(until_ms.min(self.now_ms + 250));
        }
        self.is_empty()
    }

    fn must_be_empty(&mut self, since: &str) {
        let is_empty = self.is_empty();
        self.must(is_empty, |_| {
            format!("a queue that is not empty a minute after {since}")
        });
    }

    fn is_empty(&self) -> bool {
        self.phones.iter().all(|phone| {
            let store = phone.stores.get(&phone.cookie);
            store.is_none_or(|store| store.items.is_empty())
        })
    }

    /// How long the phones on which something waits have decided to wait, at most; none for a run that is under way.
    fn next_attempt_ms(&mut self) -> u64 {
        let mut longest_ms = 0;
        for index in 0..self.phones.len() {
            let phone = &self.phones[index];
            let store = phone.stores.get(&phone.cookie);
            if store.is_none_or(|store| store.items.is_empty()) {
                continue;
            }
            let wall = phone.wall(self.now());
            let statuses = || {
                phone
                    .tabs
                    .iter()
                    .filter(|tab| tab.is_alive)
                    .map(|tab| tab.engine.status())
            };
            let asks = phone.tabs.iter().any(|tab| tab.owed > 0);
            let runs = asks || statuses().any(|status| status.progress.is_some()) || phone.lock.is_some();
            let alive = phone.tabs.iter().filter(|tab| tab.is_alive);
            let waits = alive.filter_map(|tab| {
                let said_ms = tab.engine.status().next_attempt_at?.since_ms(wall).max(0) as u64;
                Some(said_ms.max(tab.rings_at.saturating_sub(self.now_ms)))
            });
            let wait_ms = waits.min();
            self.must(runs || wait_ms.is_some(), |_| {
                format!("p{index}: something waits and no attempt is scheduled")
            });
            longest_ms = longest_ms.max(if runs { 0 } else { wait_ms.unwrap_or(0) });
        }
        longest_ms
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
            let alive = phone.tabs.iter().filter(|tab| tab.is_alive);
            let of_tabs = alive.filter_map(|tab| tab.engine.status().next_attempt_at);
            of_tabs.map(move |at| at.since_ms(wall)).min()
        });
        waits.max().unwrap_or(0).max(0) as u64
    }

    fn is_quiet(&self) -> bool {
        self.phones.iter().all(|phone| {
            let store = phone.stores.get(&phone.cookie);
            let is_empty =
                store.is_none_or(|store| store.items.is_empty() && self.photos_to_send(store) == 0);
            let alive = phone.tabs.iter().filter(|tab| tab.is_alive);
            let statuses: Vec<&Status> = alive.map(|tab| tab.engine.status()).collect();
            let one_knows = statuses
                .iter()
                .any(|status| status.all_received.is_some() || !status.missing.is_empty());
            let is_idle = |status: &&Status| status.progress.is_none() && status.next_attempt_at.is_none();
            is_empty && one_knows && statuses.iter().all(is_idle)
        })
    }

    fn check_phones(&mut self) {
        for phone in 0..self.phones.len() {
            let person = self.phones[phone].cookie.clone();
            let store = self.phones[phone].store(&person);
            let (left, shelf, counter) = (store.items.len(), store.shelf.len(), store.counter);
            let photos = self.phones[phone].stores.get(&person);
            let photos = photos.map_or(0, |store| self.photos_to_send(store));
            self.must(left == 0, |_| {
                format!("p{phone}: {left} still wait after healing")
            });
            self.must(photos == 0, |_| {
                format!("p{phone}: {photos} photos still wait after healing")
            });
            self.check_said(phone, &person, counter);
            let alive = |tab: &usize| self.phones[phone].tabs[*tab].is_alive;
            for tab in (0..self.phones[phone].tabs.len())
                .filter(alive)
                .collect::<Vec<_>>()
            {
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

    /// Somebody says that everything was received, or which numbers were not: those are lost with the phone's storage.
    fn check_said(&mut self, phone: usize, person: &str, counter: u64) {
        let device = self.phones[phone].device;
        let missing = self.server.missing(device, person, counter);
        let is_said = |tab: &Tab| {
            let status = tab.engine.status();
            let says_all = status.all_received == Some(counter);
            // What was on its way when the storage was lost may have arrived since the end check.
            let covers = |it: &(u64, u64)| status.missing.iter().any(|said| said.0 <= it.0 && it.1 <= said.1);
            missing.iter().all(covers) && says_all == status.missing.is_empty()
        };
        let one_says = self.phones[phone]
            .tabs
            .iter()
            .any(|tab| tab.is_alive && is_said(tab));
        self.must(one_says, |_| {
            format!("p{phone}: of {counter} the server misses {missing:?}, and nobody says so")
        });
        self.check_named(phone, person);
        let told = self
            .server
            .told_totals
            .get(&(device, String::from(person)))
            .copied();
        self.must(told.unwrap_or(0) >= counter, |_| {
            format!("p{phone}: the office does not know of {counter} readings of {person}")
        });
    }

    /// A phone names as missing only what an end check has told it.
    fn check_named(&mut self, phone: usize, person: &str) {
        let known = &self.phones[phone];
        let named = self
            .server
            .named_missing
            .get(&(known.device, String::from(person)));
        let alive = known.tabs.iter().filter(|tab| tab.is_alive);
        let said: Vec<(u64, u64)> = alive
            .flat_map(|tab| tab.engine.status().missing.clone())
            .collect();
        let mut numbers = said.iter().flat_map(|range| range.0..=range.1);
        let invented = numbers.find(|number| named.is_none_or(|named| !named.contains(number)));
        self.must(invented.is_none(), |_| {
            format!("p{phone}: says that {invented:?} is missing, which no end check has named")
        });
    }
}
