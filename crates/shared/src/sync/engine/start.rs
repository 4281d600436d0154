//! When a run starts and how it ends: what suggests that it is worth trying, and what has to pass before the next.

use super::drain::PACED_REQUESTS;
use super::stop::STOPPED_REST_MS;
use super::{Effect, Engine, Hint, Moment, Reader, Role, Run, Stored, SyncSettings, Want};
use crate::sync::event::{CheckWindow, PeerMessage};
use crate::sync::run::Wait;
use crate::sync::stability::PINGS_MAX;
use crate::sync::status::{Connection, Outcome, Summary, Why};

/// After a run that went well the next one waits this long, so that a technician who saves in quick succession gets
/// batches and not a run for each reading.
const REST_MS: u64 = 3_000;
/// A run makes sense when the budget has room for a batch and the end check.
pub(super) const RUN_REQUESTS: usize = 2;
/// A hint asks for a fresh list when the one here is at least this old.
pub(super) const LIST_FRESH_MS: u64 = 60_000;
/// A person asked for it.
const BY_PERSON: Want = Want {
    by_person: true,
    after_online: false,
    why: Why::SyncNow,
};

impl Engine {
    pub(super) fn on_settings(&mut self, settings: SyncSettings) {
        let switched_on = settings.automatic && !self.settings.automatic;
        self.settings = settings;
        self.link.set_fixed(self.settings.window == CheckWindow::Fixed);
        self.order_outbox();
        if !self.settings.automatic {
            self.want.take_if(|want| !want.by_person);
            if let Role::Running(run) = &mut self.role
                && !run.by_person
            {
                run.end(Outcome::SomeLeft, Wait::Nothing);
            }
        }
        if switched_on && self.is_open {
            self.want_run(Want {
                why: Why::Opened,
                ..Want::default()
            });
        }
    }

    pub(super) fn on_hint(&mut self, hint: Hint) {
        match hint {
            Hint::Offline => self.status.connection = Connection::Unreachable,
            Hint::Online => {
                if self.status.connection == Connection::Unreachable {
                    self.status.connection = Connection::Unknown;
                }
            }
            Hint::SignedInAgain => {
                self.status.paused.take_if(|pause| pause.ends_with_a_sign_in());
                self.signed_in_meanwhile = true;
            }
            // A tab that died may have changed the store without a word; whoever is looked at tells the truth.
            Hint::Visible => self.read_outbox(),
            Hint::Started | Hint::SyncNow | Hint::Background => {}
        }
        let want = Want {
            by_person: hint == Hint::SyncNow,
            after_online: hint == Hint::Online,
            why: why(hint),
        };
        if hint != Hint::Offline && self.is_open {
            self.want_run(want);
        }
    }

    /// Ends the waits and asks for a run, if one would do anything.
    fn want_run(&mut self, want: Want) {
        let now = self.clock.now();
        self.backoff.hint(want.by_person);
        self.outbox.wake_all(now);
        self.photos.hint(want.by_person);
        self.rest_until = None;
        self.peer.may_start_at = None;
        if let Role::Running(run) = &mut self.role
            && !run.void
        {
            run.hint(want.by_person);
            return;
        }
        // Photos that the minute has no room for yet come by themselves.
        let photos_may_go = self.photos_due_at(false).is_some_and(|at| at <= now);
        let has_work = self.unconfirmed || !self.outbox.is_empty() || photos_may_go;
        if want.by_person || self.list_is_old() || has_work {
            let before = self.want.unwrap_or_default();
            self.want = Some(Want {
                by_person: want.by_person || before.by_person,
                after_online: want.after_online || before.after_online,
                why: if want.by_person || self.want.is_none() {
                    want.why
                } else {
                    before.why
                },
            });
        }
        if want.by_person && matches!(self.role, Role::Following { .. }) {
            self.effects.push(Effect::Tell(PeerMessage::SyncNow));
        }
    }

    fn list_is_old(&self) -> bool {
        let now = self.clock.now();
        self.refreshed_at
            .is_none_or(|at| now.since_ms(at) >= LIST_FRESH_MS)
    }

    /// When the next run starts, if nothing else happens.
    pub(super) fn start_at(&self) -> Option<Moment> {
        let now = self.clock.now();
        let by_person = self.want.is_some_and(|want| want.by_person);
        if !self.is_open || (!by_person && (!self.settings.automatic || self.status.paused.is_some())) {
            return None;
        }
        let due = if self.want.is_some() {
            now
        } else {
            if self.reading.is_under_way() {
                // It may be sent and confirmed by another tab.
                return None;
            }
            // What backs off alone brings the end check with it.
            let has_work = self.outbox.has_ready() || (self.unconfirmed && self.outbox.is_empty());
            let items_at = if has_work {
                Some(now)
            } else {
                self.outbox.next_due()
            };
            let work_at = items_at.into_iter().chain(self.photos_due_at(false)).min()?;
            work_at
                .max(self.rest_until.unwrap_or(now))
                .max(self.peer.may_start_at.unwrap_or(now))
        };
        // A run that had to stop in the middle of its check for want of budget would have asked in vain.
        let requests = match (self.link.is_proven(now), self.link.is_steady()) {
            (true, true) => RUN_REQUESTS,
            (true, false) => PACED_REQUESTS,
            (false, _) => PINGS_MAX + RUN_REQUESTS,
        };
        let free_at = self.budget.free_at(now, by_person, requests);
        let start_at = due.max(self.backoff.until().unwrap_or(now)).max(free_at);
        Some(if by_person {
            start_at
        } else {
            self.after_quiet_hours(start_at)
        })
    }

    /// This moment, or the end of the quiet hours that it lies in.
    pub(super) fn after_quiet_hours(&self, moment: Moment) -> Moment {
        let quiet = self.settings.quiet.as_ref();
        let left_ms = quiet.map_or(0, |quiet| quiet.left_ms(self.clock.wall_at(moment)));
        moment.plus_ms(left_ms)
    }

    pub(super) fn start_if_due(&mut self) -> bool {
        if self.start_at().is_none_or(|at| at > self.clock.now()) {
            return false;
        }
        self.outbox.expect(Reader::Lock);
        self.effects.push(Effect::RequestLock);
        self.role = Role::Asking {
            void: false,
            changed: false,
        };
        true
    }

    #[inline(never)]
    pub(super) fn on_lock_granted(&mut self, stored: &Stored) {
        let Role::Asking { void, changed } = self.role else {
            return;
        };
        let is_unwanted = !self.settings.automatic && self.want.is_none();
        if void || is_unwanted {
            self.outbox.no_longer_expect(Reader::Lock);
            self.effects.push(Effect::ReleaseLock);
            self.role = Role::Idle;
            return;
        }
        self.outbox.begin_run();
        self.load(stored, Reader::Lock);
        let scheduled = Want {
            why: if self.saved_since {
                Why::Saved
            } else {
                Why::Scheduled
            },
            ..Want::default()
        };
        let want = self.want.take().unwrap_or(scheduled);
        self.saved_since = false;
        self.signed_in_meanwhile = false;
        self.status.paused = None;
        self.role = Role::Running(Box::new(Run::new(
            &self.clock,
            want.by_person,
            want.after_online,
            want.why,
        )));
        self.link.begin_check(self.clock.now());
        if changed {
            self.read_outbox();
        }
    }

    /// Ends the run: gives the lock back before any wait.
    pub(super) fn finish_run(&mut self, outcome: Outcome, wait: Wait) {
        let Role::Running(run) = std::mem::replace(&mut self.role, Role::Idle) else {
            return;
        };
        self.link.stop_check();
        self.effects.push(Effect::ReleaseLock);
        let now = self.clock.now();
        self.run_ended_at = Some(now);
        if run.void {
            return;
        }
        if run.shelf_is_uncertain {
            self.read_outbox();
        }
        if run.hinted.is_some() {
            // What failed alone may have been on its way when the hint came.
            self.outbox.wake_all(now);
        }
        match wait {
            Wait::BackOff { retry_after_ms } => {
                if let Some(by_person) = run.hinted {
                    // It came too late to help this run: the next one follows soon.
                    self.backoff.forget_failures();
                    self.want = match by_person {
                        true => Some(BY_PERSON),
                        // Where nothing waits, only a hint brings a fresh list, and with it the news of a restore.
                        false => self.list_is_old().then_some(Want {
                            why: run.why,
                            ..Want::default()
                        }),
                    };
                }
                self.backoff.fail(now, retry_after_ms, &mut self.chance);
            }
            Wait::Nothing => {
                self.backoff.succeed();
                self.rest_until = Some(now.plus_ms(REST_MS));
            }
            // A person's wish is not done with because it was stopped half way.
            Wait::Budget => {
                self.want = run.by_person.then_some(BY_PERSON);
            }
            Wait::Stopped => {
                // A tap that came after the stop counts, nothing that came before it.
                self.want = (run.hinted == Some(true)).then_some(BY_PERSON);
                self.rest_until = Some(now.plus_ms(STOPPED_REST_MS));
            }
            Wait::Person => {}
        }
        let summary = Summary {
            photos_left: self.photos.len(),
            ..run.summary(&self.clock, self.outbox.len(), outcome, self.status.link)
        };
        let same_as_before = self
            .status
            .last
            .as_ref()
            .is_some_and(|last| last.outcome == outcome);
        if run.by_person || run.batches > 0 || run.photos_sent > 0 || !same_as_before {
            self.effects.push(Effect::Record(summary.clone()));
        }
        self.effects
            .push(Effect::Tell(PeerMessage::Finished(summary.clone())));
        self.status.last = Some(summary);
    }
}

fn why(hint: Hint) -> Why {
    match hint {
        Hint::Started | Hint::Visible => Why::Opened,
        Hint::Online | Hint::Offline => Why::Online,
        Hint::SyncNow => Why::SyncNow,
        Hint::Background => Why::Background,
        Hint::SignedInAgain => Why::SignedIn,
    }
}
