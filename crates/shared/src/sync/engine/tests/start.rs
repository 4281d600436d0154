use super::rig::{Rig, later, ours};
use crate::sync::event::{Effect, Hint, Input, PingResult, PostResult, RefreshResult, SyncSettings};
use crate::sync::status::{Connection, Outcome, Pause};

fn manual() -> SyncSettings {
    SyncSettings {
        automatic: false,
        ..SyncSettings::default()
    }
}

#[test]
fn check_then_refresh_then_drain_then_end_check_in_this_order_and_the_lock_is_given_back() {
    let mut rig = Rig::new(3);
    rig.open();
    rig.wait(3_000);
    let names = rig.seen.iter().filter_map(|effect| match effect {
        Effect::RequestLock => Some("lock"),
        Effect::Ping { .. } => Some("ping"),
        Effect::Refresh => Some("refresh"),
        Effect::Post { .. } => Some("post"),
        Effect::Settle { .. } => Some("settle"),
        Effect::Check { .. } => Some("check"),
        Effect::ReleaseLock => Some("release"),
        _ => None,
    });
    let expected = [
        "lock", "ping", "ping", "ping", "refresh", "post", "settle", "check", "release",
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected);
    assert_eq!(rig.status().all_received, Some(3));
    assert_eq!(
        rig.status().last.as_ref().map(|last| last.outcome),
        Some(Outcome::AllReceived)
    );
}

#[test]
fn a_browser_that_says_offline_forbids_nothing() {
    let mut rig = Rig::new(2);
    rig.tell(Input::Hint(Hint::Offline));
    rig.open();
    rig.hint(Hint::Offline);
    assert_eq!(rig.status().connection, Connection::Unreachable);
    rig.wait(10_000);
    assert_eq!(rig.status().all_received, Some(2));
}

#[test]
fn a_list_that_cannot_be_fetched_does_not_stop_the_drain() {
    let mut rig = Rig::new(2);
    rig.refresh = RefreshResult::Failed;
    rig.open();
    rig.wait(3_000);
    assert_eq!((rig.status().waiting, rig.status().all_received), (0, Some(2)));
}

#[test]
fn a_proof_holds_for_a_minute() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(3_000);
    assert_eq!(rig.pings_sent(), 3);
    rig.wait(30_000);
    rig.save(super::rig::entry(2, 1));
    rig.wait(10);
    assert_eq!((rig.pings_sent(), rig.status().waiting), (3, 0));
    rig.wait(70_000);
    rig.save(super::rig::entry(3, 1));
    rig.wait(3_000);
    assert_eq!((rig.pings_sent(), rig.status().waiting), (6, 0));
}

#[test]
fn readings_saved_in_quick_succession_share_a_run() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(3_000);
    for seq in 2..=11 {
        rig.save(super::rig::entry(seq, 1));
        rig.wait(100);
    }
    rig.wait(5_000);
    assert_eq!(rig.batches(), [1, 10]);
}

#[test]
fn without_automatic_sync_only_a_tap_starts_anything() {
    let mut rig = Rig::new(1);
    rig.tell(Input::Settings(manual()));
    rig.open();
    for hint in [Hint::Started, Hint::Online, Hint::Visible, Hint::Background] {
        rig.hint(hint);
    }
    rig.save(super::rig::entry(2, 1));
    rig.wait(100_000);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::RequestLock)), 0);
    rig.hint(Hint::SyncNow);
    rig.wait(5_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn switching_automatic_sync_off_ends_a_run_that_nobody_tapped_for() {
    let mut rig = Rig::new(40);
    rig.open();
    rig.tell(Input::Settings(manual()));
    rig.wait(60_000);
    assert_eq!((rig.batches().len(), rig.status().waiting), (0, 40));
    assert_eq!(rig.count(|effect| matches!(effect, Effect::ReleaseLock)), 1);
    rig.hint(Hint::SyncNow);
    rig.tell(Input::Settings(manual()));
    rig.wait(5_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn an_unreachable_server_is_tried_again_without_anybody() {
    let mut rig = Rig::new(1);
    rig.pings = Box::new(|| PingResult::Failed);
    rig.open();
    for _ in 0..20 {
        let wait_ms = rig.wakes_in_ms().expect("something is scheduled");
        rig.wait(wait_ms);
    }
    assert_eq!(rig.status().waiting, 1);
    rig.pings = Box::new(ours);
    rig.hint(Hint::Online);
    rig.wait(70_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn a_storm_of_hints_makes_no_storm_of_requests() {
    for hint in [Hint::Online, Hint::Visible, Hint::SyncNow] {
        let mut rig = Rig::new(1);
        rig.pings = Box::new(|| PingResult::Failed);
        rig.open();
        for _ in 0..600 {
            rig.hint(hint);
            rig.wait(100);
        }
        assert!(
            (6..=20).contains(&rig.pings_sent()),
            "{hint:?}: {} in a minute",
            rig.pings_sent()
        );
    }
}

#[test]
fn a_hundred_saves_while_the_server_is_away_make_no_storm_of_requests() {
    let mut rig = Rig::new(1);
    rig.pings = Box::new(|| PingResult::Failed);
    rig.open();
    for seq in 2..=101 {
        rig.save(super::rig::entry(seq, 1));
        rig.wait(500);
    }
    assert!(rig.pings_sent() <= 20, "{}", rig.pings_sent());
    assert_eq!(rig.status().waiting, 101);
}

#[test]
fn what_the_server_asked_for_is_waited_for_unless_a_person_taps() {
    let mut rig = Rig::new(1);
    rig.posts = Box::new(|_| PostResult::Later {
        retry_after_ms: Some(40_000),
        stalled: false,
    });
    rig.open();
    rig.wait(3_000);
    rig.hint(Hint::Online);
    rig.wait(39_000);
    assert_eq!(rig.batches().len(), 1);
    rig.hint(Hint::SyncNow);
    rig.wait(100);
    assert_eq!(rig.batches().len(), 2);
}

#[test]
fn what_the_server_asks_for_while_a_run_ends_is_waited_for_too() {
    let mut rig = Rig::new(60);
    rig.holds = |effect| matches!(effect, Effect::Settle { .. } | Effect::Post { attempt: 2, .. });
    rig.open();
    rig.wait(3_000);
    rig.holds = |_| false;
    let [post, settle] = [0, 1].map(|_| rig.held.pop().expect("a batch and receipts are under way"));
    rig.settles = false;
    rig.release(settle);
    rig.posts = Box::new(|_| PostResult::Later {
        retry_after_ms: Some(40_000),
        stalled: false,
    });
    rig.release(post);
    rig.wait(39_000);
    assert_eq!(rig.batches().len(), 2);
}

#[test]
fn a_session_that_ended_pauses_keeps_everything_and_goes_on_after_the_sign_in() {
    let mut rig = Rig::new(2);
    rig.posts = Box::new(|_| PostResult::SignInAgain);
    rig.open();
    rig.wait(3_000);
    assert_eq!(rig.status().paused, Some(Pause::SignIn));
    assert_eq!(rig.status().next_attempt_at, None);
    rig.save(super::rig::entry(3, 1));
    rig.hint(Hint::Online);
    rig.wait(600_000);
    assert_eq!((rig.batches().len(), rig.status().waiting), (1, 3));
    rig.posts = Rig::new(0).posts;
    rig.hint(Hint::SignedInAgain);
    rig.wait(5_000);
    assert_eq!((rig.status().waiting, rig.status().paused), (0, None));
}

#[test]
fn a_clock_set_back_by_a_year_delays_nothing() {
    let mut rig = Rig::new(1);
    rig.posts = Box::new(|_| later());
    rig.open();
    rig.wait(3_000);
    let wait_ms = rig.wakes_in_ms().expect("the next attempt is scheduled");
    rig.posts = Rig::new(0).posts;
    // The timer of the browser counts elapsed time.
    rig.now_ms += wait_ms - 365 * 86_400_000;
    rig.tell(Input::Woke);
    assert_eq!(rig.status().waiting, 0, "at once");
}

#[test]
fn who_is_gone_leaves_nothing_to_the_next_person() {
    let mut rig = Rig::new(2);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.open();
    rig.wait(3_000);
    let held = rig.held.pop().expect("a batch is on its way");
    rig.tell(Input::Closed);
    rig.items = vec![super::rig::entry(9, 1)];
    rig.open();
    assert_eq!(rig.status().waiting, 1);
    assert_eq!(
        rig.count(|effect| matches!(effect, Effect::RequestLock)),
        1,
        "not while a batch is on its way"
    );
    rig.holds = |_| false;
    rig.release(held);
    rig.wait(10_000);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::Settle { .. })), 1);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn an_answer_that_never_comes_after_a_sign_out_blocks_nobody_for_long() {
    let mut rig = Rig::new(2);
    rig.holds = |effect| matches!(effect, Effect::Post { .. } | Effect::RequestLock);
    rig.open();
    rig.tell(Input::Closed);
    rig.holds = |_| false;
    rig.open();
    rig.wait(30_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn a_401_from_before_the_sign_in_does_not_pause_for_good() {
    for refuses in [PostResult::SignInAgain, PostResult::WrongPerson] {
        let mut rig = Rig::new(1);
        rig.posts = Box::new(move |_| refuses.clone());
        rig.holds = |effect| matches!(effect, Effect::Post { .. });
        rig.open();
        rig.wait(3_000);
        rig.hint(Hint::SignedInAgain);
        let held = rig.held.pop().expect("a batch is on its way");
        rig.release(held);
        assert_eq!(rig.status().paused, None);
        rig.posts = Rig::new(0).posts;
        rig.holds = |_| false;
        rig.wait(5_000);
        assert_eq!(rig.status().waiting, 0);
    }
}
