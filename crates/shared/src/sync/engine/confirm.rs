//! The end check: only the server can say that nothing is missing.

use super::{Effect, Engine, Reader, Role, Stored};
use crate::sync::event::CheckResult;
use crate::sync::ranges::{Range, beyond};
use crate::sync::run::{Phase, Wait};
use crate::sync::status::{Connection, Outcome, Pause};

/// The wait after the first time that offering again did not help; doubles each time, and a person ends it.
const IN_VAIN_MS: u64 = 15_000;

impl Engine {
    /// Everything that could be sent is: asks the server what it has not got.
    pub(super) fn confirm(&mut self) -> bool {
        if !self.spend() {
            let outcome = self.outcome_unconfirmed();
            self.end_run(outcome, Wait::Budget);
            return true;
        }
        let first_waits = |first| self.outbox.first().is_some_and(|waiting| waiting == first);
        let oldest_read_at = self
            .oldest
            .filter(|(first, _)| first_waits(*first))
            .map(|(_, read_at)| read_at);
        // Owed until it is answered: what was offered again may have made it due once more.
        self.unconfirmed = true;
        if let Role::Running(run) = &mut self.role {
            run.phase = Phase::Confirming;
            run.saved_meanwhile = false;
        }
        self.effects.push(Effect::Check {
            device_total: self.device_total,
            waiting: self.outbox.len(),
            oldest_read_at,
        });
        false
    }

    #[inline(never)]
    pub(super) fn on_check_ended(&mut self, result: &CheckResult) {
        let now = self.clock.now();
        let Role::Running(run) = &mut self.role else {
            return;
        };
        if run.phase != Phase::Confirming {
            return;
        }
        run.begin_drain(now);
        if run.void {
            return;
        }
        match result {
            CheckResult::Answered { missing, .. } => {
                self.status.connection = Connection::Reachable;
                self.on_missing(missing);
            }
            CheckResult::SignInAgain => self.pause(Pause::SignIn),
            CheckResult::Failed => {
                self.link.link_failed(now);
                let outcome = self.outcome_unconfirmed();
                self.end_run(outcome, Wait::BackOff { retry_after_ms: None });
            }
        }
    }

    fn on_missing(&mut self, missing: &[Range]) {
        let missing = self.outbox.without_waiting(missing, self.device_total);
        if !missing.is_empty() {
            // True until the server was restored; not any more.
            self.status.all_received = None;
        }
        let unexplained = beyond(&missing, &self.lost);
        let Role::Running(run) = &mut self.role else {
            return;
        };
        if !unexplained.is_empty() {
            if run.offers == 0 {
                run.missing.clone_from(&unexplained);
                self.offer_again(unexplained);
            } else {
                self.offered_in_vain();
            }
            return;
        }
        self.offers_in_vain = 0;
        self.status.missing = missing;
        if run.saved_meanwhile || self.outbox.has_ready() {
            return;
        }
        self.unconfirmed = !self.outbox.is_empty();
        let all_received = self.status.missing.is_empty() && self.outbox.is_empty();
        if all_received {
            run.confirmed = Some(self.device_total);
            self.status.all_received = Some(self.device_total);
            self.after_check(Outcome::AllReceived);
        } else {
            let outcome = self.outcome_unconfirmed();
            self.after_check(outcome);
        }
    }

    /// What was offered again is missed once more: the server was restored again, or contradicts its own receipts. Not
    /// to be sent again and again without a pause.
    fn offered_in_vain(&mut self) {
        self.offers_in_vain = self.offers_in_vain.saturating_add(1);
        let wait_ms = IN_VAIN_MS.saturating_mul(1 << self.offers_in_vain.min(10));
        let outcome = self.outcome_unconfirmed();
        self.end_run(
            outcome,
            Wait::BackOff {
                retry_after_ms: Some(wait_ms),
            },
        );
    }

    fn offer_again(&mut self, missing: Vec<Range>) {
        if let Role::Running(run) = &mut self.role {
            run.phase = Phase::Offering;
            run.offers += 1;
        }
        self.outbox.expect(Reader::Offer);
        self.effects.push(Effect::OfferAgain { missing });
    }

    pub(super) fn on_offered_again(&mut self, stored: &Stored) {
        let now = self.clock.now();
        let Role::Running(run) = &mut self.role else {
            return;
        };
        if run.phase != Phase::Offering {
            return;
        }
        run.begin_drain(now);
        if run.void {
            return;
        }
        let (offers, missing) = (run.offers, run.missing.clone());
        self.load(stored, Reader::Offer);
        if offers > 1 {
            return;
        }
        let not_kept = self.outbox.without_waiting(&missing, self.device_total);
        let some_came_back = not_kept != missing;
        self.lost.extend(not_kept);
        self.lost.sort_unstable();
        if some_came_back {
            // We hold receipts for what the server has not got: it was restored from a backup. Edits of items that it
            // does have may be gone as well, so it is offered everything that is kept.
            self.offer_again(vec![(1, self.device_total)]);
        }
    }

    /// How a run ends that sent what it could but may not say that everything was received.
    fn outcome_unconfirmed(&self) -> Outcome {
        if self.outbox.is_empty() {
            Outcome::Sent
        } else {
            Outcome::SomeLeft
        }
    }
}
