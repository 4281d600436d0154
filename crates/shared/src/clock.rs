//! When something was really read: the phone's clock put right by what is known of it.

use crate::timestamp::Timestamp;
use crate::zone::Zone;

/// Offsets agree within this, and a clock within this is right.
pub const CLOCK_TOLERANCE_MS: i64 = 5 * 60 * 1000;

/// What is known of one item's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockEvidence {
    /// The phone's clock when Save was tapped.
    pub read_at: Timestamp,
    /// Server's clock minus the phone's, as measured last before the capture.
    pub offset_before_ms: Option<i64>,
    /// The same at sending.
    pub offset_at_sending_ms: Option<i64>,
    /// The server's clock at the receipt.
    pub received_at: Timestamp,
    /// Corrected time of the nearest item before it in the phone's running numbers whose time is certain.
    pub after: Option<Timestamp>,
    /// Corrected time of the nearest item behind it in the phone's running numbers whose time is certain.
    pub before: Option<Timestamp>,
}

/// When it was really read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectedTime {
    /// Known.
    Known {
        /// The moment.
        at: Timestamp,
        /// Flag `clock`: the phone's clock was wrong, or only the month is sure.
        flagged: bool,
        /// The moment itself is sure, not only its month: good as a bound for neighbours.
        certain: bool,
    },
    /// Not even the month is known: the office decides.
    Undecidable,
}

/// The moment if both offsets agree and the item was not received before it was read.
pub fn certain_time(
    read_at: Timestamp,
    offset_before_ms: Option<i64>,
    offset_at_sending_ms: Option<i64>,
    received_at: Timestamp,
) -> Option<Timestamp> {
    let (before_ms, sending_ms) = (offset_before_ms?, offset_at_sending_ms?);
    let at = read_at.plus_ms(before_ms);
    let agree = before_ms.saturating_sub(sending_ms).saturating_abs() <= CLOCK_TOLERANCE_MS;
    (agree && at.since_ms(received_at) <= CLOCK_TOLERANCE_MS).then_some(at)
}

/// Puts the phone's clock right. Where nothing came before it in the phone's running numbers, the earliest time that
/// the phone's own claims allow is the lower bound: the first item of a phone can't be known better.
pub fn corrected_time(evidence: &ClockEvidence, zone: &Zone) -> CorrectedTime {
    let ClockEvidence {
        read_at,
        offset_before_ms,
        offset_at_sending_ms,
        received_at,
        ..
    } = *evidence;
    if let Some(at) = certain_time(read_at, offset_before_ms, offset_at_sending_ms, received_at) {
        let off_ms = offset_before_ms.unwrap_or_default().saturating_abs();
        return CorrectedTime::Known {
            at,
            flagged: off_ms > CLOCK_TOLERANCE_MS,
            certain: true,
        };
    }
    let latest = evidence.before.map_or(received_at, |it| it.min(received_at));
    let claims = [offset_before_ms, offset_at_sending_ms];
    let claimed = read_at.plus_ms(claims.into_iter().flatten().min().unwrap_or_default());
    let earliest = evidence.after.unwrap_or(claimed);
    if earliest.since_ms(latest) > CLOCK_TOLERANCE_MS {
        return CorrectedTime::Undecidable;
    }
    let earliest = earliest.min(latest);
    if zone.month_at(earliest) != zone.month_at(latest) {
        return CorrectedTime::Undecidable;
    }
    CorrectedTime::Known {
        at: claimed.clamp(earliest, latest),
        flagged: true,
        certain: false,
    }
}

#[cfg(test)]
mod tests;
