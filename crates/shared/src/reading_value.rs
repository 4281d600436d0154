//! What a register shows: a decimal number, never a floating point number.

use rust_decimal::Decimal;

/// Most whole digits of a value.
pub const WHOLE_DIGITS_MAX: u32 = 12;
/// Most decimals of a value.
pub const DECIMALS_MAX: u32 = 6;

/// A value as read: not negative, at most twelve whole digits and six decimals. `46211` and `46211.0` are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadingValue(Decimal);

impl ReadingValue {
    /// Reads digits with an optional decimal point or comma; no sign but `-`, no exponent, no grouping.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = whole
            .bytes()
            .chain(decimals.bytes())
            .all(|it| it.is_ascii_digit());
        if !all_digits || (whole.is_empty() && decimals.is_empty()) {
            return Err(ValueError::NotANumber);
        }
        let whole = whole.trim_start_matches('0');
        let decimals = decimals.trim_end_matches('0');
        if negative && !(whole.is_empty() && decimals.is_empty()) {
            return Err(ValueError::Negative);
        }
        if whole.len() > WHOLE_DIGITS_MAX as usize {
            return Err(ValueError::TooManyDigits);
        }
        if decimals.len() > DECIMALS_MAX as usize {
            return Err(ValueError::TooManyDecimals);
        }
        let number = whole
            .bytes()
            .chain(decimals.bytes())
            .fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        // At most six, as checked above.
        let scale = u32::try_from(decimals.len()).unwrap_or(DECIMALS_MAX);
        Ok(Self(Decimal::new(number, scale).normalize()))
    }

    /// A decimal that is within the bounds of a value.
    pub fn from_decimal(decimal: Decimal) -> Result<Self, ValueError> {
        let decimal = decimal.normalize();
        if decimal.is_sign_negative() && !decimal.is_zero() {
            Err(ValueError::Negative)
        } else if decimal >= Decimal::from(10_i64.pow(WHOLE_DIGITS_MAX)) {
            Err(ValueError::TooManyDigits)
        } else if decimal.scale() > DECIMALS_MAX {
            Err(ValueError::TooManyDecimals)
        } else {
            Ok(Self(decimal.abs()))
        }
    }

    /// From millionths, as the database holds it; `None` when negative or too large.
    pub fn from_micro(micro: i64) -> Option<Self> {
        Self::from_decimal(Decimal::new(micro, DECIMALS_MAX)).ok()
    }

    /// In millionths, as the database holds it.
    pub fn to_micro(self) -> i64 {
        micro_of(self.0)
    }

    /// As a decimal number, for reckoning.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// With exactly this many decimals, as a register shows it; more only where the value needs them.
    pub fn print(self, decimals: u32) -> String {
        let decimals = decimals.max(self.0.scale()) as usize;
        format!("{:.decimals$}", self.0)
    }
}

/// Canonical: no more decimals than needed.
impl std::fmt::Display for ReadingValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a text is no value of any register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueError {
    /// Not digits with an optional decimal point.
    NotANumber,
    /// Below zero.
    Negative,
    /// More whole digits than any register.
    TooManyDigits,
    /// More decimals than any register.
    TooManyDecimals,
}

/// A use or consumption in millionths, as the database holds it; rounded, and stopping at the ends of the range.
pub fn micro_of(decimal: Decimal) -> i64 {
    let mut scaled = decimal;
    scaled.rescale(DECIMALS_MAX);
    let end = if decimal.is_sign_negative() {
        i64::MIN
    } else {
        i64::MAX
    };
    if scaled.scale() == DECIMALS_MAX {
        i64::try_from(scaled.mantissa()).unwrap_or(end)
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let value = ReadingValue::parse(text).unwrap();
        assert_eq!(value.to_string(), expected);
        assert_eq!(ReadingValue::from_micro(value.to_micro()), Some(value));
    }

    #[test]
    fn the_same_value_written_differently_is_one_value() {
        check("46211", "46211");
        check("46211.0", "46211");
        check("0046211,500", "46211.5");
        check(" .5", "0.5");
        check("-0", "0");
        check("0", "0");
        check("999999999999.999999", "999999999999.999999");
    }

    #[test]
    fn what_is_no_value_is_refused_with_the_reason() {
        for text in ["", ".", "1e3", "1 000", "1,000.5", "+1", "0x1", "١", "NaN", "--1"] {
            assert_eq!(ReadingValue::parse(text), Err(ValueError::NotANumber), "{text}");
        }
        assert_eq!(ReadingValue::parse("-1"), Err(ValueError::Negative));
        assert_eq!(
            ReadingValue::parse("1234567890123"),
            Err(ValueError::TooManyDigits)
        );
        assert_eq!(ReadingValue::parse("0.0000001"), Err(ValueError::TooManyDecimals));
        assert_eq!(ReadingValue::from_micro(-1), None);
        assert_eq!(ReadingValue::from_micro(i64::MAX), None);
    }

    #[test]
    fn a_value_is_printed_with_the_decimals_of_its_register() {
        let value = ReadingValue::parse("12.5").unwrap();
        assert_eq!(value.print(3), "12.500");
        assert_eq!(value.print(0), "12.5");
    }

    proptest! {
        #[test]
        fn printing_and_millionths_lose_nothing(micro in 0_i64..1_000_000_000_000_000_000) {
            let value = ReadingValue::from_micro(micro).unwrap();
            prop_assert_eq!(value.to_micro(), micro);
            prop_assert_eq!(ReadingValue::parse(&value.to_string()), Ok(value));
            prop_assert_eq!(ReadingValue::parse(&value.print(6)), Ok(value));
        }

        #[test]
        fn no_text_breaks_the_parser(text in ".{0,40}") {
            let _ = ReadingValue::parse(&text);
        }
    }
}
