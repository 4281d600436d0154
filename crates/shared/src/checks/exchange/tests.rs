use super::*;
use crate::item::samples::{exchange_part, reading};
use crate::item::{Body, Item};
use crate::wire::batch::WireItem;
use crate::wire::list::{LatestReading, MeterPointRow, Statistics, TenancyRow};
use crate::zone::tests::{at, guam};

// Read a month ago: 46,000, with five dials and a multiplier of ten.
fn row() -> MeterPointRow {
    MeterPointRow {
        meter_serial: "E764".to_owned(),
        dials: 5,
        multiplier: "10".to_owned(),
        initial_value: "100".to_owned(),
        tenancies: vec![TenancyRow {
            from: "2026-01-01".to_owned(),
            to: None,
            name: "Ines".to_owned(),
        }],
        latest: Some(LatestReading {
            value: "46000".to_owned(),
            read_at: "2026-10-28T09:00:00+10:00".to_owned(),
            kind: "regular".to_owned(),
            ..LatestReading::default()
        }),
        statistics: Statistics {
            readings: 3,
            mean_per_day_micro: 5_000_000,
        },
        ..MeterPointRow::default()
    }
}

fn run(row: &MeterPointRow, parts: &[(&str, &str, &str)], answers: &[&str]) -> CheckedExchange {
    let mut exchange: Vec<_> = parts
        .iter()
        .map(|(kind, serial, value)| exchange_part(kind, serial, value))
        .collect();
    if let Some(installed) = exchange.iter_mut().find(|it| it.kind == "meter_installed") {
        (installed.dials, installed.decimals) = (Some(6), Some(1));
    }
    let item = Item::parse(&WireItem {
        value: None,
        exchange,
        ..reading()
    });
    let Body::Exchange(parts) = item.unwrap().body else {
        panic!("no exchange")
    };
    let candidate = Candidate {
        id: crate::id::ItemId::default(),
        kind: Kind::MeterRemoved,
        value: ReadingValue::default(),
        read_at: at("2026-11-27T09:00:00+10:00"),
        meter_serial: "",
        already_read: false,
        answers: Answers::from_names(answers.iter().copied()),
    };
    let point = MeterPoint::from_row(row);
    check_exchange(&point, &guam(), &RuleSettings::default(), &candidate, &parts)
}

// Flags that are answered stand in brackets; then the consumption, and what is carried to the new meter.
fn check(parts: &[(&str, &str, &str)], answers: &[&str], expected: &str) {
    let found = run(&row(), parts, answers);
    let mut said: Vec<String> = found
        .flags
        .iter()
        .map(|it| {
            if found.open.contains(it) {
                it.name().to_owned()
            } else {
                format!("({})", it.name())
            }
        })
        .collect();
    let amount = |it: Option<Decimal>| it.map_or("none".to_owned(), |it| it.to_string());
    said.push(amount(found.consumption));
    said.push(amount(found.carried()));
    assert_eq!(said.join(" "), expected);
}

#[test]
fn the_final_value_is_judged_by_the_old_register_and_the_others_by_the_new_one() {
    let old = ("meter_removed", "E764", "46150");
    check(&[old, ("meter_installed", "N1", "3.5")], &[], "none 1500");
    check(
        &[old, ("meter_installed", "N1", "3.5"), ("regular", "N1", "4.7")],
        &[],
        "1512 1500",
    );
    check(
        &[old, ("meter_installed", "N1", "3.55")],
        &[],
        "out_of_range none 1500",
    );
    check(
        &[
            ("meter_removed", "E764", "100000"),
            ("meter_installed", "N1", "3"),
        ],
        &["verified"],
        "out_of_range none 0",
    );
}

#[test]
fn the_final_value_is_asked_about_like_any_reading() {
    let with = |value| [("meter_removed", "E764", value), ("meter_installed", "N1", "0")];
    check(&with("45990"), &[], "lower none 0");
    check(&with("45990"), &["verified"], "(lower) none -100");
    check(&with("46400"), &[], "high none 4000");
    check(&with("46400"), &["verified"], "(high) none 4000");
}

#[test]
fn a_final_value_behind_a_rollover_counts_through_zero() {
    let mut row = row();
    row.latest.as_mut().unwrap().value = "99986".to_owned();
    let parts = [("meter_removed", "E764", "11"), ("meter_installed", "N1", "0")];
    let found = run(&row, &parts, &["rolled_over"]);
    assert_eq!(found.carried(), Some(Decimal::from(250)));
}

#[test]
fn a_value_of_today_below_the_initial_one_is_asked_about() {
    let parts = [
        ("meter_removed", "E764", "46150"),
        ("meter_installed", "N1", "10"),
        ("regular", "N1", "9"),
    ];
    check(&parts, &[], "lower 1490 1500");
    check(&parts, &["verified"], "(lower) 1490 1500");
}

#[test]
fn another_meter_than_the_one_that_sits_there_is_a_mismatch() {
    check(
        &[("meter_removed", "E9", "5"), ("meter_installed", "N1", "3")],
        &[],
        "(meter_mismatch) none 0",
    );
    check(&[("meter_installed", "N1", "3")], &[], "(meter_mismatch) none 0");
    check(
        &[
            ("meter_removed", "E764", "46150"),
            ("meter_installed", "N1", "3"),
            ("regular", "N2", "4"),
        ],
        &[],
        "(meter_mismatch) 1510 1500",
    );
}

#[test]
fn a_meter_comes_where_none_was_if_its_register_is_told() {
    let empty = MeterPointRow::default();
    let parts = [("meter_installed", "N1", "3"), ("regular", "N1", "5.5")];
    let found = run(&empty, &parts, &[]);
    assert!(found.flags.is_empty());
    assert_eq!(found.consumption, Some(Decimal::new(25, 1)));
    assert_eq!(found.new_meter.map(|it| it.register.dials()), Some(6));
}
