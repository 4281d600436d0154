//! Values that the office estimates, and readings that it asks for.

use super::world::{World, delivery_of, filing_in, item, item_by, point_key, skip};
use crate::estimate::Estimate;
use crate::intake::{
    Access, Arrival, Change, DecisionError, Delivery, MeterPointName, Needs, Order, Ruling, Which,
    estimate_item,
};
use crate::item::samples::id;
use crate::names::{DecisionStep, EstimateMethod, Flag, Source, State};
use crate::period::Period;
use crate::reading_value::ReadingValue;
use crate::timestamp::LocalTime;

fn name(unit: &str) -> MeterPointName {
    MeterPointName {
        property_code: "GC A".to_owned(),
        unit_no: unit.to_owned(),
        utility: "electricity".to_owned(),
        ..MeterPointName::default()
    }
}

impl World {
    /// Somebody decides about unit 101; what was promised to be loaded for it is all that is looked at.
    fn rule_about(
        &mut self,
        by: &str,
        number: u8,
        ruling: Ruling,
        value: &str,
    ) -> Result<Vec<Change>, DecisionError> {
        let order = Order {
            id: id(number),
            which: Which::Revision(1),
            ruling,
            by: by.to_owned(),
            reason: "Nobody at home".to_owned(),
        };
        let delivery = Delivery {
            access: Access::All,
            source: Source::Office,
            ..delivery_of(by, 9)
        };
        let mut needs = Needs::default();
        needs.add_order(&order);
        let arrival = match &order.ruling {
            Ruling::Estimate { point, period, .. } => {
                let estimate = Estimate {
                    value: ReadingValue::parse(value).unwrap(),
                    rolled_over: value == "11",
                };
                let at = LocalTime::parse("2026-11-28T11:00:00+10:00").unwrap();
                let wire = estimate_item(order.id, point, *period, estimate, at, by);
                Some(Arrival::of_wire(&wire, b"raw"))
            }
            _ => None,
        };
        if let Some(arrival) = &arrival {
            needs.add(&delivery, std::slice::from_ref(arrival), &self.ledger.properties);
        }
        let filing = arrival.as_ref().map(|it| (&delivery, it));
        let from_loaded = self.loaded(&needs).decide(&order, filing);
        let decided = self.ledger.decide(&order, filing);
        assert_eq!(
            from_loaded, decided,
            "a ledger of what is needed decides as one that knows everything"
        );
        decided
    }

    fn estimate(&mut self, by: &str, number: u8, value: &str) -> Result<Vec<Change>, DecisionError> {
        let ruling = Ruling::Estimate {
            point: name("101"),
            period: Period::new(2026, 11).unwrap(),
            method: EstimateMethod::Mean,
        };
        self.rule_about(by, number, ruling, value)
    }

    fn ask(&mut self, unit: &str) -> Result<Vec<Change>, DecisionError> {
        let ruling = Ruling::AskForReading {
            point: name(unit),
            period: Period::new(2026, 11),
        };
        self.rule_about("rita", 9, ruling, "")
    }
}

#[test]
fn an_estimate_holds_the_key_until_somebody_reads() {
    let mut world = World::new();
    let changes = world.estimate("rita", 1, "46200").unwrap();
    assert_eq!(filing_in(&changes).state, State::Estimated);
    assert_eq!(world.states(1), ["1 estimated"]);
    assert_eq!(world.official("101", "2026-11"), "46200 of 1.1");
    assert_eq!(world.occupant("101", "2026-11").state, State::Estimated);
    let decided = world.ledger.items[&id(1)][0].decided.clone().unwrap();
    assert_eq!(
        (decided.step, decided.by.as_str(), decided.reason.as_str()),
        (DecisionStep::EstimateByMean, "rita", "Nobody at home")
    );
    world.check(&item(2, "46211"), "accepted 2026-11");
    assert_eq!(world.states(1), ["1 superseded"]);
    assert_eq!(world.official("101", "2026-11"), "46211 of 2.1");
}

#[test]
fn an_estimate_takes_the_place_of_a_skip_and_of_nothing_else() {
    let mut world = World::new();
    world.take(&skip(1, "no_access"));
    world.estimate("rita", 2, "46200").unwrap();
    assert_eq!(world.states(1), ["1 superseded"]);
    let mut world = World::new();
    world.take(&item(1, "46211"));
    let refused = Err(DecisionError::OtherValue);
    assert_eq!(world.estimate("rita", 2, "46200"), refused);
    assert_eq!(world.estimate("rita", 2, "46211"), refused);
    // Not even where a new reading is asked for: what was read counts until then.
    world.occupant("101", "2026-11").reread = true;
    assert_eq!(world.estimate("rita", 2, "46200"), refused);
    assert_eq!(world.states(1), ["1 received"]);
}

#[test]
fn the_same_estimate_again_changes_nothing_and_another_one_is_refused() {
    let mut world = World::new();
    world.estimate("rita", 1, "46200").unwrap();
    assert_eq!(world.estimate("rita", 2, "46200"), Ok(Vec::new()));
    assert_eq!(world.estimate("rita", 2, "46201"), Err(DecisionError::OtherValue));
    assert_eq!(world.estimate("ben", 2, "46200"), Err(DecisionError::OtherValue));
    assert_eq!(world.official("101", "2026-11"), "46200 of 1.1");
}

#[test]
fn a_closed_period_takes_no_estimate_and_keeps_the_one_it_has() {
    let mut world = World::new();
    world.set_closed("2026-11");
    assert_eq!(
        world.estimate("rita", 1, "46200"),
        Err(DecisionError::PeriodClosed)
    );
    assert_eq!(world.ask("101"), Err(DecisionError::PeriodClosed));
    let mut world = World::new();
    world.estimate("rita", 1, "46200").unwrap();
    world.set_closed("2026-11");
    world.check(&item(2, "46211"), "held period_closed 2026-11");
    assert_eq!(world.official("101", "2026-11"), "46200 of 1.1");
}

#[test]
fn an_estimate_that_went_through_zero_counts_through_zero() {
    let mut world = World::new();
    world.take(&item_by("ana", 1, "99986"));
    let key = crate::intake::OfficialKey::regular(&point_key("GC A", "101"), Period::new(2026, 11).unwrap());
    // As if that had been a month before.
    world.ledger.official.remove(&key);
    let changes = world.estimate("rita", 2, "11").unwrap();
    let filing = filing_in(&changes);
    assert_eq!(filing.consumption_micro, Some(25_000_000));
    assert_eq!(filing.previous.map(|it| it.to_string()).as_deref(), Some("99986"));
    assert!(!filing.flags.contains(Flag::Clock));
}

#[test]
fn a_reading_is_asked_for_where_nobody_has_read() {
    let mut world = World::new();
    let asked = world.ask("101").unwrap();
    let expected = Change::AskForReading {
        point: point_key("GC A", "101"),
        reason: "Nobody at home".to_owned(),
    };
    assert_eq!(asked, [expected]);
    assert_eq!(world.ask("404"), Err(DecisionError::NotFound));
    world.take(&skip(1, "no_access"));
    assert_eq!(world.ask("101").map(|it| it.len()), Ok(1));
    world.estimate("rita", 2, "46200").unwrap();
    assert_eq!(world.ask("101").map(|it| it.len()), Ok(1));
    world.take(&item(3, "46211"));
    assert_eq!(world.ask("101"), Err(DecisionError::OtherValue));
}
