//! The text of a moment. Written here and not by `jiff`: its reader and printer know every form of every calendar and
//! bring their messages along, forty times the code of the one form that travels.

use std::fmt::Write;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::{LocalTime, Timestamp};

/// `2026-11-27T09:14:03+10:00`, with or without seconds and a fraction of them.
pub(super) fn read(text: &str) -> Option<LocalTime> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    rest.one_of(b"Tt ")?;
    let (time, fraction_ms) = rest.time()?;
    let offset_s = rest.offset_s()?;
    let local = Offset::UTC.to_timestamp(DateTime::from_parts(date, time)).ok()?;
    let ms = local.as_second() * 1_000 + i64::from(fraction_ms) - i64::from(offset_s) * 1_000;
    rest.0.is_empty().then_some(LocalTime {
        at: Timestamp::from_ms(ms),
        offset_s,
    })
}

/// A moment with its offset, which is whole minutes: to the second, with as many decimals as the milliseconds need.
pub(super) fn write(local: LocalTime) -> Option<String> {
    let mut text = civil_text(local.at, local.offset_s)?;
    let ms = local.at.ms().rem_euclid(1_000);
    if ms > 0 {
        let digits = format!(".{ms:03}");
        text.push_str(digits.trim_end_matches('0'));
    }
    let (sign, east_s) = if local.offset_s < 0 {
        ('-', -local.offset_s)
    } else {
        ('+', local.offset_s)
    };
    // Writing to a text cannot fail.
    let _ = write!(text, "{sign}{:02}:{:02}", east_s / 3_600, east_s / 60 % 60);
    Some(text)
}

/// A moment in UTC, to the millisecond.
pub(super) fn write_utc(at: Timestamp) -> Option<String> {
    let text = civil_text(at, 0)?;
    Some(format!("{text}.{:03}Z", at.ms().rem_euclid(1_000)))
}

fn civil_text(at: Timestamp, offset_s: i32) -> Option<String> {
    let second = at.ms().div_euclid(1_000);
    let moment = jiff::Timestamp::from_second(second).ok()?;
    let it = Offset::from_seconds(offset_s).ok()?.to_datetime(moment);
    let [month, day, hour, minute, second] = [it.month(), it.day(), it.hour(), it.minute(), it.second()];
    let year = u16::try_from(it.year()).ok()?;
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    ))
}

/// What is still to be read.
struct Rest<'text>(&'text [u8]);

impl Rest<'_> {
    fn date(&mut self) -> Option<Date> {
        let year = self.number(4)?;
        self.one_of(b"-")?;
        let month = self.number(2)?;
        self.one_of(b"-")?;
        let day = self.number(2)?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Seconds may be left out. A leap second is the second before it. With the milliseconds of the fraction.
    fn time(&mut self) -> Option<(Time, i32)> {
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        let (second, fraction_ms) = match self.one_of(b":") {
            Some(_) => (self.number(2)?, self.fraction_ms()?),
            None => (0, 0),
        };
        let second = if second == 60 { 59 } else { second };
        let [hour, minute, second] = [hour, minute, second].map(|it| i8::try_from(it).unwrap_or(i8::MAX));
        Some((Time::new(hour, minute, second, 0).ok()?, fraction_ms))
    }

    /// What is finer than a millisecond is left out.
    fn fraction_ms(&mut self) -> Option<i32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let digits = self.0.iter().take_while(|it| it.is_ascii_digit()).count();
        let (fraction, rest) = self
            .0
            .split_at_checked(digits)
            .filter(|_| (1..=9).contains(&digits))?;
        self.0 = rest;
        let kept = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(3);
        Some(kept.fold(0, |ms, digit| ms * 10 + i32::from(digit - b'0')))
    }

    /// `+10:00`, `+1000`, `+10`, with seconds where a zone has them, or `Z`.
    fn offset_s(&mut self) -> Option<i32> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = i32::from(self.number(2)?);
        let mut parts_s = [0, 0];
        for (part_s, unit_s) in parts_s.iter_mut().zip([60, 1]) {
            if self.0.is_empty() {
                break;
            }
            self.one_of(b":");
            let part = i32::from(self.number(2)?);
            if part >= 60 {
                return None;
            }
            *part_s = part * unit_s;
        }
        let east_s = hours * 3_600 + parts_s.iter().sum::<i32>();
        (hours < 24).then_some(sign * east_s)
    }

    fn number(&mut self, digits: usize) -> Option<i16> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0_i16, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
        })
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !wanted.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }
}

#[cfg(test)]
mod tests;
