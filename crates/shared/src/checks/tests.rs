use super::*;
use crate::wire::list::{OfficialRow, TenancyRow};
use crate::zone::tests::{at, guam};

const DAY: i64 = 24 * 60 * 60 * 1000;
const READ_AT: &str = "2026-11-27T09:00:00+10:00";

// Read 30 days ago: 46,000. Mean use: 5 a day, so 150 is usual.
fn row() -> MeterPointRow {
    MeterPointRow {
        property_code: "GC A".to_owned(),
        unit_no: "101".to_owned(),
        utility: "electricity".to_owned(),
        meter_serial: "E764".to_owned(),
        dials: 5,
        multiplier: "10".to_owned(),
        initial_value: "100".to_owned(),
        tenancies: vec![TenancyRow {
            from: "2026-01-01".to_owned(),
            to: None,
            name: "Ines".to_owned(),
        }],
        latest: Some(crate::wire::list::LatestReading {
            value: "46000".to_owned(),
            read_at: "2026-10-28T09:00:00+10:00".to_owned(),
            period: "2026-10".to_owned(),
            kind: "regular".to_owned(),
            captured_by: "ana".to_owned(),
        }),
        statistics: Statistics {
            readings: 3,
            mean_per_day_micro: 5_000_000,
        },
        ..MeterPointRow::default()
    }
}

fn when<'a>(period: &'a str, zone: &'a Zone) -> When<'a> {
    When {
        period,
        at: at(READ_AT),
        zone,
    }
}

fn run(row: &MeterPointRow, value: &str, answers: &[&str], serial: &str) -> Checked {
    let candidate = Candidate {
        id: ItemId::default(),
        kind: Kind::Regular,
        value: ReadingValue::parse(value).unwrap(),
        read_at: at(READ_AT),
        meter_serial: serial,
        already_read: is_already_read(row, Kind::Regular, &when("2026-11", &guam()), ItemId::default()),
        answers: Answers::from_names(answers.iter().copied()),
    };
    let point = MeterPoint::from_row(row);
    run_checks(&CheckInput::new(
        &point,
        &guam(),
        &RuleSettings::default(),
        &candidate,
    ))
}

// Flags that are answered stand in brackets.
fn check(row: &MeterPointRow, value: &str, answers: &[&str], expected: &str) {
    let checked = run(row, value, answers, "E764");
    let flags = checked.flags.iter().map(|it| {
        if checked.open.contains(it) {
            it.name().to_owned()
        } else {
            format!("({})", it.name())
        }
    });
    let consumption = checked
        .consumption
        .map(|it| it.to_string())
        .unwrap_or("none".to_owned());
    let described = flags.chain([consumption]).collect::<Vec<_>>().join(" ");
    assert_eq!(described, expected, "{value} {answers:?}");
}

fn vacant() -> MeterPointRow {
    let mut row = row();
    row.tenancies[0].to = Some("2026-11-26".to_owned());
    row
}

fn never_read() -> MeterPointRow {
    MeterPointRow {
        latest: None,
        statistics: Statistics::default(),
        ..row()
    }
}

#[test]
fn a_usual_value_raises_nothing() {
    check(&row(), "46150", &[], "1500");
}

#[test]
fn use_beyond_a_factor_is_to_be_typed_again() {
    check(&row(), "46375", &[], "3750");
    check(&row(), "46376", &[], "high 3760");
    check(&row(), "46376", &["verified"], "(high) 3760");
    check(&row(), "46376", &["confirmed"], "high 3760");
    check(&row(), "46750", &[], "high 7500");
    check(&row(), "46751", &[], "very_high 7510");
    check(&row(), "46038", &[], "380");
    check(&row(), "46037", &[], "low 370");
    check(&row(), "46037", &["verified"], "(low) 370");
}

#[test]
fn use_is_compared_by_the_day() {
    let mut row = row();
    row.latest.as_mut().unwrap().read_at = "2026-11-26T09:00:00+10:00".to_owned();
    check(&row, "46013", &[], "high 130");
    check(&row, "46012", &[], "120");
    row.latest.as_mut().unwrap().read_at = "2026-11-27T08:59:00+10:00".to_owned();
    check(&row, "46012", &[], "120");
}

#[test]
fn less_than_three_readings_tell_nothing_about_use() {
    let mut row = row();
    row.statistics.readings = 2;
    check(&row, "49000", &[], "30000");
    row.statistics = Statistics {
        readings: 12,
        mean_per_day_micro: 0,
    };
    check(&row, "49000", &[], "30000");
}

#[test]
fn a_lower_value_is_answered_as_rolled_over_or_verified() {
    check(&row(), "45990", &[], "lower none");
    check(&row(), "45990", &["verified"], "(lower) -100");
    check(&row(), "45990", &["rolled_over"], "lower none");
    let mut row = row();
    row.latest.as_mut().unwrap().value = "99986".to_owned();
    check(&row, "11", &[], "lower none");
    check(&row, "11", &["rolled_over"], "(lower) low 250");
    check(&row, "100", &["rolled_over"], "(lower) 1140");
    assert!(run(&row, "11", &[], "").rollover_offered);
}

#[test]
fn no_use_is_confirmed_once_where_somebody_lives() {
    check(&row(), "46000", &[], "zero 0");
    check(&row(), "46000.0", &["confirmed"], "(zero) 0");
    check(&vacant(), "46000", &[], "0");
}

#[test]
fn use_in_a_vacant_unit_is_flagged_and_saved() {
    check(&vacant(), "46100", &[], "(vacant_use) 1000");
    check(&vacant(), "46001", &[], "(vacant_use) 10");
    check(&vacant(), "46800", &[], "very_high (vacant_use) 8000");
}

#[test]
fn a_never_read_unit_has_no_consumption() {
    check(&never_read(), "9000", &[], "none");
    check(&never_read(), "100", &[], "none");
    check(&never_read(), "99", &[], "lower none");
}

#[test]
fn a_value_that_the_register_can_not_show_stays_open() {
    check(
        &row(),
        "100000",
        &["verified", "confirmed", "rolled_over"],
        "out_of_range none",
    );
    check(&row(), "46150.5", &[], "out_of_range none");
}

#[test]
fn a_period_that_has_a_value_is_told_and_may_be_saved() {
    let mut row = row();
    let official = |period: &str, state: &str| OfficialRow {
        id: ItemId::new(at(READ_AT), [1; 10]),
        period: period.to_owned(),
        kind: "regular".to_owned(),
        state: state.to_owned(),
        ..OfficialRow::default()
    };
    row.official = vec![official("2026-10", "received"), official("2026-11", "skipped")];
    check(&row, "46150", &[], "1500");
    row.official.push(official("2026-11", "approved"));
    check(&row, "46150", &[], "(already_read) 1500");
}

#[test]
fn a_move_is_already_read_on_its_day_only() {
    let official = |kind: &str, read_at: &str| OfficialRow {
        id: ItemId::new(at(READ_AT), [1; 10]),
        period: "2026-11".to_owned(),
        kind: kind.to_owned(),
        state: "received".to_owned(),
        read_at: read_at.to_owned(),
        ..OfficialRow::default()
    };
    let zone = guam();
    let is_read = |kind, officials: &[OfficialRow]| {
        let row = MeterPointRow {
            official: officials.to_vec(),
            ..row()
        };
        is_already_read(&row, kind, &when("2026-11", &zone), ItemId::default())
    };
    let yesterday = official("move_out", "2026-11-26T23:59:00+10:00");
    // The same day at the meter, another one by the clock of the phone.
    let today = official("move_out", "2026-11-26T18:30:00Z");
    assert!(!is_read(Kind::MoveOut, std::slice::from_ref(&yesterday)));
    assert!(is_read(Kind::MoveOut, &[yesterday.clone(), today.clone()]));
    assert!(!is_read(Kind::MoveIn, std::slice::from_ref(&today)));
    assert!(!is_read(Kind::Regular, std::slice::from_ref(&today)));
    assert!(!is_read(Kind::Check, &[official("check", READ_AT)]));
}

#[test]
fn the_first_reading_after_an_exchange_counts_what_the_old_meter_had() {
    let row = MeterPointRow {
        latest: None,
        statistics: Statistics::default(),
        taken_over: Some(crate::wire::list::TakenOverRow {
            at: "2026-11-20T09:00:00+10:00".to_owned(),
            carried: "1370".to_owned(),
        }),
        ..row()
    };
    check(&row, "112", &[], "1490");
    check(&row, "100", &[], "1370");
    check(&row, "99", &[], "lower none");
    let nothing = MeterPointRow {
        taken_over: row.taken_over.clone().map(|it| crate::wire::list::TakenOverRow {
            carried: "0".to_owned(),
            ..it
        }),
        ..row
    };
    check(&nothing, "100", &[], "zero 0");
}

#[test]
fn another_meter_is_not_compared_with() {
    let checked = run(&row(), "5", &[], " e999 ");
    assert_eq!(checked.flags.names().collect::<Vec<_>>(), ["meter_mismatch"]);
    assert!(checked.open.is_empty() && checked.consumption.is_none());
    assert!(run(&row(), "46150", &[], "e764").flags.is_empty());
    assert!(run(&row(), "46150", &[], "").flags.is_empty());
}

#[test]
fn the_previous_value_is_the_one_before_the_reading_and_not_the_item_itself() {
    let mut point = MeterPoint::from_row(&row());
    let own = ItemId::new(at(READ_AT), [2; 10]);
    let read_at = at(READ_AT);
    let earlier = point.past[0];
    let value = ReadingValue::parse("46200").unwrap();
    let past = |id, days| crate::meter_point::PastValue {
        id,
        value,
        read_at: read_at.plus_ms(days * DAY),
    };
    point.past.push(past(Some(own), -1));
    point.past.push(past(None, 1));
    assert_eq!(point.previous(read_at, own), Some(&earlier));
    assert_eq!(
        point.previous(read_at, ItemId::default()),
        Some(&past(Some(own), -1))
    );
}
