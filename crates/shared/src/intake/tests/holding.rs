use super::world::{World, filing, item, revised, skip};
use crate::intake::{Arrival, DeviceStanding};
use crate::item::samples::{bare, id, text};
use crate::names::{Flag, Source};
use crate::wire::batch::{WireClock, WireItem};

fn read(number: u8, read_at: &str, period: &str) -> WireItem {
    WireItem {
        read_at: read_at.to_owned(),
        period: text(period),
        ..item(number, "46211")
    }
}

fn clock(offset_ms: Option<i64>) -> Option<WireClock> {
    offset_ms.map(|it| WireClock {
        offset_ms: Some(it),
        ..WireClock::default()
    })
}

#[test]
fn a_reading_of_the_last_evening_is_booked_to_its_month_when_it_arrives_days_later() {
    let mut world = World::new();
    let wire = read(1, "2026-10-31T23:30:00+10:00", "2026-10");
    world
        .received_at("2026-11-03T08:00:00+10:00")
        .check(&wire, "accepted 2026-10");
}

#[test]
fn a_reading_of_the_late_days_is_booked_to_the_month_that_was_sent() {
    let mut world = World::new();
    world.check(
        &read(1, "2026-11-05T09:00:00+10:00", "2026-10"),
        "accepted 2026-10",
    );
    world.check(
        &read(2, "2026-11-05T09:00:00+10:00", "2026-11"),
        "accepted 2026-11",
    );
    assert_eq!(world.official("101", "2026-10"), "46211 of 1.1");
}

#[test]
fn a_period_that_can_not_be_is_moved_and_flagged() {
    let mut world = World::new();
    let taken = world.check(
        &read(1, "2026-11-27T09:14:03+10:00", "2026-10"),
        "accepted 2026-11",
    );
    assert!(filing(&taken).flags.contains(Flag::Clock));
}

#[test]
fn a_closed_period_takes_nothing_by_itself() {
    let mut world = World::new();
    world.received_at("2026-10-02T08:00:00+10:00");
    let late = |number, value| WireItem {
        value: text(value),
        ..read(number, "2026-09-30T09:14:03+10:00", "2026-09")
    };
    world.check(&late(1, "46211"), "held period_closed 2026-09");
    assert_eq!(world.official("101", "2026-09"), "none");
    let skip = WireItem {
        value: None,
        skip_reason: text("no_access"),
        ..late(2, "")
    };
    world.check(&skip, "held period_closed 2026-09");
}

#[test]
fn in_a_closed_period_the_same_value_is_a_duplicate_and_another_is_held() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.take(&WireItem {
        unit_no: text("102"),
        meter_serial: None,
        ..skip(2, "no_access")
    });
    world.set_closed("2026-11");
    world.check(&item(3, "46211"), "duplicate same_value 2026-11");
    let other = world.check(&item(4, "46300"), "held period_closed 2026-11");
    assert_eq!(other.verdict.existing.map(|it| it.id), Some(id(1)));
    let over_skip = WireItem {
        unit_no: text("102"),
        meter_serial: None,
        ..item(5, "46300")
    };
    world.check(&over_skip, "held period_closed 2026-11");
    assert_eq!(world.official("102", "2026-11"), "skip of 2.1");
}

#[test]
fn an_unknown_label_is_held_with_what_it_said() {
    let mut world = World::new();
    let wire = WireItem {
        label_text: text("M:????"),
        value: text("5"),
        period: text("2026-11"),
        ..bare()
    };
    let taken = world.check(&wire, "held unknown_label 2026-11");
    assert!(filing(&taken).flags.contains(Flag::UnknownLabel));
}

#[test]
fn a_unit_that_is_not_in_the_portfolio_or_not_this_persons_is_held() {
    let mut world = World::new();
    world.check(
        &WireItem {
            unit_no: text("999"),
            ..item(1, "5")
        },
        "held unknown_unit 2026-11",
    );
    world.check(
        &WireItem {
            property_code: text("XX"),
            ..item(2, "5")
        },
        "held unknown_unit 2026-11",
    );
    let foreign = WireItem {
        property_code: text("HV"),
        unit_no: text("7"),
        ..item(3, "5")
    };
    let taken = world.check(&foreign, "held not_assigned 2026-11");
    assert_eq!(taken.verdict.existing, None);
}

#[test]
fn another_serial_on_the_meter_is_held() {
    let mut world = World::new();
    let taken = world.check(
        &WireItem {
            meter_serial: text("E9"),
            ..item(1, "5")
        },
        "held meter_mismatch 2026-11",
    );
    assert!(filing(&taken).flags.contains(Flag::MeterMismatch));
    world.check(
        &WireItem {
            meter_serial: text(" e76496171 "),
            ..item(2, "46211")
        },
        "accepted 2026-11",
    );
}

#[test]
fn phones_that_are_unknown_or_revoked_are_held_and_replaced_by_an_edit_from_a_known_one() {
    let mut world = World::new();
    world.delivery.standing = DeviceStanding::Revoked;
    world.check(&item(1, "46211"), "held device_revoked 2026-11");
    world.delivery.standing = DeviceStanding::Unknown;
    world.check(&item(2, "46211"), "held device_unknown 2026-11");
    world.delivery.standing = DeviceStanding::Known;
    world.check(&item(1, "46211"), "held device_revoked 2026-11");
    world.check(&revised(2, item(1, "46211")), "accepted 2026-11");
    assert_eq!(world.states(1), ["1 superseded", "2 received"]);
}

#[test]
fn a_clock_that_is_a_year_off_is_put_right_and_flagged() {
    let year_ms = 365 * 24 * 60 * 60 * 1000;
    let mut world = World::new();
    world.delivery.clock_offset_ms = Some(year_ms);
    let wire = read(1, "2025-11-27T09:14:03+10:00", "2025-11");
    let taken = world.check(
        &WireItem {
            clock: clock(Some(year_ms)),
            ..wire
        },
        "accepted 2026-11",
    );
    assert!(filing(&taken).flags.contains(Flag::Clock));
    assert!(filing(&taken).time_is_certain);
}

#[test]
fn a_clock_that_says_nothing_is_bounded_by_the_neighbours_in_the_running_numbers() {
    let mut world = World::new();
    world.received_at("2026-11-03T08:00:00+10:00");
    let at_unit = |number, read_at| WireItem {
        unit_no: text("102"),
        meter_serial: None,
        kind: text("check"),
        ..read(number, read_at, "2026-10")
    };
    let lost = WireItem {
        clock: None,
        ..read(2, "2019-01-01T00:00:00+10:00", "2026-10")
    };
    world.check(
        &WireItem {
            device_seq: 12,
            id: id(12),
            ..lost.clone()
        },
        "held clock_undecidable 2026-10",
    );
    let neighbours = [
        at_unit(1, "2026-10-30T10:00:00+10:00"),
        lost.clone(),
        at_unit(3, "2026-10-30T12:00:00+10:00"),
    ];
    let arrivals: Vec<_> = neighbours.iter().map(|it| Arrival::of_wire(it, b"")).collect();
    let taken = world.ledger.take_batch(&world.delivery, &arrivals);
    let middle = &taken[1].verdict;
    assert_eq!(
        (middle.code.as_deref(), middle.period.as_deref()),
        (None, Some("2026-10"))
    );
    assert!(filing(&taken[1]).flags.contains(Flag::Clock));
    assert!(!filing(&taken[1]).time_is_certain);
    world.check(
        &WireItem {
            device_seq: 4,
            id: id(4),
            ..lost
        },
        "held clock_undecidable 2026-10",
    );
}

#[test]
fn the_office_knows_what_time_it_is() {
    let mut world = World::new();
    world.delivery.source = Source::Office;
    world.delivery.clock_offset_ms = None;
    let wire = read(1, "2026-10-31T09:00:00+10:00", "2026-10");
    world.check(
        &WireItem {
            clock: None,
            device_seq: 0,
            ..wire
        },
        "accepted 2026-10",
    );
}
