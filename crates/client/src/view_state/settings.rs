//! The person's settings on this phone.

use serde::{Deserialize, Serialize};
use shared::sync::event::{CheckWindow, QuietHours, SendOrder};
use shared::sync::notice::NoticeSettings;
use ui::look::Look;
pub use ui::look::Theme;

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
    /// Readings say where the phone was: the person's consent, which nobody else can give.
    pub position: bool,
}

impl Settings {
    /// What of them shows on every page.
    pub fn look(&self) -> Look {
        Look {
            language: self.language.clone(),
            theme: self.theme,
            text_size_percent: self.text_size_percent,
        }
    }

    /// Takes over what shows on every page.
    pub fn set_look(&mut self, look: Look) {
        self.language = look.language;
        self.theme = look.theme;
        self.text_size_percent = look.text_size_percent;
    }

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
            position: false,
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
