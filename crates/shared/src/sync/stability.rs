//! Is the connection good for a drain? Three pings of ours in a row over three seconds say so.
//!
//! Delivery is idempotent, so the check saves effort and not data. On a link that is never good for three seconds it
//! gives way in the end: one small batch is tried anyway.

use super::clock::Moment;

/// Good pings in a row that prove the link.
pub(super) const GOOD_IN_A_ROW: u8 = 3;
/// From the start of the first ping to that of the third: longer than a flapping link is up.
const WINDOW_MS: u64 = 3_000;
/// The same after a long stable spell: a link that was good for minutes is seldom bad just now.
const SHORT_WINDOW_MS: u64 = 1_500;
/// The same when proofs turn out to be wrong again and again, by how often they did of late.
const LONG_WINDOWS_MS: [u64; 4] = [WINDOW_MS, 5_000, 7_500, 10_000];
/// Answers without a failure for this long are a long stable spell.
const SPELL_MS: u64 = 5 * 60_000;
/// A spell is quiet, not asleep: between two of its answers, or since the last, passes no more than this.
const SPELL_GAP_MS: u64 = 5 * 60_000;
/// A wrong proof is remembered for this long.
const WRONG_PROOF_MS: u64 = 5 * 60_000;
/// Pings of one check: enough for one mishap and three good ones after it.
pub(super) const PINGS_MAX: usize = 6;
/// A ping is given up after this long: a few times the round trip of the worst link on which a batch gets through.
pub(super) const PING_TIMEOUT_MS: u64 = 4_000;
/// How long a proof holds: about the time between two readings of a walk, so that most need no check of their own.
const PROOF_MS: u64 = 60_000;
/// After so many failed checks with a good ping among them a small batch is tried.
const FAILED_CHECKS: u8 = 3;
/// Answers that span this long without a failure between them prove the link as three pings do.
const STEADY_MS: u64 = WINDOW_MS;
/// Between two of these answers the link may not have been away for longer: a link that is up for a second and down for
/// two would look steady to one who asks only while it is up.
const STEADY_GAP_MS: u64 = 2_000;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckEnd {
    /// Three in a row.
    Proven,
    /// Not proven, but some got through, again and again: try one small batch.
    TryAnyway,
    /// Not now.
    GivenUp,
}

/// What is known of the link.
#[derive(Debug, Clone, Default)]
pub(super) struct Stability {
    check: Option<Check>,
    proven_at: Option<Moment>,
    answered_since: Option<Moment>,
    answered_at: Option<Moment>,
    steady: bool,
    failed_checks: u8,
    good_ping_seen: bool,
    /// The setting: always [`WINDOW_MS`].
    fixed: bool,
    /// Answers without a failure since then, none far from the next.
    spell_since: Option<Moment>,
    /// Proofs of late that were followed by a failure, and when the last one was.
    wrong_proofs: usize,
    wrong_proof_at: Option<Moment>,
    proof_was_wrong: bool,
}

/// One check under way.
#[derive(Debug, Clone, Copy, Default)]
struct Check {
    pings: usize,
    good_in_a_row: u8,
    pending: Option<u64>,
    next_at: Moment,
    spacing_ms: u64,
}

impl Stability {
    /// Whether the last proof is fresh enough.
    pub(super) fn is_proven(&self, now: Moment) -> bool {
        self.proven_at.is_some_and(|at| now.since_ms(at) < PROOF_MS)
    }

    /// Whether nothing has failed for some seconds: what such a link carries successfully costs no budget.
    pub(super) fn is_steady(&self) -> bool {
        self.steady
    }

    /// Batches that keep this distance from the last answer prove the link as pings do.
    pub(super) fn paced_until(&self) -> Option<Moment> {
        self.answered_at.map(|at| at.plus_ms(STEADY_MS / 2))
    }

    /// Whether it is known of this very moment: answers for some seconds, none far from the next or from now. What was
    /// steady a minute ago may be flapping by now.
    pub(super) fn carries(&self, now: Moment) -> bool {
        let spans = |since: Moment| now.since_ms(since) >= STEADY_MS;
        let is_fresh = |at: Moment| now.since_ms(at) <= STEADY_GAP_MS;
        self.steady && self.answered_since.is_some_and(spans) && self.answered_at.is_some_and(is_fresh)
    }

    /// Parts of photos that keep this distance come to know it before they have used up the minute's requests.
    pub(super) fn photo_paced_until(&self) -> Option<Moment> {
        self.answered_at.map(|at| at.plus_ms(STEADY_MS / 3))
    }

    /// Good pings in a row of the check under way.
    pub(super) fn good_in_a_row(&self) -> u8 {
        self.check.map_or(0, |check| check.good_in_a_row)
    }

    pub(super) fn set_fixed(&mut self, fixed: bool) {
        self.fixed = fixed;
    }

    /// How long the next check watches the link.
    pub(super) fn window_ms(&self, now: Moment) -> u64 {
        if self.fixed {
            return WINDOW_MS;
        }
        if self
            .wrong_proof_at
            .is_some_and(|at| now.since_ms(at) < WRONG_PROOF_MS)
        {
            let longest = LONG_WINDOWS_MS.len() - 1;
            return LONG_WINDOWS_MS[self.wrong_proofs.saturating_sub(1).min(longest)];
        }
        let is_spell = self
            .spell_since
            .zip(self.answered_at)
            .is_some_and(|(since, last)| {
                last.since_ms(since) >= SPELL_MS && now.since_ms(last) < SPELL_GAP_MS
            });
        if is_spell { SHORT_WINDOW_MS } else { WINDOW_MS }
    }

    pub(super) fn begin_check(&mut self, now: Moment) {
        self.check = Some(Check {
            next_at: now,
            spacing_ms: self.window_ms(now) / u64::from(GOOD_IN_A_ROW - 1),
            ..Check::default()
        });
    }

    pub(super) fn stop_check(&mut self) {
        self.check = None;
    }

    /// When the next ping is due; `None` while one is under way.
    pub(super) fn ping_due_at(&self) -> Option<Moment> {
        self.check
            .filter(|check| check.pending.is_none())
            .map(|check| check.next_at)
    }

    pub(super) fn ping_sent(&mut self, now: Moment, nonce: u64) {
        if let Some(check) = &mut self.check {
            check.pending = Some(nonce);
            check.pings += 1;
            check.next_at = now.plus_ms(check.spacing_ms);
        }
    }

    /// Whether this is the ping that is under way.
    pub(super) fn awaits(&self, nonce: u64) -> bool {
        self.check.is_some_and(|check| check.pending == Some(nonce))
    }

    /// The ping under way ended. `None`: the check goes on.
    pub(super) fn ping_ended(&mut self, now: Moment, good: bool) -> Option<CheckEnd> {
        let mut check = self.check.take()?;
        check.pending = None;
        if good {
            check.good_in_a_row += 1;
            self.good_ping_seen = true;
            self.link_answered(now);
        } else {
            check.good_in_a_row = 0;
            self.link_failed(now);
        }
        if check.good_in_a_row >= GOOD_IN_A_ROW {
            self.proven(now);
            self.steady = true;
            return Some(CheckEnd::Proven);
        }
        if check.pings < PINGS_MAX {
            self.check = Some(check);
            return None;
        }
        self.failed_checks = self.failed_checks.saturating_add(1);
        if self.failed_checks >= FAILED_CHECKS && self.good_ping_seen {
            self.failed_checks = 0;
            self.good_ping_seen = false;
            return Some(CheckEnd::TryAnyway);
        }
        Some(CheckEnd::GivenUp)
    }

    /// A batch was answered by our server.
    pub(super) fn batch_answered(&mut self, now: Moment) {
        self.link_answered(now);
        self.proven(now);
    }

    /// Somebody else answers in the server's place: whatever was proven is void.
    pub(super) fn disproved(&mut self, now: Moment) {
        self.proven_at = None;
        self.link_failed(now);
    }

    /// A request came to nothing. An earlier proof holds on: the next batch is smaller, that is enough.
    pub(super) fn link_failed(&mut self, now: Moment) {
        if self.is_proven(now) && !self.proof_was_wrong {
            let is_flapping = self
                .wrong_proof_at
                .is_some_and(|at| now.since_ms(at) < WRONG_PROOF_MS);
            self.wrong_proofs = if is_flapping { self.wrong_proofs + 1 } else { 1 };
            self.wrong_proof_at = Some(now);
            self.proof_was_wrong = true;
        }
        self.spell_since = None;
        self.answered_since = None;
        self.steady = false;
    }

    fn link_answered(&mut self, now: Moment) {
        let gap_ms = self.answered_at.map_or(0, |at| now.since_ms(at));
        if gap_ms > STEADY_GAP_MS {
            self.answered_since = None;
        }
        if gap_ms > SPELL_GAP_MS {
            self.spell_since = None;
        }
        self.spell_since.get_or_insert(now);
        self.answered_at = Some(now);
        let since = *self.answered_since.get_or_insert(now);
        self.steady |= now.since_ms(since) >= STEADY_MS;
    }

    fn proven(&mut self, now: Moment) {
        self.proven_at = Some(now);
        self.proof_was_wrong = false;
        self.failed_checks = 0;
        self.good_ping_seen = false;
    }
}

#[cfg(test)]
mod tests;
