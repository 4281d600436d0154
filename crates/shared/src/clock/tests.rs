use super::*;
use crate::zone::tests::{at, guam};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
const YEAR: i64 = 365 * DAY;

struct Case {
    read_at: &'static str,
    offsets_ms: (Option<i64>, Option<i64>),
    neighbours: (Option<&'static str>, Option<&'static str>),
}

const RECEIVED: &str = "2026-10-03T08:00:00+10:00";

fn check(case: Case, expected: &str) {
    let evidence = ClockEvidence {
        read_at: at(case.read_at),
        offset_before_ms: case.offsets_ms.0,
        offset_at_sending_ms: case.offsets_ms.1,
        received_at: at(RECEIVED),
        after: case.neighbours.0.map(at),
        before: case.neighbours.1.map(at),
    };
    let described = match corrected_time(&evidence, &guam()) {
        CorrectedTime::Undecidable => "undecidable".to_owned(),
        CorrectedTime::Known { at, flagged, certain } => {
            let month = guam().month_at(at);
            let flagged = if flagged { " flagged" } else { "" };
            let certain = if certain { " certain" } else { "" };
            format!("{} {month}{flagged}{certain}", at.to_rfc3339())
        }
    };
    assert_eq!(described, expected);
}

const NONE: (Option<&str>, Option<&str>) = (None, None);
const EVENING: &str = "2026-09-30T23:30:00+10:00";

#[test]
fn a_right_clock_is_believed() {
    let case = Case {
        read_at: EVENING,
        offsets_ms: (Some(0), Some(20_000)),
        neighbours: NONE,
    };
    check(case, "2026-09-30T13:30:00.000Z 2026-09 certain");
}

#[test]
fn a_clock_within_five_minutes_is_put_right_without_a_word() {
    let case = Case {
        read_at: EVENING,
        offsets_ms: (Some(5 * MINUTE), Some(0)),
        neighbours: NONE,
    };
    check(case, "2026-09-30T13:35:00.000Z 2026-09 certain");
}

#[test]
fn a_wrong_clock_that_stayed_wrong_is_put_right_and_flagged() {
    for years in [-1, 1] {
        let read_at = at(EVENING).plus_ms(years * YEAR).to_rfc3339().leak();
        let offsets_ms = (Some(-years * YEAR), Some(-years * YEAR + MINUTE));
        check(
            Case {
                read_at,
                offsets_ms,
                neighbours: NONE,
            },
            "2026-09-30T13:30:00.000Z 2026-09 flagged certain",
        );
    }
}

#[test]
fn a_clock_that_changed_is_bounded_by_its_neighbours() {
    let case = |after, before| Case {
        read_at: "2025-01-01T00:00:00+10:00",
        offsets_ms: (Some(0), Some(600 * DAY)),
        neighbours: (after, before),
    };
    let (first, last) = ("2026-09-29T10:00:00+10:00", "2026-09-30T11:00:00+10:00");
    check(
        case(Some(first), Some(last)),
        "2026-09-29T00:00:00.000Z 2026-09 flagged",
    );
    check(case(Some(first), None), "undecidable");
    check(case(None, Some(last)), "undecidable");
    check(
        case(Some("2026-10-01T00:00:00+10:00"), None),
        "2026-09-30T14:00:00.000Z 2026-10 flagged",
    );
}

#[test]
fn a_clock_that_was_never_measured_keeps_the_month_if_receipt_and_claim_agree() {
    let case = |read_at| Case {
        read_at,
        offsets_ms: (None, None),
        neighbours: NONE,
    };
    check(
        case("2026-10-02T08:00:00+10:00"),
        "2026-10-01T22:00:00.000Z 2026-10 flagged",
    );
    check(
        case("2026-10-03T08:04:00+10:00"),
        "2026-10-02T22:00:00.000Z 2026-10 flagged",
    );
    check(case(EVENING), "undecidable");
    check(case("2027-10-02T08:00:00+10:00"), "undecidable");
}

#[test]
fn nothing_is_read_after_it_was_received() {
    let case = Case {
        read_at: "2026-10-20T08:00:00+10:00",
        offsets_ms: (Some(0), Some(0)),
        neighbours: NONE,
    };
    check(case, "undecidable");
}

#[test]
fn neighbours_that_contradict_each_other_decide_nothing() {
    let neighbours = (
        Some("2026-10-02T10:00:00+10:00"),
        Some("2026-10-01T10:00:00+10:00"),
    );
    check(
        Case {
            read_at: EVENING,
            offsets_ms: (None, None),
            neighbours,
        },
        "undecidable",
    );
}
