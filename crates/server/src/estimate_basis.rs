//! What estimates are reckoned from, as the database has it.

use rust_decimal::Decimal;
use shared::estimate::{EstimateBasis, KnownValue};
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::timestamp::Timestamp;

/// The last official values of the meter `m` at the meter point `mp` up to a period, in one text: enough for the mean of
/// twelve and for the same months of last year. An entry is `r` for a regular value or `m` for one of a move, the period,
/// the time, and the value. `period`: how the query calls the period.
pub(crate) fn past_of(period: &str) -> String {
    format!(
        "(SELECT STRING_AGG(entry, ' ') FROM (
            SELECT CASE i.kind WHEN 'regular' THEN 'r' ELSE 'm' END || i.period || ',' || i.corrected_at || ',' || i.value_micro
                AS entry
            FROM item i
            WHERE i.meter_point_id = mp.id AND i.meter_id = m.id AND i.value_micro IS NOT NULL
                AND i.state IN ('received', 'approved', 'estimated') AND i.kind IN ('regular', 'move_in', 'move_out')
                AND i.period <= {period}
            ORDER BY i.period DESC, i.corrected_at DESC LIMIT 20) h)"
    )
}

/// The meter of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeterColumns {
    pub(crate) dials: Option<i64>,
    pub(crate) decimals: Option<i64>,
    pub(crate) multiplier_micro: Option<i64>,
}

/// `None` where no meter sits.
pub(crate) fn basis_of(
    meter: MeterColumns,
    past: Option<&str>,
    history_readings_min: u32,
) -> Option<EstimateBasis> {
    let register = Register::new(
        u32::try_from(meter.dials?).ok()?,
        u32::try_from(meter.decimals?).ok()?,
        Decimal::new(meter.multiplier_micro?, 6).normalize(),
    )?;
    let entries = past.unwrap_or_default().split(' ');
    let mut past: Vec<KnownValue> = entries.filter_map(known_value).collect();
    past.sort_by_key(|it| it.read_at);
    Some(EstimateBasis {
        register,
        past,
        history_readings_min,
    })
}

fn known_value(entry: &str) -> Option<KnownValue> {
    let (kind, rest) = entry.split_at_checked(1)?;
    let mut parts = rest.split(',');
    Some(KnownValue {
        period: Period::parse(parts.next()?)?,
        regular: kind == "r",
        read_at: Timestamp::from_ms(parts.next()?.parse().ok()?),
        value: ReadingValue::from_micro(parts.next()?.parse().ok()?)?,
    })
}
