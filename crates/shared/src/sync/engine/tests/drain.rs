use super::rig::{Rig, all, entry, later, nothing_missing};
use crate::sync::event::{
    CheckResult, Effect, Entry, Hint, Input, PeerMessage, PingResult, PostResult, Settled,
};
use crate::sync::status::{Connection, Outcome, Progress};
use crate::wire::receipt::VerdictName;

fn drained(mut rig: Rig) -> Rig {
    rig.open();
    rig.wait(3_000);
    rig
}

#[test]
fn on_a_quick_link_batches_grow_from_25_to_500_in_one_step() {
    let rig = drained(Rig::new(2_000));
    assert_eq!(rig.batches(), [25, 500, 500, 500, 475]);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn the_next_batch_travels_while_the_store_settles_the_last_one_but_only_one() {
    let mut rig = Rig::new(1_000);
    rig.holds = |effect| matches!(effect, Effect::Settle { .. });
    let rig = drained(rig);
    assert_eq!(rig.batches(), [25, 500], "two are not settled: no third is sent");
}

#[test]
fn ten_thousand_are_drained_in_one_run() {
    let rig = drained(Rig::new(10_000));
    assert_eq!(rig.status().all_received, Some(10_000));
    assert_eq!(rig.count(|effect| matches!(effect, Effect::RequestLock)), 1);
}

#[test]
fn accepted_duplicate_and_held_count_as_synced_and_the_others_as_failed() {
    let mut rig = Rig::new(5);
    rig.posts = Box::new(|entries| {
        let verdicts = [
            VerdictName::Accepted,
            VerdictName::Duplicate,
            VerdictName::Held,
            VerdictName::Conflict,
            VerdictName::Rejected,
        ];
        let settled = entries.iter().zip(verdicts);
        PostResult::Verdicts(
            settled
                .map(|(entry, verdict)| Settled {
                    entry: *entry,
                    verdict,
                })
                .collect(),
        )
    });
    let rig = drained(rig);
    let last = rig.status().last.clone().expect("a run has ended");
    assert_eq!((last.synced, last.failed, last.left), (3, 2, 0));
    assert_eq!(rig.status().shelf, 2);
}

#[test]
fn nothing_is_settled_before_the_store_has_the_receipt() {
    let mut rig = Rig::new(2);
    rig.holds = |effect| matches!(effect, Effect::Settle { .. });
    let rig = drained(rig);
    assert_eq!(rig.status().waiting, 2);
    assert_eq!(
        rig.status().progress.as_ref().map(|progress| progress.synced),
        Some(0)
    );
}

#[test]
fn a_store_that_fails_to_settle_keeps_the_items_and_they_are_sent_again() {
    let mut rig = Rig::new(2);
    rig.settles = false;
    let mut rig = drained(rig);
    let outcome = rig.status().last.as_ref().map(|last| last.outcome);
    assert_eq!((rig.status().waiting, outcome), (2, Some(Outcome::StoreFailed)));
    rig.settles = true;
    rig.wait(10_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn an_edit_in_flight_is_sent_after_the_receipt_of_what_it_replaced() {
    let mut rig = Rig::new(1);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    let mut rig = drained(rig);
    rig.save(entry(1, 2));
    let held = rig.held.pop().expect("revision 1 is on its way");
    rig.holds = |_| false;
    rig.release(held);
    rig.wait(10);
    let posted: Vec<Vec<Entry>> = rig
        .seen
        .iter()
        .filter_map(|effect| match effect {
            Effect::Post { entries, .. } => Some(entries.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(posted, [[entry(1, 1)], [entry(1, 2)]]);
    assert_eq!(
        rig.status().last.as_ref().map(|last| last.synced),
        Some(1),
        "it is one item"
    );
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn one_bad_item_of_200_is_set_apart_and_the_others_are_not_delayed() {
    let mut rig = Rig::new(200);
    rig.posts = Box::new(|entries| match entries.iter().any(|entry| entry.seq == 77) {
        true => PostResult::Refused,
        false => all(entries, VerdictName::Accepted),
    });
    let rig = drained(rig);
    assert_eq!(rig.status().waiting, 1);
    assert_eq!(
        rig.count(|effect| matches!(effect, Effect::RequestLock)),
        1,
        "all in one run"
    );
    assert!(rig.batches().len() <= 20, "{:?}", rig.batches());
    assert!(rig.wakes_in_ms().is_some(), "the bad one is tried again");
}

#[test]
fn a_verdict_of_retry_delays_that_item_alone() {
    let mut rig = Rig::new(3);
    rig.posts = Box::new(|entries| {
        let verdict = |seq| {
            if seq == 2 {
                VerdictName::Retry
            } else {
                VerdictName::Accepted
            }
        };
        let settled = entries.iter().map(|entry| Settled {
            entry: *entry,
            verdict: verdict(entry.seq),
        });
        PostResult::Verdicts(settled.collect())
    });
    let mut rig = drained(rig);
    assert_eq!((rig.status().waiting, rig.status().all_received), (1, None));
    rig.wait(600_000);
    let tries = rig.batches().len();
    assert!((3..=40).contains(&tries), "in ten minutes {tries} batches");
    rig.posts = Rig::new(0).posts;
    rig.wait(600_000);
    assert_eq!(rig.status().all_received, Some(3));
}

#[test]
fn an_item_that_is_not_named_stays() {
    let mut rig = Rig::new(2);
    rig.posts = Box::new(|entries| all(&entries[1..], VerdictName::Accepted));
    let rig = drained(rig);
    assert_eq!((rig.status().waiting, rig.batches()), (1, vec![2]));
    assert_eq!(
        rig.items,
        [entry(1, 1)],
        "a verdict settles what it names, wherever it stands"
    );
    assert!(rig.wakes_in_ms().is_some());
}

#[test]
fn a_server_that_refuses_everything_is_not_asked_item_by_item() {
    let mut rig = Rig::new(500);
    rig.posts = Box::new(|_| PostResult::Refused);
    let rig = drained(rig);
    assert!(rig.batches().len() <= 20, "{:?}", rig.batches());
    assert_eq!(rig.status().waiting, 500);
}

#[test]
fn a_stall_halves_the_batch_down_to_single_items() {
    let mut rig = Rig::new(30);
    rig.posts = Box::new(|_| PostResult::Later {
        retry_after_ms: None,
        stalled: true,
    });
    let mut rig = drained(rig);
    for _ in 0..6 {
        rig.hint(Hint::Online);
        rig.wait(1_500);
    }
    assert_eq!(rig.batches()[..5], [25, 12, 6, 3, 1]);
}

#[test]
fn a_page_in_the_servers_place_is_said_and_voids_the_proof() {
    let mut rig = Rig::new(1);
    rig.posts = Box::new(|_| PostResult::Foreign);
    let mut rig = drained(rig);
    assert_eq!(rig.status().connection, Connection::SignInPage);
    rig.pings = Box::new(|| PingResult::Foreign);
    let pings = rig.pings_sent();
    rig.hint(Hint::SyncNow);
    rig.wait(30_000);
    assert!(rig.pings_sent() > pings, "the link has to prove itself again");
    assert_eq!((rig.batches().len(), rig.status().waiting), (1, 1));
    assert_eq!(
        rig.status().last.as_ref().map(|last| last.outcome),
        Some(Outcome::SignInPage)
    );
}

#[test]
fn on_a_link_that_is_never_good_for_three_seconds_a_small_batch_gets_through() {
    let mut rig = Rig::new(40);
    let mut count = 0;
    rig.pings = Box::new(move || {
        count += 1;
        if count % 2 == 0 {
            PingResult::Failed
        } else {
            super::rig::ours()
        }
    });
    rig.open();
    rig.wait(200_000);
    assert_eq!(rig.batches().first(), Some(&5), "{:?}", rig.batches());
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn what_is_saved_while_a_run_is_under_way_joins_it() {
    let mut rig = Rig::new(1);
    rig.holds = |effect| matches!(effect, Effect::Check { .. });
    let mut rig = drained(rig);
    rig.save(entry(2, 1));
    let held = rig.held.pop().expect("the end check is under way");
    rig.holds = |_| false;
    rig.release(held);
    assert_eq!(rig.batches(), [1, 1]);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::RequestLock)), 1);
    assert_eq!(rig.status().all_received, Some(2));
}

#[test]
fn what_was_saved_since_the_end_check_is_not_called_received() {
    let mut rig = Rig::new(1);
    rig.holds = |effect| matches!(effect, Effect::Check { .. });
    let mut rig = drained(rig);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.save(entry(2, 1));
    let held = rig.held.pop().expect("the end check is under way");
    rig.release(held);
    assert_eq!((rig.status().all_received, rig.status().waiting), (None, 1));
}

#[test]
fn a_restored_server_is_offered_everything_that_is_kept() {
    let mut rig = drained(Rig::new(4));
    assert_eq!(rig.status().all_received, Some(4));
    rig.check = CheckResult::Answered {
        received: 3,
        missing: vec![(3, 3)],
    };
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.wait(61_000);
    rig.hint(Hint::Visible);
    rig.wait(5_000);
    let offered: Vec<_> = rig
        .seen
        .iter()
        .filter_map(|effect| match effect {
            Effect::OfferAgain { missing } => Some(missing.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(offered, [vec![(3, 3)], vec![(1, 4)]]);
    rig.check = nothing_missing();
    let held = rig.held.pop().expect("the kept items are on their way");
    rig.release(held);
    rig.holds = |_| false;
    assert_eq!(rig.batches().last(), Some(&4));
    assert_eq!(rig.status().all_received, Some(4));
}

#[test]
fn all_received_is_taken_back_when_a_restored_server_misses_what_nobody_keeps() {
    let mut rig = Rig::new(2);
    rig.open();
    rig.wait(5_000);
    assert_eq!(rig.status().all_received, Some(2));
    rig.kept.clear();
    rig.check = CheckResult::Answered {
        received: 1,
        missing: vec![(2, 2)],
    };
    rig.wait(70_000);
    rig.hint(Hint::Online);
    rig.wait(10_000);
    assert_eq!(
        (rig.status().all_received, rig.status().missing.as_slice()),
        (None, &[(2, 2)][..])
    );
}

#[test]
fn an_end_check_that_failed_after_offering_again_is_made_again() {
    let mut rig = Rig::new(2);
    rig.open();
    rig.wait(5_000);
    assert_eq!(rig.status().all_received, Some(2));
    // The server is restored; the phone hears of it, sends again, and the check after that fails.
    rig.check = CheckResult::Answered {
        received: 1,
        missing: vec![(2, 2)],
    };
    rig.posts = Box::new(|entries| all(entries, VerdictName::Accepted));
    rig.holds = |effect| matches!(effect, Effect::Check { .. });
    rig.wait(70_000);
    rig.hint(Hint::Online);
    rig.wait(4_000);
    let check = rig.held.pop().expect("an end check");
    rig.release(check);
    assert!(rig.held.pop().is_some(), "another after what was offered again");
    rig.holds = |_| false;
    rig.check = nothing_missing();
    rig.tell(Input::CheckEnded(CheckResult::Failed));
    rig.wait(10_000);
    assert_eq!(rig.status().all_received, Some(2));
}

#[test]
fn with_little_of_the_budget_left_batches_keep_the_distance_of_pings_and_prove_the_link() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.wait(5_000);
    rig.posts = Box::new(|_| later());
    for seq in 2..=200 {
        rig.save(entry(seq, 1));
    }
    rig.wait(3_100);
    // Proven, but not steady any more; and another tab has used up most of the minute.
    rig.tell(Input::Peer(PeerMessage::Progress(Progress {
        requests: 7,
        ..Progress::default()
    })));
    rig.posts = Rig::new(0).posts;
    let before = rig.batches().len();
    rig.wait(2_900);
    let at_once = rig.batches().len() - before;
    assert!((1..=2).contains(&at_once), "{:?}", rig.batches());
    rig.wait(10_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn what_neither_server_nor_phone_has_is_said_and_not_asked_for_again_and_again() {
    let mut rig = Rig::new(2);
    // The browser has thrown 1 to 5 away; the number given last is known from elsewhere.
    rig.items = vec![entry(6, 1)];
    rig.device_total = 6;
    rig.check = CheckResult::Answered {
        received: 1,
        missing: vec![(1, 5)],
    };
    let mut rig = drained(rig);
    assert_eq!(rig.status().missing, [(1, 5)]);
    assert_eq!((rig.status().all_received, rig.status().waiting), (None, 0));
    rig.wait(600_000);
    rig.hint(Hint::SyncNow);
    rig.wait(5_000);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::OfferAgain { .. })), 1);
}

#[test]
fn an_end_check_that_failed_is_made_again() {
    let mut rig = Rig::new(1);
    rig.check = CheckResult::Failed;
    let mut rig = drained(rig);
    let outcome = rig.status().last.as_ref().map(|last| last.outcome);
    assert_eq!((rig.status().waiting, outcome), (0, Some(Outcome::Sent)));
    rig.check = nothing_missing();
    rig.wait(70_000);
    assert_eq!(rig.status().all_received, Some(1));
}

#[test]
fn a_lost_answer_leaves_everything_where_it_is() {
    let mut rig = Rig::new(3);
    rig.posts = Box::new(|_| later());
    let rig = drained(rig);
    assert_eq!((rig.status().waiting, rig.status().shelf), (3, 0));
    assert_eq!(rig.count(|effect| matches!(effect, Effect::Settle { .. })), 0);
}

#[test]
fn news_of_a_saved_reading_that_comes_a_run_after_its_receipt_makes_nothing_wait() {
    let mut rig = Rig::new(3);
    rig.posts = Box::new(|entries| {
        // The store holds no body for what it let go, so that nothing is sent.
        let is_late = entries == [entry(2, 1)];
        if is_late {
            PostResult::Verdicts(Vec::new())
        } else {
            all(entries, VerdictName::Accepted)
        }
    });
    let mut rig = drained(rig);
    rig.wait(60_000);
    rig.holds = |effect| matches!(effect, Effect::Check { .. });
    rig.save(entry(4, 1));
    rig.wait(10_000);
    rig.tell(Input::Saved(entry(2, 1)));
    rig.holds = |_| false;
    let check = rig.held.pop().expect("an end check is under way");
    rig.release(check);
    assert_eq!(rig.status().waiting, 0);
    assert_eq!(rig.status().all_received, Some(4));
}

/// One item has failed for an hour and is on its way again; then a hint comes, and it fails once more.
fn fails_alone_while_a_hint_comes(fails: fn() -> PostResult) -> Rig {
    let mut rig = Rig::new(2);
    let bad = entry(1, 1);
    rig.posts = Box::new(move |entries| match entries.contains(&bad) {
        true => fails(),
        false => all(entries, VerdictName::Accepted),
    });
    let mut rig = drained(rig);
    rig.wait(3_600_000);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.hint(Hint::SyncNow);
    rig.wait(10_000);
    let post = rig.held.pop().expect("a batch is on its way");
    rig.hint(Hint::Online);
    rig.release(post);
    rig.holds = |_| false;
    rig
}

#[test]
fn what_fails_alone_while_a_hint_comes_is_tried_again_by_the_next_run() {
    for fails in [later as fn() -> PostResult, || PostResult::Refused] {
        let mut rig = fails_alone_while_a_hint_comes(fails);
        rig.posts = Box::new(|entries| all(entries, VerdictName::Accepted));
        rig.wait(60_000);
        assert_eq!(rig.status().waiting, 0);
    }
}

#[test]
fn receipts_that_cannot_be_stored_are_not_asked_for_without_end() {
    let mut rig = Rig::new(2);
    rig.settles = false;
    let mut rig = drained(rig);
    let requests = |rig: &Rig| {
        rig.count(|effect| {
            matches!(
                effect,
                Effect::Ping { .. } | Effect::Post { .. } | Effect::Check { .. } | Effect::Refresh
            )
        })
    };
    let before = requests(&rig);
    for _ in 0..60 {
        rig.hint(Hint::Online);
        rig.wait(1_000);
    }
    let made = requests(&rig) - before;
    assert!(made <= 20, "{made} requests in a minute");
    assert_eq!(rig.status().waiting, 2);
}
