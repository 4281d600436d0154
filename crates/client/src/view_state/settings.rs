//! The person's settings on this phone.

use serde::{Deserialize, Serialize};
use shared::sync::event::{CheckWindow, QuietHours, SendOrder};
use shared::sync::notice::NoticeSettings;

/// The person's settings on this phone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Without it only **Sync now** starts anything.
    pub automatic_sync: bool,
    /// What is sent first.
    pub send_order: SendOrder,
    /// How long the connection has to be good before anything is sent.
    pub check_window: CheckWindow,
    /// When nothing is sent by itself.
    pub quiet: QuietTime,
    /// Photos wait for Wi-Fi, or for a tap where the browser does not tell the network.
    pub photos_on_wifi_only: bool,
    /// What the person wants to be told while not looking at the app.
    pub notices: NoticeSettings,
    /// Language tag; empty follows the browser.
    pub language: String,
    /// Colours.
    pub theme: Theme,
    /// Text size in percent.
    pub text_size_percent: u16,
    /// A tone when a label was read or a reading saved.
    pub sound: bool,
    /// The same as vibration.
    pub vibration: bool,
}

impl Settings {
    /// The quiet hours, if there are any; `offset_s` is what the phone's clock is ahead of UTC.
    pub fn quiet_hours(&self, offset_s: i32) -> Option<QuietHours> {
        self.quiet.on.then_some(QuietHours {
            from_min: self.quiet.from_min,
            until_min: self.quiet.until_min,
            offset_s,
        })
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            automatic_sync: true,
            send_order: SendOrder::default(),
            check_window: CheckWindow::default(),
            quiet: QuietTime::default(),
            photos_on_wifi_only: false,
            notices: NoticeSettings::default(),
            language: String::new(),
            theme: Theme::default(),
            text_size_percent: 100,
            sound: true,
            vibration: true,
        }
    }
}

/// When nothing is sent by itself, in minutes since midnight; may span midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietTime {
    /// The times below count.
    pub on: bool,
    /// The first quiet minute.
    pub from_min: u16,
    /// The first minute that is no longer quiet.
    pub until_min: u16,
}

impl Default for QuietTime {
    fn default() -> Self {
        Self {
            on: false,
            from_min: 22 * 60,
            until_min: 6 * 60,
        }
    }
}

/// Colours of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the phone is set.
    #[default]
    FollowPhone,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Sunlight,
}
