//! Telling billing by webhook: what came of a try, and when it is tried again. Time and chance are arguments.

use crate::names::named;

#[cfg(test)]
mod tests;

named!(
    /// What is told of a period.
    Told {
        /// It was closed: the hand-over goes with it.
        Closed = "closed",
        /// It was reopened: what was handed over does not count any more.
        Reopened = "reopened",
    }
);

named!(
    /// How far the telling is.
    DeliveryState {
        /// It is sent when its time has come.
        Waiting = "waiting",
        /// Billing has taken it.
        Delivered = "delivered",
        /// Billing does not want it, or was tried often enough: somebody has to look.
        GivenUp = "given_up",
        /// The period was closed or reopened since: what would be told is not so any more.
        Superseded = "superseded",
    }
);

named!(
    /// Why a try came to nothing.
    Failure {
        /// An answer, but none that takes it; a redirect is one of them.
        Answer = "answer",
        /// Not done in the time that a try has.
        Timeout = "timeout",
        /// Nobody was there, or not with a certificate that is trusted.
        NoConnection = "no_connection",
        /// The connection ended before there was an answer.
        BrokeOff = "broke_off",
        /// The hand-over could not be read from the books.
        NotMade = "not_made",
    }
);

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// An answer, whatever it says.
    Answered {
        /// Of HTTP.
        status: u16,
        /// What it asks to wait.
        retry_after_ms: Option<u64>,
    },
    /// No answer.
    Failed(Failure),
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It was taken.
    Settled,
    /// It is tried again after so long.
    Again {
        /// From the end of the try on.
        wait_ms: u64,
    },
    /// It is not tried again by itself.
    GiveUp,
}

/// The waits after each failure, in seconds, as the Standard Webhooks specification proposes them: 75 hours in all. The first
/// ones are for a restart over there, the last ones for a weekend without anybody.
const WAITS_S: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// Each wait is longer by up to this part of it: events that failed together do not come back together.
const JITTER_PART: u64 = 10;
/// `Retry-After` is believed up to here: a wrong one must not put the hand-over off for weeks.
const RETRY_AFTER_MAX_MS: u64 = 24 * 3_600_000;
/// The answer of a receiver that is gone for good.
const GONE: u16 = 410;

/// How often it is tried before somebody has to look.
pub const TRIES_MAX: u32 = WAITS_S.len() as u32 + 1;

impl Tried {
    /// What becomes of it after so many tries, this one counted.
    pub fn next(self, tries: u32, chance: u64) -> Next {
        match self {
            Self::Answered {
                status: 200..=299, ..
            } => Next::Settled,
            Self::Answered { status: GONE, .. } => Next::GiveUp,
            Self::Answered { retry_after_ms, .. } => again(tries, retry_after_ms, chance),
            Self::Failed(_) => again(tries, None, chance),
        }
    }

    /// Why it came to nothing; `None` where it was taken.
    pub const fn failure(self) -> Option<Failure> {
        match self {
            Self::Answered {
                status: 200..=299, ..
            } => None,
            Self::Answered { .. } => Some(Failure::Answer),
            Self::Failed(failure) => Some(failure),
        }
    }
}

fn again(tries: u32, retry_after_ms: Option<u64>, chance: u64) -> Next {
    let index = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(wait_s) = WAITS_S.get(index) else {
        return Next::GiveUp;
    };
    let own_ms = wait_s * 1_000;
    let asked_ms = retry_after_ms.unwrap_or(0).min(RETRY_AFTER_MAX_MS);
    let jitter_ms = chance % (own_ms / JITTER_PART + 1);
    Next::Again {
        wait_ms: own_ms.max(asked_ms) + jitter_ms,
    }
}
