use rust_decimal::Decimal;
use serde::Serialize;
use shared::code::CODE_LENGTH_MAX;
use shared::meter_point::parse_multiplier;
use shared::names::Utility;
use shared::reading_value::{ReadingValue, micro_of};
use shared::register::{Register, RegisterError};

use super::unit::UnitName;
use super::{PointRecord, Record, key};
use crate::import::cause::Cause;
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("serial"),
    required("property_code"),
    optional("building"),
    required("unit_no"),
    required("utility"),
    optional("point"),
    required("dials"),
    optional("decimals"),
    optional("multiplier"),
    required("installed_on"),
    required("initial_value"),
    optional("removed_on"),
    optional("final_value"),
];

/// A row of `meters.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct MeterRecord {
    pub(in crate::import) property_normal: String,
    pub(in crate::import) building_normal: String,
    pub(in crate::import) unit_normal: String,
    pub(in crate::import) utility: String,
    pub(in crate::import) point: String,
    pub(in crate::import) point_normal: String,
    pub(in crate::import) serial: String,
    pub(in crate::import) serial_normal: String,
    pub(in crate::import) dials: i64,
    pub(in crate::import) decimals: i64,
    pub(in crate::import) multiplier_micro: i64,
    pub(in crate::import) installed_on: String,
    pub(in crate::import) initial_micro: i64,
    pub(in crate::import) removed_on: Option<String>,
    pub(in crate::import) final_micro: Option<i64>,
}

impl MeterRecord {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let serial = row.code("serial", CODE_LENGTH_MAX);
        let unit = UnitName::read(row);
        let utility = row.one_of("utility", Utility::parse, "electricity, water, gas");
        let point = row.code_or_empty("point", CODE_LENGTH_MAX);
        let dials = row.number("dials", (1, 12), None);
        let decimals = row.number("decimals", (0, 6), Some(0));
        let multiplier = multiplier(row);
        let installed_on = row.day("installed_on");
        let initial = row.value("initial_value");
        let removed_on = row.day_or_empty("removed_on");
        let last = row.value_or_empty("final_value");
        let record = Self {
            property_normal: String::new(),
            building_normal: String::new(),
            unit_normal: String::new(),
            utility: utility?.name().into(),
            point: point.as_ref()?.shown().into(),
            point_normal: point?.normal().into(),
            serial: serial.as_ref()?.shown().into(),
            serial_normal: serial?.normal().into(),
            dials: dials?,
            decimals: decimals?,
            multiplier_micro: micro_of(multiplier?),
            installed_on: installed_on?,
            initial_micro: initial?.to_micro(),
            removed_on: removed_on?,
            final_micro: last?.map(ReadingValue::to_micro),
        };
        let unit = unit?;
        record.is_consistent(row, initial?, last?).then_some(Self {
            property_normal: unit.property_normal,
            building_normal: unit.building_normal,
            unit_normal: unit.unit_normal,
            ..record
        })
    }

    /// What the meter can show.
    pub(in crate::import) fn register(&self) -> Option<Register> {
        let digits = |count: i64| u32::try_from(count).ok();
        Register::new(
            digits(self.dials)?,
            digits(self.decimals)?,
            Decimal::new(self.multiplier_micro, 6),
        )
    }

    /// Whether the other one shows and counts alike.
    pub(in crate::import) fn has_register_of(&self, other: &Self) -> bool {
        let register = |it: &Self| (it.dials, it.decimals, it.multiplier_micro);
        register(self) == register(other)
    }

    /// Why the meter can't show this value, if it can't.
    pub(in crate::import) fn beyond(&self, value: ReadingValue) -> Option<Cause> {
        beyond(&self.register()?, value)
    }

    /// The meter point that it sits at.
    pub(in crate::import) fn point_record(&self) -> PointRecord {
        PointRecord {
            property_normal: self.property_normal.clone(),
            building_normal: self.building_normal.clone(),
            unit_normal: self.unit_normal.clone(),
            utility: self.utility.clone(),
            point: self.point.clone(),
            point_normal: self.point_normal.clone(),
        }
    }

    fn is_consistent(
        &self,
        row: &mut row::Row<'_>,
        initial: ReadingValue,
        last: Option<ReadingValue>,
    ) -> bool {
        let mut right = true;
        let mut fault = |column, cause| {
            row.fault(column, cause);
            right = false;
        };
        if let Some(cause) = self.beyond(initial) {
            fault("initial_value", cause);
        }
        if let Some(cause) = last.and_then(|last| self.beyond(last)) {
            fault("final_value", cause);
        }
        match (&self.removed_on, last) {
            (Some(_), None) => fault("final_value", Cause::FinalValueMissing),
            (None, Some(_)) => fault("removed_on", Cause::RemovalDayMissing),
            (Some(removed_on), Some(_)) if *removed_on < self.installed_on => {
                fault("removed_on", Cause::RemovedBeforeInstalled);
            }
            _ => {}
        }
        right
    }
}

impl Record for MeterRecord {
    const SELECT: &'static str = "SELECT p.code_normal AS property_normal, u.building_normal, u.unit_normal, \
         mp.utility, mp.point, mp.point_normal, m.serial, m.serial_normal, m.dials, m.decimals, m.multiplier_micro, \
         m.installed_on, m.initial_micro, m.removed_on, m.final_micro FROM meter m \
         JOIN meter_point mp ON mp.id = m.meter_point_id JOIN unit u ON u.id = mp.unit_id \
         JOIN property p ON p.id = u.property_id WHERE TRUE";
    const ORDER: &'static str = "m.id";
    const UPSERT: &'static str = "INSERT INTO meter (meter_point_id, serial, serial_normal, dials, decimals, \
         multiplier_micro, installed_on, initial_micro, removed_on, final_micro) \
         SELECT mp.id, value->>'serial', value->>'serial_normal', CAST(value->>'dials' AS BIGINT), \
         CAST(value->>'decimals' AS BIGINT), CAST(value->>'multiplier_micro' AS BIGINT), value->>'installed_on', \
         CAST(value->>'initial_micro' AS BIGINT), value->>'removed_on', CAST(value->>'final_micro' AS BIGINT) \
         FROM json_each($1) AS list JOIN property p ON p.code_normal = value->>'property_normal' \
         JOIN unit u ON u.property_id = p.id AND u.building_normal = value->>'building_normal' \
         AND u.unit_normal = value->>'unit_normal' \
         JOIN meter_point mp ON mp.unit_id = u.id AND mp.utility = value->>'utility' \
         AND mp.point_normal = value->>'point_normal' WHERE TRUE ORDER BY list.key \
         ON CONFLICT (serial_normal) DO UPDATE SET serial = excluded.serial, dials = excluded.dials, \
         decimals = excluded.decimals, multiplier_micro = excluded.multiplier_micro, \
         installed_on = excluded.installed_on, initial_micro = excluded.initial_micro, \
         removed_on = excluded.removed_on, final_micro = excluded.final_micro";

    fn key(&self) -> String {
        key([&self.serial_normal])
    }

    fn is_ended(&self) -> bool {
        self.removed_on.is_some()
    }
}

/// Why a register can't show this value, if it can't.
pub(in crate::import) fn beyond(register: &Register, value: ReadingValue) -> Option<Cause> {
    match register.check(value) {
        Ok(()) => None,
        Err(RegisterError::TooManyDecimals { .. }) => Some(Cause::MoreDecimals {
            decimals: i64::from(register.decimals()),
        }),
        Err(_) => Some(Cause::MoreDigits {
            dials: i64::from(register.dials()),
        }),
    }
}

fn multiplier(row: &mut row::Row<'_>) -> Option<Decimal> {
    let text = row.raw("multiplier")?;
    if text.is_empty() {
        return Some(Decimal::ONE);
    }
    let fits = |multiplier: &Decimal| Register::new(1, 0, *multiplier).is_some();
    let multiplier = parse_multiplier(text).filter(fits);
    if multiplier.is_none() {
        let shown = row::shown(text);
        row.fault("multiplier", Cause::NoMultiplier { shown });
    }
    multiplier
}
