//! What kind of world a seed makes.

use shared::sync::event::{CheckWindow, QuietHours, SendOrder, SyncSettings};

use super::chance::Chance;
use super::points::{self, PROPERTIES};

/// Fixed for a seed; how bad it is.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) phones: usize,
    pub(super) tabs: usize,
    /// The browser has Background Sync: a service worker is the last of each phone's runners.
    pub(super) worker: bool,
    /// When the world heals, no tab is open: the service worker alone has to bring everything home.
    pub(super) heals_by_worker: bool,
    /// Dozens of phones come back at the same moment to a server that answers so many requests a second.
    pub(super) herd: Option<u64>,
    /// Phones that two persons use.
    pub(super) shared_phones: bool,
    /// Automatic sync is switched on; without it only **Sync now** starts anything.
    pub(super) automatic: bool,
    pub(super) window: CheckWindow,
    pub(super) order: SendOrder,
    pub(super) quiet: Option<QuietHours>,
    /// Things that people and fate do in the stormy part.
    pub(super) acts: u64,
    /// Length of the stormy part.
    pub(super) storm_ms: u64,
    pub(super) delay_max_ms: u64,
    /// Percent of requests whose request or answer is lost while the link is bad.
    pub(super) loss: u64,
    pub(super) duplicates: u64,
    /// Percent of requests that the server spoils.
    pub(super) server_faults: u64,
    /// Percent of store transactions that fail.
    pub(super) store_faults: u64,
    /// Percent of acts that kill a tab or a phone.
    pub(super) crashes: u64,
    pub(super) wrong_clocks: bool,
    pub(super) restores: bool,
    /// The browser may throw away everything that a phone that died had stored.
    pub(super) evictions: bool,
    /// Percent of saves that find the phone full.
    pub(super) full: u64,
    /// Percent of forms that have photos.
    pub(super) photos: u64,
    pub(super) photos_on_wifi_only: bool,
    /// The office closes periods, approves, and has meters exchanged.
    pub(super) office: bool,
    /// The link is good most of the time.
    pub(super) fair: bool,
    /// The runtime drops answers that are owed to a person who is gone, instead of passing them on.
    pub(super) drops_stale_answers: bool,
    /// The true time when the world begins, in ms since the epoch.
    pub(super) start_ms: i64,
}

const MID_MONTH_MS: i64 = 12 * 86_400_000;
const MINUTE_MS: i64 = 60_000;

impl Settings {
    pub(super) fn draw(chance: &mut Chance) -> Self {
        let calm = chance.percent(15);
        let storm_ms = chance.between(120, 600) * 1_000;
        let herd = chance.percent(1).then(|| chance.between(20, 60));
        let month_ends = chance.percent(50);
        let into_month_end_ms = if month_ends {
            chance.below(storm_ms) as i64
        } else {
            MID_MONTH_MS
        };
        let start_ms = points::month_ends_ms(chance.index(PROPERTIES)) - into_month_end_ms;
        let worker = herd.is_none() && chance.percent(50);
        let automatic = herd.is_some() || chance.percent(93);
        let heals_by_worker = worker && automatic && chance.percent(25);
        Self {
            phones: if herd.is_some() {
                chance.between(30, 60) as usize
            } else {
                chance.pick(&[1, 1, 2, 2, 3])
            },
            tabs: if herd.is_some() {
                1
            } else {
                chance.pick(&[1, 1, 2])
            },
            worker,
            heals_by_worker,
            herd,
            shared_phones: herd.is_none() && chance.percent(12),
            automatic,
            window: chance.pick(&[CheckWindow::Adaptive, CheckWindow::Adaptive, CheckWindow::Fixed]),
            order: chance.pick(&[
                SendOrder::OldestFirst,
                SendOrder::OldestFirst,
                SendOrder::HereFirst,
            ]),
            quiet: (herd.is_none() && chance.percent(8)).then(|| quiet(start_ms, chance)),
            acts: if herd.is_some() {
                chance.between(150, 250)
            } else {
                chance.between(20, 110)
            },
            storm_ms,
            delay_max_ms: chance.pick(&[20, 300, 1_500, 6_000, 25_000]),
            loss: if calm { 0 } else { chance.below(60) },
            duplicates: if calm { 0 } else { chance.below(30) },
            server_faults: if calm { 0 } else { chance.below(40) },
            store_faults: if chance.percent(30) { chance.below(30) } else { 0 },
            crashes: chance.pick(&[0, 2, 6]),
            wrong_clocks: chance.percent(35),
            restores: chance.percent(20),
            drops_stale_answers: chance.percent(50),
            evictions: chance.percent(30),
            full: if chance.percent(20) { chance.below(30) } else { 0 },
            photos: if chance.percent(50) { chance.below(60) } else { 0 },
            photos_on_wifi_only: chance.percent(25),
            office: chance.percent(40),
            fair: chance.percent(8),
            start_ms,
        }
    }

    pub(super) fn sync(&self) -> SyncSettings {
        SyncSettings {
            automatic: self.automatic,
            window: self.window,
            order: self.order,
            quiet: self.quiet,
            photos_on_wifi_only: self.photos_on_wifi_only,
        }
    }
}

/// Some minutes that begin soon. The phones' wall clock is that of a zone three hours west of UTC.
fn quiet(start_ms: i64, chance: &mut Chance) -> QuietHours {
    let offset_s = -3 * 3_600;
    let start_min = (start_ms / MINUTE_MS + i64::from(offset_s) / 60).rem_euclid(24 * 60) as u64;
    let from_min = start_min + chance.below(5);
    let until_min = from_min + chance.between(1, 15);
    QuietHours {
        from_min: (from_min % (24 * 60)) as u16,
        until_min: (until_min % (24 * 60)) as u16,
        offset_s,
    }
}
