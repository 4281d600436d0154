//! Every key press survives a killed app.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Desk, Stage};
use crate::components::register_input::Typed;
use crate::view_state::ItemForm;

impl Desk {
    /// Each change goes to the device's store, so that a half-typed reading survives a killed app. An edit is left
    /// out: its item is on this phone already.
    pub(super) fn keep_draft(self) {
        if self.editing {
            return;
        }
        // The store lies outside of the signals.
        Effect::watch(
            move || {
                let form = self.form.read();
                (
                    self.typed.with(Typed::text),
                    form.remarks.clone(),
                    form.kind.clone(),
                    form.skip_reason.clone(),
                )
            },
            move |(value, remarks, ..), _, _| {
                let hidden = matches!(self.stage.get_untracked(), Stage::Again { .. } | Stage::Saving);
                if hidden {
                    return;
                }
                let (value, remarks) = (value.clone(), remarks.clone());
                let form = ItemForm {
                    value,
                    remarks,
                    ..self.form.get_untracked()
                };
                spawn_local(async move {
                    self.runtime.save_draft(form).await;
                });
            },
            false,
        );
    }
}
