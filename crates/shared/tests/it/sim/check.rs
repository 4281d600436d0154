//! What must hold after every step.

use shared::sync::event::{Entry, Settled};
use shared::sync::status::{Outcome, Summary};

use super::phone::To;
use super::server::Answer;
use super::world::World;

/// After a restore the server may have less than it said a moment before.
const RESTORE_SHADOW_MS: u64 = 120_000;

/// From a change of the store until each tab has heard of it.
pub(super) const MOMENT_MS: u64 = 2_000;
/// The same where a tab may wait for an answer that is owed to another person, or a tab whose person has left still stores
/// receipts: whoever stays hears of that with its next attempt.
const STALE_MS: u64 = 60_000;

impl World {
    pub(super) fn check_step(&mut self, phone: usize, tab: usize) {
        let known = &self.phones[phone].tabs[tab];
        let status = known.engine.status();
        let may_sleep = known.person.is_none() || status.paused.is_some() || !self.settings.automatic;
        let is_awake = known.owed > 0 || known.alarm.is_some();
        let (waiting, all_received) = (status.waiting, status.all_received);
        let photos_may_go = status.photos > 0 && status.photos_wait.is_none();
        self.must(waiting == 0 || may_sleep || is_awake, |_| {
            format!("p{phone}t{tab}: {waiting} wait and nothing is scheduled")
        });
        self.must(!photos_may_go || may_sleep || is_awake, |_| {
            format!("p{phone}t{tab}: photos wait and nothing is scheduled")
        });
        self.check_count(phone, tab);
        let is_new = all_received.is_some() && all_received != self.phones[phone].tabs[tab].all_received;
        self.phones[phone].tabs[tab].all_received = all_received;
        if let Some(total) = all_received.filter(|_| is_new) {
            self.check_all_received(phone, tab, total);
        }
    }

    /// What a tab says that waits is what the store holds, once it has had time to hear of it.
    fn check_count(&mut self, phone: usize, tab: usize) {
        let known = &self.phones[phone];
        let (tab_known, status) = (&known.tabs[tab], known.tabs[tab].engine.status());
        let Some(store) = tab_known
            .person
            .as_ref()
            .and_then(|person| known.stores.get(person))
        else {
            return;
        };
        let time_ms = if known.persons.len() > 1 {
            STALE_MS
        } else {
            MOMENT_MS
        };
        let heard_at = match known.worker {
            Some(worker) if worker == tab => known.changed_at.max(known.worker_unheard_until),
            _ => known.changed_at,
        };
        let had_time = self.now_ms.saturating_sub(heard_at) > time_ms;
        // While another tab drains, its progress counts.
        let is_settled = tab_known.owed == 0 && status.progress.is_none() && known.lock.is_none();
        let (said, held) = (status.waiting, store.items.len());
        self.must(said == held || !had_time || !is_settled, |_| {
            format!("p{phone}t{tab} says that {said} wait, the store holds {held}")
        });
    }

    fn check_all_received(&mut self, phone: usize, tab: usize, total: u64) {
        let is_restored = self
            .restored_at
            .is_some_and(|at| self.now_ms - at < RESTORE_SHADOW_MS);
        let Some(person) = self.phones[phone].tabs[tab].person.clone() else {
            return;
        };
        let missing = self.server.missing(self.phones[phone].device, &person, total);
        self.must(is_restored || missing.is_empty(), |_| {
            format!("p{phone}t{tab}: said all {total} received, but the server misses {missing:?}")
        });
    }

    /// What the engine asks to be sent.
    pub(super) fn check_post(&mut self, to: To, entries: &[Entry]) {
        let phone = &self.phones[to.phone];
        let holds_lock = phone.lock == Some((to.tab, to.life));
        let in_flight = phone.in_flight();
        let posts = phone.tabs.iter().flat_map(|tab| tab.requests.values());
        let other_posts = posts.filter(|request| !request.posted().is_empty()).count();
        let twice = entries.iter().find(|entry| in_flight.contains(entry)).copied();
        self.must(holds_lock, |_| String::from("a batch without the lock"));
        self.must(other_posts == 0, |_| {
            String::from("two batches in flight on one phone")
        });
        self.must(twice.is_none(), |_| {
            format!("{twice:?} in two requests at the same moment")
        });
        self.must(!entries.is_empty() && entries.len() <= 500, |_| {
            format!("a batch of {}", entries.len())
        });
        self.must(entries.is_sorted(), |_| {
            String::from("a batch out of the order of capture")
        });
        let unsaved = entries.iter().find(|entry| {
            self.saved
                .get(&entry.id)
                .is_none_or(|saved| saved.revision < entry.revision)
        });
        let unsaved = unsaved.copied();
        self.must(unsaved.is_none(), |_| {
            format!("{unsaved:?} is sent before it is stored")
        });
    }

    /// A phone that was asked to come again later does, unless a person taps.
    pub(super) fn check_patience(&mut self, to: To) {
        let not_before = self.phones[to.phone].tabs[to.tab].not_before;
        let is_early = self.now_ms < not_before;
        self.must(!is_early || self.settings.wrong_clocks, |_| {
            format!(
                "p{}t{}: a batch before {not_before} ms, against Retry-After",
                to.phone, to.tab
            )
        });
    }

    pub(super) fn note_patience(&mut self, to: To, answer: &Answer) {
        let asked_s = answer
            .retry_after
            .as_ref()
            .and_then(|text| text.parse::<u64>().ok());
        if let Some(asked_s) = asked_s {
            self.phones[to.phone].tabs[to.tab].not_before = self.now_ms + asked_s.min(900) * 1_000;
        }
    }

    /// Within quiet hours nothing starts by itself.
    pub(super) fn check_quiet(&mut self, to: To) {
        let wall = self.phones[to.phone].wall(self.now());
        let is_quiet = self.settings.quiet.is_some_and(|quiet| quiet.left_ms(wall) > 0);
        let tapped = self.phones[to.phone].tapped;
        self.must(!is_quiet || tapped, |_| {
            format!(
                "p{}t{}: a run within the quiet hours, and nobody tapped",
                to.phone, to.tab
            )
        });
    }

    /// What the engine wants to take out of the outbox.
    pub(super) fn check_settled(&mut self, to: To, settled: &[Settled]) {
        for settled in settled {
            let Entry { id, revision, .. } = settled.entry;
            let has_it = self.server.committed.contains(&(id, revision));
            self.must(has_it, |_| {
                format!(
                    "p{}: {id} r{revision} settled, but the server never had it",
                    to.phone
                )
            });
        }
    }

    pub(super) fn check_summary(&mut self, to: To, summary: &Summary) {
        let is_true =
            summary.outcome != Outcome::AllReceived || (summary.left == 0 && summary.confirmed.is_some());
        self.must(is_true, |_| {
            format!("p{}: a summary that claims too much: {summary:?}", to.phone)
        });
    }
}
