use super::world::{World, item, item_by, revised, skip, void};
use crate::intake::{Arrival, Change, is_wrong_person};
use crate::item::samples::text;
use crate::names::State;
use crate::wire::batch::WireItem;

#[test]
fn an_edit_is_judged_as_if_the_earlier_revision_did_not_exist() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let taken = world.check(&revised(2, item(1, "46212")), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46212 of 1.2");
    assert_eq!(world.states(1), ["1 superseded", "2 received"]);
    let (retired, freed) = (&taken.changes[0], &taken.changes[1]);
    assert!(matches!(
        retired,
        Change::SetState {
            revision: 1,
            state: State::Superseded,
            ..
        }
    ));
    assert!(
        matches!(freed, Change::Free { .. }),
        "freed before it is taken again"
    );
}

#[test]
fn a_lower_revision_that_arrives_later_is_history() {
    let mut world = World::new();
    world.check(&revised(2, item(1, "46212")), "accepted 2026-11");
    let late = world.check(&item(1, "46211"), "accepted older_revision 2026-11");
    assert_eq!(late.verdict.receipt.as_ref().unwrap().seq, 2);
    assert_eq!(world.official("101", "2026-11"), "46212 of 1.2");
    assert_eq!(world.states(1), ["2 received", "1 superseded"]);
    assert_eq!(world.take(&item(1, "46211")).verdict, late.verdict);
}

#[test]
fn an_edit_moves_the_reading_to_another_key() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let other_unit = WireItem {
        unit_no: text("102"),
        meter_serial: None,
        ..item(1, "46211")
    };
    world.check(&revised(2, other_unit), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "none");
    assert_eq!(world.official("102", "2026-11"), "46211 of 1.2");
    world
        .by("ben")
        .check(&item_by("ben", 2, "46300"), "accepted 2026-11");
}

#[test]
fn a_conflict_is_settled_by_an_edit_that_agrees() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&item(2, "46300"), "conflict other_value 2026-11");
    world.check(&revised(2, item(2, "46211")), "duplicate same_value 2026-11");
    assert_eq!(world.states(2), ["1 superseded", "2 duplicate"]);
}

#[test]
fn a_void_frees_the_key() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&void(1, 2), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "none");
    assert_eq!(world.states(1), ["1 voided", "2 voided"]);
    world.check(&item(2, "46300"), "accepted 2026-11");
}

#[test]
fn a_void_that_overtakes_its_item_keeps_it_out() {
    let mut world = World::new();
    world.check(&void(1, 2), "accepted");
    world.check(&item(1, "46211"), "accepted older_revision 2026-11");
    assert_eq!(world.official("101", "2026-11"), "none");
}

#[test]
fn a_reading_that_was_taken_back_can_come_back() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.take(&void(1, 2));
    world.check(&revised(3, item(1, "46211")), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.3");
}

#[test]
fn an_edit_may_turn_a_skip_into_a_value() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    world.check(&revised(2, item(1, "46211")), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.2");
}

#[test]
fn what_is_approved_is_changed_only_by_the_office() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.decide(1, 1, State::Approved);
    world.check(&revised(2, item(1, "46212")), "held already_approved 2026-11");
    world.check(&void(1, 3), "held already_approved 2026-11");
    world.check(&revised(4, item(1, "46213")), "held already_approved 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn what_is_in_a_closed_period_is_changed_only_by_the_office() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.set_closed("2026-11");
    world.check(&void(1, 2), "held period_closed 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn what_was_sent_back_is_judged_afresh() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.decide(1, 1, State::SentBack);
    world.check(&item(2, "46300"), "accepted 2026-11");
    world.check(&revised(2, item(1, "46250")), "conflict other_value 2026-11");
}

#[test]
fn another_persons_revision_is_held() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.by("ben").check(
        &revised(2, item_by("ben", 1, "46212")),
        "held other_person 2026-11",
    );
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn an_item_of_another_person_refuses_the_batch() {
    let arrivals = |names: &[&str]| -> Vec<_> {
        names
            .iter()
            .map(|it| Arrival::of_wire(&item_by(it, 1, "5"), b""))
            .collect()
    };
    assert!(!is_wrong_person("ana", &arrivals(&["ana", " Ana"])));
    assert!(is_wrong_person("ana", &arrivals(&["ana", "ben"])));
    assert!(!is_wrong_person("ana", &[]));
    let no_item = [Arrival::of_wire(&item_by("ben", 1, "many"), b"")];
    assert!(is_wrong_person("ana", &no_item) && !is_wrong_person("ben", &no_item));
}
