//! Every reason for which an import is not taken.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use shared::period::Period;
use shared::reading_value::ValueError;

/// Why a file, or a row of it, can't be taken, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // Each says itself what it means.
pub enum Cause {
    // The file as a whole.
    #[error("can't be read ({why}): see to its permissions, or take it out of the folder")]
    Unreadable { why: String },
    #[error("is no file: put the CSV file in its place, or take it away")]
    NoFile,
    #[error("is no file of an import; known are {known}: rename it, or take it out of the folder")]
    UnknownFile { known: String },
    #[error("has more than {mebibytes_max} MiB: split it and import the parts one after the other")]
    FileTooLarge { mebibytes_max: u64 },
    #[error(
        "the file is empty; it needs at least a header row: export it again, or take it out of the folder"
    )]
    FileEmpty,
    #[error("is UTF-16: save it as \"CSV UTF-8\"")]
    Utf16,
    #[error("holds NUL bytes, so it is no text: save it as \"CSV UTF-8\"")]
    NulByte,
    // Header and structure.
    #[error("the column is missing: add it to the header and to each row")]
    ColumnMissing,
    #[error("the column stands there twice: keep one of them")]
    ColumnTwice,
    // A misspelt optional column would otherwise be taken for an empty one.
    #[error("unknown column; known are: {known}: rename it or take it out")]
    ColumnUnknown { known: String },
    #[error("the row has more than {bytes_max} bytes: a quote may be missing; shorten it")]
    RowTooLong { bytes_max: usize },
    #[error("a quote is opened and never closed, so nothing behind it can be read: close it")]
    QuoteUnclosed,
    #[error("there is text behind a closing quote: double each quote that belongs to the text")]
    TextBehindQuote,
    #[error(
        "there is a quote inside a text without quotes: put the text in quotes and double the ones inside"
    )]
    QuoteInText,
    #[error(
        "the row has {found} fields where the header has {expected}: a text with a separator in it needs quotes"
    )]
    FieldCount { found: usize, expected: usize },
    // One field.
    #[error("is not UTF-8: save the file as \"CSV UTF-8\"")]
    NotUtf8,
    #[error("holds the invisible character U+{code_point:04X}: delete it")]
    InvisibleCharacter { code_point: u32 },
    #[error("begins like a formula of a spreadsheet: let it begin with a letter or a digit")]
    Formula,
    #[error("is empty: fill it in")]
    Empty,
    #[error("has more than {characters_max} characters: shorten it")]
    TooLong { characters_max: usize },
    #[error("`{shown}` is no whole number from {min} to {max}: give one")]
    NoNumber { shown: String, min: i64, max: i64 },
    #[error(
        "`{shown}` is no day such as 2026-11-27 between 1900 and 2199: write year, month and day like that"
    )]
    NoDay { shown: String },
    #[error("`{shown}` is no month such as 2026-11: write year and month like that")]
    NoPeriod { shown: String },
    #[error(
        "`{shown}` is no time such as 2026-11-27T09:14:03 (the clock at the property): write it like that"
    )]
    NoTime { shown: String },
    #[error("`{shown}` is no IANA time zone such as Pacific/Guam: name one")]
    NoTimeZone { shown: String },
    #[error("`{shown}` is none of: {names}: write one of them")]
    NoneOf { shown: String, names: String },
    #[error("`{shown}` {}", value_text(*.error))]
    NoValue {
        shown: String,
        #[serde(serialize_with = "by_name")]
        error: ValueError,
    },
    #[error("`{shown}` is no number above 0 and up to 1000000, such as 1 or 10: give one")]
    NoMultiplier { shown: String },
    #[error(
        "`{shown}` is no label code, or its check character is wrong: copy all 8 characters from the label"
    )]
    NoLabelCode { shown: String },
    // A row in itself.
    #[error("the register shows {dials} digits: correct the value, or `dials` of the meter")]
    MoreDigits { dials: i64 },
    #[error("the register shows {decimals} decimals: correct the value, or `decimals` of the meter")]
    MoreDecimals { decimals: i64 },
    #[error("lies before move_in: correct one of the two days")]
    MoveOutBeforeMoveIn,
    #[error("lies before installed_on: correct one of the two days")]
    RemovedBeforeInstalled,
    #[error("is empty, but the meter was removed: give the last value it showed")]
    FinalValueMissing,
    #[error("is empty, but there is a final value: give the day of removal")]
    RemovalDayMissing,
    // Among the rows and against the books.
    #[error("stands in line {first} already: take out one of the two rows")]
    StandsTwice { first: u64 },
    #[error("there is no such property: add it to properties.csv, or correct the code")]
    NoSuchProperty,
    #[error("there is no such unit in this property and building: add it to units.csv, or correct the name")]
    NoSuchUnit,
    #[error("this unit has no such meter point: add its meter to meters.csv, or correct utility and point")]
    NoSuchMeterPoint,
    #[error("there is no such meter: add it to meters.csv, or correct the serial")]
    NoSuchMeter,
    #[error(
        "this meter stands at another meter point in the books, and a serial names one meter for ever: correct it"
    )]
    MeterElsewhere,
    #[error("a reading shows {value}, which such a register can't: correct it, or exchange the meter")]
    ReadOnWiderRegister { value: String },
    #[error(
        "the meter went through zero with {dials} digits, and consumption was reckoned by that: exchange the meter"
    )]
    RolledOverOnRegister { dials: i64 },
    #[error("consumption was reckoned with {multiplier} already: exchange the meter instead")]
    UsedWithMultiplier { multiplier: String },
    #[error("this label was revoked: print a new one")]
    LabelRevoked,
    #[error("this label names another meter point in the books: revoke it there first")]
    LabelElsewhere,
    #[error(
        "{earlier} (from {earlier_from}) and {later} (from {later_from}) are in one place at the same time: give the first an end"
    )]
    Overlap {
        earlier: String,
        earlier_from: String,
        later: String,
        later_from: String,
    },
    #[error("was read in {month}: its period is that month or the one before")]
    PeriodTooFar {
        #[serde(serialize_with = "as_text")]
        month: Period,
    },
    #[error("lies in the future: correct the time")]
    ReadInFuture,
    #[error("the meter was in service {}: correct the time or the serial", service_text(.from, .to.as_deref()))]
    NotInService { from: String, to: Option<String> },
    #[error(
        "line {first} has a reading of the same kind for this meter point and time already: take out one of the two"
    )]
    ReadingTwice { first: u64 },
    #[error("the books hold another value for this period: correct it in the office")]
    OtherValueInBooks,
    #[error("the books hold a skip for this period: enter the value in the office")]
    SkipInBooks,
    #[error("this period is closed: an admin has to reopen it first")]
    PeriodClosed,
    #[error("this row can't become a reading: compare it with the other rows")]
    NoReading,
    // In a form of the office only.
    #[error("names the thing for ever, as readings and labels hang on it: add a new one instead")]
    Identity,
    #[error("is not edited here: replace the meter, or import the file")]
    NotInForm,
    #[error("is the code of another tenancy already: give another one")]
    CodeTaken,
    #[error("is the serial of another meter already: correct it")]
    SerialTaken,
    #[error("the old meter was read on {day}: give that day or a later one")]
    ReadSince { day: String },
}

impl Cause {
    /// The stable name, for programs: the member's own, so that renaming a member renames it.
    pub fn code(&self) -> String {
        let member = format!("{self:?}");
        let mut code = String::new();
        for character in member.chars().take_while(char::is_ascii_alphanumeric) {
            if character.is_ascii_uppercase() && !code.is_empty() {
                code.push('_');
            }
            code.push(character.to_ascii_lowercase());
        }
        code
    }

    /// What it speaks of, by name.
    pub(super) fn details(&self) -> BTreeMap<String, String> {
        // A member that holds something is an object with one entry: its name and what it holds.
        let Ok(Value::Object(named)) = serde_json::to_value(self) else {
            return BTreeMap::new();
        };
        let members = named.into_iter().filter_map(|(_, held)| match held {
            Value::Object(members) => Some(members),
            _ => None,
        });
        let text = |(name, value)| match value {
            Value::String(text) => (name, text),
            Value::Null => (name, String::new()),
            other => (name, other.to_string()),
        };
        members.flatten().map(text).collect()
    }
}

fn as_text<S: serde::Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn by_name<S: serde::Serializer>(error: &ValueError, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match error {
        ValueError::NotANumber => "not_a_number",
        ValueError::Negative => "negative",
        ValueError::TooManyDigits => "too_many_digits",
        ValueError::TooManyDecimals => "too_many_decimals",
    })
}

fn value_text(error: ValueError) -> &'static str {
    match error {
        ValueError::NotANumber => "is no decimal number such as 46211 or 12.5: write digits only",
        ValueError::Negative => "is negative; registers show none below 0: correct it",
        ValueError::TooManyDigits => "has more than 12 whole digits: correct it",
        ValueError::TooManyDecimals => "has more than 6 decimals: correct it",
    }
}

fn service_text(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("from {from} to {to}"),
        None => format!("from {from} on"),
    }
}
