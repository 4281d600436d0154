//! What kind of world a seed makes.

use super::chance::Chance;

/// Fixed for a seed; how bad it is.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) phones: usize,
    pub(super) tabs: usize,
    /// Phones that two persons use.
    pub(super) shared_phones: bool,
    /// Automatic sync is switched on; without it only **Sync now** starts anything.
    pub(super) automatic: bool,
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
    /// The runtime drops answers that are owed to a person who is gone, instead of passing them on.
    pub(super) drops_stale_answers: bool,
    /// The true time when the world begins, in ms since the epoch.
    pub(super) start_ms: i64,
}

/// 2026-11-30T14:00:00Z: the month ends in a zone ten hours east of UTC.
const MONTH_ENDS_MS: i64 = 1_796_047_200_000;

const MID_MONTH_MS: i64 = 12 * 86_400_000;

impl Settings {
    pub(super) fn draw(chance: &mut Chance) -> Self {
        let calm = chance.percent(15);
        let storm_ms = chance.between(120, 600) * 1_000;
        let month_ends = chance.percent(50);
        let into_month_end_ms = if month_ends {
            chance.below(storm_ms) as i64
        } else {
            MID_MONTH_MS
        };
        Self {
            phones: chance.pick(&[1, 1, 2, 2, 3]),
            tabs: chance.pick(&[1, 1, 2]),
            shared_phones: chance.percent(12),
            automatic: chance.percent(93),
            acts: chance.between(20, 110),
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
            start_ms: MONTH_ENDS_MS - into_month_end_ms,
        }
    }
}
