//! The stability check and the refresh of the list: what comes before the drain.

use super::start::LIST_FRESH_MS;
use super::{Effect, Engine, Role};
use crate::sync::event::{PingResult, RefreshResult};
use crate::sync::quality::note_ping;
use crate::sync::run::{Phase, Wait};
use crate::sync::stability::{CheckEnd, PING_TIMEOUT_MS};
use crate::sync::status::{Connection, Outcome, Pause};

impl Engine {
    /// The next thing of the run under way; `false` when it waits for an answer or for its time.
    #[inline(never)]
    pub(super) fn run_on(&mut self) -> bool {
        let Role::Running(run) = &self.role else {
            return false;
        };
        if let Some((outcome, wait)) = run.ending {
            if run.awaits_answer() {
                return false;
            }
            self.finish_run(outcome, wait);
            return true;
        }
        match run.phase {
            Phase::Checking => self.check_link(),
            Phase::Draining => self.drain(),
            Phase::Photos => self.send_photos(),
            Phase::Refreshing | Phase::Confirming | Phase::Offering => false,
        }
    }

    fn check_link(&mut self) -> bool {
        let now = self.clock.now();
        if self.link.is_proven(now) {
            self.link.stop_check();
            self.refresh();
            return true;
        }
        if self.link.ping_due_at().is_none_or(|due| due > now) {
            return false;
        }
        if !self.spend() {
            let outcome = self.outcome_without_link();
            self.end_run(outcome, Wait::Budget);
            return true;
        }
        let nonce = self.chance.next();
        self.link.ping_sent(now, nonce);
        self.effects.push(Effect::Ping {
            nonce,
            timeout_ms: PING_TIMEOUT_MS,
        });
        false
    }

    #[inline(never)]
    pub(super) fn on_ping_ended(&mut self, nonce: u64, result: &PingResult) {
        let checks = matches!(&self.role, Role::Running(run) if run.ending.is_none());
        if !checks || !self.link.awaits(nonce) {
            return;
        }
        let now = self.clock.now();
        match result {
            PingResult::Ours {
                clock_offset_ms,
                round_trip_ms,
            } => {
                note_ping(&mut self.status.link, *round_trip_ms, self.clock.wall());
                self.status.clock_offset = Some((*clock_offset_ms, self.clock.wall()));
                self.status.connection = Connection::Reachable;
            }
            PingResult::Foreign => {
                self.link.disproved(now);
                self.status.connection = Connection::SignInPage;
            }
            PingResult::Failed => self.status.connection = Connection::Unreachable,
        }
        match self
            .link
            .ping_ended(now, matches!(result, PingResult::Ours { .. }))
        {
            None => {}
            Some(CheckEnd::Proven) => {
                self.budget.clear();
                self.refresh();
            }
            Some(CheckEnd::TryAnyway) => {
                if let Role::Running(run) = &mut self.role {
                    run.try_small = true;
                    run.begin_drain(now);
                }
            }
            Some(CheckEnd::GivenUp) => {
                let outcome = self.outcome_without_link();
                self.end_run(outcome, Wait::BackOff { retry_after_ms: None });
            }
        }
    }

    fn outcome_without_link(&self) -> Outcome {
        match self.status.connection {
            Connection::SignInPage => Outcome::SignInPage,
            Connection::Unknown | Connection::Reachable | Connection::Unreachable => Outcome::NoConnection,
        }
    }

    fn refresh(&mut self) {
        let now = self.clock.now();
        let is_old = self
            .refreshed_at
            .is_none_or(|at| now.since_ms(at) >= LIST_FRESH_MS);
        let by_person = matches!(&self.role, Role::Running(run) if run.by_person);
        let wanted = (is_old || by_person) && self.spend();
        if let Role::Running(run) = &mut self.role {
            if wanted {
                run.phase = Phase::Refreshing;
                self.effects.push(Effect::Refresh);
            } else {
                run.begin_drain(now);
            }
        }
    }

    #[inline(never)]
    pub(super) fn on_refresh_ended(&mut self, result: RefreshResult) {
        let now = self.clock.now();
        let Role::Running(run) = &mut self.role else {
            return;
        };
        if run.phase != Phase::Refreshing {
            return;
        }
        run.begin_drain(now);
        if run.void {
            return;
        }
        match result {
            RefreshResult::Done => {
                self.refreshed_at = Some(now);
                self.status.connection = Connection::Reachable;
            }
            RefreshResult::SignInAgain => self.pause(Pause::SignIn),
            // The drain goes ahead; it finds out soon enough whether the link is gone.
            RefreshResult::Failed => {}
        }
    }
}
