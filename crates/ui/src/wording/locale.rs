//! Numbers and times as the reader's locale writes them, by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use shared::timestamp::{LocalTime, Timestamp};
use wasm_bindgen::JsValue;

use crate::number::number_of;

thread_local! {
    static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
}

/// Sets the locale: the browser's own tag where it speaks the page's language, otherwise the language itself.
pub fn set_locale(language: &str, browser_tag: &str) {
    let tag = if browser_tag.split('-').next() == Some(language) {
        browser_tag
    } else {
        language
    };
    FORMATS.set(Some(Formats::new(tag)));
}

/// `1,234` or `1.234`.
pub fn whole(number: impl TryInto<i64>) -> String {
    let number = number.try_into().unwrap_or(i64::MAX);
    with(
        |formats| call(&formats.whole, &JsValue::from_f64(number as f64)),
        number.to_string(),
    )
}

/// A decimal number as text, with the decimals that it has and the locale's separators.
pub fn decimal(text: &str) -> String {
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let Some(number) = number_of(text) else {
        return text.to_owned();
    };
    with(
        |formats| call(formats.decimals.get(decimals.min(3))?, &JsValue::from_f64(number)),
        text.to_owned(),
    )
}

/// `23 Nov, 14:05`, as the clock at the meter showed it.
pub fn day_time_there(rfc3339: &str) -> String {
    let Some(local) = LocalTime::parse(rfc3339) else {
        return rfc3339.to_owned();
    };
    let there = local.at.plus_ms(i64::from(local.offset_s) * 1_000);
    with(
        |formats| call(&formats.day_time_there, &date(there).into()),
        rfc3339.to_owned(),
    )
}

/// `23 Nov, 14:05`, as the clock of this device shows it.
pub fn day_time_here(rfc3339: &str) -> String {
    LocalTime::parse(rfc3339).map_or_else(|| rfc3339.to_owned(), |local| day_time_of(local.at))
}

/// `14:05`, of a moment of this device.
pub fn time(at: Timestamp) -> String {
    with(|formats| call(&formats.time, &date(at).into()), String::new())
}

/// `23 Nov, 14:05`, of a moment of this device.
pub fn day_time_of(at: Timestamp) -> String {
    with(|formats| call(&formats.day_time, &date(at).into()), String::new())
}

/// `23 Nov`, of a day in days since 1970-01-01.
pub fn day(day: i32) -> String {
    let at = Timestamp::from_ms(i64::from(day) * 24 * 3_600_000);
    with(|formats| call(&formats.day, &date(at).into()), String::new())
}

/// `26 Nov` for `2026-11-26`.
pub fn day_of(day: &str) -> String {
    let print = |formats: &Formats| call(&formats.day, &midday(day)?.into());
    with(print, day.to_owned())
}

/// `26–30 Nov` for two days.
pub fn days(first: &str, last: &str) -> String {
    let print = |formats: &Formats| {
        let (from, to) = (midday(first)?, midday(last)?);
        // Where a browser can't, the two days stand beside each other.
        let printed = formats.days.format_range(&from, &to).ok()?;
        JsValue::from(printed).as_string()
    };
    with(print, format!("{} – {}", day_of(first), day_of(last)))
}

/// `November 2026` for `2026-11`.
pub fn month(period: &str) -> String {
    let at = Date::parse(&format!("{period}-15T12:00:00Z"));
    if at.is_nan() {
        return period.to_owned();
    }
    with(
        |formats| call(&formats.month, &Date::new(&JsValue::from_f64(at)).into()),
        period.to_owned(),
    )
}

/// `1.4 MB`: bytes for people.
pub fn bytes(count: f64) -> String {
    let (amount, unit) = match count {
        count if count < 1_000.0 => (format!("{count:.0}"), "B"),
        count if count < 1_000_000.0 => (format!("{:.1}", count / 1_000.0), "kB"),
        count if count < 1_000_000_000.0 => (format!("{:.1}", count / 1_000_000.0), "MB"),
        count => (format!("{:.1}", count / 1_000_000_000.0), "GB"),
    };
    format!("{} {unit}", decimal(&amount))
}

/// Seconds of a duration, with one decimal: `4.2`.
pub fn seconds(duration_ms: i64) -> String {
    decimal(&format!("{:.1}", duration_ms.max(0) as f64 / 1_000.0))
}

/// Formatters are costly to make and cheap to call: made once a locale.
struct Formats {
    whole: Function,
    decimals: Vec<Function>,
    day_time: Function,
    /// Prints a moment that was moved by its own offset.
    day_time_there: Function,
    time: Function,
    /// Prints a day that was reckoned elsewhere.
    day: Function,
    /// Prints from one day to another.
    days: Intl::DateTimeFormat,
    month: Function,
}

impl Formats {
    fn new(tag: &str) -> Self {
        let locales = Array::of1(&JsValue::from_str(tag));
        let number = |decimals: usize| {
            let digits = JsValue::from_f64(decimals as f64);
            let options = options(&[
                ("minimumFractionDigits", digits.clone()),
                ("maximumFractionDigits", digits),
                ("useGrouping", JsValue::TRUE),
            ]);
            Intl::NumberFormat::new(&locales, &options).format()
        };
        let date = |parts: &[(&str, &str)]| {
            let parts: Vec<_> = parts
                .iter()
                .map(|(name, value)| (*name, JsValue::from_str(value)))
                .collect();
            Intl::DateTimeFormat::new(&locales, &options(&parts)).format()
        };
        Self {
            whole: number(0),
            decimals: (0..=3).map(number).collect(),
            day_time: date(&[
                ("day", "numeric"),
                ("month", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
            ]),
            day_time_there: date(&[
                ("day", "numeric"),
                ("month", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("timeZone", "UTC"),
            ]),
            time: date(&[("hour", "2-digit"), ("minute", "2-digit")]),
            day: date(&[("day", "numeric"), ("month", "short"), ("timeZone", "UTC")]),
            days: Intl::DateTimeFormat::new(
                &locales,
                &options(&[
                    ("day", "numeric".into()),
                    ("month", "short".into()),
                    ("timeZone", "UTC".into()),
                ]),
            ),
            month: date(&[("month", "long"), ("year", "numeric"), ("timeZone", "UTC")]),
        }
    }
}

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a plain member of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

fn with(print: impl FnOnce(&Formats) -> Option<String>, otherwise: String) -> String {
    FORMATS
        .with_borrow(|formats| formats.as_ref().and_then(print))
        .unwrap_or(otherwise)
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// The middle of a day such as `2026-11-26` in UTC.
fn midday(day: &str) -> Option<Date> {
    let at = Date::parse(&format!("{day}T12:00:00Z"));
    (!at.is_nan()).then(|| Date::new(&JsValue::from_f64(at)))
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.ms() as f64))
}
