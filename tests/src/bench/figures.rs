//! Figures of several rounds, and how they are written.

use std::fmt;

/// What several rounds gave: never one figure without its spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The middle one; of an even number the mean of the two in the middle.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Spread {
    /// Of one figure a round; of no rounds not a number.
    pub fn of(rounds: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = rounds.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
        let middle = sorted.len() / 2;
        let median = if sorted.len().is_multiple_of(2) {
            f64::midpoint(at(middle.wrapping_sub(1)), at(middle))
        } else {
            at(middle)
        };
        Self {
            median,
            min: at(0),
            max: at(sorted.len().wrapping_sub(1)),
        }
    }
}

/// `median (min to max)`.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, min, max] = [self.median, self.min, self.max].map(short);
        write!(f, "{median} ({min} to {max})")
    }
}

/// The value below which this share of the sorted values lies; of none, zero.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    // Rounded up: the 99th of 100 values and not the 98th.
    let index = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(index.saturating_sub(1).min(last))
        .copied()
        .unwrap_or(0.0)
}

/// Three digits that count, thousands parted: `0.52`, `7.31`, `84.2`, `12,345`.
pub fn short(value: f64) -> String {
    let decimals = match value.abs() {
        it if it < 10.0 => 2,
        it if it < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = whole.trim_start_matches('-').len();
    let mut parted = String::new();
    for (index, digit) in whole.trim_start_matches('-').chars().enumerate() {
        if index > 0 && (digits - index).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    match fraction {
        Some(fraction) => format!("{sign}{parted}.{fraction}"),
        None => format!("{sign}{parted}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_has_the_middle_and_both_ends() {
        let odd = Spread::of([3.0, 1.0, 2.0]);
        assert_eq!((odd.median, odd.min, odd.max), (2.0, 1.0, 3.0));
        assert_eq!(Spread::of([1.0, 2.0, 4.0, 9.0]).median, 3.0);
        assert_eq!(odd.to_string(), "2.00 (1.00 to 3.00)");
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&sorted, 0.5), 50.0);
        assert_eq!(percentile(&sorted, 0.99), 99.0);
        assert_eq!(percentile(&[7.0], 0.99), 7.0);
        assert_eq!(percentile(&[], 0.5), 0.0);
    }

    #[test]
    fn figures_are_short() {
        for (value, text) in [
            (0.517, "0.52"),
            (84.23, "84.2"),
            (999.0, "999"),
            (12_345.4, "12,345"),
            (1_234_567.0, "1,234,567"),
            (-1_000.0, "-1,000"),
        ] {
            assert_eq!(short(value), text);
        }
    }
}
