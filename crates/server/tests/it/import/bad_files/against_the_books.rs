//! Rows that the books contradict.

use super::case::{Case, edit, row};
use super::{revoked_code, water_code};

/// What the books say otherwise; see `prepared`.
pub(super) fn against_the_books() -> Vec<Case> {
    vec![
        edit(
            "another value in the books",
            "readings.csv",
            ("46211", "46212"),
            (3, "value", "OtherValueInBooks"),
        ),
        row(
            "a skip in the books",
            "readings.csv",
            "E2,2026-09,regular,99001,2026-09-28T10:00:00,ben,",
            ("period", "SkipInBooks"),
        ),
        row(
            "a closed period",
            "readings.csv",
            "E1,2026-08,regular,45900,2026-08-28T10:00:00,ben,",
            ("period", "PeriodClosed"),
        ),
        edit(
            "a meter that stands elsewhere",
            "meters.csv",
            ("E3,WHS,,W-1,electricity", "E3,GC A,,101,gas"),
            (5, "serial", "MeterElsewhere"),
        ),
        row(
            "a label of another meter point",
            "labels.csv",
            &format!("{},GC A,,101,electricity,", water_code()),
            ("code", "LabelElsewhere"),
        ),
        row(
            "a label that was revoked",
            "labels.csv",
            &format!("{},GC A,,102,electricity,", revoked_code()),
            ("code", "LabelRevoked"),
        ),
    ]
}
