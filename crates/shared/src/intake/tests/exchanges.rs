use super::world::{World, filing, item, item_by, revised, void};
use crate::item::samples::{exchange_part, text};
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
    world.check(&item(2, "46211"), "accepted 2026-11");
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
    world.check(&void(1, 3), "accepted 2026-11");
    assert_eq!(world.ledger.official.len(), 0);
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
