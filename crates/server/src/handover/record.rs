//! A row of the database as billing takes it.

use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use shared::checks::{Answers, Read, Reckoned, reckon};
use shared::code::{CODE_LENGTH_MAX, Code};
use shared::meter_point::{Meter, PastValue, TakenOver};
use shared::names::{Answer, DecisionStep, EstimateMethod, Flag, Kind, State};
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::WireItem;
use shared::wire::handover::HandoverRow;
use sqlx::FromRow;

/// What is the same in every row.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) property: String,
    pub(super) period: Period,
    pub(super) zone: TimeZone,
}

#[derive(Debug, FromRow)]
pub(super) struct Tenancy {
    unit_id: i64,
    tenant_code: String,
    tenant_name: String,
    move_in: String,
    move_out: Option<String>,
}

#[derive(Debug, FromRow)]
pub(super) struct Record {
    unit_id: i64,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    kind: Option<String>,
    state: Option<String>,
    skip_reason: Option<String>,
    value_micro: Option<i64>,
    corrected_at: Option<i64>,
    read_at: Option<i64>,
    read_offset_s: Option<i64>,
    flags: Option<String>,
    meter_serial: Option<String>,
    decision: Option<String>,
    serial: Option<String>,
    dials: Option<i64>,
    decimals: Option<i64>,
    multiplier_micro: Option<i64>,
    initial_micro: Option<i64>,
    taken_over_at: Option<i64>,
    carried_micro: Option<i64>,
    body: Option<String>,
    before: Option<String>,
}

impl Record {
    pub(super) fn unit_id(&self) -> i64 {
        self.unit_id
    }

    pub(super) fn into_row(self, frame: &Frame, tenancies: &[Tenancy]) -> HandoverRow {
        let meter = self.meter();
        let answers = self.answers();
        let value = self.value_micro.and_then(ReadingValue::from_micro);
        let reckoned = meter
            .as_ref()
            .zip(value)
            .map(|(meter, value)| self.reckoned(meter, value, answers));
        let decimals = meter.as_ref().map_or(0, |it| it.register.decimals());
        let (source, detail) = self.source();
        let tenant = self.tenancy(frame, tenancies);
        HandoverRow {
            period: frame.period.to_string(),
            billing_period: frame.period.billing_period().to_string(),
            property: frame.property.clone(),
            tenant_code: tenant.map(|it| it.tenant_code.clone()).unwrap_or_default(),
            tenant: tenant.map(|it| it.tenant_name.clone()).unwrap_or_default(),
            source,
            detail,
            previous_value: reckoned.map(|it| it.previous.print(decimals)),
            value: value.map(|it| it.print(decimals)),
            consumption: reckoned
                .and_then(|it| it.consumption)
                .map(|it| it.normalize().to_string()),
            read_at: self.read_at(),
            flags: self.flags(answers, reckoned),
            kind: self.kind.unwrap_or_else(|| Kind::Regular.name().to_owned()),
            meter_serial: self.serial.or(self.meter_serial).unwrap_or_default(),
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
        }
    }

    fn reckoned(&self, meter: &Meter, value: ReadingValue, answers: Answers) -> Reckoned {
        let read = Read {
            value,
            read_at: Timestamp::from_ms(self.corrected_at.unwrap_or(0)),
            answers,
        };
        reckon(meter, self.before.as_deref().and_then(past_value), read)
    }

    fn source(&self) -> (String, String) {
        let estimate = |step: &str| match DecisionStep::parse(step)? {
            DecisionStep::EstimateByMean => Some(EstimateMethod::Mean.name()),
            DecisionStep::EstimateByLastYear => Some(EstimateMethod::LastYear.name()),
            _ => None,
        };
        let (source, detail) = match (self.state.as_deref().and_then(State::parse), &self.skip_reason) {
            (None, _) => ("none", ""),
            (Some(_), Some(reason)) => ("skip", reason.as_str()),
            (Some(State::Estimated), None) => {
                let method = self.decision.as_deref().and_then(estimate);
                ("estimate", method.unwrap_or_default())
            }
            (Some(_), None) => ("read", ""),
        };
        (source.to_owned(), detail.to_owned())
    }

    fn tenancy<'a>(&self, frame: &Frame, tenancies: &'a [Tenancy]) -> Option<&'a Tenancy> {
        let at = jiff::Timestamp::from_millisecond(self.corrected_at?).ok()?;
        // Days are kept as text that sorts like the days themselves.
        let day = at.to_zoned(frame.zone.clone()).date().to_string();
        tenancies.iter().rfind(|it| {
            it.unit_id == self.unit_id
                && it.move_in <= day
                && it.move_out.as_ref().is_none_or(|end| *end >= day)
        })
    }

    fn read_at(&self) -> String {
        let (Some(at), Some(offset_s)) = (self.read_at, self.read_offset_s) else {
            return String::new();
        };
        LocalTime {
            at: Timestamp::from_ms(at),
            offset_s: i32::try_from(offset_s).unwrap_or(0),
        }
        .to_rfc3339()
    }

    fn answers(&self) -> Answers {
        let item = self.body.as_deref().map(serde_json::from_str::<WireItem>);
        let item = item.and_then(Result::ok).unwrap_or_default();
        Answers::from_names(item.answers.iter().map(String::as_str))
    }

    fn flags(&self, answers: Answers, reckoned: Option<Reckoned>) -> Vec<String> {
        let flags = self.flags.as_deref().map(serde_json::from_str::<Vec<String>>);
        let mut flags = flags.and_then(Result::ok).unwrap_or_default();
        let used = reckoned
            .and_then(|it| it.consumption)
            .is_some_and(|it| it > Decimal::ZERO);
        if answers.rolled_over && used {
            let lower = flags.iter_mut().filter(|it| *it == Flag::Lower.name());
            lower.for_each(|it| *it = Answer::RolledOver.name().to_owned());
        }
        flags
    }

    fn meter(&self) -> Option<Meter> {
        let count = |it: Option<i64>| u32::try_from(it?).ok();
        let multiplier = Decimal::new(self.multiplier_micro?, 6).normalize();
        Some(Meter {
            serial: Code::parse(self.serial.as_deref()?, CODE_LENGTH_MAX).ok()?,
            register: Register::new(count(self.dials)?, count(self.decimals)?, multiplier)?,
            initial_value: ReadingValue::from_micro(self.initial_micro?)?,
            taken_over: self.taken_over_at.map(|at| TakenOver {
                at: Timestamp::from_ms(at),
                carried_micro: self.carried_micro.unwrap_or(0),
            }),
        })
    }
}

fn past_value(text: &str) -> Option<PastValue> {
    let (read_at, micro) = text.split_once(',')?;
    Some(PastValue {
        id: None,
        value: ReadingValue::from_micro(micro.parse().ok()?)?,
        read_at: Timestamp::from_ms(read_at.parse().ok()?),
    })
}
