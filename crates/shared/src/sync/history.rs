//! The history of syncs on a phone: the last runs one by one, and totals by day for as far back as it goes.
//!
//! It is one small document, written after each run, so single runs are bounded by number; a day's total stays when
//! its runs are gone.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::status::{Outcome, Summary};
use crate::timestamp::LocalTime;

/// How far the history goes back.
pub const HISTORY_DAYS: i32 = 90;
/// Runs that are kept one by one.
pub const RUNS_MAX: usize = 300;

const DAY_MS: i64 = 24 * 3_600_000;

/// The history of one person's syncs on one phone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Box<RawValue>")]
pub struct History {
    /// Runs, newest first.
    pub runs: Vec<Summary>,
    /// Totals of days on which something ran, newest first.
    pub days: Vec<DayTotal>,
}

/// What the runs of one day, or of more, came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayTotal {
    /// Days since 1970-01-01, by the phone's own calendar; of more days, the first.
    pub day: i32,
    /// Runs.
    pub runs: u64,
    /// Runs that ended without having sent what they should.
    pub troubled: u64,
    /// Items in the books, or with the office.
    pub synced: u64,
    /// Items that went to the shelf.
    pub failed: u64,
    /// Bytes of the batches as sent.
    pub bytes_sent: u64,
    /// From the beginning of each run to its end, added up.
    pub duration_ms: u64,
}

impl History {
    /// Adds a run that has just ended; `now` is the phone's clock. Drops what is too old.
    pub fn record(&mut self, run: Summary, now: LocalTime) {
        let today = day_of(now);
        self.add_to_day(&run, today);
        self.runs.insert(0, run);
        self.runs.truncate(RUNS_MAX);
        // A clock that was wrong for a while leaves days of the future behind.
        let is_kept = |day: i32| (today - HISTORY_DAYS + 1..=today + 1).contains(&day);
        self.days.retain(|total| is_kept(total.day));
        self.runs.retain(|run| {
            let ended = LocalTime {
                at: run.ended_at,
                ..now
            };
            is_kept(day_of(ended))
        });
    }

    /// The sum of all days from this one on.
    pub fn total_since(&self, day: i32) -> DayTotal {
        let mut sum = DayTotal {
            day,
            ..DayTotal::default()
        };
        for total in self.days.iter().filter(|it| it.day >= day) {
            sum.add(total);
        }
        sum
    }

    /// Totals of weeks that begin on Monday, newest first.
    pub fn weeks(&self) -> Vec<DayTotal> {
        let mut weeks: Vec<DayTotal> = Vec::new();
        for total in &self.days {
            let monday = monday_of(total.day);
            match weeks.iter_mut().find(|week| week.day == monday) {
                Some(week) => week.add(total),
                None => weeks.push(DayTotal {
                    day: monday,
                    ..*total
                }),
            }
        }
        weeks
    }

    fn add_to_day(&mut self, run: &Summary, day: i32) {
        let place = match self.days.iter().position(|total| total.day <= day) {
            Some(place) if self.days[place].day == day => place,
            Some(place) => {
                self.days.insert(place, DayTotal::of_day(day));
                place
            }
            None => {
                self.days.push(DayTotal::of_day(day));
                self.days.len() - 1
            }
        };
        self.days[place].add(&DayTotal::of_run(run, day));
    }
}

impl DayTotal {
    /// Mean duration of a run.
    pub fn mean_duration_ms(&self) -> Option<u64> {
        self.duration_ms.checked_div(self.runs)
    }

    fn of_day(day: i32) -> Self {
        Self {
            day,
            ..Self::default()
        }
    }

    fn of_run(run: &Summary, day: i32) -> Self {
        let went_well = matches!(run.outcome, Outcome::AllReceived | Outcome::Sent);
        Self {
            day,
            runs: 1,
            troubled: u64::from(!went_well),
            synced: run.synced as u64,
            failed: run.failed as u64,
            bytes_sent: run.bytes_sent,
            duration_ms: u64::try_from(run.ended_at.since_ms(run.started_at)).unwrap_or(0),
        }
    }

    fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.troubled += other.troubled;
        self.synced += other.synced;
        self.failed += other.failed;
        self.bytes_sent += other.bytes_sent;
        self.duration_ms += other.duration_ms;
    }
}

/// The day of a moment by the phone's own calendar, in days since 1970-01-01.
pub fn day_of(moment: LocalTime) -> i32 {
    let local_ms = moment.at.ms().saturating_add(i64::from(moment.offset_s) * 1_000);
    i32::try_from(local_ms.div_euclid(DAY_MS)).unwrap_or(0)
}

/// 1970-01-01 was a Thursday.
fn monday_of(day: i32) -> i32 {
    day - (day + 3).rem_euclid(7)
}

/// The document as this version of the app writes it.
#[derive(Deserialize)]
struct Stored {
    runs: Vec<Summary>,
    days: Vec<DayTotal>,
}

/// Earlier versions wrote the runs alone. The two are told apart by their first character: trying one form after the other
/// would bring a second reader of everything along.
impl TryFrom<Box<RawValue>> for History {
    type Error = serde_json::Error;

    fn try_from(text: Box<RawValue>) -> serde_json::Result<Self> {
        if text.get().starts_with('{') {
            let Stored { runs, days } = serde_json::from_str(text.get())?;
            return Ok(Self { runs, days });
        }
        let runs: Vec<Summary> = serde_json::from_str(text.get())?;
        let mut history = Self::default();
        for run in &runs {
            let ended = LocalTime {
                at: run.ended_at,
                offset_s: 0,
            };
            history.add_to_day(run, day_of(ended));
        }
        Ok(Self { runs, ..history })
    }
}

#[cfg(test)]
mod tests;
