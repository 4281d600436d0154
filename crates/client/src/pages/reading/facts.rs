//! Everything that is known of a meter point when its form opens, and what the rules say of a value.

use std::sync::Arc;

use leptos::prelude::*;
use shared::checks::{
    Answers, Candidate, CheckInput, Checked, CheckedExchange, RULE_VERSION, When, check_exchange,
    is_already_read, run_checks,
};
use shared::day;
use shared::meter_point::MeterPoint;
use shared::names::Kind;
use shared::period::{MonthBefore, PeriodChoice, choose_period};
use shared::reading_value::ReadingValue;
use shared::timestamp::Timestamp;
use shared::wire::list::{MeterPointRow, RuleSettings};
use shared::zone::Zone;

use crate::adapters::entropy;
use crate::runtime::Runtime;
use crate::runtime::form::exchange::checked_parts;
use crate::runtime::queue::MoveReading;
use crate::view_state::{ItemForm, RoundRow};

/// What the form shows and the checks compare with; fixed while the form is open.
pub(super) struct Facts {
    pub(super) row: Arc<MeterPointRow>,
    pub(super) property_name: String,
    /// The unit's line of the round: its tenant, and what is known of this period.
    pub(super) round: Option<RoundRow>,
    pub(super) periods: PeriodChoice,
    /// Readings at a move that were made here today.
    moves: Vec<MoveReading>,
    point: MeterPoint,
    zone: Zone,
    settings: RuleSettings,
}

impl Facts {
    /// From the list of this phone; `None` when the meter point is not in it.
    pub(super) fn gather(runtime: Runtime, form: &ItemForm) -> Option<Arc<Self>> {
        let list = runtime.list().get_untracked();
        let row = runtime.row_of(form.point_id.as_deref()?, form.id)?;
        let property = list.property(&row.property_code);
        let zone = property.map_or_else(Zone::utc, Zone::of_property);
        let round = runtime.round().get_untracked();
        let round = round.rows.iter().find(|it| it.point.id == row.id).cloned();
        let month = zone.month_at(entropy::now()).previous().to_string();
        let closed = property.is_some_and(|it| {
            it.periods
                .iter()
                .any(|it| it.period == month && it.state == "closed")
        });
        let here = round
            .as_ref()
            .is_some_and(|it| it.period == month && it.item.is_some());
        let when = When {
            period: &month,
            at: entropy::now(),
            zone: &zone,
        };
        let has_reading = here || is_already_read(&row, Kind::Regular, &when, form.id);
        let before = MonthBefore { has_reading, closed };
        Some(Arc::new(Self {
            property_name: property.map_or_else(|| row.property_code.clone(), |it| it.name.clone()),
            moves: runtime.moves_of(&row, form.id, &zone),
            periods: choose_period(entropy::now(), &zone, list.settings.late_days, before),
            point: MeterPoint::from_row(&row),
            settings: list.settings.clone(),
            round,
            zone,
            row,
        }))
    }

    /// Who holds the unit today; absent when it is vacant.
    pub(super) fn tenant(&self) -> Option<String> {
        self.point
            .tenancy_on(self.zone.date_at(entropy::now()))
            .map(|it| it.name.clone())
    }

    /// The last reading, or what a meter showed that was never read.
    pub(super) fn previous_value(&self) -> &str {
        self.row
            .latest
            .as_ref()
            .map_or(&self.row.initial_value, |latest| &latest.value)
    }

    /// Whole digits and decimals of the register; none when no meter is known.
    pub(super) fn register(&self) -> Option<(u32, u32)> {
        self.point
            .meter
            .as_ref()
            .map(|meter| (meter.register.dials(), meter.register.decimals()))
    }

    /// Days since the last reading, for the line under the value.
    pub(super) fn days_since_last(&self) -> Option<i64> {
        let last = self
            .point
            .previous(entropy::now(), shared::id::ItemId::default())?;
        let [read_on, today] = [last.read_at, entropy::now()].map(|at| self.zone.date_at(at));
        Some(day::days_between(read_on, today))
    }

    /// What the checks say of the form's value; `None` when it is no number.
    pub(super) fn judge(&self, form: &ItemForm) -> Option<Checked> {
        let value = ReadingValue::parse(&form.value).ok()?;
        Some(self.judge_value(form, value, entropy::now()))
    }

    fn candidate(&self, form: &ItemForm, kind: Kind, value: ReadingValue, now: Timestamp) -> Candidate<'_> {
        Candidate {
            id: form.id,
            kind,
            value,
            read_at: now,
            meter_serial: &self.row.meter_serial,
            already_read: self.is_already_read(form),
            answers: Answers::from_names(form.answers.iter().map(String::as_str)),
        }
    }

    fn judge_value(&self, form: &ItemForm, value: ReadingValue, now: Timestamp) -> Checked {
        let candidate = self.candidate(form, kind_of(form), value, now);
        run_checks(&CheckInput::new(
            &self.point,
            &self.zone,
            &self.settings,
            &candidate,
        ))
    }

    /// What the checks say of an exchange as far as it is typed.
    pub(super) fn judge_exchange(&self, form: &ItemForm) -> Option<CheckedExchange> {
        let parts = checked_parts(form.exchange.as_ref()?, &self.row);
        let candidate = self.candidate(form, Kind::MeterRemoved, ReadingValue::default(), entropy::now());
        let checked = check_exchange(&self.point, &self.zone, &self.settings, &candidate, &parts);
        Some(checked)
    }

    /// There is a value from another item where there can be only one, in the list or on this phone.
    pub(super) fn is_already_read(&self, form: &ItemForm) -> bool {
        let kind = kind_of(form);
        let here = self.round.as_ref().is_some_and(|round| {
            round.period == form.period
                && round.value.is_some()
                && round.item.is_some_and(|item| item != form.id)
        });
        let when = When {
            period: &form.period,
            at: entropy::now(),
            zone: &self.zone,
        };
        let moved = self.move_today(kind).is_some();
        moved || (kind == Kind::Regular && here) || is_already_read(&self.row, kind, &when, form.id)
    }

    /// The reading of this kind that was made here today by another item.
    pub(super) fn move_today(&self, kind: Kind) -> Option<&MoveReading> {
        self.moves.iter().find(|it| it.kind == kind.name())
    }

    /// Fills in what the form shows, so that it goes along as evidence.
    pub(super) fn complete(&self, form: &mut ItemForm) {
        if form.period.is_empty() {
            form.period = self.periods.proposed.to_string();
        }
        form.previous_value = Some(self.previous_value().to_owned()).filter(|value| !value.is_empty());
        form.rule_version = Some(RULE_VERSION);
    }
}

/// Why it is read.
pub(super) fn kind_of(form: &ItemForm) -> Kind {
    Kind::parse(&form.kind).unwrap_or(Kind::Regular)
}
