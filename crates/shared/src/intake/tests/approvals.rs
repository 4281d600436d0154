//! Approving, and what undoes it.

use super::world::{World, item, item_by, revised, skip};
use crate::intake::{Change, DecisionError, Ruling, Which};
use crate::names::State;
use crate::wire::batch::WireItem;

const ONE: Ruling = Ruling::Approve { clean_only: false };
const CLEAN: Ruling = Ruling::Approve { clean_only: true };

fn flagged(number: u8) -> WireItem {
    WireItem {
        flags: vec!["high".to_owned()],
        ..item(number, "46211")
    }
}

#[test]
fn an_approved_reading_stays_official_and_keeps_its_key() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let changes = world.rule(1, 1, ONE).unwrap();
    assert!(matches!(
        changes[..],
        [Change::SetState {
            state: State::Approved,
            revision: 1,
            ..
        }]
    ));
    assert_eq!(world.states(1), ["1 approved"]);
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
    world.check(&item(2, "46300"), "conflict other_value 2026-11");
}

#[test]
fn a_flagged_reading_is_approved_only_by_somebody_who_looks_at_it() {
    let mut world = World::new();
    world.take(&flagged(1));
    assert_eq!(world.rule(1, 1, CLEAN), Err(DecisionError::Flagged));
    world.rule(1, 1, ONE).unwrap();
    assert_eq!(world.states(1), ["1 approved"]);
}

#[test]
fn a_skip_is_approved_like_a_value_by_somebody_who_looks_at_it() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    assert_eq!(world.rule(1, 1, CLEAN), Err(DecisionError::Flagged));
    world.rule(1, 1, ONE).unwrap();
    assert_eq!(world.official("101", "2026-11"), "skip of 1.1");
}

#[test]
fn of_two_people_one_approves_and_the_other_hears_that_it_is_decided() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let by = |world: &mut World, name| world.rule_as(name, 1, Which::Revision(1), ONE);
    assert_eq!(by(&mut world, "rita").unwrap().len(), 1);
    assert_eq!(by(&mut world, "rita"), Ok(Vec::new()), "its answer was lost");
    assert_eq!(by(&mut world, "ben"), Err(DecisionError::NotReceived));
}

#[test]
fn who_approved_takes_it_back_as_long_as_nothing_else_has_happened() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    assert_eq!(
        world.rule(1, 1, Ruling::TakeBack),
        Err(DecisionError::NotYourApproval)
    );
    world.rule(1, 1, ONE).unwrap();
    let other = world.rule_as("ben", 1, Which::Revision(1), Ruling::TakeBack);
    assert_eq!(other, Err(DecisionError::NotYourApproval));
    world.rule(1, 1, Ruling::TakeBack).unwrap();
    assert_eq!(world.states(1), ["1 received"]);
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
    assert_eq!(world.rule(1, 1, Ruling::TakeBack), Ok(Vec::new()));
    // As if it had not been approved: an edit is judged afresh.
    world.check(&revised(2, item(1, "46212")), "accepted 2026-11");
}

#[test]
fn what_was_decided_or_edited_since_is_not_taken_back() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.rule(1, 1, ONE).unwrap();
    world.check(&revised(2, item(1, "46212")), "held already_approved 2026-11");
    assert_eq!(
        world.rule(1, 1, Ruling::TakeBack),
        Err(DecisionError::OtherRevision)
    );
    world.set_closed("2026-11");
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.rule(1, 1, ONE).unwrap();
    world.set_closed("2026-11");
    assert_eq!(
        world.rule(1, 1, Ruling::TakeBack),
        Err(DecisionError::PeriodClosed)
    );
}

#[test]
fn nothing_of_a_closed_period_and_nothing_that_waits_elsewhere_is_approved() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.take(&item(2, "46300"));
    assert_eq!(world.rule(2, 1, ONE), Err(DecisionError::NotReceived));
    world.set_closed("2026-11");
    assert_eq!(world.rule(1, 1, ONE), Err(DecisionError::PeriodClosed));
}

/// Whatever is approved and undone in whatever order: each item is where its own last step left it, and the official value
/// stands throughout.
#[test]
fn undo_takes_back_exactly_what_was_approved() {
    for seed in 0_u32..256 {
        let mut world = World::new();
        world.take(&item(1, "46211"));
        let in_102 = WireItem {
            unit_no: Some("102".to_owned()),
            meter_serial: None,
            ..item_by("ana", 2, "46211")
        };
        world.take(&in_102);
        let mut approved = [false; 2];
        for step in 0..4 {
            let choice = (seed >> (2 * step)) & 3;
            let index = usize::from(choice & 1 == 1);
            let number = if index == 1 { 2 } else { 1 };
            let (ruling, to) = if choice & 2 == 2 {
                (CLEAN, true)
            } else {
                (Ruling::TakeBack, false)
            };
            let changed = world.rule(number, 1, ruling).is_ok_and(|it| !it.is_empty());
            assert_eq!(changed, approved[index] != to, "seed {seed} step {step}");
            approved[index] = to;
        }
        for (number, approved) in [(1, approved[0]), (2, approved[1])] {
            let state = if approved { "1 approved" } else { "1 received" };
            assert_eq!(world.states(number), [state], "seed {seed}");
        }
        assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
        assert_eq!(world.official("102", "2026-11"), "46211 of 2.1");
    }
}
