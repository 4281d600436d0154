//! Requests and answers: on their way, at the server, back, given up.

use shared::id::BatchId;
use shared::sync::answer::{
    read_batch_answer, read_check_answer, read_photo_answer, read_ping_answer, read_refresh_refusal,
};
use shared::sync::event::{CheckResult, Entry, Input, PhotoResult, PingResult, PostResult, RefreshResult};
use shared::wire::receipt::VerdictName;

use super::event::Event;
use super::network::Weather;
use super::phone::{FlapWatch, Kind, Request, To};
use super::server::Answer;
use super::store::Answered;
use super::table::Fault;
use super::world::World;

impl World {
    pub(super) fn post(&mut self, to: To, attempt: u64, entries: &[Entry], stall_ms: u64) {
        self.check_post(to, entries);
        self.check_patience(to);
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
        let offset = self.phones[to.phone].tabs[to.tab].engine.status().clock_offset;
        self.send(
            to,
            Kind::Post {
                attempt,
                device: self.phones[to.phone].device,
                clock_offset_ms: offset.map(|(offset_ms, _)| offset_ms),
                batch_id,
                bodies,
            },
            stall_ms,
        );
    }

    pub(super) fn send(&mut self, to: To, kind: Kind, timeout_ms: u64) {
        self.requests += 1;
        let request = self.requests;
        let weather = self.phones[to.phone].weather;
        let fate = weather.fate(&self.settings, &mut self.chance, self.now_ms);
        let tab = &mut self.phones[to.phone].tabs[to.tab];
        tab.requests.insert(
            request,
            Request {
                kind: kind.clone(),
                session: to.session,
                sent_at: self.now_ms,
            },
        );
        self.count_request(to, weather, !fate.faults.is_empty());
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

    fn count_request(&mut self, to: To, weather: Weather, failed: bool) {
        let (now_ms, phone) = (self.now_ms, to.phone);
        let known = &self.phones[phone];
        if known.tabs[to.tab].person.as_ref() != Some(&known.cookie) {
            // Tabs of two persons do not hear each other.
            self.phones[phone].flapping = None;
            return;
        }
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

    pub(super) fn answered(&mut self, to: To, request: u64, answer: &Answer) {
        if !self.lives(to) {
            return;
        }
        let Some(open) = self.phones[to.phone].tabs[to.tab].requests.remove(&request) else {
            self.met(Fault::Overtaken, to.phone);
            return;
        };
        if let Kind::Post { .. } = open.kind
            && open.session == self.phones[to.phone].tabs[to.tab].session
        {
            self.note_patience(to, answer);
        }
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
            Kind::Photo {
                attempt,
                photo,
                range,
                ..
            } => {
                let result = read_photo_answer(&http, photo.hash, wall);
                self.note_photo(photo, *range, result);
                Input::PhotoEnded {
                    attempt: *attempt,
                    result,
                    elapsed_ms,
                    bytes_sent: 1_000,
                }
            }
            Kind::Post {
                attempt,
                batch_id,
                bodies,
                ..
            } => {
                let sent: Vec<Entry> = bodies.iter().map(|body| body.entry).collect();
                let read = read_batch_answer(&http, &sent, *batch_id, wall);
                let answered = read.verdicts.into_iter().filter_map(|kept| {
                    let body = bodies.iter().find(|body| body.entry == kept.entry)?.clone();
                    let verdict = serde_json::from_str(&kept.json).ok()?;
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
            Kind::Photo { attempt, .. } => Input::PhotoEnded {
                attempt,
                result: PhotoResult::Later { retry_after_ms: None },
                elapsed_ms: self.now_ms - open.sent_at,
                bytes_sent: 1_000,
            },
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
}
