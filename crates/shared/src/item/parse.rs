//! From the wire to an item.

use crate::code::{CODE_LENGTH_MAX, Code, PROPERTY_CODE_LENGTH_MAX};
use crate::item::{
    Body, Evidence, ExchangePart, FLAGS_MAX, Item, ItemError, LABEL_TEXT_LENGTH_MAX, PHOTOS_MAX, Place,
    PointName, REMARKS_LENGTH_MAX,
};
use crate::meter_point::PointKey;
use crate::names::{IdentifiedBy, Kind, PeriodChosenBy, SkipReason, Utility};
use crate::period::Period;
use crate::position::Position;
use crate::reading_value::ReadingValue;
use crate::timestamp::LocalTime;
use crate::wire::batch::{WireClock, WireExchangePart, WireItem};

/// Beyond this no clock is wrong by accident, and sums of times stay within their range.
const CLOCK_OFFSET_MS_MAX: i64 = 200 * 366 * 24 * 60 * 60 * 1000;
const FLAG_LENGTH_MAX: usize = 40;
const PAGE_SESSION_LENGTH_MAX: usize = 64;

impl Item {
    /// Understands an item, or says which member is wrong.
    pub fn parse(wire: &WireItem) -> Result<Self, ItemError> {
        let body = parse_body(wire)?;
        let meter_serial = optional_code(wire.meter_serial.as_deref(), ItemError::MeterSerial)?;
        let serial_is_key = matches!(
            &body,
            Body::Reading {
                kind: Kind::MeterRemoved | Kind::MeterInstalled,
                ..
            }
        );
        if serial_is_key && meter_serial.is_empty() {
            return Err(ItemError::MeterSerial);
        }
        Ok(Self {
            id: wire.id,
            revision: counted_from_one(wire.revision).ok_or(ItemError::Revision)?,
            device_seq: bounded_seq(wire.device_seq).ok_or(ItemError::DeviceSeq)?,
            place: parse_place(wire, &body)?,
            meter_serial,
            period: optional(wire.period.as_deref(), Period::parse, ItemError::Period)?,
            period_chosen_by: optional(
                wire.period_chosen_by.as_deref(),
                PeriodChosenBy::parse,
                ItemError::PeriodChosenBy,
            )?,
            body,
            read_at: parse_read_at(&wire.read_at)?,
            captured_by: Code::parse(&wire.captured_by, CODE_LENGTH_MAX)
                .map_err(|_| ItemError::CapturedBy)?,
            flags: parse_names(&wire.flags)?,
            answers: parse_names(&wire.answers)?,
            remarks: parse_remarks(wire.remarks.as_deref())?,
            photos: parse_photos(&wire.photos)?,
            evidence: parse_evidence(wire),
        })
    }
}

fn parse_body(wire: &WireItem) -> Result<Body, ItemError> {
    let kind = || match &wire.kind {
        Some(kind) => Kind::parse(kind).ok_or(ItemError::Kind),
        None => Ok(Kind::Regular),
    };
    match (
        &wire.value,
        &wire.skip_reason,
        wire.void,
        wire.exchange.as_slice(),
    ) {
        (Some(value), None, false, []) => Ok(Body::Reading {
            kind: kind()?,
            value: parse_value(value)?,
        }),
        (None, Some(reason), false, []) => {
            let reason = SkipReason::parse(reason).ok_or(ItemError::SkipReason)?;
            Ok(Body::Skip {
                kind: kind()?,
                reason,
            })
        }
        (None, None, false, parts @ [_, ..]) => Ok(Body::Exchange(parse_exchange(parts)?)),
        // A void may repeat what it takes back.
        (_, _, true, _) => Ok(Body::Void),
        _ => Err(ItemError::Body),
    }
}

fn parse_value(text: &str) -> Result<ReadingValue, ItemError> {
    ReadingValue::parse(text).map_err(|_| ItemError::Value)
}

fn parse_exchange(wire: &[WireExchangePart]) -> Result<Vec<ExchangePart>, ItemError> {
    if wire.len() > 3 {
        return Err(ItemError::Exchange);
    }
    let mut parts = wire
        .iter()
        .map(parse_exchange_part)
        .collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|it| match it.kind {
        Kind::MeterRemoved => 0,
        Kind::MeterInstalled => 1,
        _ => 2,
    });
    let kinds_differ = parts.windows(2).all(|pair| pair[0].kind != pair[1].kind);
    let changes_meter = parts.first().is_some_and(|it| it.kind != Kind::Regular);
    if kinds_differ && changes_meter {
        Ok(parts)
    } else {
        Err(ItemError::Exchange)
    }
}

fn parse_exchange_part(wire: &WireExchangePart) -> Result<ExchangePart, ItemError> {
    let kind = match Kind::parse(&wire.kind) {
        Some(kind @ (Kind::MeterRemoved | Kind::MeterInstalled | Kind::Regular)) => kind,
        Some(Kind::MoveIn | Kind::MoveOut | Kind::Check) | None => return Err(ItemError::Exchange),
    };
    Ok(ExchangePart {
        kind,
        meter_serial: Code::parse(&wire.meter_serial, CODE_LENGTH_MAX).map_err(|_| ItemError::MeterSerial)?,
        value: parse_value(&wire.value)?,
        dials: wire.dials,
        decimals: wire.decimals,
    })
}

fn parse_place(wire: &WireItem, body: &Body) -> Result<Option<Place>, ItemError> {
    match (&wire.property_code, &wire.label_text) {
        (Some(property), _) => Ok(Some(Place::Point(Box::new(parse_point(property, wire)?)))),
        (None, Some(text)) if text.chars().count() > LABEL_TEXT_LENGTH_MAX => Err(ItemError::LabelText),
        (None, Some(text)) => Ok(Some(Place::UnknownLabel(text.replace('\0', "\u{fffd}")))),
        (None, None) if *body == Body::Void => Ok(None),
        (None, None) => Err(ItemError::Place),
    }
}

fn parse_point(property: &str, wire: &WireItem) -> Result<PointName, ItemError> {
    let property = Code::parse(property, PROPERTY_CODE_LENGTH_MAX).map_err(|_| ItemError::PropertyCode)?;
    let building = optional_code(wire.building.as_deref(), ItemError::Building)?;
    let unit_no = wire.unit_no.as_deref().ok_or(ItemError::UnitNo)?;
    let unit_no = Code::parse(unit_no, CODE_LENGTH_MAX).map_err(|_| ItemError::UnitNo)?;
    let utility = wire
        .utility
        .as_deref()
        .and_then(Utility::parse)
        .ok_or(ItemError::Utility)?;
    let point = optional_code(wire.point.as_deref(), ItemError::Point)?;
    let key = PointKey::of_normal(
        property.normal(),
        building.normal(),
        unit_no.normal(),
        utility,
        point.normal(),
    );
    Ok(PointName {
        property,
        building,
        unit_no,
        utility,
        point,
        key,
    })
}

fn parse_read_at(text: &str) -> Result<LocalTime, ItemError> {
    let read_at = LocalTime::parse(text).ok_or(ItemError::ReadAt)?;
    if read_at.at.is_in_the_calendar() {
        Ok(read_at)
    } else {
        Err(ItemError::ReadAt)
    }
}

fn parse_names(names: &[String]) -> Result<Vec<String>, ItemError> {
    let is_name = |name: &String| {
        (1..=FLAG_LENGTH_MAX).contains(&name.len())
            && name
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
    };
    if names.len() > FLAGS_MAX || !names.iter().all(is_name) {
        return Err(ItemError::Flags);
    }
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    Ok(names)
}

fn parse_remarks(text: Option<&str>) -> Result<String, ItemError> {
    let text = text.unwrap_or_default().trim();
    // There are never more characters than bytes, so that counting is seldom needed.
    if text.len() > REMARKS_LENGTH_MAX && text.chars().count() > REMARKS_LENGTH_MAX {
        return Err(ItemError::Remarks);
    }
    // PostgreSQL's text can't hold a zero character.
    Ok(text.replace('\0', "\u{fffd}"))
}

fn parse_photos(photos: &[String]) -> Result<Vec<String>, ItemError> {
    let is_hash = |it: &String| it.len() == 64 && it.bytes().all(|digit| digit.is_ascii_hexdigit());
    if photos.len() > PHOTOS_MAX || !photos.iter().all(is_hash) {
        return Err(ItemError::Photos);
    }
    Ok(photos.iter().map(|it| it.to_ascii_lowercase()).collect())
}

// Nothing is refused for its evidence: what can't be understood is left out.
fn parse_evidence(wire: &WireItem) -> Evidence {
    let absent = WireClock::default();
    let clock = wire.clock.as_ref().unwrap_or(&absent);
    let is_bounded = |it: &&String| it.len() <= PAGE_SESSION_LENGTH_MAX && !it.contains('\0');
    Evidence {
        identified_by: wire.identified_by.as_deref().and_then(IdentifiedBy::parse),
        previous_value: wire
            .previous_value
            .as_deref()
            .and_then(|it| ReadingValue::parse(it).ok()),
        rule_version: wire.rule_version,
        clock_offset_ms: clock
            .offset_ms
            .filter(|it| it.saturating_abs() <= CLOCK_OFFSET_MS_MAX),
        clock_offset_age_ms: clock.offset_age_ms,
        page_session: clock.page_session.as_ref().filter(is_bounded).cloned(),
        monotonic_ms: clock.monotonic_ms,
        position: wire.position.as_ref().and_then(|it| Position::parse(it).ok()),
    }
}

fn optional<T>(
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
    error: ItemError,
) -> Result<Option<T>, ItemError> {
    text.map(|it| parse(it).ok_or(error)).transpose()
}

fn optional_code(text: Option<&str>, error: ItemError) -> Result<Code, ItemError> {
    Code::parse_or_empty(text.unwrap_or_default(), CODE_LENGTH_MAX).map_err(|_| error)
}

fn counted_from_one(revision: u32) -> Option<u32> {
    (1..=i32::MAX.unsigned_abs())
        .contains(&revision)
        .then_some(revision)
}

fn bounded_seq(seq: u64) -> Option<u64> {
    (0..=1 << 52).contains(&seq).then_some(seq)
}
