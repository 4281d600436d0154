//! Where a phone was when an item was captured: evidence, and only with the person's consent.

use crate::reading_value::ReadingValue;
use crate::timestamp::{LocalTime, Timestamp};
use crate::wire::position::WirePosition;

const LATITUDE_DEGREES_MAX: i32 = 90;
const LONGITUDE_DEGREES_MAX: i32 = 180;
const MICRO: i32 = 1_000_000;

/// A place on Earth, how far off it may be, and when the phone found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    latitude_micro: i32,
    longitude_micro: i32,
    accuracy_m: ReadingValue,
    fixed_at: Timestamp,
}

/// Why something is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PositionError {
    /// Not a number from -90 to 90 with at most six decimals.
    Latitude,
    /// Not a number from -180 to 180 with at most six decimals.
    Longitude,
    /// Not a number of metres, or below zero.
    Accuracy,
    /// No moment.
    FixedAt,
}

impl Position {
    /// Understands a position, or says which member is wrong.
    pub fn parse(wire: &WirePosition) -> Result<Self, PositionError> {
        Ok(Self {
            latitude_micro: parse_degrees(&wire.latitude, LATITUDE_DEGREES_MAX)
                .ok_or(PositionError::Latitude)?,
            longitude_micro: parse_degrees(&wire.longitude, LONGITUDE_DEGREES_MAX)
                .ok_or(PositionError::Longitude)?,
            accuracy_m: ReadingValue::parse(&wire.accuracy_m).map_err(|_| PositionError::Accuracy)?,
            fixed_at: LocalTime::parse(&wire.fixed_at)
                .map(|it| it.at)
                .filter(|at| at.is_in_the_calendar())
                .ok_or(PositionError::FixedAt)?,
        })
    }

    /// As it travels.
    pub fn to_wire(self) -> WirePosition {
        WirePosition {
            latitude: print_degrees(self.latitude_micro),
            longitude: print_degrees(self.longitude_micro),
            accuracy_m: self.accuracy_m.to_string(),
            fixed_at: self.fixed_at.to_rfc3339(),
        }
    }
}

/// In millionths of a degree. Decimal numbers are read by the one rule there is for them, which knows no sign.
fn parse_degrees(text: &str, degrees_max: i32) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let micro = ReadingValue::parse(digits).ok()?.to_micro();
    let micro = i32::try_from(micro)
        .ok()
        .filter(|it| *it <= degrees_max * MICRO)?;
    Some(sign * micro)
}

fn print_degrees(micro: i32) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let degrees = ReadingValue::from_micro(i64::from(micro.unsigned_abs())).unwrap_or_default();
    format!("{sign}{degrees}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wire(latitude: &str, longitude: &str, accuracy_m: &str) -> WirePosition {
        WirePosition {
            latitude: latitude.to_owned(),
            longitude: longitude.to_owned(),
            accuracy_m: accuracy_m.to_owned(),
            fixed_at: "2026-11-27T09:14:03+10:00".to_owned(),
        }
    }

    fn check(latitude: &str, longitude: &str, accuracy_m: &str) {
        let sent = wire(latitude, longitude, accuracy_m);
        let given_out = Position::parse(&sent).unwrap().to_wire();
        let expected = WirePosition {
            fixed_at: "2026-11-26T23:14:03.000Z".to_owned(),
            ..sent
        };
        assert_eq!(given_out, expected);
    }

    fn check_refused(error: PositionError, latitude: &str, longitude: &str, accuracy_m: &str) {
        let parsed = Position::parse(&wire(latitude, longitude, accuracy_m));
        assert_eq!(parsed, Err(error), "{latitude} {longitude} {accuracy_m}");
    }

    #[test]
    fn every_place_on_earth_is_a_position() {
        check("13.44583", "144.80912", "12");
        check("-33.85678", "-151.2153", "4.5");
        check("0", "0", "0");
        check("90", "180", "20000000");
        check("-90", "-180", "1");
        check("-0.00001", "-0.00001", "1");
    }

    #[test]
    fn what_lies_outside_the_earth_is_none_and_the_member_is_named() {
        for latitude in [
            "90.000001",
            "-90.000001",
            "2147483648",
            "NaN",
            "Infinity",
            "",
            "-",
            "--5",
            "1e1",
        ] {
            check_refused(PositionError::Latitude, latitude, "0", "1");
        }
        for longitude in ["180.000001", "-180.000001", "181", "NaN", "east"] {
            check_refused(PositionError::Longitude, "0", longitude, "1");
        }
        for accuracy_m in ["-1", "NaN", "Infinity", "1e+21", ""] {
            check_refused(PositionError::Accuracy, "0", "0", accuracy_m);
        }
        for fixed_at in ["", "yesterday", "-009000-01-01T00:00:00Z"] {
            let undated = WirePosition {
                fixed_at: fixed_at.to_owned(),
                ..wire("0", "0", "1")
            };
            assert_eq!(Position::parse(&undated), Err(PositionError::FixedAt));
        }
    }

    proptest! {
        #[test]
        fn printing_loses_nothing(latitude in -90_000_000..=90_000_000, longitude in -180_000_000..=180_000_000) {
            let position = Position {
                latitude_micro: latitude,
                longitude_micro: longitude,
                accuracy_m: ReadingValue::default(),
                fixed_at: Timestamp::from_ms(1_795_734_843_000),
            };
            prop_assert_eq!(Position::parse(&position.to_wire()), Ok(position));
        }

        #[test]
        fn no_text_breaks_the_parser(latitude in ".{0,40}", longitude in ".{0,40}") {
            let _ = Position::parse(&wire(&latitude, &longitude, "1"));
        }
    }
}
