//! A row of the database as it travels.

use shared::estimate::EstimateBasis;
use shared::names::{EstimateMethod, NoEstimate};
use shared::period::Period;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::missing::{EstimateRow, LastValueRow, MissingRow, SkipRow};
use sqlx::FromRow;

use crate::estimate_basis::{MeterColumns, basis_of};

#[derive(Debug, FromRow)]
pub(super) struct Record {
    id: i64,
    unit_id: i64,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    reread_reason: Option<String>,
    serial: Option<String>,
    dials: Option<i64>,
    decimals: Option<i64>,
    multiplier_micro: Option<i64>,
    past: Option<String>,
    tenant: Option<String>,
    skip_id: Option<String>,
    skip_revision: Option<i64>,
    skip_reason: Option<String>,
    remarks: Option<String>,
    read_at: Option<i64>,
    read_offset_s: Option<i64>,
    skipped_by: Option<String>,
    accepted_by: Option<String>,
}

impl Record {
    /// `at`: the moment that is estimated.
    pub(super) fn into_row(
        self,
        period: Period,
        at: Result<Timestamp, NoEstimate>,
        history_readings_min: u32,
    ) -> MissingRow {
        let meter = MeterColumns {
            dials: self.dials,
            decimals: self.decimals,
            multiplier_micro: self.multiplier_micro,
        };
        let basis = basis_of(meter, self.past.as_deref(), history_readings_min);
        let estimate = |method| estimate_row(basis.as_ref(), method, period, at);
        let count = |it: Option<i64>| it.and_then(|it| u32::try_from(it).ok()).unwrap_or_default();
        MissingRow {
            meter_point_id: self.id.to_string(),
            unit_id: self.unit_id.to_string(),
            mean: estimate(EstimateMethod::Mean),
            last_year: estimate(EstimateMethod::LastYear),
            last: last_row(basis.as_ref(), at),
            dials: count(self.dials),
            decimals: count(self.decimals),
            skip: self.skip(),
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
            meter_serial: self.serial.unwrap_or_default(),
            tenant: self.tenant.unwrap_or_default(),
            reread_reason: self.reread_reason,
        }
    }

    fn skip(&self) -> Option<SkipRow> {
        let at = LocalTime {
            at: Timestamp::from_ms(self.read_at?),
            offset_s: i32::try_from(self.read_offset_s?).unwrap_or(0),
        };
        Some(SkipRow {
            id: self.skip_id.clone()?,
            revision: u32::try_from(self.skip_revision?).ok()?,
            accepted_by: self.accepted_by.clone(),
            reason: self.skip_reason.clone()?,
            remarks: self.remarks.clone().unwrap_or_default(),
            by: self.skipped_by.clone().unwrap_or_default(),
            at: at.to_rfc3339(),
        })
    }
}

fn estimate_row(
    basis: Option<&EstimateBasis>,
    method: EstimateMethod,
    period: Period,
    at: Result<Timestamp, NoEstimate>,
) -> EstimateRow {
    let estimate = |basis: &EstimateBasis| {
        let estimate = basis.estimate(method, period, at?)?;
        Ok(basis.register.print(estimate.value))
    };
    let made = basis.ok_or(NoEstimate::NoMeter).and_then(estimate);
    EstimateRow {
        code: made.as_ref().err().map(|it| it.name().to_owned()),
        value: made.ok(),
    }
}

fn last_row(basis: Option<&EstimateBasis>, at: Result<Timestamp, NoEstimate>) -> Option<LastValueRow> {
    let basis = basis?;
    let last = basis.last(at.unwrap_or(Timestamp::from_ms(i64::MAX)))?;
    Some(LastValueRow {
        value: basis.register.print(last.value),
        period: last.period.to_string(),
        at: last.read_at.to_rfc3339(),
    })
}
