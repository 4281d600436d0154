use super::*;

/// Reads `2 received`, `received flagged`, `skip approved`, `nothing`, a line each, as what a period has; writes what is in the
/// way of closing it, or what closing approves.
fn check(before: &str, after: &str) {
    let mut tally = Tally::default();
    for line in before.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let mut words: Vec<&str> = line.split(' ').collect();
        let count = words[0].parse().unwrap_or(1);
        words.retain(|it| it.parse::<u64>().is_err());
        if words == ["nothing"] {
            tally.add_points(None, count);
            continue;
        }
        let mut has = |word: &str| {
            let there = words.contains(&word);
            words.retain(|it| *it != word);
            there
        };
        let (skip, flagged, beside) = (has("skip"), has("flagged"), has("beside"));
        let entry = Entry {
            state: State::parse(words[0]).unwrap(),
            skip,
            flagged,
        };
        if !beside && entry.state.is_official() {
            tally.add_points(Some(entry), count);
        }
        tally.add_items(entry, count);
    }
    let in_the_way: Vec<String> = tally
        .in_the_way()
        .map(|(what, count)| format!("{count} {}", what.name()))
        .collect();
    let said = if tally.can_close() {
        format!("approves {}", tally.clean)
    } else {
        in_the_way.join(", ")
    };
    assert_eq!(said, after, "{before}");
}

#[test]
fn clean_readings_are_approved_by_closing() {
    check("received", "approves 1");
    check("118 received, 2 approved, estimated", "approves 118");
}

#[test]
fn a_property_without_a_meter_in_service_can_be_closed() {
    check("", "approves 0");
}

#[test]
fn a_flag_has_to_be_decided() {
    check("received, 2 received flagged", "2 flagged");
    check("received, 2 approved flagged", "approves 1");
    check("received, 2 sent_back flagged, 2 nothing", "2 missing");
}

#[test]
fn a_meter_point_without_anything_is_in_the_way() {
    check("received, 3 nothing", "3 missing");
    check("received, 3 estimated", "approves 1");
}

#[test]
fn a_skip_counts_when_a_reviewer_has_accepted_it() {
    check("received, skip received", "1 skip");
    check("received, skip approved", "approves 1");
    check("skip received flagged", "1 skip");
}

#[test]
fn whatever_waits_for_the_office_is_in_the_way() {
    check("received, conflict", "1 conflict");
    check("received, held", "1 held");
    check("received, skip held", "1 held");
    check(
        "received, dismissed, superseded, duplicate, voided, rejected",
        "approves 1",
    );
}

#[test]
fn a_reading_beside_the_regular_one_is_decided_and_approved_like_it() {
    check("received, beside received", "approves 2");
    check("approved, beside received flagged", "1 flagged");
    check("beside received, nothing", "1 missing");
}

#[test]
fn everything_that_is_in_the_way_is_named_in_the_order_of_dealing_with_it() {
    check(
        "4 nothing, 3 skip received, 2 received flagged, held, 5 conflict, 9 received",
        "5 conflict, 1 held, 2 flagged, 3 skip, 4 missing",
    );
}

#[test]
fn meter_points_are_counted_once_each() {
    let mut tally = Tally::default();
    let entry = |state, skip| {
        Some(Entry {
            state,
            skip,
            flagged: false,
        })
    };
    tally.add_points(entry(State::Received, false), 5);
    tally.add_points(entry(State::Approved, false), 4);
    tally.add_points(entry(State::Estimated, false), 3);
    tally.add_points(entry(State::Approved, true), 2);
    tally.add_points(None, 1);
    let counted = (tally.read, tally.estimated, tally.skipped, tally.missing);
    assert_eq!((tally.points, counted), (15, (9, 3, 2, 1)));
}

#[test]
fn what_a_database_is_asked_for_is_what_the_rule_says() {
    for standing in InTheWay::ALL.iter().map(|it| Standing::InTheWay(*it)) {
        assert!(Entry::all_with(standing).all(|it| it.standing() == standing));
    }
    let clean: Vec<_> = Entry::all_with(Standing::Clean).collect();
    assert_eq!(
        clean,
        [Entry {
            state: State::Received,
            skip: false,
            flagged: false
        }]
    );
}

#[test]
fn a_period_can_be_closed_from_its_first_moment_in_the_propertys_zone() {
    let zone = Zone::new(&[(0, 36_000)]).unwrap();
    let period = Period::parse("2026-11").unwrap();
    let at = |text| crate::timestamp::LocalTime::parse(text).unwrap().at;
    assert!(!has_begun(period, &zone, at("2026-10-31T23:59:59+10:00")));
    assert!(has_begun(period, &zone, at("2026-11-01T00:00:00+10:00")));
}
