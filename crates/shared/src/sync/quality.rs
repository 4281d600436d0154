//! How good the link is, measured from what travels anyway.

use super::status::LinkQuality;
use crate::timestamp::Timestamp;

/// Smaller batches are over before the link shows its pace.
const BYTES_MIN: u64 = 2_048;
/// What took less is the noise of a clock that counts milliseconds.
const TRAVEL_MIN_MS: u64 = 20;

/// A ping of ours was answered.
pub(super) fn note_ping(link: &mut LinkQuality, round_trip_ms: u64, at: Timestamp) {
    link.round_trip_ms = Some(smoothed(link.round_trip_ms, round_trip_ms));
    link.measured_at = Some(at);
}

/// A batch of ours was answered.
pub(super) fn note_batch(link: &mut LinkQuality, bytes: u64, elapsed_ms: u64, at: Timestamp) {
    let travel_ms = elapsed_ms.saturating_sub(link.round_trip_ms.unwrap_or(0));
    if bytes < BYTES_MIN || travel_ms < TRAVEL_MIN_MS {
        return;
    }
    let bytes_per_s = bytes.saturating_mul(1_000) / travel_ms;
    link.upload_bytes_per_s = Some(smoothed(link.upload_bytes_per_s, bytes_per_s));
    link.measured_at = Some(at);
}

/// A quarter of the new and three of the old: one strange value does not move the picture.
fn smoothed(before: Option<u64>, measured: u64) -> u64 {
    before.map_or(measured, |before| {
        (before.saturating_mul(3).saturating_add(measured)) / 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_ms(5);

    #[test]
    fn the_first_ping_is_taken_as_it_is_and_one_slow_one_moves_the_figure_by_a_quarter() {
        let mut link = LinkQuality::default();
        note_ping(&mut link, 100, AT);
        assert_eq!((link.round_trip_ms, link.measured_at), (Some(100), Some(AT)));
        note_ping(&mut link, 900, AT);
        assert_eq!(link.round_trip_ms, Some(300));
    }

    #[test]
    fn throughput_is_what_a_batch_took_beyond_the_round_trip() {
        let mut link = LinkQuality::default();
        note_ping(&mut link, 300, AT);
        note_batch(&mut link, 125_000, 1_300, AT);
        assert_eq!(link.upload_bytes_per_s, Some(125_000));
    }

    #[test]
    fn small_or_instant_batches_say_nothing() {
        let mut link = LinkQuality::default();
        note_batch(&mut link, BYTES_MIN - 1, 1_000, AT);
        note_batch(&mut link, 100_000, TRAVEL_MIN_MS - 1, AT);
        assert_eq!(link, LinkQuality::default());
    }
}
