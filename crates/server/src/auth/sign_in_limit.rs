//! How often somebody may try to sign in, counted by name and by address.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::ApiError;

/// Tries for one name in a row; a person who mistypes gets that many.
const NAME_BURST: NonZeroU32 = NonZeroU32::new(8).unwrap();
/// One more try for a name after each such time: 120 an hour, hopeless for guessing.
const NAME_REFILL: Duration = Duration::from_secs(30);
/// Tries from one address in a row; a whole crew may sign in behind one router in the morning.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// One more try from an address after each such time.
const ADDRESS_REFILL: Duration = Duration::from_secs(2);
/// Lines of the audit about one name in a row, and one more after each such time: somebody who guesses for a day leaves 150.
const NOTE_BURST: NonZeroU32 = NonZeroU32::new(4).unwrap();
const NOTE_REFILL: Duration = Duration::from_secs(10 * 60);
/// Names and addresses kept before those that have recovered are forgotten.
const KEYS_MAX: usize = 10_000;

/// Counts the tries.
pub struct SignInLimit {
    names: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    notes: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
}

impl SignInLimit {
    /// With nothing counted.
    pub fn new() -> Self {
        Self {
            names: RateLimiter::keyed(quota(NAME_BURST, NAME_REFILL)),
            addresses: RateLimiter::keyed(quota(ADDRESS_BURST, ADDRESS_REFILL)),
            notes: RateLimiter::keyed(quota(NOTE_BURST, NOTE_REFILL)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts one try; refuses it when there were too many. Unknown names count like known ones.
    pub fn count(&self, name_key: &str, address: Option<IpAddr>) -> Result<(), ApiError> {
        self.count_address(address)?;
        self.names
            .check_key(&name_key.to_owned())
            .map_err(|until| self.refusal(&until))
    }

    /// Counts one try of somebody who names nobody.
    pub fn count_address(&self, address: Option<IpAddr>) -> Result<(), ApiError> {
        self.forget_recovered();
        let Some(address) = address else { return Ok(()) };
        self.addresses
            .check_key(&address)
            .map_err(|until| self.refusal(&until))
    }

    /// Whether the audit is told of a refusal of this kind, or has heard of enough of them.
    pub fn is_worth_noting(&self, kind: &str) -> bool {
        self.notes.check_key(&kind.to_owned()).is_ok()
    }

    fn refusal(&self, until: &governor::NotUntil<governor::clock::QuantaInstant>) -> ApiError {
        let wait = until.wait_time_from(self.clock.now());
        ApiError::TooManyRequests {
            retry_after_s: wait.as_secs() + 1,
        }
    }

    fn forget_recovered(&self) {
        if self.names.len() > KEYS_MAX {
            self.names.retain_recent();
        }
        if self.addresses.len() > KEYS_MAX {
            self.addresses.retain_recent();
        }
        if self.notes.len() > KEYS_MAX {
            self.notes.retain_recent();
        }
    }
}

impl Default for SignInLimit {
    fn default() -> Self {
        Self::new()
    }
}

fn quota(burst: NonZeroU32, refill: Duration) -> Quota {
    // `with_period` is `None` only for a period of zero.
    Quota::with_period(refill)
        .unwrap_or_else(|| Quota::per_minute(burst))
        .allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_refused_after_its_tries_and_others_are_not() {
        let limit = SignInLimit::new();
        for _ in 0..NAME_BURST.get() {
            limit.count("ana", None).unwrap();
        }
        assert!(matches!(
            limit.count("ana", None),
            Err(ApiError::TooManyRequests {
                retry_after_s: 1..=31
            })
        ));
        limit.count("ben", None).unwrap();
    }
}
