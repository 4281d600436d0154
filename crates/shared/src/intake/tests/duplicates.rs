use super::world::{World, filing, item, item_by, skip};
use crate::content_hash::ContentHash;
use crate::intake::{Access, Arrival, Change};
use crate::item::samples::{id, text};
use crate::names::{Flag, State};
use crate::wire::batch::WireItem;

#[test]
fn a_new_reading_becomes_the_official_value() {
    let mut world = World::new();
    let taken = world.check(&item(1, "46211"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
    assert!(matches!(
        &taken.changes[..],
        [Change::File(_), Change::Occupy { skip: false, .. }]
    ));
    assert_eq!(filing(&taken).tenant.as_deref(), Some("Ines"));
}

#[test]
fn a_replay_gets_the_first_receipt_and_changes_nothing() {
    let mut world = World::new();
    let first = world.check(&item(1, "46211"), "accepted 2026-11");
    world.received_at("2026-11-29T00:00:00+10:00");
    let again = world.take(&item(1, "46211.0"));
    assert_eq!(again.verdict, first.verdict);
    assert_eq!(again.changes, []);
}

#[test]
fn fifty_replays_get_fifty_equal_receipts() {
    let mut world = World::new();
    let first = world.take(&item(1, "46211")).verdict;
    assert!((0..49).all(|_| world.take(&item(1, "46211")).verdict == first));
    assert_eq!(world.ledger.next_receipt_seq, 2);
}

#[test]
fn of_fifty_rivals_one_is_official() {
    let mut world = World::new();
    for number in 1..=50 {
        let expected = if number == 1 {
            "accepted 2026-11"
        } else {
            "conflict other_value 2026-11"
        };
        world.check(&item(number, &(46_000 + u32::from(number)).to_string()), expected);
    }
    assert_eq!(world.official("101", "2026-11"), "46001 of 1.1");
}

#[test]
fn a_replay_tells_the_verdict_as_it_stands_now() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world
        .by("ben")
        .check(&item_by("ben", 2, "46300"), "conflict other_value 2026-11");
    world.decide(1, 1, State::Superseded);
    world.decide(2, 1, State::Approved);
    world.check(&item_by("ben", 2, "46300"), "accepted other_value 2026-11");
}

#[test]
fn a_replay_of_a_conflict_stays_a_conflict() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.by("ben");
    let first = world.check(&item_by("ben", 2, "46300"), "conflict other_value 2026-11");
    let existing = first.verdict.existing.clone().unwrap();
    assert_eq!((existing.id, existing.value.as_str()), (id(1), "46211"));
    assert_eq!(
        (existing.captured_by.as_str(), existing.read_at.as_str()),
        ("ana", "2026-11-27T09:14:03+10:00")
    );
    assert!(filing(&first).flags.contains(Flag::AlreadyRead));
    let again = world.check(&item_by("ben", 2, "46300"), "conflict other_value 2026-11");
    assert_eq!((again.verdict, again.changes), (first.verdict, vec![]));
}

#[test]
fn the_same_id_and_revision_with_other_content_is_kept_beside_the_first() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let rival = world.check(&item(1, "46300"), "conflict same_revision_differs 2026-11");
    assert!(filing(&rival).rival);
    assert_eq!(rival.verdict.existing.as_ref().unwrap().value, "46211");
    assert_eq!(rival.verdict.receipt.as_ref().unwrap().seq, 2);
    assert_eq!(world.take(&item(1, "46300")).verdict, rival.verdict);
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
    assert_eq!(world.states(1), ["1 received", "1 conflict"]);
}

#[test]
fn another_reading_of_the_same_value_confirms_the_first() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let second = world
        .by("ben")
        .check(&item_by("ben", 2, "46211.0"), "duplicate same_value 2026-11");
    assert_eq!(second.verdict.existing.as_ref().unwrap().id, id(1));
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn other_units_other_periods_and_other_kinds_do_not_meet() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let unit_no = text("102");
    world.check(
        &WireItem {
            unit_no,
            meter_serial: None,
            ..item(2, "46300")
        },
        "accepted 2026-11",
    );
    world.check(
        &WireItem {
            kind: text("move_out"),
            ..item(3, "46300")
        },
        "accepted 2026-11",
    );
    world.check(
        &WireItem {
            kind: text("move_in"),
            ..item(4, "46301")
        },
        "accepted 2026-11",
    );
    world.check(
        &WireItem {
            kind: text("move_in"),
            ..item(5, "46302")
        },
        "conflict other_value 2026-11",
    );
    world.check(
        &WireItem {
            kind: text("check"),
            ..item(6, "46300")
        },
        "accepted 2026-11",
    );
    world.check(
        &WireItem {
            kind: text("check"),
            ..item(7, "46300")
        },
        "accepted 2026-11",
    );
    let read_at = "2026-11-26T09:14:03+10:00".to_owned();
    world.check(
        &WireItem {
            kind: text("move_in"),
            read_at,
            ..item(8, "46302")
        },
        "accepted 2026-11",
    );
    let (read_at, period) = ("2026-10-26T09:14:03+10:00".to_owned(), text("2026-10"));
    world.check(
        &WireItem {
            read_at,
            period,
            ..item(9, "46000")
        },
        "accepted 2026-10",
    );
}

#[test]
fn a_code_written_differently_is_the_same_unit() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let property_code = text(" gc  a");
    world.check(
        &WireItem {
            property_code,
            ..item(2, "46300")
        },
        "conflict other_value 2026-11",
    );
}

#[test]
fn a_value_takes_the_place_of_a_skip() {
    let mut world = World::new();
    world.check(&skip(1, "no_access"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "skip of 1.1");
    world.check(&item(2, "46211"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 2.1");
    assert_eq!(world.states(1), ["1 superseded"]);
}

#[test]
fn a_value_takes_the_place_of_an_estimate_and_of_what_is_asked_for_again() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.occupant("101", "2026-11").state = State::Estimated;
    world.check(&item(2, "46300"), "accepted 2026-11");
    world.occupant("101", "2026-11").state = State::Approved;
    world.check(&item(3, "46400"), "conflict other_value 2026-11");
    world.occupant("101", "2026-11").reread = true;
    world.check(&item(4, "46400"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46400 of 4.1");
}

#[test]
fn a_skip_where_a_value_is_changes_nothing() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&skip(2, "no_access"), "duplicate value_exists 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn the_newest_reason_of_a_skip_counts() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    world.check(&skip(2, "no_access"), "duplicate same_value 2026-11");
    world.check(&skip(3, "dangerous"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "skip of 3.1");
}

#[test]
fn what_stands_in_the_way_is_told_only_to_those_who_may_see_it() {
    let mut world = World::new();
    let removed = |number, value: &str| WireItem {
        kind: text("meter_removed"),
        ..item(number, value)
    };
    world.check(&removed(1, "46211"), "accepted 2026-11");
    let key = world.ledger.official.keys().next().unwrap().clone();
    world.ledger.official.get_mut(&key).unwrap().property = "hv".to_owned();
    let taken = world.check(&removed(2, "46300"), "conflict other_value 2026-11");
    assert_eq!(taken.verdict.existing, None);
    world.delivery.access = Access::All;
    assert!(world.take(&removed(2, "46300")).verdict.existing.is_some());
}

#[test]
fn what_is_no_item_is_rejected_once_and_replayed() {
    let mut world = World::new();
    let wire = WireItem {
        value: text("many"),
        ..item(1, "0")
    };
    let first = world.check(&wire, "rejected bad_value");
    assert_eq!(world.take(&wire).verdict, first.verdict);
    assert_eq!(first.verdict.hash, Some(ContentHash::of_raw(b"raw").to_string()));
    let arrival = Arrival::of_wire(&wire, b"other");
    let rival = world.ledger.take(&world.delivery.clone(), &arrival);
    assert_eq!(rival.verdict.code.as_deref(), Some("same_revision_differs"));
    world.check(
        &WireItem {
            revision: 2,
            ..item(1, "46211")
        },
        "accepted 2026-11",
    );
}

#[test]
fn a_value_that_the_register_can_not_show_is_rejected() {
    let mut world = World::new();
    world.check(&item(1, "146211"), "rejected out_of_range 2026-11");
    assert_eq!(world.official("101", "2026-11"), "none");
}

#[test]
fn the_server_runs_the_checks_again() {
    let mut world = World::new();
    let (read_at, period) = ("2026-10-26T09:14:03+10:00".to_owned(), text("2026-10"));
    world.take(&WireItem {
        read_at,
        period,
        ..item(1, "46074")
    });
    let taken = world.take(&WireItem {
        answers: vec!["verified".to_owned()],
        ..item(2, "46000")
    });
    let filing = filing(&taken);
    assert_eq!(filing.flags.names().collect::<Vec<_>>(), ["lower"]);
    assert_eq!(filing.previous.unwrap().to_string(), "46074");
    assert_eq!(filing.consumption_micro, Some(-74_000_000));
}
