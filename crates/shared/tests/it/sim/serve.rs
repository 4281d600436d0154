//! The server at work, and what goes wrong there.

use super::phone::{Kind, To};
use super::server::{Answer, Batch, Spoil};
use super::table::Fault;
use super::world::World;

impl World {
    /// The server's answer; `None`: it died over it.
    pub(super) fn serve(&mut self, to: To, kind: &Kind) -> Option<Answer> {
        if self.now_ms < self.server.down_until {
            return None;
        }
        let now = self.now();
        let session = self.phones[to.phone].cookie.clone();
        if let Kind::Ping { nonce } = kind {
            return Some(self.server.ping(*nonce, now));
        }
        if self.phones[to.phone].cookie_expired {
            self.met(Fault::SignInAgain, to.phone);
            return Some(Answer::problem(401, "sign_in"));
        }
        if let Some(capacity) = self.settings.herd
            && self.server.is_too_busy(self.now_ms, capacity)
        {
            self.met(Fault::TooMany, to.phone);
            let retry_after = Some(self.chance.between(1, 5).to_string());
            return Some(Answer {
                retry_after,
                ..Answer::problem(429, "too_many")
            });
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
            Kind::Photo {
                photo, person, range, ..
            } => self.serve_photo(photo, *person == session, *range),
            Kind::Check {
                device, device_total, ..
            } => self.server.check(*device, &session, *device_total),
            Kind::Post {
                batch_id,
                device,
                clock_offset_ms,
                bodies,
                ..
            } => {
                let batch = Batch {
                    batch_id: *batch_id,
                    device: *device,
                    clock_offset_ms: *clock_offset_ms,
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
}
