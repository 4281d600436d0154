//! Estimates for a meter point without a value in a period, by two stated methods (`domain.md` section 7, `product.md`
//! section 3 point 4). Both reckon on the register: the result has its decimals, and beyond its last value it goes on
//! from zero.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::consumption::{rollover_is_plausible, use_between};
use crate::names::{EstimateMethod, NoEstimate};
use crate::period::Period;
use crate::reading_value::ReadingValue;
use crate::register::Register;
use crate::statistics::{DAY_MS, use_per_day};
use crate::timestamp::Timestamp;
use crate::zone::Zone;

/// What an estimate is reckoned from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstimateBasis {
    /// The register of the meter that sits there now.
    pub register: Register,
    /// Official values of that meter by rising time: regular readings, and those of moves.
    pub past: Vec<KnownValue>,
    /// With fewer regular readings there is no mean: the setting of the checks.
    pub history_readings_min: u32,
}

/// One official value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownValue {
    /// Booked period.
    pub period: Period,
    /// A regular reading, not that of a move.
    pub regular: bool,
    /// The value.
    pub value: ReadingValue,
    /// When it was read.
    pub read_at: Timestamp,
}

/// A value that nobody read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The value.
    pub value: ReadingValue,
    /// The register went through zero since the last value.
    pub rolled_over: bool,
}

/// The moment that an estimate of a period is for: the period's end, or now while it lasts.
pub fn estimated_at(period: Period, zone: &Zone, now: Timestamp) -> Result<Timestamp, NoEstimate> {
    if now < zone.month_start(period) {
        return Err(NoEstimate::PeriodNotBegun);
    }
    Ok(zone.month_end(period).plus_ms(-1_000).min(now))
}

impl EstimateBasis {
    /// The last official value before a moment.
    pub fn last(&self, at: Timestamp) -> Option<&KnownValue> {
        self.before(at).next_back()
    }

    /// The value at a moment of a period, by this method.
    pub fn estimate(
        &self,
        method: EstimateMethod,
        period: Period,
        at: Timestamp,
    ) -> Result<Estimate, NoEstimate> {
        match method {
            EstimateMethod::Mean => self.by_mean(at),
            EstimateMethod::LastYear => self.by_last_year(period, at),
        }
    }

    /// `last value + mean use a day x days since the last value`, the mean over the last (up to) twelve regular readings
    /// of the meter, days-normalised as in the checks (`domain.md` sections 6 and 7). Days are counted to the
    /// millisecond.
    pub fn by_mean(&self, at: Timestamp) -> Result<Estimate, NoEstimate> {
        let regular: Vec<_> = self
            .before(at)
            .filter(|it| it.regular)
            .map(|it| (it.read_at, it.value))
            .collect();
        let enough = u32::try_from(regular.len()).is_ok_and(|it| it >= self.history_readings_min);
        let (true, Some(last)) = (enough, self.last(at)) else {
            return Err(NoEstimate::TooLittleHistory);
        };
        let per_day = use_per_day(&self.register, &regular).ok_or(NoEstimate::TooLittleHistory)?;
        let used = per_day
            .checked_mul(Decimal::from(at.since_ms(last.read_at)))
            .and_then(|it| it.checked_div(Decimal::from(DAY_MS)));
        self.plus(last.value, used.ok_or(NoEstimate::BeyondRegister)?)
    }

    /// `last value + use of the same month of last year` (`product.md` section 3 point 4). Where the last value is older
    /// than a month, the use of all the same months of last year since then: the value of this month last year less that
    /// of the last value's month last year.
    pub fn by_last_year(&self, period: Period, at: Timestamp) -> Result<Estimate, NoEstimate> {
        let last = self.last(at).ok_or(NoEstimate::TooLittleHistory)?;
        if !last.regular {
            return Err(NoEstimate::MoveSince);
        }
        let of = |period| self.before(at).find(|it| it.regular && it.period == period);
        let (Some(from), Some(to)) = (of(last.period.year_before()), of(period.year_before())) else {
            return Err(NoEstimate::NoLastYear);
        };
        let rolled_over = rollover_is_plausible(&self.register, from.value, to.value);
        let rises = to.value >= from.value || rolled_over;
        if from.read_at >= to.read_at || !rises {
            return Err(NoEstimate::NoLastYear);
        }
        let used = use_between(&self.register, from.value, to.value, rolled_over);
        self.plus(last.value, used)
    }

    fn before(&self, at: Timestamp) -> impl DoubleEndedIterator<Item = &KnownValue> {
        self.past.iter().filter(move |it| it.read_at < at)
    }

    fn plus(&self, last: ReadingValue, used: Decimal) -> Result<Estimate, NoEstimate> {
        let size = self.register.size();
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        let used = used.round_dp_with_strategy(self.register.decimals(), strategy);
        if used >= size {
            return Err(NoEstimate::BeyondRegister);
        }
        let sum = last.decimal() + used;
        let rolled_over = sum >= size;
        let shown = if rolled_over { sum - size } else { sum };
        let value = ReadingValue::from_decimal(shown).map_err(|_| NoEstimate::BeyondRegister)?;
        Ok(Estimate { value, rolled_over })
    }
}

#[cfg(test)]
mod tests;
