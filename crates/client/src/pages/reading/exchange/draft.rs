//! Every key press survives a killed app.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::Bench;
use super::step::{Question, Step};
use crate::components::register_input::Typed;

impl Bench {
    /// What is typed goes into the form, and each change of the form to the device's store, so that it survives a killed
    /// app. An edit is left out of the store: its item is on this phone already.
    pub(super) fn keep_draft(self) {
        Effect::watch(
            move || self.typed.with(Typed::text),
            move |text, _, _| self.note_typed(text.clone()),
            false,
        );
        if self.editing {
            return;
        }
        // The store lies outside of the signals.
        Effect::watch(
            move || self.form.get(),
            move |form, _, _| {
                let form = form.clone();
                spawn_local(async move {
                    self.runtime.save_draft(form).await;
                });
            },
            true,
        );
    }

    // The digits of a second, blind entry are not what was read first; answers go with the value that they are about.
    fn note_typed(self, text: String) {
        if matches!(self.question.get_untracked(), Some(Question::Again { .. })) {
            return;
        }
        let step = self.step.get_untracked();
        let form = untrack(|| self.exchange());
        let known = match step {
            Step::LastValue => form.last,
            Step::NewMeter => return,
            Step::FirstValue => form.first,
            Step::TodayValue => form.today.unwrap_or_default(),
        };
        if known != text {
            self.put(text);
        }
    }

    /// The present step's value is another one: what was answered about it does not hold any more.
    pub(super) fn put(self, text: String) {
        let step = self.step.get_untracked();
        if step == Step::LastValue {
            self.form.update(|form| form.answers.clear());
        }
        self.change(|form| match step {
            Step::LastValue => form.last = text,
            Step::NewMeter => {}
            Step::FirstValue => form.first = text,
            Step::TodayValue => form.today = Some(text),
        });
    }
}
