//! What the page shows: the unit as the server has it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::portfolio::UnitDetail;
use ui::api::ApiError;

use super::meter_forms;
use crate::adapters::portfolio;
use crate::components::form_panel::FormPlace;
use crate::wording::{Wording, use_wording};

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    id: Memo<String>,
    pub(super) unit: RwSignal<Option<UnitDetail>>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    turn: RwSignal<u32>,
    wording: &'static Wording,
}

impl Store {
    /// Loads the unit, and another one when the address names it.
    pub(super) fn begin(id: Memo<String>) -> Self {
        let store = Self {
            id,
            unit: RwSignal::default(),
            trouble: RwSignal::default(),
            turn: RwSignal::default(),
            wording: use_wording(),
        };
        // The unit comes from the server, outside of the signals.
        Effect::new(move || {
            id.track();
            store.load();
        });
        store
    }

    /// Loads it now.
    pub(super) fn load(self) {
        let Some(turn) = self.turn.try_get_untracked().map(|it| it.wrapping_add(1)) else {
            return;
        };
        self.turn.set(turn);
        let id = self.id.get_untracked();
        spawn_local(async move {
            let answer = portfolio::unit(&id).await;
            // The page was left, or something newer is on its way.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            match answer {
                Ok(unit) => {
                    self.trouble.set(None);
                    self.unit.set(Some(unit));
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Opens the form for a reading of the meter point that the address names, once.
    pub(super) fn open_when_there(self, asked: Memo<Option<(String, Option<String>)>>, forms: FormPlace) {
        let opened = StoredValue::new(false);
        Effect::new(move || {
            let (Some(unit), Some((point, period))) = (self.unit.get(), asked.get()) else {
                return;
            };
            let found = unit.points.iter().find(|it| it.id == point);
            if let (Some(point), false) = (found, opened.get_value()) {
                opened.set_value(true);
                let form = meter_forms::reading(&unit, point, period.as_deref(), self.wording);
                form.into_iter().for_each(|form| forms.show(form));
            }
        });
    }
}
