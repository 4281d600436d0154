//! What was typed into a form, read as the row of a file.

use std::collections::BTreeMap;

use csv::ByteRecord;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};

use crate::import::cause::Cause;
use crate::import::fault::Faults;
use crate::import::records::MeterRecord;
use crate::import::row;

/// Under which name its faults are told.
const FORM: &str = "form";

pub(super) struct Typed {
    header: Vec<String>,
    record: ByteRecord,
    pub(super) faults: Faults,
}

impl Typed {
    pub(super) fn new<const N: usize>(fields: [(&str, &str); N]) -> Self {
        let fields: BTreeMap<&str, &str> = fields.into();
        Self {
            header: fields.keys().map(|it| (*it).to_owned()).collect(),
            record: ByteRecord::from(fields.into_values().collect::<Vec<_>>()),
            faults: Faults::default(),
        }
    }

    pub(super) fn row(&mut self) -> row::Row<'_> {
        row::Row {
            file: FORM,
            line: 1,
            header: &self.header,
            record: &self.record,
            faults: &mut self.faults,
        }
    }

    pub(super) fn fault(&mut self, column: &str, cause: Cause) {
        self.faults.add(FORM, 1, column, cause);
    }

    /// A value that the meter can show.
    pub(super) fn value_of(&mut self, meter: &MeterRecord, column: &'static str) -> Option<ReadingValue> {
        let value = self.row().value(column)?;
        let beyond = meter.beyond(value);
        if let Some(cause) = beyond {
            self.fault(column, cause);
            return None;
        }
        Some(value)
    }

    /// The month that something of this day is booked to.
    pub(super) fn period(&mut self, text: &str, day: Date) -> Option<Period> {
        let month = Period::of_date(day);
        let period = Period::parse(text);
        match period {
            None => {
                let shown = row::shown(text);
                self.fault("period", Cause::NoPeriod { shown });
            }
            Some(period) if period != month && period != month.previous() => {
                self.fault("period", Cause::PeriodTooFar { month });
            }
            Some(_) => {}
        }
        period
    }

    /// The day `on` and the time `at`, by the clock at the property; never of the future.
    pub(super) fn moment(&mut self, zone: &TimeZone, now: Timestamp) -> Option<(Date, LocalTime)> {
        let day: Option<Date> = self.row().day("on").and_then(|it| it.parse().ok());
        let text = self.row().raw("at")?;
        let time = Time::strptime("%H:%M", text).ok();
        if time.is_none() && !text.is_empty() {
            let shown = row::shown(text);
            self.fault("at", Cause::NoTime { shown });
            return None;
        }
        let day = day?;
        let clock = day.to_datetime(time.unwrap_or(Time::constant(12, 0, 0, 0)));
        let zoned = clock.to_zoned(zone.clone()).ok()?;
        let now = jiff::Timestamp::from_millisecond(now.ms())
            .ok()?
            .to_zoned(zone.clone());
        let is_today = now.date() == day;
        let zoned = match zoned.timestamp() > now.timestamp() {
            false => zoned,
            // Noon is still to come, and nobody said noon.
            true if is_today && time.is_none() => now,
            true => {
                self.fault(if is_today { "at" } else { "on" }, Cause::ReadInFuture);
                return None;
            }
        };
        let at = LocalTime {
            at: Timestamp::from_ms(zoned.timestamp().as_millisecond()),
            offset_s: zoned.offset().seconds(),
        };
        Some((day, at))
    }
}
