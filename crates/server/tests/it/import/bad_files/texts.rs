//! Texts and codes: too long, empty, or a formula.

use super::case::{Case, edit};

pub(super) fn texts() -> Vec<Case> {
    let long = "x".repeat(501);
    vec![
        edit(
            "a code too long",
            "properties.csv",
            ("WHS", "WAREHOUSES-OF-DUBLIN"),
            (3, "property_code", "TooLong"),
        ),
        edit(
            "a serial too long",
            "meters.csv",
            ("E2", &"E".repeat(65)),
            (4, "serial", "TooLong"),
        ),
        edit(
            "a name too long",
            "properties.csv",
            ("Dockside", &"D".repeat(201)),
            (3, "name", "TooLong"),
        ),
        edit(
            "a note too long",
            "units.csv",
            ("Meter behind", &long),
            (3, "access_note", "TooLong"),
        ),
        edit(
            "remarks too long",
            "readings.csv",
            ("gate was open", &long),
            (4, "remarks", "TooLong"),
        ),
        edit(
            "a code is empty",
            "properties.csv",
            ("WHS", ""),
            (3, "property_code", "Empty"),
        ),
        edit(
            "a name is blank",
            "properties.csv",
            ("Dockside Warehouses", "  "),
            (3, "name", "Empty"),
        ),
        edit(
            "a unit has no number",
            "tenancies.csv",
            ("102", ""),
            (4, "unit_no", "Empty"),
        ),
        edit(
            "a formula with =",
            "tenancies.csv",
            ("Ines O'Dowd", "=HYPERLINK(A1)"),
            (2, "tenant_name", "Formula"),
        ),
        edit(
            "a formula behind spaces",
            "tenancies.csv",
            ("Ines O'Dowd", "  =1+1"),
            (2, "tenant_name", "Formula"),
        ),
        edit(
            "a formula with +",
            "units.csv",
            ("Meter behind the stairs", "+cmd|' /C calc'!A0"),
            (3, "access_note", "Formula"),
        ),
        edit(
            "a formula with -",
            "readings.csv",
            ("gate was open", "-2+3+cmd|' /C calc'!A0"),
            (4, "remarks", "Formula"),
        ),
        edit(
            "a formula with @",
            "properties.csv",
            ("Dockside", "@SUM(1)"),
            (3, "name", "Formula"),
        ),
        edit(
            "a formula in a code",
            "meters.csv",
            ("E2", "=E2"),
            (4, "serial", "Formula"),
        ),
        edit(
            "a wide formula",
            "tenancies.csv",
            ("Ines", "＝Ines"),
            (2, "tenant_name", "Formula"),
        ),
        edit(
            "a tab at the beginning",
            "tenancies.csv",
            ("Ines", "\tInes"),
            (2, "tenant_name", "Formula"),
        ),
        edit(
            "a carriage return at the beginning",
            "tenancies.csv",
            ("Ines O'Dowd", "\"\rInes\""),
            (2, "tenant_name", "Formula"),
        ),
    ]
}
