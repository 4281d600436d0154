//! Carries out what an engine asks for, as the client's runtime does in a browser.

use shared::sync::event::{Effect, Hint, Input, PeerMessage, Settled};

use super::brief;
use super::event::Event;
use super::phone::{Kind, To};
use super::table::Fault;
use super::world::World;

/// How long the runtime waits for bytes of a refresh or a check.
const STALL_MS: u64 = 15_000;

impl World {
    pub(super) fn deliver(&mut self, to: To, input: Input, owed: bool) {
        if !self.lives(to) {
            return;
        }
        let tab = &mut self.phones[to.phone].tabs[to.tab];
        let is_stale = tab.session != to.session;
        if owed {
            tab.owed = tab.owed.saturating_sub(1);
        }
        let is_dropped = is_stale && (!owed || self.settings.drops_stale_answers);
        if is_dropped {
            if matches!(input, Input::LockGranted(_)) {
                self.phones[to.phone].lock = None;
            }
            return;
        }
        self.step(to.phone, to.tab, input);
    }

    /// Gives the engine one input and carries out what it asks for.
    pub(super) fn step(&mut self, phone: usize, tab: usize, input: Input) {
        let wall = self.phones[phone].wall(self.now());
        self.note(|_| format!("p{phone}t{tab} <- {}", brief::input(&input)));
        if matches!(
            input,
            Input::Hint(Hint::SyncNow) | Input::Peer(PeerMessage::SyncNow)
        ) {
            self.phones[phone].tapped = true;
            self.phones[phone].tabs[tab].not_before = 0;
        }
        let effects = self.phones[phone].tabs[tab].engine.step(wall, input);
        let to = self.to(phone, tab);
        for effect in effects {
            if !matches!(effect, Effect::Tell(_)) {
                self.note(|_| format!("p{phone}t{tab} -> {}", brief::effect(&effect)));
            }
            self.carry_out(to, effect);
        }
        self.check_step(phone, tab);
    }

    fn carry_out(&mut self, to: To, effect: Effect) {
        let soon = self.chance.between(0, 15);
        match effect {
            Effect::RequestLock => {
                self.check_quiet(to);
                self.owe(to, soon, Event::TakeLock { to });
            }
            Effect::ReleaseLock => {
                let phone = &mut self.phones[to.phone];
                phone.lock.take_if(|holder| *holder == (to.tab, to.life));
            }
            Effect::ReadOutbox => self.owe(to, soon, Event::ReadOutbox { to }),
            Effect::Ping { nonce, timeout_ms } => self.send(to, Kind::Ping { nonce }, timeout_ms),
            Effect::Refresh => self.send(to, Kind::Refresh, STALL_MS),
            Effect::Post {
                attempt,
                entries,
                stall_timeout_ms,
                ..
            } => {
                self.post(to, attempt, &entries, stall_timeout_ms);
            }
            Effect::Check { device_total, .. } => {
                let person = self.person_of(to);
                let device = self.phones[to.phone].device;
                let check = Kind::Check {
                    device,
                    person,
                    device_total,
                };
                self.send(to, check, STALL_MS);
            }
            Effect::Settle { attempt, settled } => {
                let person = self.person_of(to);
                self.check_settled(to, &settled);
                // A busy store lets the next batch travel far before it is done.
                let is_busy = !self.healed && self.chance.percent(20);
                let busy_ms = if is_busy { self.chance.below(3_000) } else { 0 };
                self.owe(
                    to,
                    soon + busy_ms,
                    Event::Settle {
                        to,
                        person,
                        attempt,
                        settled,
                    },
                );
            }
            Effect::OfferAgain { missing } => {
                let person = self.person_of(to);
                self.owe(to, soon, Event::Offer { to, person, missing });
            }
            Effect::WakeAt(at) => self.set_alarm(to, at),
            Effect::Tell(message) => {
                // The channel bears the person's name.
                let tabs = &self.phones[to.phone].tabs;
                let hears = |tab: &usize| *tab != to.tab && tabs[*tab].person == tabs[to.tab].person;
                for tab in (0..tabs.len()).filter(hears).collect::<Vec<_>>() {
                    let delay_ms = self.chance.below(30);
                    let to = self.to(to.phone, tab);
                    self.plan(
                        delay_ms,
                        Event::Peer {
                            to,
                            message: message.clone(),
                        },
                    );
                }
            }
            Effect::Record(summary) => self.check_summary(to, &summary),
            Effect::SendPhoto {
                attempt,
                photo,
                held,
                size_max,
                stall_timeout_ms,
            } => self.send_photo(to, attempt, photo, (held, size_max), stall_timeout_ms),
            Effect::ForgetPhoto { photo } => self.forget_photo(to, photo),
        }
    }

    pub(super) fn owe(&mut self, to: To, delay_ms: u64, event: Event) {
        self.phones[to.phone].tabs[to.tab].owed += 1;
        self.plan(delay_ms, event);
    }

    pub(super) fn person_of(&mut self, to: To) -> String {
        let person = self.phones[to.phone].tabs[to.tab].person.clone();
        self.must(person.is_some(), |_| {
            String::from("an engine asks for something while nobody is signed in")
        });
        person.unwrap_or_default()
    }

    fn set_alarm(&mut self, to: To, at: shared::timestamp::Timestamp) {
        let wait_ms = at.since_ms(self.phones[to.phone].wall(self.now()));
        self.must(wait_ms > 0, |_| {
            format!("asked to be woken {wait_ms} ms ago: a busy loop")
        });
        let tab = &mut self.phones[to.phone].tabs[to.tab];
        tab.alarms += 1;
        let alarm = tab.alarms;
        tab.alarm = Some(alarm);
        tab.rings_at = self.now_ms + wait_ms.max(0) as u64;
        self.plan(wait_ms.max(0) as u64, Event::Wake { to, alarm });
    }

    pub(super) fn wake(&mut self, to: To, alarm: u64) {
        if self.lives(to) && self.phones[to.phone].tabs[to.tab].alarm == Some(alarm) {
            self.phones[to.phone].tabs[to.tab].alarm = None;
            self.step(to.phone, to.tab, Input::Woke);
        }
    }

    pub(super) fn take_lock(&mut self, to: To) {
        if !self.lives(to) {
            return;
        }
        let delay_ms = self.chance.below(20);
        let phone = &mut self.phones[to.phone];
        if phone.lock.is_some() {
            self.answer(delay_ms, to, Input::LockHeldElsewhere);
            return;
        }
        phone.lock = Some((to.tab, to.life));
        self.plan(delay_ms, Event::ReadForLock { to });
    }

    pub(super) fn read_for_lock(&mut self, to: To) {
        if !self.lives(to) {
            return;
        }
        self.tell_photos(to);
        let delay_ms = self.chance.below(20);
        match self.phones[to.phone].tabs[to.tab].person.clone() {
            Some(person) => {
                let stored = self.phones[to.phone].store(&person).stored();
                self.answer(delay_ms, to, Input::LockGranted(stored));
            }
            None => self.phones[to.phone].lock = None,
        }
    }

    pub(super) fn read_outbox(&mut self, to: To) {
        if !self.lives(to) {
            return;
        }
        let delay_ms = self.chance.below(40);
        if let Some(person) = self.phones[to.phone].tabs[to.tab].person.clone() {
            let stored = self.phones[to.phone].store(&person).stored();
            self.answer(delay_ms, to, Input::OutboxRead(stored));
        }
    }

    pub(super) fn settle(&mut self, to: To, person: &str, attempt: u64, settled: &[Settled]) {
        if !self.lives(to) {
            return;
        }
        let delay_ms = self.chance.below(15);
        let fails = !self.healed && self.chance.percent(self.settings.store_faults);
        if fails {
            self.met(Fault::SettleFails, to.phone);
        }
        let answered = self.phones[to.phone].tabs[to.tab]
            .answered
            .remove(&attempt)
            .unwrap_or_default();
        if !fails {
            self.phones[to.phone].changed(self.now_ms);
            self.phones[to.phone].store(person).settle(settled, &answered);
        }
        self.answer(
            delay_ms,
            to,
            Input::SettleEnded {
                attempt,
                stored: !fails,
            },
        );
    }

    pub(super) fn offer(&mut self, to: To, person: &str, missing: &[(u64, u64)]) {
        if !self.lives(to) {
            return;
        }
        let delay_ms = self.chance.below(15);
        self.phones[to.phone].changed(self.now_ms);
        let store = self.phones[to.phone].store(person);
        store.offer_again(missing);
        let stored = store.stored();
        self.answer(delay_ms, to, Input::OfferedAgain(stored));
    }
}
