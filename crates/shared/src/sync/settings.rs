//! What a person can set about sync. Kept on the phone; members that an older app did not know have their default.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

const MINUTE_MS: i64 = 60_000;
const DAY_MIN: i64 = 24 * 60;

/// Settings of sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SyncSettings {
    /// Without it only **Sync now** starts anything; switching it off ends a run that nobody tapped for.
    pub automatic: bool,
    /// How long the connection has to be good before the drain.
    pub window: CheckWindow,
    /// What is sent first.
    pub order: SendOrder,
    /// No run starts by itself within them; **Sync now** does, and a run under way goes on.
    pub quiet: Option<QuietHours>,
    /// Photos wait for a network that does not cost. Where the browser does not tell which one it is, they wait for a tap.
    pub photos_on_wifi_only: bool,
}

impl Default for SyncSettings {
    fn default() -> Self {
        Self {
            automatic: true,
            window: CheckWindow::default(),
            order: SendOrder::default(),
            quiet: None,
            photos_on_wifi_only: false,
        }
    }
}

/// How long the connection has to be good before the drain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckWindow {
    /// Shorter after a long stable spell, longer when the connection flaps.
    #[default]
    Adaptive,
    /// Three pings over three seconds, always.
    Fixed,
}

/// What is sent first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendOrder {
    /// The order of capture.
    #[default]
    OldestFirst,
    /// What `Input::SendFirst` named (the property that one stands in), then the others; each in the order of capture.
    HereFirst,
}

/// From one minute of the day to another, by the clock on the wall. They may span midnight; from and until the same
/// minute there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietHours {
    /// Minutes since midnight, 0 to 1439.
    pub from_min: u16,
    /// The first minute that is no longer quiet.
    pub until_min: u16,
    /// Seconds that the phone's zone is east of UTC at the moment. The runtime says so with each `Input::Settings`; it
    /// is no choice of the person.
    pub offset_s: i32,
}

impl QuietHours {
    /// How long they still last; 0 outside them.
    pub fn left_ms(&self, now: Timestamp) -> u64 {
        let day_ms = DAY_MIN * MINUTE_MS;
        let since_midnight_ms = (now.ms() + i64::from(self.offset_s) * 1_000).rem_euclid(day_ms);
        let minute_ms = |minute: u16| i64::from(minute) % DAY_MIN * MINUTE_MS;
        let (from_ms, until_ms) = (minute_ms(self.from_min), minute_ms(self.until_min));
        let lasts_ms = (until_ms - from_ms).rem_euclid(day_ms);
        let elapsed_ms = (since_midnight_ms - from_ms).rem_euclid(day_ms);
        u64::try_from(lasts_ms - elapsed_ms).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes that are left at this hour and minute, UTC.
    fn left_min(quiet: QuietHours, hour: i64, minute: i64) -> u64 {
        let now = Timestamp::from_ms((20_000 * DAY_MIN + hour * 60 + minute) * MINUTE_MS);
        quiet.left_ms(now) / 60_000
    }

    fn quiet(from_min: u16, until_min: u16, offset_s: i32) -> QuietHours {
        QuietHours {
            from_min,
            until_min,
            offset_s,
        }
    }

    #[test]
    fn quiet_hours_begin_and_end_on_the_minute() {
        let noon = quiet(12 * 60, 13 * 60, 0);
        let at = [(11, 59), (12, 0), (12, 59), (13, 0)];
        assert_eq!(
            at.map(|(hour, minute)| left_min(noon, hour, minute)),
            [0, 60, 1, 0]
        );
    }

    #[test]
    fn quiet_hours_may_span_midnight() {
        let night = quiet(22 * 60, 6 * 60, 0);
        let at = [(21, 59), (22, 0), (0, 0), (5, 59), (6, 0)];
        assert_eq!(
            at.map(|(hour, minute)| left_min(night, hour, minute)),
            [0, 480, 360, 1, 0]
        );
    }

    #[test]
    fn quiet_hours_are_those_of_the_clock_on_the_wall() {
        let in_brisbane = quiet(22 * 60, 6 * 60, 10 * 3_600);
        assert_eq!(left_min(in_brisbane, 12, 0), 480);
        assert_eq!(left_min(in_brisbane, 22, 0), 0);
        assert_eq!(left_min(quiet(22 * 60, 6 * 60, -5 * 3_600), 2, 0), 0);
        assert_eq!(left_min(quiet(22 * 60, 6 * 60, -5 * 3_600), 3, 0), 480);
    }

    #[test]
    fn from_and_until_the_same_minute_there_are_none() {
        assert_eq!(left_min(quiet(60, 60, 0), 1, 0), 0);
    }

    #[test]
    fn settings_of_an_older_app_are_read() {
        let read: SyncSettings = serde_json::from_str(r#"{"automatic":false}"#).expect("readable");
        assert_eq!(
            read,
            SyncSettings {
                automatic: false,
                ..SyncSettings::default()
            }
        );
    }
}
