//! Days, times, numbers, values and names of a closed list.

use super::case::{Case, edit, row};
use super::wrong_code;

pub(super) fn values() -> Vec<Case> {
    vec![
        edit(
            "an unknown time zone",
            "properties.csv",
            ("Pacific/Guam", "Pacific/Atlantis"),
            (2, "timezone", "NoTimeZone"),
        ),
        edit(
            "an unknown kind of property",
            "properties.csv",
            ("commercial", "industrial"),
            (3, "kind", "NoneOf"),
        ),
        edit(
            "an unknown utility",
            "meters.csv",
            ("water,5", "steam,5"),
            (3, "utility", "NoneOf"),
        ),
        edit(
            "an unknown kind of reading",
            "readings.csv",
            ("2026-09,regular", "2026-09,guess"),
            (2, "kind", "NoneOf"),
        ),
        edit(
            "a place that is a word",
            "units.csv",
            ("Studio,1,", "Studio,first,"),
            (2, "route_seq", "NoNumber"),
        ),
        edit(
            "a place beyond all",
            "units.csv",
            ("Studio,1,", "Studio,1000001,"),
            (2, "route_seq", "NoNumber"),
        ),
        edit(
            "no dial",
            "meters.csv",
            ("electricity,5,0,1,", "electricity,0,0,1,"),
            (2, "dials", "NoNumber"),
        ),
        edit(
            "13 dials",
            "meters.csv",
            ("electricity,5,0,1,", "electricity,13,0,1,"),
            (2, "dials", "NoNumber"),
        ),
        edit(
            "dials left out",
            "meters.csv",
            ("electricity,5,0,1,", "electricity,,0,1,"),
            (2, "dials", "NoNumber"),
        ),
        edit(
            "7 decimals",
            "meters.csv",
            ("water,5,3", "water,5,7"),
            (3, "decimals", "NoNumber"),
        ),
        edit(
            "a multiplier of 0",
            "meters.csv",
            ("5,0,10,2024", "5,0,0,2024"),
            (5, "multiplier", "NoMultiplier"),
        ),
        edit(
            "a multiplier below 0",
            "meters.csv",
            ("5,0,10,2024", "5,0,-1,2024"),
            (5, "multiplier", "NoMultiplier"),
        ),
        edit(
            "a multiplier beyond all",
            "meters.csv",
            ("5,0,10,2024", "5,0,1000001,2024"),
            (5, "multiplier", "NoMultiplier"),
        ),
        edit(
            "a day the other way round",
            "meters.csv",
            ("2024-07-28,45000", "28.07.2024,45000"),
            (2, "installed_on", "NoDay"),
        ),
        edit(
            "a day that is none",
            "tenancies.csv",
            ("2025-02-21", "2025-02-30"),
            (4, "move_in", "NoDay"),
        ),
        edit(
            "a day in short",
            "tenancies.csv",
            ("2025-02-21", "2025-2-21"),
            (4, "move_in", "NoDay"),
        ),
        edit(
            "a day in year 25",
            "tenancies.csv",
            ("2025-02-21", "0025-02-21"),
            (4, "move_in", "NoDay"),
        ),
        edit(
            "a day with a time",
            "tenancies.csv",
            ("2026-10-31", "2026-10-31T10:00:00"),
            (2, "move_out", "NoDay"),
        ),
        edit(
            "month 13",
            "readings.csv",
            ("2026-09", "2026-13"),
            (2, "period", "NoPeriod"),
        ),
        edit(
            "a month in words",
            "readings.csv",
            ("2026-09", "Sep 2026"),
            (2, "period", "NoPeriod"),
        ),
        edit(
            "a time without its hour",
            "readings.csv",
            ("2026-10-29T09:00:00", "2026-10-29"),
            (4, "read_at", "NoTime"),
        ),
        edit(
            "hour 25",
            "readings.csv",
            ("2026-10-29T09", "2026-10-29T25"),
            (4, "read_at", "NoTime"),
        ),
        edit(
            "a time of the year 1066",
            "readings.csv",
            ("2026-10-29T09", "1066-10-29T09"),
            (4, "read_at", "NoTime"),
        ),
        edit(
            "a value in words",
            "readings.csv",
            ("46211", "many"),
            (3, "value", "NoValue"),
        ),
        edit(
            "a value in groups",
            "readings.csv",
            ("46211", "46 211"),
            (3, "value", "NoValue"),
        ),
        edit(
            "a value with an exponent",
            "readings.csv",
            ("46211", "4e4"),
            (3, "value", "NoValue"),
        ),
        edit("no value", "readings.csv", ("46211", ""), (3, "value", "NoValue")),
        edit(
            "a value below 0",
            "readings.csv",
            ("46211", "-46211"),
            (3, "value", "NoValue"),
        ),
        edit(
            "a value of 13 digits",
            "readings.csv",
            ("46211", "1234567890123"),
            (3, "value", "NoValue"),
        ),
        edit(
            "a value with 7 decimals",
            "readings.csv",
            ("46211", "4.1234567"),
            (3, "value", "NoValue"),
        ),
        edit(
            "a value beyond the dial",
            "readings.csv",
            ("46211", "146211"),
            (3, "value", "MoreDigits"),
        ),
        edit(
            "decimals that the register has not",
            "readings.csv",
            ("46211", "46211.5"),
            (3, "value", "MoreDecimals"),
        ),
        edit(
            "a beginning beyond the dial",
            "meters.csv",
            ("2024-07-28,45000", "2024-07-28,100000"),
            (2, "initial_value", "MoreDigits"),
        ),
        edit(
            "a beginning finer than the register",
            "meters.csv",
            ("10.5,,", "10.5001,,"),
            (3, "initial_value", "MoreDecimals"),
        ),
        edit(
            "an end beyond the dial",
            "meters.csv",
            ("10.5,,", "10.5,2026-11-01,100000"),
            (3, "final_value", "MoreDigits"),
        ),
        row(
            "a label with a wrong check character",
            "labels.csv",
            &format!("{},GC A,,101,water,", wrong_code()),
            ("code", "NoLabelCode"),
        ),
        row(
            "a label too short",
            "labels.csv",
            "1234,GC A,,101,water,",
            ("code", "NoLabelCode"),
        ),
    ]
}
