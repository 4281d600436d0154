//! What is looked up of a meter point, as the database hands it over.

use std::str::{FromStr, Split};

use sqlx::Result;
use sqlx::error::BoxDynError;

use crate::database::Transaction;
use crate::in_transaction;

// What is wanted is a list of the five parts of each key, and `wanted` the place in it. All rows come in one text: each value of
// each row is copied and handed to another thread otherwise, which takes longer than finding it. Codes hold no control
// characters, so that two of them part rows and values. `past` holds the last official values of the present meter, enough for
// the mean of twelve. An entry of it is the row's number, `r` for a regular value or `m` for one of a move, the time, and the
// value. The row's id is not in it: the index of a meter point's history would be twice as large with it.
const POINTS: &str = "
    SELECT STRING_AGG(CAST(w.key AS TEXT) || $2 || CAST(mp.id AS TEXT) || $2 || CAST(mp.unit_id AS TEXT) || $2 || p.code
        || $2 || u.building || $2 || u.unit_no || $2 || mp.point
        || $2 || CASE WHEN mp.reread_reason IS NULL THEN '0' ELSE '1' END
        || $2 || COALESCE(CAST(m.id AS TEXT), '') || $2 || COALESCE(m.serial, '')
        || $2 || COALESCE(CAST(m.dials AS TEXT), '') || $2 || COALESCE(CAST(m.decimals AS TEXT), '')
        || $2 || COALESCE(CAST(m.multiplier_micro AS TEXT), '') || $2 || COALESCE(CAST(m.initial_micro AS TEXT), '')
        || $2 || COALESCE(m.installed_on, '') || $2 || COALESCE(CAST(m.taken_over_at AS TEXT), '')
        || $2 || COALESCE(CAST(m.carried_micro AS TEXT), '') || $2 || COALESCE(w.value->>5, '')
        || $2 || COALESCE((SELECT STRING_AGG(entry, ' ') FROM (
            SELECT i.receipt_seq || CASE i.kind WHEN 'regular' THEN 'r' ELSE 'm' END || i.corrected_at || ',' || i.value_micro AS entry
            FROM item i
            WHERE i.meter_point_id = mp.id AND i.meter_id = m.id AND i.value_micro IS NOT NULL
                AND i.state IN ('received', 'approved', 'estimated') AND i.kind IN ('regular', 'move_in', 'move_out')
            ORDER BY i.period DESC, i.corrected_at DESC LIMIT 14) h), ''), $3)
    FROM json_each($1) w
    JOIN property p ON p.code_normal = w.value->>0
    JOIN unit u ON u.property_id = p.id AND u.building_normal = w.value->>1 AND u.unit_normal = w.value->>2
    JOIN meter_point mp ON mp.unit_id = u.id AND mp.utility = w.value->>3 AND mp.point_normal = w.value->>4
    LEFT JOIN meter m ON m.meter_point_id = mp.id
        AND CASE WHEN w.value->>5 IS NULL THEN m.removed_on IS NULL ELSE m.id = CAST(w.value->>5 AS BIGINT) END
    WHERE mp.removed_at IS NULL";

const BETWEEN_VALUES: &str = "\u{1f}";
const BETWEEN_ROWS: &str = "\u{1e}";

/// A meter point with one of its meters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PointRow {
    /// The place in the list of what was wanted.
    pub(super) wanted: usize,
    pub(super) id: i64,
    pub(super) unit_id: i64,
    pub(super) property_code: String,
    pub(super) building: String,
    pub(super) unit_no: String,
    pub(super) point_code: String,
    /// It is to be read again.
    pub(super) reread: bool,
    pub(super) meter_id: Option<i64>,
    pub(super) serial: Option<String>,
    pub(super) dials: Option<u32>,
    pub(super) decimals: Option<u32>,
    pub(super) multiplier_micro: Option<i64>,
    pub(super) initial_micro: Option<i64>,
    pub(super) installed_on: Option<String>,
    pub(super) taken_over_at: Option<i64>,
    pub(super) carried_micro: Option<i64>,
    /// The meter that was asked for, where it is not that in service.
    pub(super) replaced_id: Option<i64>,
    pub(super) past: String,
}

/// What is found of a JSON list of wanted points.
pub(super) async fn load(transaction: &mut Transaction, wanted: &str) -> Result<Vec<PointRow>> {
    let found: Option<String> = in_transaction!(transaction, |c| sqlx::query_scalar(POINTS)
        .bind(wanted)
        .bind(BETWEEN_VALUES)
        .bind(BETWEEN_ROWS)
        .fetch_one(c)
        .await?);
    let rows = found.as_deref().map(|rows| rows.split(BETWEEN_ROWS));
    let rows = rows.into_iter().flatten().map(PointRow::parse);
    rows.collect::<Result<_, _>>().map_err(sqlx::Error::Decode)
}

impl PointRow {
    fn parse(text: &str) -> Result<Self, BoxDynError> {
        let mut values = Values(text.split(BETWEEN_VALUES));
        Ok(Self {
            wanted: values.number()?,
            id: values.number()?,
            unit_id: values.number()?,
            property_code: values.text()?.to_owned(),
            building: values.text()?.to_owned(),
            unit_no: values.text()?.to_owned(),
            point_code: values.text()?.to_owned(),
            reread: values.text()? == "1",
            meter_id: values.number_or_none()?,
            serial: values.text_or_none()?,
            dials: values.number_or_none()?,
            decimals: values.number_or_none()?,
            multiplier_micro: values.number_or_none()?,
            initial_micro: values.number_or_none()?,
            installed_on: values.text_or_none()?,
            taken_over_at: values.number_or_none()?,
            carried_micro: values.number_or_none()?,
            replaced_id: values.number_or_none()?,
            past: values.text()?.to_owned(),
        })
    }
}

/// The values of a row, in their order.
struct Values<'a>(Split<'a, &'static str>);

impl<'a> Values<'a> {
    fn text(&mut self) -> Result<&'a str, BoxDynError> {
        self.0.next().ok_or_else(|| "a value is missing".into())
    }

    fn text_or_none(&mut self) -> Result<Option<String>, BoxDynError> {
        let text = self.text()?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn number<T: FromStr<Err: Into<BoxDynError>>>(&mut self) -> Result<T, BoxDynError> {
        self.text()?.parse().map_err(Into::into)
    }

    fn number_or_none<T: FromStr<Err: Into<BoxDynError>>>(&mut self) -> Result<Option<T>, BoxDynError> {
        match self.text()? {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(values: &[&str]) -> Result<PointRow, BoxDynError> {
        PointRow::parse(&values.join(BETWEEN_VALUES))
    }

    #[test]
    fn a_meter_point_without_a_meter_has_none_of_its_values() {
        let mut values = ["3", "17", "9", "GC A", "", "101", "", "1"].to_vec();
        values.extend([""; 11]);
        let row = parse(&values).unwrap();
        assert_eq!((row.wanted, row.id, row.unit_id, row.reread), (3, 17, 9, true));
        assert_eq!(
            (row.property_code.as_str(), row.unit_no.as_str()),
            ("GC A", "101")
        );
        assert_eq!((row.meter_id, row.serial, row.dials), (None, None, None));
    }

    #[test]
    fn a_row_that_is_short_or_no_number_is_an_error_and_no_other_meter_point() {
        assert!(parse(&["3", "17"]).is_err());
        assert!(parse(&["3", "x"]).is_err());
    }
}
