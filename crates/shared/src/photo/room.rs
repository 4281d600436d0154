//! Space on the phone: photos are refused before readings.

use super::PHOTO_BYTES_MAX;

/// What photos leave free for readings: ten thousand of them, and what the browser needs around them.
pub const RESERVE_BYTES: u64 = 20_000_000;

/// Whether a photo may take space, by the browser's own estimate of what is used and what may be used. Where the browser
/// does not tell, it may: a full store says so itself.
pub fn has_room(used_bytes: Option<u64>, quota_bytes: Option<u64>) -> bool {
    match (used_bytes, quota_bytes) {
        (Some(used), Some(quota)) if quota > 0 => {
            quota.saturating_sub(used) >= RESERVE_BYTES + PHOTO_BYTES_MAX
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_leave_a_reserve_for_readings() {
        let quota = 100_000_000;
        let last = quota - RESERVE_BYTES - PHOTO_BYTES_MAX;
        assert!(has_room(Some(last), Some(quota)));
        assert!(!has_room(Some(last + 1), Some(quota)));
        assert!(
            !has_room(Some(quota + 5), Some(quota)),
            "an estimate may exceed itself"
        );
    }

    #[test]
    fn a_browser_that_does_not_tell_forbids_nothing() {
        assert!(has_room(None, Some(1)));
        assert!(has_room(Some(1), None));
        assert!(has_room(Some(0), Some(0)));
    }
}
