//! Stop and go on: nothing that is under way is lost, nothing starts behind the person's back, and it moves again.

use super::rig::Rig;
use crate::sync::engine::stop::STOPPED_REST_MS;
use crate::sync::event::{Effect, Hint, Input, PeerMessage};
use crate::sync::status::{Outcome, Progress};

/// Sixty readings, of which the first batch is on its way when somebody taps **Stop**.
fn stopped_in_mid_batch() -> Rig {
    let mut rig = Rig::new(60);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.open();
    rig.wait(5_000);
    rig.tell(Input::Stop);
    rig
}

fn release_batch(rig: &mut Rig) {
    rig.holds = |_| false;
    let held: Vec<Effect> = rig.held.drain(..).collect();
    held.into_iter().for_each(|effect| rig.release(effect));
}

#[test]
fn the_batch_on_its_way_counts_and_no_other_follows() {
    let mut rig = stopped_in_mid_batch();
    release_batch(&mut rig);
    rig.wait(60_000);
    assert_eq!((rig.batches(), rig.status().waiting), (vec![25], 35));
    let last = rig.status().last.as_ref().map(|last| (last.outcome, last.synced));
    assert_eq!(last, Some((Outcome::Stopped, 25)));
}

#[test]
fn it_goes_on_by_itself_after_the_rest() {
    let mut rig = stopped_in_mid_batch();
    release_batch(&mut rig);
    rig.wait(i64::try_from(STOPPED_REST_MS).unwrap() + 10_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn a_tap_or_the_network_coming_back_goes_on_at_once() {
    for hint in [Hint::SyncNow, Hint::Online, Hint::Visible] {
        let mut rig = stopped_in_mid_batch();
        release_batch(&mut rig);
        rig.hint(hint);
        rig.wait(5_000);
        assert_eq!(rig.status().waiting, 0, "{hint:?}");
    }
}

#[test]
fn a_tap_on_sync_now_while_the_stopped_run_still_ends_is_not_forgotten() {
    let mut rig = stopped_in_mid_batch();
    rig.hint(Hint::SyncNow);
    release_batch(&mut rig);
    rig.wait(5_000);
    assert_eq!(rig.status().waiting, 0);
}

#[test]
fn a_tab_that_follows_passes_it_on_and_the_one_that_drains_obeys() {
    let mut follower = Rig::new(60);
    follower.holds = |effect| matches!(effect, Effect::RequestLock);
    follower.open();
    follower.tell(Input::LockHeldElsewhere);
    follower.tell(Input::Peer(PeerMessage::Progress(Progress::default())));
    follower.tell(Input::Stop);
    assert_eq!(
        follower.count(|effect| *effect == Effect::Tell(PeerMessage::Stop)),
        1
    );

    let mut rig = Rig::new(60);
    rig.holds = |effect| matches!(effect, Effect::Post { .. });
    rig.open();
    rig.wait(5_000);
    rig.tell(Input::Peer(PeerMessage::Stop));
    release_batch(&mut rig);
    rig.wait(60_000);
    assert_eq!(rig.status().waiting, 35);
}
