use super::world::{World, item, revised, skip, void};
use crate::intake::{Change, DecisionError, Ruling};
use crate::item::samples::{exchange_part, text};
use crate::names::State;
use crate::wire::batch::WireItem;

#[test]
fn a_reading_that_is_sent_back_frees_its_key_for_the_new_one() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let changes = world.rule(1, 1, Ruling::SendBack).unwrap();
    assert!(matches!(
        changes[..],
        [
            Change::SetState {
                state: State::SentBack,
                revision: 1,
                ..
            },
            Change::Free { .. }
        ]
    ));
    assert_eq!(world.states(1), ["1 sent_back"]);
    assert_eq!(world.official("101", "2026-11"), "none");
    world.check(&item(2, "46212"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46212 of 2.1");
}

#[test]
fn the_next_reading_does_not_compare_with_what_was_sent_back() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.rule(1, 1, Ruling::SendBack).unwrap();
    let taken = world.take(&item(2, "46100"));
    assert_eq!(
        super::world::filing(&taken)
            .previous
            .map(|it| it.to_string())
            .as_deref(),
        Some("45658")
    );
}

#[test]
fn a_skip_can_be_sent_back_and_a_skip_can_answer() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    world.rule(1, 1, Ruling::SendBack).unwrap();
    world.check(&skip(2, "dangerous"), "accepted 2026-11");
    assert_eq!(world.official("101", "2026-11"), "skip of 2.1");
}

#[test]
fn what_is_not_waiting_for_a_decision_is_not_sent_back() {
    let mut world = World::new();
    assert_eq!(world.rule(1, 1, Ruling::SendBack), Err(DecisionError::NotFound));
    world.take(&item(1, "46211"));
    assert_eq!(
        world.rule(1, 2, Ruling::SendBack),
        Err(DecisionError::OtherRevision)
    );
    world.take(&revised(2, item(1, "46212")));
    assert_eq!(
        world.rule(1, 1, Ruling::SendBack),
        Err(DecisionError::OtherRevision)
    );
    world.decide(1, 2, State::Approved);
    assert_eq!(
        world.rule(1, 2, Ruling::SendBack),
        Err(DecisionError::NotReceived)
    );
    world.take(&item(2, "1"));
    assert_eq!(
        world.rule(2, 1, Ruling::SendBack),
        Err(DecisionError::NotReceived)
    );
}

#[test]
fn nothing_of_a_closed_period_is_sent_back() {
    let mut world = World::new();
    world.take(&item(1, "46211"));
    world.set_closed("2026-11");
    assert_eq!(
        world.rule(1, 1, Ruling::SendBack),
        Err(DecisionError::PeriodClosed)
    );
    assert_eq!(world.official("101", "2026-11"), "46211 of 1.1");
}

#[test]
fn an_exchange_that_is_sent_back_is_undone_unless_its_meter_is_in_use() {
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
    world.take(&WireItem {
        meter_serial: text("N1"),
        read_at: "2026-11-27T18:00:00+10:00".to_owned(),
        ..item(2, "10")
    });
    assert_eq!(world.rule(1, 1, Ruling::SendBack), Err(DecisionError::MeterInUse));
    world.take(&void(2, 2));
    let changes = world.rule(1, 1, Ruling::SendBack).unwrap();
    assert!(matches!(changes.last(), Some(Change::UndoExchange { .. })));
    assert_eq!(world.meter("101"), "E76496171 at 45658");
}
