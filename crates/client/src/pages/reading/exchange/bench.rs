//! The state of the form of an exchange, and its way to "saved on this phone".

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::code::normal;

use super::super::Start;
use super::super::facts::Facts;
use super::super::photos::PhotoDesk;
use super::step::{Question, Step};
use crate::actions::EditError;
use crate::components::register_input::Typed;
use crate::components::toast::{Toasts, use_toasts};
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::{ExchangeForm, ItemForm};
use crate::wording::{Wording, locale, use_wording};

/// Whole digits and decimals of the new register where nothing tells.
const NEW_REGISTER: (u32, u32) = (5, 0);

/// The state; copied freely. What is typed stands in `form`; `typed` is the register of the present step.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub(super) runtime: Runtime,
    toasts: Toasts,
    pub(super) wording: &'static Wording,
    pub(super) facts: StoredValue<Arc<Facts>>,
    pub(super) form: RwSignal<ItemForm>,
    pub(super) typed: RwSignal<Typed>,
    pub(super) step: RwSignal<Step>,
    pub(super) question: RwSignal<Option<Question>>,
    pub(super) trouble: RwSignal<Option<String>>,
    pub(super) saving: RwSignal<bool>,
    pub(super) editing: bool,
    pub(super) photos: PhotoDesk,
    on_saved: Callback<()>,
    on_plain: Callback<ItemForm>,
}

impl Bench {
    pub(super) fn new(
        start: Start,
        facts: Arc<Facts>,
        on_saved: Callback<()>,
        on_plain: Callback<ItemForm>,
    ) -> Self {
        let mut form = start.form;
        facts.complete(&mut form);
        let exchange = form.exchange.get_or_insert_default();
        let (dials, decimals) = facts.register().unwrap_or(NEW_REGISTER);
        if exchange.dials == 0 {
            (exchange.dials, exchange.decimals) = (dials, decimals);
        }
        let step = if start.editing {
            Step::of(&ExchangeForm::default(), facts.register().is_some())
        } else {
            Step::of(exchange, facts.register().is_some())
        };
        let (form, question) = (RwSignal::new(form), RwSignal::new(None));
        let hidden = Signal::derive(move || matches!(question.get(), Some(Question::Again { .. })));
        let bench = Self {
            runtime: use_runtime(),
            toasts: use_toasts(),
            wording: use_wording(),
            facts: StoredValue::new(facts),
            form,
            typed: RwSignal::new(Typed::new(dials, decimals)),
            step: RwSignal::new(step),
            question,
            trouble: RwSignal::new(None),
            saving: RwSignal::new(false),
            editing: start.editing,
            photos: PhotoDesk::new(form, hidden, start.editing),
            on_saved,
            on_plain,
        };
        bench.go(step);
        bench.keep_draft();
        bench
    }

    /// The exchange as typed so far.
    pub(super) fn exchange(self) -> ExchangeForm {
        self.form.read().exchange.clone().unwrap_or_default()
    }

    pub(super) fn change(self, change: impl FnOnce(&mut ExchangeForm)) {
        self.form
            .update(|form| change(form.exchange.get_or_insert_default()));
    }

    pub(super) fn steps(self) -> usize {
        if self.exchange().today.is_some() { 4 } else { 3 }
    }

    /// What the steps before said.
    pub(super) fn said(self) -> Vec<String> {
        let words = self.wording.exchange();
        let form = self.exchange();
        let step = self.step.get();
        let old = self.facts.with_value(|facts| facts.row.meter_serial.clone());
        let ended = (step > Step::LastValue && !old.is_empty())
            .then(|| (words.old_is)(&old, &locale::decimal(&form.last)));
        let began =
            (step == Step::TodayValue).then(|| (words.new_is)(&form.serial, &locale::decimal(&form.first)));
        ended.into_iter().chain(began).collect()
    }

    /// Another step: its register shows what was typed there before.
    pub(super) fn go(self, step: Step) {
        let form = untrack(|| self.exchange());
        let old = self
            .facts
            .with_value(|facts| facts.register())
            .unwrap_or(NEW_REGISTER);
        let (register, text) = match step {
            Step::LastValue => (old, form.last),
            Step::NewMeter => (old, String::new()),
            Step::FirstValue => ((form.dials, form.decimals), form.first),
            Step::TodayValue => ((form.dials, form.decimals), form.today.unwrap_or_default()),
        };
        let mut typed = Typed::new(register.0, register.1);
        typed.set_text(&text);
        self.question.set(None);
        self.trouble.set(None);
        // The step first: what is typed belongs to it.
        self.step.set(step);
        self.typed.set(typed);
    }

    /// The step before; from the first one the form is that of a plain reading again.
    pub(super) fn back(self) {
        let has_old = self.facts.with_value(|facts| facts.register().is_some());
        let before = self.step.get_untracked().before();
        match before.filter(|step| has_old || *step != Step::LastValue) {
            Some(step) => self.go(step),
            None if self.editing => self.on_saved.run(()),
            None => self.on_plain.run(ItemForm {
                exchange: None,
                answers: Vec::new(),
                flags: Vec::new(),
                ..self.form.get_untracked()
            }),
        }
    }

    /// **Next** or **Save**, or Enter.
    pub(super) fn next(self) {
        self.trouble.set(None);
        if self.saving.get_untracked() {
            return;
        }
        if let Some(Question::Again { first, flag, .. }) = self.question.get_untracked() {
            return self.compare(first, flag);
        }
        let step = self.step.get_untracked();
        let is_typed = step == Step::NewMeter || self.typed.with_untracked(|typed| !typed.is_empty());
        if !is_typed {
            self.trouble.set(Some(self.wording.reading.type_first.to_owned()));
        } else if step == Step::NewMeter {
            match self.serial_trouble() {
                Some(text) => self.trouble.set(Some(text)),
                None => self.go(Step::FirstValue),
            }
        } else {
            self.judge();
        }
    }

    /// An amount with the unit of this meter.
    pub(super) fn amount(self, amount: impl ToString) -> String {
        let unit = self
            .facts
            .with_value(|facts| self.wording.utility_unit(&facts.row.utility));
        format!("{} {unit}", locale::decimal(&amount.to_string()))
    }

    fn serial_trouble(self) -> Option<String> {
        let words = self.wording.exchange();
        let serial = normal(&untrack(|| self.exchange()).serial);
        let old = self.facts.with_value(|facts| normal(&facts.row.meter_serial));
        if serial.is_empty() {
            Some(words.serial_missing.to_owned())
        } else if serial == old {
            Some(words.serial_is_old.to_owned())
        } else {
            None
        }
    }

    pub(super) fn go_on(self, step: Step) {
        let has_today = untrack(|| self.exchange()).today.is_some();
        match step {
            Step::LastValue => self.go(Step::NewMeter),
            Step::NewMeter => self.go(Step::FirstValue),
            Step::FirstValue if has_today => self.go(Step::TodayValue),
            Step::FirstValue | Step::TodayValue => self.store(),
        }
    }

    /// One strict transaction; the word that it is saved comes after it.
    fn store(self) {
        if self.photos.busy.get_untracked() {
            let text = self.wording.photos().still_preparing;
            return self.trouble.set(Some(text.to_owned()));
        }
        let form = self.form.get_untracked();
        self.saving.set(true);
        spawn_local(async move {
            let result = if self.editing {
                self.runtime.edit(form).await
            } else {
                self.runtime.save(form).await.map_err(EditError::Save)
            };
            match result {
                Ok(saved) => {
                    let words = &self.wording.frame;
                    self.toasts.say(if saved.replay {
                        words.saved_before
                    } else {
                        words.saved_here
                    });
                    self.on_saved.run(());
                }
                Err(error) => {
                    self.saving.set(false);
                    self.trouble.set(Some(self.wording.edit_error(error).to_owned()));
                }
            }
        });
    }
}
