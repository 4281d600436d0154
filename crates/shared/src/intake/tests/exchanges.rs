use super::world::{World, filing, item, item_by, revised, void};
use crate::intake::{Change, Taken};
use crate::item::samples::{exchange_part, text};
use crate::reading_value::ReadingValue;
use crate::wire::batch::WireItem;

const OLD: &str = "E76496171";

fn exchange(number: u8, parts: &[(&str, &str, &str)]) -> WireItem {
    let parts = parts
        .iter()
        .map(|(kind, serial, value)| exchange_part(kind, serial, value));
    WireItem {
        value: None,
        kind: None,
        meter_serial: None,
        exchange: parts.collect(),
        ..item(number, "0")
    }
}

fn whole(number: u8, last: &str) -> WireItem {
    exchange(
        number,
        &[
            ("meter_removed", OLD, last),
            ("meter_installed", "N1", "3"),
            ("regular", "N1", "10"),
        ],
    )
}

fn without_regular(number: u8, last: &str) -> WireItem {
    exchange(
        number,
        &[("meter_removed", OLD, last), ("meter_installed", "N1", "3")],
    )
}

#[test]
fn an_exchange_is_one_item_with_one_verdict_and_three_keys() {
    let mut world = World::new();
    let (read_at, period) = ("2026-10-26T09:14:03+10:00".to_owned(), text("2026-10"));
    world.take(&WireItem {
        read_at,
        period,
        ..item(1, "46000")
    });
    let taken = world.check(&whole(2, "46100"), "accepted 2026-11");
    assert_eq!(filing(&taken).consumption_micro, Some(107_000_000));
    assert_eq!(world.meter("101"), "N1 at 10");
    assert_eq!(world.official("101", "2026-11"), "10 of 2.1");
    assert_eq!(world.ledger.official.len(), 4);
}

#[test]
fn the_readings_of_an_exchange_stand_or_fall_together() {
    let mut world = World::new();
    world.check(&item(1, "46211"), "accepted 2026-11");
    world.check(&whole(2, "46100"), "conflict other_value 2026-11");
    assert_eq!(world.ledger.official.len(), 1);
}

#[test]
fn the_same_exchange_by_another_person_is_a_duplicate() {
    let mut world = World::new();
    world.take(&whole(1, "46100"));
    let again = WireItem {
        captured_by: "ben".to_owned(),
        ..whole(2, "46100")
    };
    world.by("ben").check(&again, "duplicate same_value 2026-11");
    let other = WireItem {
        captured_by: "ben".to_owned(),
        ..whole(3, "46101")
    };
    world.check(&other, "conflict other_value 2026-11");
    let part = WireItem {
        kind: text("meter_removed"),
        ..item_by("ben", 4, "46100")
    };
    world.check(&part, "duplicate same_value 2026-11");
}

#[test]
fn what_is_new_in_an_exchange_is_taken_where_the_rest_is_known() {
    let mut world = World::new();
    world.take(&WireItem {
        kind: text("meter_removed"),
        ..item(1, "46100")
    });
    world.check(&whole(2, "46100"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "10 of 2.1");
}

#[test]
fn an_exchange_gives_up_its_regular_reading_and_keeps_the_rest() {
    let mut world = World::new();
    world.take(&whole(1, "46100"));
    world.occupant("101", "2026-11").reread = true;
    let again = WireItem {
        meter_serial: text("N1"),
        ..item(2, "46211")
    };
    world.check(&again, "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46211 of 2.1");
    assert_eq!(world.states(1), ["1 received"]);
    assert_eq!(world.ledger.official.len(), 3);
}

#[test]
fn an_exchange_is_edited_and_taken_back_as_a_whole() {
    let mut world = World::new();
    world.take(&whole(1, "46100"));
    world.check(&revised(2, whole(1, "46105")), "accepted 2026-11");
    assert_eq!(world.ledger.official.len(), 3);
    assert_eq!(world.meter("101"), "N1 at 10");
    world.check(&void(1, 3), "accepted 2026-11");
    assert_eq!(world.ledger.official.len(), 0);
    assert_eq!(world.meter("101"), "E76496171 at 45658");
}

#[test]
fn the_portfolio_has_the_new_meter_with_the_exchange_and_not_twice_on_a_replay() {
    let mut world = World::new();
    let taken = world.check(&without_regular(1, "46100"), "accepted 2026-11");
    let exchanged = |taken: &Taken| {
        let it = taken.changes.iter().find_map(|it| match it {
            Change::Exchange(exchange) => Some((**exchange).clone()),
            _ => None,
        });
        it.map(|it| {
            (
                it.day.to_string(),
                it.removed,
                it.installed.serial.shown().to_owned(),
            )
        })
    };
    let removed = ("e76496171".to_owned(), ReadingValue::parse("46100").unwrap());
    assert_eq!(
        exchanged(&taken),
        Some(("2026-11-27".to_owned(), Some(removed), "N1".to_owned()))
    );
    assert_eq!(world.meter("101"), "N1 at 3");
    assert_eq!(world.take(&without_regular(1, "46100")).changes, []);
}

#[test]
fn the_next_reading_compares_with_the_new_meter_and_counts_both() {
    let mut world = World::new();
    let (read_at, period) = ("2026-10-26T09:14:03+10:00".to_owned(), text("2026-10"));
    world.take(&WireItem {
        read_at,
        period,
        ..item(1, "46000")
    });
    world.take(&without_regular(2, "46100"));
    let next = |number, value| WireItem {
        meter_serial: text("n1"),
        read_at: "2026-11-27T18:00:00+10:00".to_owned(),
        ..item(number, value)
    };
    let taken = world.check(&next(3, "10"), "accepted 2026-11");
    assert_eq!(filing(&taken).previous, ReadingValue::parse("3").ok());
    assert_eq!(filing(&taken).consumption_micro, Some(107_000_000));
    world.check(
        &WireItem {
            meter_serial: text(OLD),
            ..next(4, "46110")
        },
        "held meter_mismatch 2026-11",
    );
}

#[test]
fn an_exchange_on_whose_meter_others_have_read_is_not_taken_back_by_itself() {
    let mut world = World::new();
    world.take(&without_regular(1, "46100"));
    let next = WireItem {
        meter_serial: text("N1"),
        read_at: "2026-11-27T18:00:00+10:00".to_owned(),
        ..item(2, "10")
    };
    world.check(&next, "accepted 2026-11");
    world.check(&void(1, 2), "held meter_in_use 2026-11");
    assert_eq!(world.meter("101"), "N1 at 10");
    world.check(&void(2, 2), "accepted 2026-11");
    world.check(&void(1, 3), "accepted 2026-11");
    assert_eq!(world.meter("101"), "E76496171 at 45658");
}

#[test]
fn a_new_meter_with_a_serial_that_exists_is_held() {
    let mut world = World::new();
    for serial in ["e2", OLD] {
        let wire = exchange(
            1,
            &[("meter_removed", OLD, "46100"), ("meter_installed", serial, "3")],
        );
        assert_eq!(world.take(&wire).verdict.code.as_deref(), Some("serial_taken"));
        world = World::new();
    }
    world.take(&without_regular(1, "46100"));
    let mut elsewhere = exchange(
        2,
        &[("meter_removed", "E2", "46100"), ("meter_installed", "N2", "3")],
    );
    elsewhere.unit_no = text("102");
    world.check(&elsewhere, "accepted 2026-11");
    elsewhere.exchange[1].meter_serial = "N1".to_owned();
    world.check(&revised(2, elsewhere), "held serial_taken 2026-11");
    assert_eq!(world.meter("102"), "E2 at 45658");
}

#[test]
fn an_edited_exchange_may_keep_its_new_serial_or_name_another() {
    let mut world = World::new();
    world.take(&without_regular(1, "46100"));
    let mut edited = without_regular(1, "46100");
    edited.exchange[1].meter_serial = "N7".to_owned();
    world.check(&revised(2, edited), "accepted 2026-11");
    assert_eq!(world.meter("101"), "N7 at 3");
    world.check(&revised(3, without_regular(1, "46100")), "accepted 2026-11");
    assert_eq!(world.meter("101"), "N1 at 3");
}

#[test]
fn a_held_exchange_changes_no_meter() {
    let mut world = World::new();
    world.set_closed("2026-11");
    world.check(&whole(1, "46100"), "held period_closed 2026-11");
    assert_eq!(world.meter("101"), "E76496171 at 45658");
}

#[test]
fn meters_are_exchanged_one_after_the_other_and_taken_back_in_turn() {
    let mut world = World::new();
    world.take(&without_regular(1, "46100"));
    let mut second = exchange(2, &[("meter_removed", "N1", "8"), ("meter_installed", "N2", "0")]);
    second.read_at = "2026-11-27T18:00:00+10:00".to_owned();
    world.check(&second, "accepted 2026-11");
    assert_eq!(world.meter("101"), "N2 at 0");
    world.check(&void(1, 2), "held meter_in_use 2026-11");
    world.check(&void(2, 2), "accepted 2026-11");
    assert_eq!(world.meter("101"), "N1 at 3");
}

#[test]
fn an_exchange_of_another_meter_is_held() {
    let mut world = World::new();
    let wire = exchange(1, &[("meter_removed", "E9", "5"), ("meter_installed", "N1", "3")]);
    world.check(&wire, "held meter_mismatch 2026-11");
}

#[test]
fn the_new_register_bounds_the_new_values() {
    let mut world = World::new();
    let mut wire = whole(1, "46100");
    wire.exchange[1].dials = Some(1);
    world.check(&wire, "rejected out_of_range 2026-11");
}
