use super::*;
use crate::timestamp::Timestamp;

/// Monday, 2024-10-07.
const MONDAY: i32 = 20_003;

fn at(day: i32, hour: i64, offset_h: i32) -> LocalTime {
    let local_ms = i64::from(day) * DAY_MS + hour * 3_600_000;
    LocalTime {
        at: Timestamp::from_ms(local_ms - i64::from(offset_h) * 3_600_000),
        offset_s: offset_h * 3_600,
    }
}

fn run(ended: LocalTime, synced: usize, outcome: Outcome) -> Summary {
    let text = serde_json::json!({
        "manual": false, "started_at": ended.at.plus_ms(-2_000), "ended_at": ended.at, "synced": synced, "failed": 1,
        "left": 0, "bytes_sent": 100, "batches": 1, "outcome": outcome,
    });
    serde_json::from_value(text).expect("a summary as an earlier app wrote it")
}

fn history(ends: &[LocalTime]) -> History {
    let mut history = History::default();
    for end in ends {
        history.record(run(*end, 10, Outcome::AllReceived), *end);
    }
    history
}

fn days(totals: &[DayTotal]) -> Vec<(i32, u64)> {
    totals.iter().map(|total| (total.day, total.synced)).collect()
}

#[test]
fn a_day_is_a_day_of_the_phones_calendar() {
    let evening = at(MONDAY, 23, 10);
    let next_morning = at(MONDAY + 1, 1, 10);
    let history = history(&[evening, evening, next_morning]);
    assert_eq!(days(&history.days), [(MONDAY + 1, 10), (MONDAY, 20)]);
    assert_eq!(history.days[1].duration_ms, 4_000);
    assert_eq!(history.days[1].mean_duration_ms(), Some(2_000));
}

#[test]
fn weeks_begin_on_monday() {
    let sunday = at(MONDAY - 1, 12, 0);
    let history = history(&[sunday, at(MONDAY, 0, 0), at(MONDAY + 6, 23, 0)]);
    assert_eq!(days(&history.weeks()), [(MONDAY, 20), (MONDAY - 7, 10)]);
    assert_eq!(history.total_since(MONDAY).synced, 20);
    assert_eq!(history.total_since(MONDAY - 7).failed, 3);
}

#[test]
fn what_is_older_than_ninety_days_goes_and_the_ninetieth_day_stays() {
    let mut history = history(&[
        at(MONDAY - HISTORY_DAYS, 12, 0),
        at(MONDAY - HISTORY_DAYS + 1, 12, 0),
    ]);
    let now = at(MONDAY, 12, 0);
    history.record(run(now, 1, Outcome::Sent), now);
    assert_eq!(
        days(&history.days),
        [(MONDAY, 1), (MONDAY - HISTORY_DAYS + 1, 10)]
    );
    assert_eq!(history.runs.len(), 2);
}

#[test]
fn a_days_total_stays_when_its_runs_are_too_many_to_be_kept() {
    let history = history(&vec![at(MONDAY, 9, 0); RUNS_MAX + 50]);
    assert_eq!(history.runs.len(), RUNS_MAX);
    assert_eq!(history.days[0].runs, RUNS_MAX as u64 + 50);
}

#[test]
fn a_clock_that_was_a_year_ahead_leaves_nothing_behind() {
    let mut history = history(&[at(MONDAY + 365, 9, 0)]);
    let now = at(MONDAY, 9, 0);
    history.record(run(now, 1, Outcome::Sent), now);
    assert_eq!(days(&history.days), [(MONDAY, 1)]);
}

#[test]
fn a_run_that_did_not_get_through_counts_as_troubled() {
    let mut history = History::default();
    let now = at(MONDAY, 9, 0);
    for outcome in [Outcome::NoConnection, Outcome::SomeLeft, Outcome::Sent] {
        history.record(run(now, 0, outcome), now);
    }
    assert_eq!((history.days[0].runs, history.days[0].troubled), (3, 2));
}

#[test]
fn the_history_of_an_earlier_app_is_read_and_its_days_are_counted() {
    let runs = vec![
        run(at(MONDAY, 9, 0), 5, Outcome::Sent),
        run(at(MONDAY - 1, 9, 0), 6, Outcome::Sent),
    ];
    let text = serde_json::to_string(&runs).expect("JSON");
    let read: History = serde_json::from_str(&text).expect("readable");
    assert_eq!(
        (read.runs.len(), days(&read.days)),
        (2, vec![(MONDAY, 5), (MONDAY - 1, 6)])
    );
    let again: History =
        serde_json::from_str(&serde_json::to_string(&read).expect("JSON")).expect("readable");
    assert_eq!(again, read);
}
