//! How many requests may be made in vain.
//!
//! Hints end waits, and a flapping link gives a hint every few seconds. Without a limit, pings and batches that get
//! nowhere would empty the battery. Whatever a proven link carries successfully is free.

use std::collections::VecDeque;

use super::clock::Moment;

/// Requests that may be charged within a minute when a person asks.
const BY_PERSON_MAX: usize = 20;
/// Requests that may be charged within a minute otherwise: leaves a whole stability check for **Sync now**.
const AUTOMATIC_MAX: usize = 16;
/// The minute of both.
const SPAN_MS: u64 = 60_000;

/// The requests charged within the last minute.
#[derive(Debug, Clone, Default)]
pub(super) struct Budget {
    charged: VecDeque<Moment>,
}

impl Budget {
    pub(super) fn charge(&mut self, now: Moment, requests: u32) {
        self.forget_old(now);
        for _ in 0..requests {
            self.charged.push_back(now);
        }
        while self.charged.len() > BY_PERSON_MAX {
            self.charged.pop_front();
        }
    }

    /// The link has just proven stable: what failed before does not count against it.
    pub(super) fn clear(&mut self) {
        self.charged.clear();
    }

    /// When the next `requests` may be made one after the other.
    pub(super) fn free_at(&self, now: Moment, by_person: bool, requests: usize) -> Moment {
        let max = if by_person { BY_PERSON_MAX } else { AUTOMATIC_MAX };
        let is_recent = |at: &&Moment| now.since_ms(**at) < SPAN_MS;
        let recent = self.charged.iter().filter(is_recent).count();
        let old = self.charged.len() - recent;
        match (recent + requests).checked_sub(max + 1) {
            None => now,
            // So many have to grow old before there is room.
            Some(over) => {
                let last_over = self.charged.get(old + over).or(self.charged.back());
                last_over.map_or(now, |at| at.plus_ms(SPAN_MS))
            }
        }
    }

    fn forget_old(&mut self, now: Moment) {
        while self
            .charged
            .front()
            .is_some_and(|at| now.since_ms(*at) >= SPAN_MS)
        {
            self.charged.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(ms: u64) -> Moment {
        Moment::default().plus_ms(ms)
    }

    #[test]
    fn no_minute_sees_more_than_the_limit() {
        for by_person in [false, true] {
            let max = if by_person { BY_PERSON_MAX } else { AUTOMATIC_MAX };
            let mut budget = Budget::default();
            let mut made: Vec<u64> = Vec::new();
            for ms in (0..300_000).step_by(250) {
                if budget.free_at(moment(ms), by_person, 1) <= moment(ms) {
                    budget.charge(moment(ms), 1);
                    made.push(ms);
                }
            }
            let fullest = made
                .iter()
                .map(|from| {
                    made.iter()
                        .filter(|ms| (*from..from + SPAN_MS).contains(ms))
                        .count()
                })
                .max();
            assert_eq!(fullest, Some(max));
            assert!(
                made.iter().any(|ms| *ms > 240_000),
                "it goes on, minute after minute"
            );
        }
    }

    #[test]
    fn a_person_has_room_when_hints_have_used_theirs_up() {
        let mut budget = Budget::default();
        budget.charge(moment(0), AUTOMATIC_MAX as u32);
        assert_eq!(budget.free_at(moment(10), false, 1), moment(SPAN_MS));
        assert_eq!(budget.free_at(moment(10), true, 4), moment(10));
    }

    #[test]
    fn a_check_waits_until_there_is_room_for_all_of_it() {
        let mut budget = Budget::default();
        for second in 0..14 {
            budget.charge(moment(second * 1_000), 1);
        }
        assert_eq!(budget.free_at(moment(14_000), false, 2), moment(14_000));
        assert_eq!(budget.free_at(moment(14_000), false, 7), moment(4_000 + SPAN_MS));
    }

    #[test]
    fn a_proven_link_starts_afresh() {
        let mut budget = Budget::default();
        budget.charge(moment(0), BY_PERSON_MAX as u32);
        budget.clear();
        assert_eq!(budget.free_at(moment(1), false, 16), moment(1));
    }
}
