//! Rows that contradict themselves, each other or the other files.

use shared::label::ShortCode;

use super::case::{Case, edit, row, whole};
use super::fresh_code;

pub(super) fn rows() -> Vec<Case> {
    let label = |code: ShortCode, place: &str| format!("{},{place}", code.qr_text());
    vec![
        edit(
            "out before in",
            "tenancies.csv",
            ("2025-02-21,", "2025-02-21,2025-01-01"),
            (4, "move_out", "MoveOutBeforeMoveIn"),
        ),
        edit(
            "removed before it was installed",
            "meters.csv",
            ("10.5,,", "10.5,2020-01-01,11"),
            (3, "removed_on", "RemovedBeforeInstalled"),
        ),
        edit(
            "removed without a last value",
            "meters.csv",
            ("10.5,,", "10.5,2026-11-01,"),
            (3, "final_value", "FinalValueMissing"),
        ),
        edit(
            "a last value without a day",
            "meters.csv",
            ("10.5,,", "10.5,,11"),
            (3, "removed_on", "RemovalDayMissing"),
        ),
        row(
            "a property twice",
            "properties.csv",
            "gc  a,Again,Pacific/Guam,residential",
            ("property_code", "StandsTwice"),
        ),
        row(
            "a unit twice",
            "units.csv",
            "gc a,, 101,Studio,3,",
            ("property_code", "StandsTwice"),
        ),
        row(
            "a serial twice",
            "meters.csv",
            "e1,GC A,,102,gas,5,0,1,2024-07-28,0,,",
            ("serial", "StandsTwice"),
        ),
        row(
            "a tenant twice",
            "tenancies.csv",
            "t3,Other,WHS,,W-1,2025-02-21,",
            ("tenant_code", "StandsTwice"),
        ),
        row(
            "a reading twice",
            "readings.csv",
            "E1,2026-10,regular,46212,2026-10-31T23:40:00,ben,",
            ("period", "ReadingTwice"),
        ),
        row(
            "a label twice",
            "labels.csv",
            &[
                label(fresh_code(), "GC A,,101,water,"),
                label(fresh_code(), "WHS,,W-1,electricity,"),
            ]
            .join("\n"),
            ("code", "StandsTwice"),
        )
        .one_line_down(),
        row(
            "a unit of an unknown property",
            "units.csv",
            "GC X,,101,Studio,1,",
            ("property_code", "NoSuchProperty"),
        ),
        row(
            "a meter in an unknown unit",
            "meters.csv",
            "E9,GC A,N,101,gas,5,0,1,2024-07-28,0,,",
            ("unit_no", "NoSuchUnit"),
        ),
        row(
            "a meter in an unknown property",
            "meters.csv",
            "E9,GC X,,101,gas,5,0,1,2024-07-28,0,,",
            ("property_code", "NoSuchProperty"),
        ),
        row(
            "a tenant of an unknown unit",
            "tenancies.csv",
            "T9,Rosa,WHS,,W-9,2026-11-01,",
            ("unit_no", "NoSuchUnit"),
        ),
        row(
            "a reading of an unknown meter",
            "readings.csv",
            "E9,2026-10,regular,1,2026-10-30T10:00:00,ben,",
            ("serial", "NoSuchMeter"),
        ),
        row(
            "a label of an unknown unit",
            "labels.csv",
            &label(fresh_code(), "GC A,,999,water,"),
            ("unit_no", "NoSuchUnit"),
        ),
        row(
            "a label of an unknown meter point",
            "labels.csv",
            &label(fresh_code(), "GC A,,101,gas,"),
            ("utility", "NoSuchMeterPoint"),
        ),
        edit(
            "two tenants at the same time",
            "tenancies.csv",
            ("2026-10-31", "2026-11-05"),
            (3, "move_in", "Overlap"),
        ),
        whole(
            "a tenant beside one in the books",
            "tenancies.csv",
            "tenant_code,tenant_name,property_code,unit_no,move_in\nT9,Rosa,GC A,102,2026-01-01\n",
            (2, "move_in", "Overlap"),
        ),
        row(
            "two meters at one meter point",
            "meters.csv",
            "E9,GC A,,101,electricity,5,0,1,2025-07-28,0,,",
            ("installed_on", "Overlap"),
        ),
        row(
            "a period long before the reading",
            "readings.csv",
            "E2,2026-06,regular,1,2026-10-30T10:00:00,ben,",
            ("period", "PeriodTooFar"),
        ),
        row(
            "a reading of tomorrow",
            "readings.csv",
            "E2,2026-12,regular,1,2026-12-05T10:00:00,ben,",
            ("read_at", "ReadInFuture"),
        ),
        row(
            "a reading before the meter was there",
            "readings.csv",
            "E2,2023-10,regular,1,2023-10-30T10:00:00,ben,",
            ("read_at", "NotInService"),
        ),
    ]
}
