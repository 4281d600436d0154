use super::samples::{bare, exchange_part, position, reading, text};
use super::*;
use crate::position::Position;
use crate::wire::batch::{WireClock, WireItem};
use crate::wire::position::WirePosition;

fn parse(change: impl FnOnce(&mut WireItem)) -> Result<Item, ItemError> {
    let mut wire = reading();
    change(&mut wire);
    Item::parse(&wire)
}

fn check(expected: ItemError, change: impl FnOnce(&mut WireItem)) {
    assert_eq!(parse(change), Err(expected));
}

#[test]
fn a_reading_is_understood() {
    let item = parse(|_| ()).unwrap();
    assert_eq!(item.value(), ReadingValue::parse("46211").ok());
    assert_eq!(item.kind(), Some(Kind::Regular));
    assert_eq!(item.period, Period::new(2026, 11));
    assert_eq!(item.evidence.identified_by, Some(IdentifiedBy::Scan));
    assert_eq!(item.point().map(|it| it.key.property()), Some("gc a"));
    assert_eq!(item.read_at.offset_s, 36_000);
}

#[test]
fn everything_optional_may_be_missing() {
    let wire = WireItem {
        property_code: text("GCA"),
        unit_no: text("1"),
        utility: text("gas"),
        value: text("5"),
        ..bare()
    };
    let item = Item::parse(&wire).unwrap();
    assert_eq!(
        (item.kind(), item.period, item.remarks.as_str()),
        (Some(Kind::Regular), None, "")
    );
    let label = WireItem {
        label_text: text("?"),
        skip_reason: text("label_missing"),
        ..bare()
    };
    assert_eq!(
        Item::parse(&label).unwrap().place,
        Some(Place::UnknownLabel("?".to_owned()))
    );
    let void = WireItem {
        void: true,
        revision: 2,
        ..bare()
    };
    assert_eq!(Item::parse(&void).unwrap().body, Body::Void);
}

#[test]
fn an_item_says_exactly_one_thing() {
    check(ItemError::Body, |it| it.skip_reason = text("no_access"));
    check(ItemError::Body, |it| it.value = None);
    check(ItemError::Body, |it| {
        it.exchange = vec![exchange_part("regular", "E1", "5")]
    });
    assert_eq!(parse(|it| it.void = true).unwrap().body, Body::Void);
}

#[test]
fn an_exchange_changes_a_meter() {
    let exchange = |parts: &[(&str, &str)]| {
        parse(|it| {
            it.value = None;
            it.exchange = parts
                .iter()
                .map(|(kind, serial)| exchange_part(kind, serial, "5"))
                .collect();
        })
        .map(|it| it.body)
    };
    let Ok(Body::Exchange(parts)) =
        exchange(&[("regular", "N"), ("meter_installed", "N"), ("meter_removed", "O")])
    else {
        panic!("no exchange")
    };
    let kinds: Vec<_> = parts.iter().map(|it| it.kind.name()).collect();
    assert_eq!(kinds, ["meter_removed", "meter_installed", "regular"]);
    assert!(exchange(&[("meter_installed", "N")]).is_ok());
    assert_eq!(exchange(&[("regular", "N")]), Err(ItemError::Exchange));
    assert_eq!(
        exchange(&[("meter_removed", "O"), ("meter_removed", "P")]),
        Err(ItemError::Exchange)
    );
    assert_eq!(exchange(&[("move_in", "O")]), Err(ItemError::Exchange));
    assert_eq!(exchange(&[("meter_removed", "")]), Err(ItemError::MeterSerial));
    assert_eq!(exchange(&[("meter_removed", "O"); 4]), Err(ItemError::Exchange));
}

#[test]
fn every_member_is_bounded_and_named_when_it_is_wrong() {
    let long = |length: usize| Some("x".repeat(length));
    check(ItemError::Revision, |it| it.revision = 0);
    check(ItemError::DeviceSeq, |it| it.device_seq = u64::MAX);
    check(ItemError::PropertyCode, |it| it.property_code = long(11));
    check(ItemError::Building, |it| it.building = long(65));
    check(ItemError::UnitNo, |it| it.unit_no = text(" "));
    check(ItemError::UnitNo, |it| it.unit_no = None);
    check(ItemError::Utility, |it| it.utility = text("steam"));
    check(ItemError::Point, |it| it.point = text("\u{1f}"));
    check(ItemError::MeterSerial, |it| it.meter_serial = long(65));
    check(ItemError::Period, |it| it.period = text("2026-13"));
    check(ItemError::PeriodChosenBy, |it| it.period_chosen_by = text("dice"));
    check(ItemError::Kind, |it| it.kind = text("Regular"));
    check(ItemError::Value, |it| it.value = text("-5"));
    check(ItemError::ReadAt, |it| {
        it.read_at = "2026-11-27T09:14:03".to_owned()
    });
    check(ItemError::ReadAt, |it| {
        it.read_at = "-009000-01-01T00:00:00Z".to_owned()
    });
    check(ItemError::CapturedBy, |it| it.captured_by = String::new());
    check(ItemError::Flags, |it| it.flags = vec!["high".to_owned(); 21]);
    check(ItemError::Flags, |it| it.answers = vec!["<b>".to_owned()]);
    check(ItemError::Remarks, |it| it.remarks = long(501));
    check(ItemError::Photos, |it| it.photos = vec!["00".to_owned()]);
    check(ItemError::Place, |it| it.property_code = None);
    check(ItemError::LabelText, |it| {
        it.property_code = None;
        it.label_text = long(201);
    });
    check(ItemError::MeterSerial, |it| {
        it.kind = text("meter_removed");
        it.meter_serial = None;
    });
}

#[test]
fn remarks_are_counted_in_characters() {
    assert!(parse(|it| it.remarks = Some("ế".repeat(500))).is_ok());
}

#[test]
fn nothing_is_refused_for_its_evidence_or_for_being_newer() {
    let item = parse(|it| {
        it.clock = Some(WireClock {
            offset_ms: Some(i64::MIN),
            ..WireClock::default()
        });
        it.identified_by = text("telepathy");
        it.previous_value = text("many");
        it.position = Some(WirePosition {
            latitude: "91".to_owned(),
            ..position()
        });
        it.flags = vec!["of_the_future".to_owned()];
        it.answers = vec![
            "verified".to_owned(),
            "of_the_future".to_owned(),
            "verified".to_owned(),
        ];
    });
    let item = item.unwrap();
    assert_eq!(item.evidence, Evidence::default());
    assert_eq!(item.answers, ["of_the_future", "verified"]);
    assert!(item.has_answer(Answer::Verified));
}

#[test]
fn a_position_goes_with_an_item_and_whatever_is_none_is_left_out() {
    let mut members = serde_json::to_value(reading()).unwrap();
    let mut position_of = |position: serde_json::Value| {
        members["position"] = position;
        // Read from the text, as it comes.
        let wire: WireItem = serde_json::from_str(&members.to_string()).unwrap();
        Item::parse(&wire).unwrap().evidence.position
    };
    let sent = serde_json::to_value(position()).unwrap();
    assert_eq!(position_of(sent), Some(Position::parse(&position()).unwrap()));
    for none in ["null", "7", "\"here\"", "[]", "{}", "{\"latitude\":1.5}"] {
        assert_eq!(position_of(serde_json::from_str(none).unwrap()), None, "{none}");
    }
    let text = serde_json::to_string(&reading()).unwrap();
    let endless = text.replacen('{', "{\"position\":{\"latitude\":1e999},", 1);
    let wire: WireItem = serde_json::from_str(&endless).unwrap();
    assert_eq!(wire, reading());
}
