//! Is the connection good for a drain? Three pings of ours in a row over three seconds say so.
//!
//! Delivery is idempotent, so the check saves effort and not data. On a link that is never good for three seconds it
//! gives way in the end: one small batch is tried anyway.

use super::clock::Moment;

/// Good pings in a row that prove the link.
pub(super) const GOOD_IN_A_ROW: u8 = 3;
/// From the start of one ping to the next: three of them span three seconds, longer than a flapping link is up.
const SPACING_MS: u64 = 1_500;
/// Pings of one check: enough for one mishap and three good ones after it.
pub(super) const PINGS_MAX: usize = 6;
/// A ping is given up after this long: a few times the round trip of the worst link on which a batch gets through.
pub(super) const PING_TIMEOUT_MS: u64 = 4_000;
/// How long a proof holds: about the time between two readings of a walk, so that most need no check of their own.
const PROOF_MS: u64 = 60_000;
/// After so many failed checks with a good ping among them a small batch is tried.
const FAILED_CHECKS: u8 = 3;
/// Answers that span this long without a failure between them prove the link as three pings do.
const STEADY_MS: u64 = 2 * SPACING_MS;
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
}

/// One check under way.
#[derive(Debug, Clone, Copy, Default)]
struct Check {
    pings: usize,
    good_in_a_row: u8,
    pending: Option<u64>,
    next_at: Moment,
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

    /// Good pings in a row of the check under way.
    pub(super) fn good_in_a_row(&self) -> u8 {
        self.check.map_or(0, |check| check.good_in_a_row)
    }

    pub(super) fn begin_check(&mut self, now: Moment) {
        self.check = Some(Check {
            next_at: now,
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
            check.next_at = now.plus_ms(SPACING_MS);
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
            self.link_failed();
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
    pub(super) fn disproved(&mut self) {
        self.proven_at = None;
        self.link_failed();
    }

    /// A request came to nothing. An earlier proof holds on: the next batch is smaller, that is enough.
    pub(super) fn link_failed(&mut self) {
        self.answered_since = None;
        self.steady = false;
    }

    fn link_answered(&mut self, now: Moment) {
        let gap_ms = self.answered_at.map_or(0, |at| now.since_ms(at));
        if gap_ms > STEADY_GAP_MS {
            self.answered_since = None;
        }
        self.answered_at = Some(now);
        let since = *self.answered_since.get_or_insert(now);
        self.steady |= now.since_ms(since) >= STEADY_MS;
    }

    fn proven(&mut self, now: Moment) {
        self.proven_at = Some(now);
        self.failed_checks = 0;
        self.good_ping_seen = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs one check; each ping takes `ping_ms`. Gives when each was sent, and the end.
    fn check(
        link: &mut Stability,
        from_ms: u64,
        ping_ms: u64,
        good: &[bool],
    ) -> (Vec<u64>, Option<CheckEnd>) {
        let mut sent = Vec::new();
        let mut now = Moment::default().plus_ms(from_ms);
        link.begin_check(now);
        for (nonce, good) in good.iter().enumerate() {
            now = now.max(link.ping_due_at().expect("a ping is due"));
            sent.push(now.since_ms(Moment::default()) - from_ms);
            link.ping_sent(now, nonce as u64);
            assert!(link.awaits(nonce as u64));
            now = now.plus_ms(ping_ms);
            if let Some(end) = link.ping_ended(now, *good) {
                return (sent, Some(end));
            }
        }
        (sent, None)
    }

    #[test]
    fn three_good_pings_at_0_and_1500_and_3000_ms_prove_the_link_for_a_minute() {
        let mut link = Stability::default();
        let result = check(&mut link, 0, 40, &[true, true, true]);
        assert_eq!(result, (vec![0, 1_500, 3_000], Some(CheckEnd::Proven)));
        assert!(link.is_proven(Moment::default().plus_ms(3_040 + PROOF_MS - 1)));
        assert!(!link.is_proven(Moment::default().plus_ms(3_040 + PROOF_MS)));
        assert!(link.is_steady());
    }

    #[test]
    fn a_failure_starts_the_count_again() {
        let mut link = Stability::default();
        let (sent, end) = check(&mut link, 0, 40, &[true, true, false, true, true, true]);
        assert_eq!((sent.len(), end), (6, Some(CheckEnd::Proven)));
    }

    #[test]
    fn after_six_pings_it_gives_up() {
        let mut link = Stability::default();
        let (sent, end) = check(&mut link, 0, 40, &[true, true, false, true, true, false]);
        assert_eq!((sent.len(), end), (6, Some(CheckEnd::GivenUp)));
        assert!(!link.is_proven(Moment::default().plus_ms(9_000)));
    }

    #[test]
    fn a_slow_ping_delays_the_next_one() {
        let (sent, _) = check(&mut Stability::default(), 0, 2_500, &[true, true, true]);
        assert_eq!(sent, [0, 2_500, 5_000]);
    }

    #[test]
    fn the_third_failed_check_with_a_good_ping_tries_a_small_batch_anyway() {
        let mut link = Stability::default();
        let bad = [false; 6];
        assert_eq!(
            check(&mut link, 0, 1, &[true, false, false, false, false, false]).1,
            Some(CheckEnd::GivenUp)
        );
        assert_eq!(check(&mut link, 20_000, 1, &bad).1, Some(CheckEnd::GivenUp));
        assert_eq!(check(&mut link, 40_000, 1, &bad).1, Some(CheckEnd::TryAnyway));
        assert_eq!(
            check(&mut link, 60_000, 1, &bad).1,
            Some(CheckEnd::GivenUp),
            "and then counts afresh"
        );
    }

    #[test]
    fn without_any_good_ping_no_batch_is_tried() {
        let mut link = Stability::default();
        let ends: Vec<_> = (0..5)
            .map(|i| check(&mut link, i * 20_000, 1, &[false; 6]).1)
            .collect();
        assert_eq!(ends, [Some(CheckEnd::GivenUp); 5]);
    }

    #[test]
    fn an_answered_batch_is_a_proof_and_a_foreign_answer_voids_it() {
        let mut link = Stability::default();
        let now = Moment::default();
        link.batch_answered(now);
        assert!(link.is_proven(now.plus_ms(PROOF_MS - 1)));
        assert!(!link.is_steady(), "one answer says nothing of the next seconds");
        link.batch_answered(now.plus_ms(2_500));
        link.batch_answered(now.plus_ms(4_000));
        assert!(!link.is_steady(), "between the first two it may have been away");
        link.batch_answered(now.plus_ms(5_500));
        assert!(link.is_steady());
        link.disproved();
        assert!(!link.is_proven(now.plus_ms(1)) && !link.is_steady());
    }
}
