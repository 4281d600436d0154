//! How long to wait after a failure.

use super::chance::Chance;
use super::clock::Moment;

/// The first wait is at most this long: most failures of a walk through a cellar are over within a second.
const FIRST_MS: u64 = 1_000;
/// No wait is longer: a phone that lies in the office's network for a coffee has tried at least once.
const LONGEST_MS: u64 = 5 * 60_000;
/// `Retry-After` is believed up to here. A server under load asks for seconds or minutes; a wrong or foreign header
/// that asks for a day must not strand readings on the phone.
const RETRY_AFTER_MAX_MS: u64 = 15 * 60_000;

/// The wait after so many failures in a row: full jitter below a limit that doubles, so that 500 phones that failed
/// together do not come back together.
pub(super) fn wait_ms(failures: u32, chance: &mut Chance) -> u64 {
    let doublings = failures.saturating_sub(1).min(20);
    let limit_ms = (FIRST_MS << doublings).min(LONGEST_MS);
    1 + chance.up_to(limit_ms - 1)
}

/// The wait of the queue as a whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Backoff {
    failures: u32,
    until: Option<Moment>,
    asked_for_by_server: bool,
}

impl Backoff {
    /// Another failure. A wait that the server asked for is at least that long, with jitter on top. A server that asks is
    /// there, whatever failed on the way to it before: the count begins anew.
    pub(super) fn fail(&mut self, now: Moment, retry_after_ms: Option<u64>, chance: &mut Chance) {
        if retry_after_ms.is_some() && !self.asked_for_by_server {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        let own_ms = wait_ms(self.failures, chance);
        let asked_ms = retry_after_ms.map_or(0, |asked_ms| asked_ms.min(RETRY_AFTER_MAX_MS));
        self.asked_for_by_server = retry_after_ms.is_some();
        self.until = Some(now.plus_ms(asked_ms.saturating_add(own_ms)));
    }

    /// Something worked.
    pub(super) fn succeed(&mut self) {
        *self = Self::default();
    }

    /// Something suggests that it is worth trying now. A wait that the server asked for is ended only by a person:
    /// after an outage every phone hears `online` in the same second.
    pub(super) fn hint(&mut self, by_person: bool) {
        if by_person || !self.asked_for_by_server {
            self.until = None;
            self.asked_for_by_server = false;
        }
    }

    /// The failures so far tell nothing about the link as it is now: the next wait is a short one.
    pub(super) fn forget_failures(&mut self) {
        self.failures = 0;
    }

    pub(super) fn until(&self) -> Option<Moment> {
        self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest_of_many(failures: u32) -> u64 {
        let mut chance = Chance::new(3);
        (0..5_000)
            .map(|_| wait_ms(failures, &mut chance))
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn the_limit_doubles_from_a_second_to_five_minutes() {
        let reached: Vec<u64> = (1..=10)
            .map(|failures| longest_of_many(failures).div_ceil(1_000))
            .collect();
        assert_eq!(reached, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(longest_of_many(u32::MAX).div_ceil(1_000), 300);
    }

    #[test]
    fn phones_that_failed_together_do_not_come_back_together() {
        let mut chance = Chance::new(3);
        let mut counts = [0_u32; 10];
        for _ in 0..500 {
            // 500 phones that have failed four times: up to eight seconds, in ten parts.
            let part = wait_ms(4, &mut chance) * 10 / 8_001;
            counts[usize::try_from(part).expect("one of ten")] += 1;
        }
        assert!(counts.iter().all(|count| (25..=75).contains(count)), "{counts:?}");
    }

    #[test]
    fn no_wait_is_empty() {
        let mut chance = Chance::new(3);
        assert!((0..5_000).all(|_| wait_ms(1, &mut chance) > 0));
    }

    #[test]
    fn what_the_server_asked_for_is_waited_for_but_not_for_ever() {
        let now = Moment::default();
        let mut backoff = Backoff::default();
        backoff.fail(now, Some(20_000), &mut Chance::new(1));
        assert!(backoff.until() > Some(now.plus_ms(20_000)));
        backoff.fail(now, Some(u64::MAX), &mut Chance::new(1));
        assert!(backoff.until() <= Some(now.plus_ms(RETRY_AFTER_MAX_MS + 2_000)));
    }

    #[test]
    fn after_an_outage_a_server_that_asks_for_seconds_does_not_wait_for_minutes() {
        let now = Moment::default();
        let mut backoff = Backoff::default();
        let mut chance = Chance::new(1);
        (0..20).for_each(|_| backoff.fail(now, None, &mut chance));
        backoff.fail(now, Some(3_000), &mut chance);
        assert!(backoff.until() <= Some(now.plus_ms(4_000)));
        let longest = (0..20).map(|_| {
            backoff.fail(now, Some(3_000), &mut chance);
            backoff.until()
        });
        assert!(
            longest.max() > Some(Some(now.plus_ms(60_000))),
            "but each time longer"
        );
    }

    #[test]
    fn a_hint_ends_our_own_wait_and_a_person_ends_any() {
        let now = Moment::default();
        let mut backoff = Backoff::default();
        backoff.fail(now, None, &mut Chance::new(1));
        backoff.hint(false);
        assert_eq!(backoff.until(), None);
        backoff.fail(now, Some(20_000), &mut Chance::new(1));
        backoff.hint(false);
        assert!(backoff.until().is_some());
        backoff.hint(true);
        assert_eq!(backoff.until(), None);
    }
}
