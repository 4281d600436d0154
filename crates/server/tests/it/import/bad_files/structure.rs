//! Quotes, columns and fields that don't fit.

use server::import::ROW_BYTES_MAX;

use super::case::{Case, edit, whole};

pub(super) fn structure() -> Vec<Case> {
    let long = "x".repeat(ROW_BYTES_MAX);
    vec![
        edit(
            "a quote without an end",
            "properties.csv",
            ("Block A\"", "Block A"),
            (2, "name", "QuoteUnclosed"),
        ),
        edit(
            "a quote without an end in the header",
            "units.csv",
            ("property_code", "\"property_code"),
            (1, "", "QuoteUnclosed"),
        ),
        edit(
            "a quote that ends in the next row",
            "properties.csv",
            (
                "A\",Pacific/Guam,residential\nWHS,",
                "A,Pacific/Guam,residential\nWHS,\"",
            ),
            (3, "name", "TextBehindQuote"),
        ),
        edit(
            "text behind a quote",
            "properties.csv",
            ("Block A\"", "Block A\" (old)"),
            (2, "name", "TextBehindQuote"),
        ),
        edit(
            "a quote inside a text",
            "properties.csv",
            ("Dockside", "Dock \"West\" side"),
            (3, "name", "QuoteInText"),
        ),
        edit(
            "text behind a quote in the header",
            "units.csv",
            ("unit_no", "\"unit\"_no"),
            (1, "", "TextBehindQuote"),
        ),
        whole(
            "a huge header",
            "units.csv",
            "x".repeat(ROW_BYTES_MAX + 1),
            (1, "", "RowTooLong"),
        ),
        edit(
            "a column is missing",
            "units.csv",
            ("unit_no,", ""),
            (1, "unit_no", "ColumnMissing"),
        ),
        edit(
            "a column is misspelt",
            "units.csv",
            ("access_note", "acces_note"),
            (1, "acces_note", "ColumnUnknown"),
        ),
        edit(
            "a column of another system",
            "properties.csv",
            ("timezone", "zone"),
            (1, "timezone", "ColumnMissing"),
        )
        .and(1, "zone", "ColumnUnknown"),
        edit(
            "a column twice",
            "properties.csv",
            ("timezone,kind", "timezone,name"),
            (1, "name", "ColumnTwice"),
        ),
        whole(
            "no header",
            "properties.csv",
            "WHS,Dockside,Europe/Dublin\n",
            (1, "property_code", "ColumnMissing"),
        )
        .and(1, "name", "ColumnMissing")
        .and(1, "timezone", "ColumnMissing")
        .and(1, "whs", "ColumnUnknown")
        .and(1, "dockside", "ColumnUnknown")
        .and(1, "europe/dublin", "ColumnUnknown"),
        whole(
            "tabs between the columns",
            "properties.csv",
            "property_code\tname\ttimezone\nWHS\tDock\tEurope/Dublin\n",
            (1, "property_code", "ColumnMissing"),
        )
        .and(1, "name", "ColumnMissing")
        .and(1, "timezone", "ColumnMissing")
        .and(1, "property_codenametimezone", "ColumnUnknown"),
        edit(
            "too few fields",
            "tenancies.csv",
            (
                "T3,Chidi Nguyễn,GC A,,102,2025-02-21,",
                "T3,Chidi Nguyễn,GC A,,102",
            ),
            (4, "move_in", "FieldCount"),
        ),
        edit(
            "too many fields",
            "readings.csv",
            ("46211", "46,211"),
            (3, "remarks", "FieldCount"),
        ),
        edit(
            "the other separator in a row",
            "units.csv",
            ("GC A,,102,1 BR,2,", "GC A;;102;1 BR;2;"),
            (3, "building", "FieldCount"),
        ),
        edit(
            "a huge row",
            "units.csv",
            ("behind the stairs", &long),
            (3, "access_note", "RowTooLong"),
        ),
        edit(
            "a huge quoted row of many lines",
            "units.csv",
            ("Meter behind", &format!("\"{}\" ", "x\n".repeat(ROW_BYTES_MAX))),
            (32_771, "access_note", "TextBehindQuote"),
        ),
    ]
}
