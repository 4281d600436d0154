use super::rig::{Rig, entry};
use crate::sync::event::{Effect, Hint, Input, PeerMessage, PingResult, SyncSettings};
use crate::sync::status::{LinkQuality, Outcome, Pause, Progress, Step, Summary, Why};
use crate::timestamp::Timestamp;

/// A tab of a phone on which another tab drains.
fn follower(count: u64) -> Rig {
    let mut rig = Rig::new(count);
    rig.holds = |effect| matches!(effect, Effect::RequestLock);
    rig.open();
    rig.tell(Input::LockHeldElsewhere);
    rig
}

fn progress(synced: usize, total: usize, requests: u32) -> Input {
    Input::Peer(PeerMessage::Progress(Progress {
        step: Step::Sending,
        total,
        synced,
        requests,
        ..Progress::default()
    }))
}

fn finished(outcome: Outcome, left: usize, confirmed: Option<u64>) -> Input {
    let at = Timestamp::from_ms(0);
    Input::Peer(PeerMessage::Finished(Summary {
        manual: false,
        started_at: at,
        ended_at: at,
        synced: 0,
        failed: 0,
        left,
        bytes_sent: 0,
        batches: 1,
        outcome,
        confirmed,
        why: Why::default(),
        link: LinkQuality::default(),
        photos_sent: 0,
        photos_left: 0,
    }))
}

fn lock_requests(rig: &Rig) -> usize {
    rig.count(|effect| matches!(effect, Effect::RequestLock))
}

#[test]
fn without_the_lock_nothing_is_sent() {
    let mut rig = follower(3);
    for _ in 0..10 {
        rig.tell(progress(0, 3, 1));
        rig.wait(1_000);
    }
    assert_eq!(
        (rig.pings_sent(), rig.batches().len(), lock_requests(&rig)),
        (0, 0, 1)
    );
}

#[test]
fn the_progress_of_the_other_tab_is_shown() {
    let mut rig = follower(10);
    rig.tell(progress(4, 10, 1));
    assert_eq!(rig.status().waiting, 6);
    assert_eq!(rig.status().progress.as_ref().map(Progress::percent), Some(40));
}

#[test]
fn a_silent_drainer_is_replaced_within_two_seconds() {
    let mut rig = follower(3);
    rig.wait(1_000);
    rig.tell(progress(0, 3, 1));
    rig.wait(1_499);
    assert_eq!(lock_requests(&rig), 1);
    rig.wait(1);
    assert_eq!(lock_requests(&rig), 2);
    rig.holds = |_| false;
    rig.release(Effect::RequestLock);
    rig.wait(5_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn a_drainer_gives_a_sign_of_life_every_second() {
    let mut rig = Rig::new(1);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.open();
    rig.wait(3_100);
    let told = |rig: &Rig| rig.count(|effect| matches!(effect, Effect::Tell(PeerMessage::Progress(_))));
    let before = told(&rig);
    rig.wait(10_000);
    assert_eq!(told(&rig), before + 10);
}

#[test]
fn a_tap_is_passed_on_and_the_drainer_takes_it_over() {
    let mut rig = follower(3);
    rig.hint(Hint::SyncNow);
    assert_eq!(
        rig.count(|effect| *effect == Effect::Tell(PeerMessage::SyncNow)),
        1
    );
    let mut drainer = Rig::new(3);
    drainer.open();
    drainer.tell(Input::Peer(PeerMessage::SyncNow));
    drainer.wait(3_000);
    assert_eq!(drainer.status().last.as_ref().map(|last| last.manual), Some(true));
}

#[test]
fn a_tap_that_came_too_late_for_the_run_starts_one() {
    let mut rig = follower(3);
    rig.hint(Hint::SyncNow);
    rig.tell(finished(Outcome::SomeLeft, 3, None));
    assert_eq!(lock_requests(&rig), 2);
}

#[test]
fn what_another_tab_confirmed_is_said_here_after_reading_the_outbox() {
    let mut rig = follower(3);
    rig.items.clear();
    rig.tell(finished(Outcome::AllReceived, 0, Some(3)));
    assert_eq!((rig.status().waiting, rig.status().all_received), (0, Some(3)));
}

#[test]
fn what_was_saved_since_is_not_called_received() {
    let mut rig = follower(3);
    rig.items = vec![entry(4, 1)];
    rig.device_total = 4;
    rig.tell(finished(Outcome::AllReceived, 0, Some(3)));
    assert_eq!((rig.status().waiting, rig.status().all_received), (1, None));
}

#[test]
fn what_another_tab_saved_waits_here_too() {
    let mut rig = Rig::new(0);
    rig.open();
    rig.wait(3_000);
    rig.items.push(entry(1, 1));
    rig.device_total = 1;
    rig.holds = |effect| matches!(effect, Effect::RequestLock);
    rig.tell(Input::Peer(PeerMessage::OutboxChanged));
    assert_eq!((rig.status().waiting, rig.status().all_received), (1, None));
}

#[test]
fn what_a_tab_saved_that_died_before_it_told_is_heard_of_with_the_next_save() {
    let mut rig = Rig::new(1);
    rig.posts = Box::new(|_| super::rig::later());
    rig.open();
    rig.items.push(entry(2, 1));
    rig.save(entry(3, 1));
    assert_eq!(rig.status().waiting, 3);
}

#[test]
fn the_next_attempt_is_left_to_the_tab_that_made_the_last_one_for_half_a_minute() {
    let mut rig = follower(3);
    rig.tell(finished(Outcome::NoConnection, 3, None));
    rig.wait(29_000);
    assert_eq!(lock_requests(&rig), 1);
    rig.wait(31_000);
    assert_eq!(lock_requests(&rig), 2);
}

#[test]
fn all_tabs_share_one_budget() {
    let mut rig = follower(1);
    rig.pings = Box::new(|| PingResult::Failed);
    rig.tell(progress(0, 1, 12));
    rig.tell(finished(Outcome::NoConnection, 1, None));
    rig.holds = |_| false;
    for _ in 0..500 {
        rig.hint(Hint::Online);
        rig.wait(100);
    }
    assert!(rig.pings_sent() <= 4, "{}", rig.pings_sent());
}

#[test]
fn a_pause_in_one_tab_is_a_pause_in_all() {
    let mut rig = follower(1);
    rig.tell(finished(Outcome::SignIn, 1, None));
    assert_eq!(rig.status().paused, Some(Pause::SignIn));
    rig.tell(finished(Outcome::AllReceived, 0, Some(1)));
    assert_eq!(rig.status().paused, None);
}

#[test]
fn what_another_tab_saved_and_sent_without_an_answer_to_its_end_check_is_asked_about() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(10_000);
    assert_eq!(rig.status().all_received, Some(1));
    rig.items.push(entry(2, 1));
    rig.device_total = 2;
    rig.tell(progress(0, 1, 1));
    rig.tell(Input::Peer(PeerMessage::OutboxChanged));
    rig.items.clear();
    rig.tell(finished(Outcome::Sent, 0, None));
    assert_eq!(rig.status().all_received, None, "nobody has said it yet");
    rig.wait(90_000);
    assert_eq!(rig.status().all_received, Some(2));
}

#[test]
fn what_another_tab_confirmed_is_not_asked_again() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(10_000);
    rig.tell(progress(0, 1, 1));
    rig.save(entry(2, 1));
    rig.items.clear();
    let checks = |rig: &Rig| rig.count(|effect| matches!(effect, Effect::Check { .. }));
    let before = checks(&rig);
    rig.holds = |effect| matches!(effect, Effect::ReadOutbox);
    rig.tell(finished(Outcome::AllReceived, 0, Some(2)));
    rig.wait(5_000);
    let reading = rig.held.pop().expect("the outbox is read");
    rig.holds = |_| false;
    rig.release(reading);
    rig.wait(90_000);
    assert_eq!(rig.status().all_received, Some(2));
    assert_eq!(checks(&rig), before);
}

#[test]
fn a_tab_that_finds_what_a_dead_one_saved_tells_the_others() {
    let told = |rig: &Rig| rig.count(|effect| *effect == Effect::Tell(PeerMessage::OutboxChanged));
    let mut rig = Rig::new(1);
    rig.open();
    assert_eq!(told(&rig), 1);
    let mut empty = Rig::new(0);
    empty.open();
    assert_eq!(told(&empty), 0);
}

#[test]
fn a_tab_that_is_looked_at_counts_what_a_dead_one_changed_without_a_word() {
    let mut rig = Rig::new(1);
    rig.tell(Input::Settings(SyncSettings {
        automatic: false,
        ..SyncSettings::default()
    }));
    rig.open();
    rig.items.push(entry(2, 1));
    rig.hint(Hint::Visible);
    assert_eq!(rig.status().waiting, 2);
}

#[test]
fn the_end_of_another_tabs_run_is_heard_while_an_answer_is_owed_to_the_person_before() {
    let mut rig = follower(2);
    rig.wait(10_000);
    rig.tell(Input::Closed);
    rig.open();
    rig.items.clear();
    rig.tell(finished(Outcome::AllReceived, 0, Some(2)));
    assert_eq!(rig.status().waiting, 0);
    assert_eq!(rig.status().all_received, Some(2));
}

#[test]
fn what_came_with_the_lock_does_not_hide_what_another_tab_saved_after_it_was_read() {
    let mut rig = Rig::new(1);
    rig.holds = |effect| matches!(effect, Effect::RequestLock);
    rig.open();
    rig.holds = |effect| matches!(effect, Effect::Ping { .. });
    let older = rig.stored();
    rig.items.push(entry(2, 1));
    rig.tell(Input::Peer(PeerMessage::OutboxChanged));
    rig.tell(Input::LockGranted(older));
    assert_eq!(rig.status().waiting, 2);
}

#[test]
fn a_link_that_failed_for_another_tab_is_not_steady_here() {
    // What a steady link carries is not counted.
    let counted = |outcome: Outcome| {
        let mut rig = Rig::new(1);
        rig.open();
        rig.wait(10_000);
        rig.tell(progress(0, 1, 1));
        rig.tell(finished(outcome, 0, Some(1)));
        let before = rig.seen.len();
        rig.save(entry(2, 1));
        rig.wait(10_000);
        let requests = rig.seen[before..].iter().map(|effect| match effect {
            Effect::Tell(PeerMessage::Progress(progress)) => progress.requests,
            _ => 0,
        });
        requests.max()
    };
    // The end check, and then the batch as well.
    assert_eq!(counted(Outcome::AllReceived), Some(1));
    assert_eq!(counted(Outcome::NoConnection), Some(2));
}
