//! What the office says in the place of what came: corrections, conflicts, and what was held.

use super::world::{World, filing_in, item, item_by, revised, skip, void};
use crate::intake::{Booking, Change, DecisionError, DeviceStanding, Filing, MeterPointName, Ruling, Which};
use crate::item::samples::{exchange_part, id, text};
use crate::names::Reason;
use crate::period::Period;
use crate::reading_value::ReadingValue;
use crate::wire::batch::WireItem;

const APPROVE: Ruling = Ruling::Approve { clean_only: false };

fn correct(value: &str) -> Ruling {
    Ruling::Correct(ReadingValue::parse(value).unwrap())
}

fn second(first: u8) -> Ruling {
    Ruling::TakeSecond {
        first: Some(id(first)),
    }
}

fn book() -> Ruling {
    Ruling::Book(Booking::default())
}

fn unit_102() -> Booking {
    Booking {
        place: Some(MeterPointName {
            property_code: "GC A".to_owned(),
            unit_no: "102".to_owned(),
            utility: "electricity".to_owned(),
            ..MeterPointName::default()
        }),
        period: None,
    }
}

fn unknown_label(number: u8) -> WireItem {
    WireItem {
        property_code: None,
        unit_no: None,
        utility: None,
        building: None,
        point: None,
        meter_serial: None,
        label_text: text("GCX|7"),
        ..item(number, "46211")
    }
}

fn filed(changes: Vec<Change>) -> Filing {
    filing_in(&changes).clone()
}

#[test]
fn a_correction_is_a_new_revision_and_the_original_stays() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let filing = filed(world.rule(1, 1, correct("46121")).unwrap());
    assert_eq!(filing.revision, 2);
    assert_eq!(filing.previous.map(|it| it.to_string()).as_deref(), Some("45658"));
    assert_eq!(world.states(1), ["1 superseded", "2 received"]);
    assert_eq!(world.official("101", "2026-11"), "46121 of 1.2");
    assert_eq!(
        world.rule(1, 1, correct("46121")),
        Ok(Vec::new()),
        "its answer was lost"
    );
    assert_eq!(
        world.rule(1, 1, correct("46122")),
        Err(DecisionError::OtherRevision)
    );
    world.rule(1, 2, correct("46122")).unwrap();
    assert_eq!(world.official("101", "2026-11"), "46122 of 1.3");
}

#[test]
fn what_is_approved_can_be_corrected_and_a_skip_can_get_its_value() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    world.rule(1, 1, APPROVE).unwrap();
    world.rule(1, 1, correct("46121")).unwrap();
    assert_eq!(world.states(1), ["1 superseded", "2 received"]);
    assert_eq!(world.official("101", "2026-11"), "46121 of 1.2");
}

#[test]
fn a_correction_goes_through_the_checks_and_not_into_a_closed_period() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    assert_eq!(
        world.rule(1, 1, correct("123456")),
        Err(DecisionError::OutOfRange)
    );
    let filing = filed(world.rule(1, 1, correct("45600")).unwrap());
    assert!(filing.flags.names().any(|it| it == "lower"));
    world.set_closed("2026-11");
    assert_eq!(
        world.rule(1, 2, correct("46000")),
        Err(DecisionError::PeriodClosed)
    );
}

/// The phone edits what the office corrects, and neither knows of the other: with the same number, with a higher one, or with
/// a void. What the phone says is held, whole, and the office's value stands.
#[test]
fn what_the_phone_says_after_a_correction_is_held_whatever_its_number() {
    for (revision, in_between) in [(2, None), (3, None), (2, Some(3)), (7, Some(2))] {
        for last in [revised(revision, item(1, "46212")), void(1, revision)] {
            let mut world = World::new();
            world.take(&item(1, "46211"));
            world.rule(1, 1, correct("46121")).unwrap();
            if let Some(between) = in_between {
                let between = world.take(&revised(between, item(1, "46300")));
                assert_eq!(between.verdict.code.as_deref(), Some("office_revision"));
            }
            world.check(&last, "held office_revision 2026-11");
            assert_eq!(world.official("101", "2026-11"), "46121 of 1.2", "{revision}");
            let states = world.states(1);
            assert!(states.iter().any(|it| it.ends_with("held")), "{states:?}");
            // It is answered alike when it comes again, and the office can still choose it.
            world.check(&last, "held office_revision 2026-11");
            let which = world.last_receipt(1);
            world.rule_as("rita", 1, which, book()).unwrap();
            let official = world.official("101", "2026-11");
            let expected = if last.void { "none" } else { "46212 of 1." };
            assert!(official.starts_with(expected), "{official} after {revision}");
        }
    }
}

#[test]
fn an_edit_that_was_on_its_way_before_the_correction_is_not_lost_as_history() {
    let mut world = World::new();
    world.take(&revised(3, item(1, "46211")));
    world.rule(1, 3, correct("46121")).unwrap();
    world.check(&revised(2, item(1, "46200")), "accepted older_revision 2026-11");
    world.check(&revised(4, item(1, "46250")), "held office_revision 2026-11");
}

#[test]
fn of_two_values_the_first_is_kept() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&item(2, "46300"), "conflict other_value 2026-11");
    world.rule(2, 1, Ruling::KeepFirst).unwrap();
    assert_eq!(world.states(2), ["1 dismissed"]);
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
    assert_eq!(world.rule(2, 1, Ruling::KeepFirst), Ok(Vec::new()));
    assert_eq!(
        world.rule(2, 1, Ruling::KeepBoth),
        Err(DecisionError::NotReceived)
    );
}

#[test]
fn the_second_takes_the_place_of_the_first_as_if_that_had_not_been() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.rule(1, 1, APPROVE).unwrap();
    let later = WireItem {
        read_at: "2026-11-27T18:00:00+10:00".to_owned(),
        ..item(2, "46300")
    };
    world.check(&later, "conflict other_value 2026-11");
    assert_eq!(world.rule(2, 1, second(3)), Err(DecisionError::OtherValue));
    let filing = filed(world.rule(2, 1, second(1)).unwrap());
    let previous = filing.previous.map(|it| it.to_string());
    assert_eq!(previous.as_deref(), Some("45658"), "not the first");
    assert_eq!(world.states(1), ["1 superseded"]);
    assert_eq!(world.states(2), ["1 superseded", "2 received"]);
    assert_eq!(world.official("101", "2026-11"), "46300 of 2.2");
    assert_eq!(world.rule(2, 1, second(1)), Ok(Vec::new()));
}

#[test]
fn both_are_kept_as_different_kinds() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&item(2, "46300"), "conflict other_value 2026-11");
    world.rule(2, 1, Ruling::KeepBoth).unwrap();
    assert_eq!(world.states(2), ["1 superseded", "2 received"]);
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn two_contents_of_one_revision_are_decided_by_their_receipts() {
    for (ruling, official) in [(Ruling::KeepFirst, "46211 of 1.1"), (second(1), "46300 of 1.2")] {
        let mut world = World::new();
        world.take(&item(1, "46211"));
        world.check(&item(1, "46300"), "conflict same_revision_differs 2026-11");
        let which = world.last_receipt(1);
        let both = world.rule_as("rita", 1, which, Ruling::KeepBoth);
        assert_eq!(both, Err(DecisionError::SameItem));
        world.rule_as("rita", 1, which, ruling).unwrap();
        assert_eq!(world.official("101", "2026-11"), official);
        assert!(!world.states(1).iter().any(|it| it.ends_with("conflict")));
    }
}

#[test]
fn nothing_of_a_closed_period_is_exchanged_but_what_came_second_can_go() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.check(&item(2, "46300"), "conflict other_value 2026-11");
    world.set_closed("2026-11");
    assert_eq!(world.rule(2, 1, second(1)), Err(DecisionError::PeriodClosed));
    world.rule(2, 1, Ruling::KeepFirst).unwrap();
}

#[test]
fn an_unknown_label_is_booked_where_the_office_says() {
    let mut world = World::new();
    world.check(&unknown_label(1), "held unknown_label 2026-11");
    assert_eq!(
        world.rule(1, 1, book()),
        Err(DecisionError::NotBookable(Reason::UnknownLabel))
    );
    let filing = filed(world.rule(1, 1, Ruling::Book(unit_102())).unwrap());
    assert_eq!((filing.revision, filing.flags.names().count()), (2, 0));
    assert_eq!(world.official("102", "2026-11"), "46211 of 1.2");
    assert_eq!(world.rule(1, 1, Ruling::Book(unit_102())), Ok(Vec::new()));
}

#[test]
fn what_is_booked_onto_another_value_is_a_conflict_for_the_office() {
    let mut world = World::new();
    let taken = WireItem {
        unit_no: text("102"),
        meter_serial: None,
        ..item(2, "46300")
    };
    world.take(&taken);
    world.check(&unknown_label(1), "held unknown_label 2026-11");
    world.rule(1, 1, Ruling::Book(unit_102())).unwrap();
    assert_eq!(world.states(1), ["1 superseded", "2 conflict"]);
    world.rule(1, 2, second(2)).unwrap();
    assert_eq!(world.official("102", "2026-11"), "46211 of 1.3");
}

#[test]
fn what_was_held_for_its_phone_person_meter_or_clock_is_booked_or_dismissed() {
    type Prepare = fn(&mut World) -> WireItem;
    let held: [(&str, Prepare); 4] = [
        ("device_revoked", |world| {
            world.delivery.standing = DeviceStanding::Revoked;
            item(1, "46211")
        }),
        ("not_assigned", |_| WireItem {
            property_code: text("HV"),
            unit_no: text("7"),
            meter_serial: None,
            ..item(1, "46211")
        }),
        ("meter_mismatch", |_| WireItem {
            meter_serial: text("X9"),
            ..item(1, "46211")
        }),
        ("already_approved", |world| {
            world.take(&item(1, "46200"));
            world.rule(1, 1, APPROVE).unwrap();
            revised(2, item(1, "46211"))
        }),
    ];
    for (reason, prepare) in held {
        for dismiss in [false, true] {
            let mut world = World::new();
            let wire = prepare(&mut world);
            let revision = wire.revision;
            let taken = world.take(&wire);
            assert_eq!(taken.verdict.code.as_deref(), Some(reason));
            world.delivery.standing = DeviceStanding::Known;
            if dismiss {
                world.rule(1, revision, Ruling::Dismiss).unwrap();
                assert!(world.states(1).contains(&format!("{revision} dismissed")));
            } else {
                world.rule(1, revision, book()).unwrap();
                let last = world.states(1).pop().unwrap();
                assert_eq!(last, format!("{} received", revision + 1), "{reason}");
            }
            assert!(world.states(1).iter().all(|it| !it.ends_with("held")), "{reason}");
        }
    }
}

#[test]
fn the_earlier_revision_counts_again_when_the_later_one_is_dismissed() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.rule(1, 1, correct("46121")).unwrap();
    world.take(&revised(3, item(1, "46212")));
    assert_eq!(world.rule(1, 2, APPROVE), Err(DecisionError::OtherRevision));
    world.rule(1, 3, Ruling::Dismiss).unwrap();
    world.rule(1, 2, APPROVE).unwrap();
    assert_eq!(world.official("101", "2026-11"), "46121 of 1.2");
}

#[test]
fn nothing_is_booked_into_a_closed_period() {
    let mut world = World::new();
    world.set_closed("2026-11");
    world.check(&item(1, "46211"), "held period_closed 2026-11");
    assert_eq!(world.rule(1, 1, book()), Err(DecisionError::PeriodClosed));
    let mut world = World::new();
    world.check(&unknown_label(1), "held unknown_label 2026-11");
    world.set_closed("2026-11");
    let booked = world.rule(1, 1, Ruling::Book(unit_102()));
    assert_eq!(booked, Err(DecisionError::PeriodClosed));
    world.rule(1, 1, Ruling::Dismiss).unwrap();
}

#[test]
fn of_two_that_wait_the_earlier_is_not_booked_over_the_later() {
    let mut world = World::new();
    world.take(&item(1, "46200"));
    world.rule(1, 1, APPROVE).unwrap();
    world.take(&revised(2, item(1, "46211")));
    world.take(&revised(3, item(1, "46212")));
    assert_eq!(world.rule(1, 2, book()), Err(DecisionError::OtherRevision));
    world.rule(1, 3, book()).unwrap();
    assert_eq!(world.official("101", "2026-11"), "46212 of 1.4");
    assert_eq!(
        world.states(1),
        ["1 superseded", "2 superseded", "3 superseded", "4 received"]
    );
}

#[test]
fn a_clock_that_tells_nothing_counts_as_the_moment_of_arrival() {
    let mut world = World::new();
    world.delivery.clock_offset_ms = None;
    let lost = WireItem {
        read_at: "2024-01-05T09:00:00+10:00".to_owned(),
        period: text("2024-01"),
        ..item(1, "46211")
    };
    let taken = world.take(&lost);
    assert_eq!(taken.verdict.code.as_deref(), Some("clock_undecidable"));
    let booking = Booking {
        place: None,
        period: Period::parse("2026-11"),
    };
    world.rule(1, 1, Ruling::Book(booking)).unwrap();
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.2");
}

#[test]
fn an_exchange_is_not_rewritten() {
    let exchange = WireItem {
        value: None,
        kind: None,
        meter_serial: None,
        exchange: vec![
            exchange_part("meter_removed", "E76496171", "46100"),
            exchange_part("meter_installed", "N1", "3"),
        ],
        ..item(1, "0")
    };
    let mut world = World::new();
    world.take(&exchange);
    assert_eq!(world.rule(1, 1, correct("5")), Err(DecisionError::Exchange));
    world.by("ben").take(&item_by("ben", 9, "46000"));
    assert_eq!(world.meter("101"), "N1 at 3");
    let revised = revised(2, exchange);
    world.by("ana");
    world.rule(1, 1, APPROVE).unwrap();
    world.take(&revised);
    assert_eq!(world.rule(1, 2, book()), Err(DecisionError::Exchange));
    assert_eq!(
        world
            .rule_as("rita", 1, Which::Revision(2), Ruling::Dismiss)
            .map(|it| it.len()),
        Ok(1)
    );
}
