//! What a person has set, and what is measured and told.

use super::rig::{Rig, entry, later};
use crate::sync::event::{CheckWindow, Effect, Hint, Input, QuietHours, SendOrder, SyncSettings};
use crate::sync::status::Why;

/// The rig's clock begins at 00:16:40 UTC; quiet from 00:00 to 02:00.
const QUIET_LEFT_MS: i64 = 2 * 3_600_000 - 1_000_000;

fn set(rig: &mut Rig, settings: SyncSettings) {
    rig.tell(Input::Settings(settings));
}

fn quiet_at_night() -> SyncSettings {
    SyncSettings {
        quiet: Some(QuietHours {
            from_min: 0,
            until_min: 120,
            offset_s: 0,
        }),
        ..SyncSettings::default()
    }
}

fn here_first() -> SyncSettings {
    SyncSettings {
        order: SendOrder::HereFirst,
        ..SyncSettings::default()
    }
}

/// Running numbers of the batches so far.
fn sent(rig: &Rig) -> Vec<Vec<u64>> {
    let batches = rig.seen.iter().filter_map(|effect| match effect {
        Effect::Post { entries, .. } => Some(entries.iter().map(|entry| entry.seq).collect()),
        _ => None,
    });
    batches.collect()
}

fn whys(rig: &Rig) -> Vec<Why> {
    let records = rig.seen.iter().filter_map(|effect| match effect {
        Effect::Record(summary) => Some(summary.why),
        _ => None,
    });
    records.collect()
}

#[test]
fn within_quiet_hours_nothing_starts_by_itself_and_afterwards_it_does() {
    let mut rig = Rig::new(2);
    set(&mut rig, quiet_at_night());
    rig.open();
    for hint in [Hint::Started, Hint::Online, Hint::Visible, Hint::Background] {
        rig.hint(hint);
    }
    rig.wait(QUIET_LEFT_MS - 1);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::RequestLock)), 0);
    rig.wait(10_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn what_waits_for_the_end_of_quiet_hours_is_said_to() {
    let mut rig = Rig::new(2);
    set(&mut rig, quiet_at_night());
    rig.open();
    let at = rig.status().next_attempt_at.map(|at| at.ms());
    assert_eq!(at, Some(2 * 3_600_000));
}

#[test]
fn a_tap_does_not_wait_for_the_end_of_quiet_hours() {
    let mut rig = Rig::new(2);
    set(&mut rig, quiet_at_night());
    rig.open();
    rig.hint(Hint::SyncNow);
    rig.wait(5_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn an_attempt_after_a_failure_waits_for_the_end_of_quiet_hours_too() {
    let mut rig = Rig::new(2);
    rig.posts = Box::new(|_| later());
    set(&mut rig, quiet_at_night());
    rig.open();
    rig.hint(Hint::SyncNow);
    rig.wait(600_000);
    assert_eq!(rig.batches().len(), 1);
}

#[test]
fn the_property_that_one_stands_in_goes_first_each_part_in_the_order_of_capture() {
    let mut rig = Rig::new(6);
    set(&mut rig, here_first());
    rig.open();
    rig.tell(Input::SendFirst(vec![entry(6, 1).id, entry(3, 1).id]));
    rig.wait(5_000);
    assert_eq!(sent(&rig), [vec![3, 6], vec![1, 2, 4, 5]]);
    assert_eq!(rig.status().all_received, Some(6));
}

#[test]
fn oldest_first_takes_no_notice_of_where_one_stands() {
    let mut rig = Rig::new(4);
    rig.open();
    rig.tell(Input::SendFirst(vec![entry(4, 1).id]));
    rig.wait(5_000);
    assert_eq!(sent(&rig), [[1, 2, 3, 4]]);
}

#[test]
fn one_bad_item_is_found_in_either_order() {
    let mut rig = Rig::new(200);
    set(&mut rig, here_first());
    rig.posts = Box::new(|entries| match entries.iter().any(|entry| entry.seq == 77) {
        true => crate::sync::event::PostResult::Refused,
        false => super::rig::all(entries, crate::wire::receipt::VerdictName::Accepted),
    });
    rig.open();
    rig.tell(Input::SendFirst(
        (100..=200).map(|seq| entry(seq, 1).id).collect(),
    ));
    rig.wait(60_000);
    assert_eq!(rig.items.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [77]);
}

#[test]
fn the_check_adapts_unless_it_is_fixed() {
    for (window, expected) in [(CheckWindow::Adaptive, 1_500), (CheckWindow::Fixed, 3_000)] {
        let mut rig = Rig::new(1);
        set(
            &mut rig,
            SyncSettings {
                window,
                ..SyncSettings::default()
            },
        );
        rig.open();
        rig.wait(4_000);
        for seq in 2..=9 {
            rig.save(entry(seq, 1));
            rig.wait(50_000);
        }
        assert_eq!(rig.status().link.check_window_ms, expected, "{window:?}");
    }
}

#[test]
fn round_trip_and_pace_are_measured_told_and_kept_with_each_run() {
    let mut rig = Rig::new(1);
    rig.bytes_sent = 50_000;
    rig.open();
    rig.wait(5_000);
    let link = rig.status().link;
    // The rig's pings take 20 ms and its batches 100 ms.
    assert_eq!(
        (link.round_trip_ms, link.upload_bytes_per_s),
        (Some(20), Some(625_000))
    );
    assert_eq!(rig.status().last.as_ref().map(|last| last.link), Some(link));
}

#[test]
fn each_run_says_why_it_started() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(40_000);
    rig.save(entry(2, 1));
    rig.wait(10_000);
    rig.hint(Hint::SyncNow);
    rig.wait(10_000);
    rig.posts = Box::new(|_| later());
    rig.wait(90_000);
    rig.save(entry(3, 1));
    rig.wait(6_000);
    rig.posts = Rig::new(0).posts;
    rig.wait(60_000);
    rig.wait(120_000);
    rig.hint(Hint::Online);
    rig.save(entry(4, 1));
    rig.wait(10_000);
    let mut whys = whys(&rig);
    whys.dedup();
    let expected = [
        Why::Opened,
        Why::Saved,
        Why::SyncNow,
        Why::Saved,
        Why::Scheduled,
        Why::Online,
    ];
    assert_eq!(whys, expected);
}
