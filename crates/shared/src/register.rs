//! What a meter can show, and what is read from it.

use rust_decimal::Decimal;

use crate::reading_value::{DECIMALS_MAX, ReadingValue, ValueError, WHOLE_DIGITS_MAX};

/// The display of a meter and what one unit of it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register {
    dials: u32,
    decimals: u32,
    multiplier: Decimal,
}

impl Register {
    /// `None` without whole digits, beyond twelve of them or six decimals, or with a multiplier that is not above zero.
    pub fn new(dials: u32, decimals: u32, multiplier: Decimal) -> Option<Self> {
        let shown = (1..=WHOLE_DIGITS_MAX).contains(&dials) && decimals <= DECIMALS_MAX;
        let counts = multiplier > Decimal::ZERO && multiplier <= Decimal::from(1_000_000);
        (shown && counts).then_some(Self {
            dials,
            decimals,
            multiplier,
        })
    }

    /// Whole digits.
    pub fn dials(&self) -> u32 {
        self.dials
    }

    /// Decimals.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Consumption is the difference of two values times this.
    pub fn multiplier(&self) -> Decimal {
        self.multiplier
    }

    /// The first value that the register can't show: where it rolls over to zero.
    pub fn size(&self) -> Decimal {
        Decimal::from(10_i64.pow(self.dials))
    }

    /// Reads what was typed; the error says what the register can show.
    pub fn parse(&self, text: &str) -> Result<ReadingValue, RegisterError> {
        let value = ReadingValue::parse(text).map_err(|error| match error {
            ValueError::NotANumber => RegisterError::NotANumber,
            ValueError::Negative => RegisterError::Negative,
            ValueError::TooManyDigits => RegisterError::TooManyDigits { dials: self.dials },
            ValueError::TooManyDecimals => RegisterError::TooManyDecimals {
                decimals: self.decimals,
            },
        })?;
        self.check(value)?;
        Ok(value)
    }

    /// Whether the register can show this value.
    pub fn check(&self, value: ReadingValue) -> Result<(), RegisterError> {
        if value.decimal() >= self.size() {
            Err(RegisterError::TooManyDigits { dials: self.dials })
        } else if value.decimal().scale() > self.decimals {
            Err(RegisterError::TooManyDecimals {
                decimals: self.decimals,
            })
        } else {
            Ok(())
        }
    }

    /// The value as the register shows it: all decimals, no leading zeros.
    pub fn print(&self, value: ReadingValue) -> String {
        value.print(self.decimals)
    }

    /// The value digit by digit as on the display: leading zeros, all decimals, no decimal point.
    pub fn digits(&self, value: ReadingValue) -> String {
        let printed = self.print(value).replace('.', "");
        let length = (self.dials + self.decimals) as usize;
        format!("{printed:0>length$}")
    }
}

/// Why the register can't show this: the check `out_of_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterError {
    /// Not digits with an optional decimal point.
    NotANumber,
    /// Below zero.
    Negative,
    /// The register shows this many whole digits.
    TooManyDigits {
        /// Whole digits of the register.
        dials: u32,
    },
    /// The register shows this many decimals.
    TooManyDecimals {
        /// Decimals of the register.
        decimals: u32,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(dials: u32, decimals: u32, text: &str, expected: Result<&str, RegisterError>) {
        let register = Register::new(dials, decimals, Decimal::ONE).unwrap();
        let parsed = register.parse(text).map(|value| register.digits(value));
        assert_eq!(parsed.as_deref().map_err(|error| *error), expected);
    }

    #[test]
    fn a_register_takes_what_it_can_show() {
        check(5, 0, "11", Ok("00011"));
        check(5, 0, "46211.0", Ok("46211"));
        check(5, 0, "0046211", Ok("46211"));
        check(5, 3, "55205,186", Ok("55205186"));
        check(6, 2, "7", Ok("00000700"));
    }

    #[test]
    fn a_register_says_what_it_can_show() {
        check(5, 0, "100000", Err(RegisterError::TooManyDigits { dials: 5 }));
        check(
            5,
            0,
            "9999999999999999",
            Err(RegisterError::TooManyDigits { dials: 5 }),
        );
        check(5, 1, "1.25", Err(RegisterError::TooManyDecimals { decimals: 1 }));
        check(
            5,
            1,
            "1.23456789",
            Err(RegisterError::TooManyDecimals { decimals: 1 }),
        );
        check(5, 1, "-3", Err(RegisterError::Negative));
        check(5, 1, "12a", Err(RegisterError::NotANumber));
    }

    proptest! {
        // Whatever stands on the dial is typed and printed as the same value; one digit more than the dial has is not.
        #[test]
        fn a_register_takes_exactly_what_its_dial_can_show(dials in 1_u32..=12, decimals in 0_u32..=6, seed: u128) {
            let register = Register::new(dials, decimals, Decimal::ONE).unwrap();
            let places = (dials + decimals) as usize;
            let dial = format!("{:0>places$}", seed % 10_u128.pow(dials + decimals));
            let (whole, fraction) = dial.split_at(dials as usize);
            let typed = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
            let value = register.parse(&typed).unwrap();
            prop_assert_eq!(register.digits(value), dial);
            prop_assert_eq!(register.parse(&register.print(value)), Ok(value));
            prop_assert_eq!(ReadingValue::from_micro(value.to_micro()), Some(value));
            let too_long = register.parse(&format!("1{typed}"));
            prop_assert_eq!(too_long, Err(RegisterError::TooManyDigits { dials }));
            let point = if decimals == 0 { "." } else { "" };
            let too_fine = register.parse(&format!("{typed}{point}1"));
            prop_assert_eq!(too_fine, Err(RegisterError::TooManyDecimals { decimals }));
        }
    }

    #[test]
    fn an_impossible_register_is_not_made() {
        for (dials, decimals, multiplier) in [(0, 0, 1), (13, 0, 1), (5, 7, 1), (5, 0, 0), (5, 0, -1)] {
            assert_eq!(Register::new(dials, decimals, Decimal::from(multiplier)), None);
        }
    }
}
