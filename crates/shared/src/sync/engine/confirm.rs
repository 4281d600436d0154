//! The end check: only the server can say that nothing is missing.

use super::{Effect, Engine, Reader, Role, Stored};
use crate::sync::event::CheckResult;
use crate::sync::run::{Phase, Wait};
use crate::sync::status::{Connection, Outcome, Pause};

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
                self.link.link_failed();
                let outcome = self.outcome_unconfirmed();
                self.end_run(outcome, Wait::BackOff { retry_after_ms: None });
            }
        }
    }

    fn on_missing(&mut self, missing: &[(u64, u64)]) {
        let missing = self.outbox.without_waiting(missing, self.device_total);
        let Role::Running(run) = &mut self.role else {
            return;
        };
        run.missing.clone_from(&missing);
        if !missing.is_empty() && missing != self.lost && run.offers == 0 {
            self.offer_again(missing);
            return;
        }
        // Offered and answered, or not here: saying it again would not bring it there.
        self.lost.clone_from(&missing);
        self.status.missing = missing;
        if run.saved_meanwhile || self.outbox.has_ready() {
            return;
        }
        self.unconfirmed = !self.outbox.is_empty();
        let all_received = self.status.missing.is_empty() && self.outbox.is_empty();
        if all_received {
            run.confirmed = Some(self.device_total);
            self.status.all_received = Some(self.device_total);
            run.end(Outcome::AllReceived, Wait::Nothing);
        } else {
            let outcome = self.outcome_unconfirmed();
            self.end_run(outcome, Wait::Nothing);
        }
    }

    fn offer_again(&mut self, missing: Vec<(u64, u64)>) {
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
        let still_missing = self.outbox.without_waiting(&missing, self.device_total);
        if still_missing == missing {
            // Nothing of it is kept here: the next end check finds it in `lost`.
            self.lost = missing;
        } else {
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
