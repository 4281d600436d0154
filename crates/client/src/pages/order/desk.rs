//! The order as it stands on the page, and how it is changed. Each change is stored on this phone at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::code::normal;
use shared::walking_order::{Step, step};
use shared::wire::walking_order::WalkedUnit;
use ui::wording::places::unit_name;

use crate::runtime::{Runtime, use_runtime};
use crate::view_state::{Round, RoundRow};

/// One unit, with whatever meters it has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OrderUnit {
    pub(super) name: String,
    pub(super) tenant: Option<String>,
    unit: WalkedUnit,
}

impl OrderUnit {
    fn of(row: &RoundRow) -> Self {
        let point = &row.point;
        Self {
            name: unit_name(&point.building, &point.unit_no, ""),
            tenant: row.tenant.clone(),
            unit: WalkedUnit {
                building: point.building.clone(),
                unit_no: point.unit_no.clone(),
            },
        }
    }
}

/// The state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    runtime: Runtime,
    code: StoredValue<String>,
    pub(super) units: RwSignal<Vec<OrderUnit>>,
    pub(super) picked: RwSignal<Option<usize>>,
    /// The next tap names the unit that the picked one comes after.
    pub(super) placing: RwSignal<bool>,
    /// The last change could not be stored.
    pub(super) trouble: RwSignal<bool>,
    /// Rises with each change that is stored.
    pub(super) kept: RwSignal<u32>,
}

impl Desk {
    pub(super) fn open(code: &str) -> Self {
        let runtime = use_runtime();
        let units = runtime.round().with_untracked(|round| units_of(round, code));
        Self {
            runtime,
            code: StoredValue::new(code.to_owned()),
            units: RwSignal::new(units),
            picked: RwSignal::new(None),
            placing: RwSignal::new(false),
            trouble: RwSignal::new(false),
            kept: RwSignal::new(0),
        }
    }

    /// The unit that is picked, with its place.
    pub(super) fn picked_unit(self) -> Option<(usize, String)> {
        let at = self.picked.get()?;
        Some((at, self.units.read().get(at)?.name.clone()))
    }

    /// The order was changed here, and the server has not got it yet.
    pub(super) fn waits(self) -> bool {
        // Drawn again when the order is stored, and when the server has it.
        self.runtime.round().track();
        self.code
            .with_value(|code| self.runtime.walking_order_waits(code))
    }

    /// A unit was tapped: picked, let go, or named as the one to come after.
    pub(super) fn tap(self, at: usize) {
        if self.placing.get_untracked() {
            self.step(Step::After(at));
        } else if self.picked.get_untracked() == Some(at) {
            self.picked.set(None);
        } else {
            self.picked.set(Some(at));
        }
    }

    /// Alt and an arrow move the unit that is picked.
    pub(super) fn key(self, event: &leptos::ev::KeyboardEvent) {
        let way = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => Step::Up,
            "ArrowDown" if event.alt_key() => Step::Down,
            _ => return,
        };
        event.prevent_default();
        self.step(way);
    }

    /// Behind the unit that was read last: the next one to go to.
    pub(super) fn go_next(self) {
        let last = self.runtime.round().with_untracked(|round| {
            let row = round.rows.get(round.last?)?;
            Some((row.point.property_code.clone(), OrderUnit::of(row).unit))
        });
        let here = last.filter(|(code, _)| self.code.with_value(|mine| normal(mine) == normal(code)));
        let units = self.units.read_untracked();
        let after = here.and_then(|(_, last)| units.iter().position(|it| it.unit == last));
        drop(units);
        self.step(after.map_or(Step::First, Step::After));
    }

    /// Moves the unit that is picked, and keeps the order.
    pub(super) fn step(self, way: Step) {
        self.placing.set(false);
        let Some(from) = self.picked.get_untracked() else {
            return;
        };
        let before = self.units.get_untracked();
        let mut units = before.clone();
        let to = step(&mut units, from, way);
        if to == from {
            return;
        }
        self.units.set(units.clone());
        self.picked.set(Some(to));
        let (code, runtime) = (self.code.get_value(), self.runtime);
        spawn_local(async move {
            let walked = units.into_iter().map(|it| it.unit).collect();
            let kept = runtime.keep_walking_order(&code, walked).await;
            // The page may be gone by now.
            self.trouble.try_set(kept.is_err());
            self.kept.try_update(|count| *count += 1);
        });
    }
}

/// Each unit once, where its first meter is.
fn units_of(round: &Round, code: &str) -> Vec<OrderUnit> {
    let wanted = normal(code);
    let mut seen = std::collections::HashSet::new();
    let rows = round
        .rows
        .iter()
        .filter(|row| normal(&row.point.property_code) == wanted);
    rows.map(OrderUnit::of)
        .filter(|unit| seen.insert(unit.unit.clone()))
        .collect()
}
