//! Carries out what an engine asks for, as the client's runtime does in a browser.

use shared::id::BatchId;
use shared::sync::answer::{read_batch_answer, read_check_answer, read_ping_answer, read_refresh_refusal};
use shared::sync::event::{
    CheckResult, Effect, Entry, Input, PingResult, PostResult, RefreshResult, Settled,
};
use shared::wire::receipt::VerdictName;

use super::brief;
use super::network::Weather;
use super::phone::{FlapWatch, Kind, Request, To};
use super::server::{Answer, Batch, Spoil};
use super::store::Answered;
use super::table::Fault;
use super::world::{Event, World};

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
            Effect::RequestLock => self.owe(to, soon, Event::TakeLock { to }),
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
                self.send(to, Kind::Check { person, device_total }, STALL_MS);
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
        }
    }

    fn owe(&mut self, to: To, delay_ms: u64, event: Event) {
        self.phones[to.phone].tabs[to.tab].owed += 1;
        self.plan(delay_ms, event);
    }

    fn person_of(&mut self, to: To) -> String {
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

    fn post(&mut self, to: To, attempt: u64, entries: &[Entry], stall_ms: u64) {
        self.check_post(to, entries);
        let person = self.person_of(to);
        let bodies = self.phones[to.phone].store(&person).bodies(entries);
        if bodies.is_empty() {
            let result = PostResult::Verdicts(Vec::new());
            self.phones[to.phone].tabs[to.tab].owed += 1;
            self.answer(
                5,
                to,
                Input::PostEnded {
                    attempt,
                    result,
                    elapsed_ms: 0,
                    bytes_sent: 0,
                },
            );
            return;
        }
        let wall = self.phones[to.phone].wall(self.now());
        let batch_id = BatchId::new(wall, self.chance.bytes());
        self.edit_in_flight(to, &bodies);
        self.send(
            to,
            Kind::Post {
                attempt,
                batch_id,
                bodies,
            },
            stall_ms,
        );
    }

    fn send(&mut self, to: To, kind: Kind, timeout_ms: u64) {
        self.requests += 1;
        let request = self.requests;
        let weather = self.phones[to.phone].weather;
        let fate = weather.fate(&self.settings, &mut self.chance, self.now_ms);
        let tab = &mut self.phones[to.phone].tabs[to.tab];
        tab.requests.insert(
            request,
            Request {
                kind: kind.clone(),
                sent_at: self.now_ms,
            },
        );
        self.count_request(to.phone, weather, !fate.faults.is_empty());
        for fault in fate.faults.iter().copied() {
            // Counted when it takes effect: by then an item may have been edited.
            let after_ms = match fault {
                Fault::Duplicated => fate.arrivals_ms.last().copied(),
                Fault::Portal => fate.back_ms,
                _ => fate.arrivals_ms.first().copied(),
            };
            let after_ms = after_ms.unwrap_or_else(|| 1 + self.chance.below(timeout_ms / 2));
            self.plan(
                after_ms,
                Event::Meets {
                    fault,
                    phone: to.phone,
                },
            );
        }
        for delay_ms in fate.arrivals_ms {
            let (back_ms, replaced) = (fate.back_ms, fate.replaced.clone());
            self.plan(
                delay_ms,
                Event::AtServer {
                    to,
                    request,
                    kind: kind.clone(),
                    back_ms,
                    replaced,
                },
            );
        }
        if let Some((answer, back_ms)) = fate.intercepted.zip(fate.back_ms) {
            self.plan(back_ms, Event::Answered { to, request, answer });
        }
        self.owe(to, timeout_ms, Event::GivenUp { to, request });
    }

    fn count_request(&mut self, phone: usize, weather: Weather, failed: bool) {
        let now_ms = self.now_ms;
        if !matches!(weather, Weather::Flapping { .. }) {
            self.phones[phone].flapping = None;
            return;
        }
        let watch = self.phones[phone].flapping.get_or_insert_with(FlapWatch::default);
        if watch.failed {
            watch.sent_at.push(now_ms);
        }
        watch.failed |= failed;
        let in_a_minute = watch.sent_at.iter().filter(|at| now_ms - **at < 60_000).count();
        self.must(in_a_minute <= 20, |_| {
            format!("{in_a_minute} requests in a minute on a flapping link")
        });
    }

    pub(super) fn at_server(
        &mut self,
        to: To,
        request: u64,
        kind: &Kind,
        back_ms: Option<u64>,
        replaced: Option<Answer>,
    ) {
        let Some(answer) = self.serve(to, kind) else {
            return;
        };
        if let Some(back_ms) = back_ms {
            self.plan(
                back_ms,
                Event::Answered {
                    to,
                    request,
                    answer: replaced.unwrap_or(answer),
                },
            );
        }
    }

    /// The server's answer; `None`: it died over it.
    fn serve(&mut self, to: To, kind: &Kind) -> Option<Answer> {
        if self.now_ms < self.server.down_until {
            return None;
        }
        let now = self.now();
        let session = self.phones[to.phone].cookie.clone();
        let device = self.phones[to.phone].device;
        if let Kind::Ping { nonce } = kind {
            return Some(self.server.ping(*nonce, now));
        }
        if self.phones[to.phone].cookie_expired {
            self.met(Fault::SignInAgain, to.phone);
            return Some(Answer::problem(401, "sign_in"));
        }
        let fault = self.draw_server_fault(kind);
        if let Some(fault) = fault {
            self.met(fault, to.phone);
        }
        match fault {
            Some(Fault::ServerDiesBefore) => {
                self.server.down_until = self.now_ms + self.chance.between(500, 20_000);
                return None;
            }
            Some(Fault::ServerFails) => {
                let by_proxy = self.chance.percent(50);
                return Some(if by_proxy {
                    Answer::page(503)
                } else {
                    Answer::problem(500, "internal")
                });
            }
            Some(Fault::TooMany) => {
                let retry_after = Some(self.chance.between(1, 90).to_string());
                return Some(Answer {
                    retry_after,
                    ..Answer::problem(429, "too_many")
                });
            }
            Some(Fault::BatchRefused) => return Some(Answer::problem(422, "not_understood")),
            _ => {}
        }
        let answer = match kind {
            Kind::Ping { .. } | Kind::Refresh => {
                Answer::json(&serde_json::json!({"cursor": "c", "rows": []}))
            }
            Kind::Check { person, .. } if *person != session => Answer::problem(403, "wrong_person"),
            Kind::Check { device_total, .. } => self.server.check(device, &session, *device_total),
            Kind::Post { batch_id, bodies, .. } => {
                let clock_offset_ms = self.phones[to.phone].tabs[to.tab]
                    .engine
                    .status()
                    .clock_offset
                    .map(|it| it.0);
                let batch = Batch {
                    batch_id: *batch_id,
                    device,
                    clock_offset_ms,
                    bodies: bodies.clone(),
                };
                let spoil = match fault {
                    Some(Fault::RetryVerdict) => Spoil::Retry,
                    Some(Fault::NotNamed) => Spoil::NotNamed,
                    _ => Spoil::Nothing,
                };
                let answer = self.server.take(&batch, &session, now, spoil);
                if answer.status == 403 {
                    self.met(Fault::WrongPerson, to.phone);
                }
                self.note(|_| format!("server took {} of p{}", bodies.len(), to.phone));
                answer
            }
        };
        if fault == Some(Fault::ServerDiesAfter) {
            self.server.down_until = self.now_ms + self.chance.between(500, 20_000);
            return None;
        }
        Some(answer)
    }

    fn draw_server_fault(&mut self, kind: &Kind) -> Option<Fault> {
        if self.healed {
            return None;
        }
        let is_post = matches!(kind, Kind::Post { .. });
        if let Kind::Post { bodies, .. } = kind
            && bodies.iter().any(|body| self.poison.contains(&body.entry.id))
        {
            return Some(
                self.chance
                    .pick(&[Fault::BatchRefused, Fault::BatchRefused, Fault::ServerFails]),
            );
        }
        if !self.chance.percent(self.settings.server_faults) {
            return None;
        }
        let any = [
            Fault::ServerFails,
            Fault::TooMany,
            Fault::ServerDiesBefore,
            Fault::ServerDiesAfter,
        ];
        let post = [
            Fault::BatchRefused,
            Fault::RetryVerdict,
            Fault::NotNamed,
            Fault::RetryVerdict,
        ];
        let choose_post = is_post && self.chance.percent(50);
        Some(if choose_post {
            self.chance.pick(&post)
        } else {
            self.chance.pick(&any)
        })
    }

    pub(super) fn answered(&mut self, to: To, request: u64, answer: &Answer) {
        if !self.lives(to) {
            return;
        }
        let Some(open) = self.phones[to.phone].tabs[to.tab].requests.remove(&request) else {
            self.met(Fault::Overtaken, to.phone);
            return;
        };
        let wall = self.phones[to.phone].wall(self.now());
        let elapsed_ms = self.now_ms - open.sent_at;
        let http = answer.as_http();
        let input = match &open.kind {
            Kind::Ping { nonce } => Input::PingEnded {
                nonce: *nonce,
                result: read_ping_answer(&http, *nonce, elapsed_ms, wall),
            },
            Kind::Refresh if answer.status == 200 && answer.content_type == "application/json" => {
                Input::RefreshEnded(RefreshResult::Done)
            }
            Kind::Refresh => Input::RefreshEnded(read_refresh_refusal(&http)),
            Kind::Check { .. } => Input::CheckEnded(read_check_answer(&http)),
            Kind::Post {
                attempt,
                batch_id,
                bodies,
            } => {
                let sent: Vec<Entry> = bodies.iter().map(|body| body.entry).collect();
                let read = read_batch_answer(&http, &sent, *batch_id, wall);
                let answered = read.verdicts.into_iter().filter_map(|verdict| {
                    let is_it = |entry: &Entry| (entry.id, entry.revision) == (verdict.id, verdict.revision);
                    let body = bodies.iter().find(|body| is_it(&body.entry))?.clone();
                    Some(Answered { body, verdict })
                });
                let answered: Vec<Answered> = answered
                    .filter(|it| it.verdict.verdict != VerdictName::Retry)
                    .collect();
                if !answered.is_empty() {
                    self.phones[to.phone].tabs[to.tab]
                        .answered
                        .insert(*attempt, answered);
                }
                Input::PostEnded {
                    attempt: *attempt,
                    result: read.result,
                    elapsed_ms,
                    bytes_sent: 1_000,
                }
            }
        };
        self.deliver(to, input, true);
    }

    pub(super) fn given_up(&mut self, to: To, request: u64) {
        if !self.lives(to) {
            return;
        }
        let Some(open) = self.phones[to.phone].tabs[to.tab].requests.remove(&request) else {
            return;
        };
        let input = match open.kind {
            Kind::Ping { nonce } => Input::PingEnded {
                nonce,
                result: PingResult::Failed,
            },
            Kind::Refresh => Input::RefreshEnded(RefreshResult::Failed),
            Kind::Check { .. } => Input::CheckEnded(CheckResult::Failed),
            Kind::Post { attempt, .. } => Input::PostEnded {
                attempt,
                result: PostResult::Later {
                    retry_after_ms: None,
                    stalled: true,
                },
                elapsed_ms: self.now_ms - open.sent_at,
                bytes_sent: 1_000,
            },
        };
        self.deliver(to, input, true);
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
        let store = self.phones[to.phone].store(person);
        store.offer_again(missing);
        let stored = store.stored();
        self.answer(delay_ms, to, Input::OfferedAgain(stored));
    }
}
