//! The form's state and its way from the first digit to "saved on this phone".

mod draft;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::names::{Answer, Flag};

use super::Start;
use super::facts::Facts;
use super::photos::PhotoDesk;
use crate::actions::{EditError, SaveError, Saved};
use crate::components::register_input::Typed;
use crate::components::toast::{Toasts, use_toasts};
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::ItemForm;
use crate::wording::{Wording, locale, use_wording};

/// A register for a meter that nobody knows: as many places as fit a phone's width.
const UNKNOWN_PLACES: u32 = 8;

/// Where the form is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// Digits come in.
    Typing,
    /// Lower than before: what happened? Holds the use if the meter rolled over.
    Lower(Option<String>),
    /// Unusual: once more without seeing the first value, which is held here.
    Again {
        first: String,
        flag: Flag,
        /// It was typed again, and was another value.
        differs: bool,
    },
    /// Nothing was used: is that so?
    Zero,
    /// Why it can't be read.
    CannotRead,
    /// The device's store is at work.
    Saving,
}

/// The state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    runtime: Runtime,
    toasts: Toasts,
    wording: &'static Wording,
    pub(super) facts: StoredValue<Option<Arc<Facts>>>,
    pub(super) form: RwSignal<ItemForm>,
    pub(super) typed: RwSignal<Typed>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) trouble: RwSignal<Option<String>>,
    pub(super) editing: bool,
    pub(super) photos: PhotoDesk,
    on_saved: Callback<()>,
    on_exchange: Callback<ItemForm>,
}

impl Desk {
    pub(super) fn new(
        start: Start,
        facts: Option<Arc<Facts>>,
        on_saved: Callback<()>,
        on_exchange: Callback<ItemForm>,
    ) -> Self {
        let mut form = start.form;
        if let Some(facts) = &facts {
            facts.complete(&mut form);
        }
        let (dials, decimals) = facts
            .as_ref()
            .and_then(|facts| facts.register())
            .unwrap_or_else(|| unknown_register(&form.value));
        let mut typed = Typed::new(dials, decimals);
        typed.set_text(&form.value);
        let stage = if form.skip_reason.is_some() {
            Stage::CannotRead
        } else {
            Stage::Typing
        };
        let (form, stage) = (RwSignal::new(form), RwSignal::new(stage));
        let hidden = Signal::derive(move || matches!(stage.get(), Stage::Again { .. }));
        let desk = Self {
            runtime: use_runtime(),
            toasts: use_toasts(),
            wording: use_wording(),
            facts: StoredValue::new(facts),
            form,
            typed: RwSignal::new(typed),
            stage,
            trouble: RwSignal::new(None),
            editing: start.editing,
            photos: PhotoDesk::new(form, hidden, start.editing),
            on_saved,
            on_exchange,
        };
        desk.keep_draft();
        desk
    }

    /// The form as typed so far, with the answers that still belong to its value.
    pub(super) fn current(self) -> ItemForm {
        let mut form = self.form.get();
        let text = self.typed.with(Typed::text);
        if form.value != text {
            form.answers.clear();
            form.value = text;
        }
        form
    }

    /// **Save** was tapped, or Enter pressed.
    pub(super) fn save(self) {
        self.trouble.set(None);
        match self.stage.get_untracked() {
            Stage::Saving => {}
            Stage::Again { first, flag, .. } => self.compare(first, flag),
            Stage::Typing | Stage::Lower(_) | Stage::Zero | Stage::CannotRead => {
                let form = untrack(|| self.current());
                if form.value.is_empty() {
                    self.trouble.set(Some(self.wording.reading.type_first.to_owned()));
                } else {
                    self.judge(form);
                }
            }
        }
    }

    /// Saves without a value.
    pub(super) fn save_skip(self, reason: &str) {
        let form = ItemForm {
            value: String::new(),
            skip_reason: Some(reason.to_owned()),
            flags: Vec::new(),
            answers: Vec::new(),
            ..self.form.get_untracked()
        };
        self.store(form);
    }

    /// A check was answered; the others may still be open.
    pub(super) fn answer(self, answer: Answer) {
        let mut form = untrack(|| self.current());
        form.answers.push(answer.name().to_owned());
        self.judge(form);
    }

    /// The meter was replaced: the form becomes that of an exchange. A value that is lower belongs to the new meter.
    pub(super) fn exchange(self) {
        let form = untrack(|| self.current());
        self.on_exchange.run(form);
    }

    /// The value is right although it is lower: typed once more.
    pub(super) fn insist(self) {
        self.ask_again(self.typed.with_untracked(Typed::text), Flag::Lower, false);
    }

    /// Back to the keypad.
    pub(super) fn type_over(self) {
        self.typed.update(Typed::clear);
        self.stage.set(Stage::Typing);
    }

    /// It can be read after all.
    pub(super) fn back_to_typing(self) {
        self.form.update(|form| form.skip_reason = None);
        self.stage.set(Stage::Typing);
    }

    /// What the checks say of the value so far, for the line under it.
    pub(super) fn judged(self) -> Option<shared::checks::Checked> {
        let form = self.current();
        self.facts.with_value(|facts| facts.as_ref()?.judge(&form))
    }

    /// An amount with the unit of this meter.
    pub(super) fn amount(self, amount: impl ToString) -> String {
        let unit = self.facts.with_value(|facts| {
            facts
                .as_ref()
                .map(|facts| self.wording.utility_unit(&facts.row.utility))
                .unwrap_or_default()
        });
        format!("{} {unit}", locale::decimal(&amount.to_string()))
    }

    fn compare(self, first: String, flag: Flag) {
        let second = self.typed.with_untracked(Typed::text);
        if second.is_empty() {
            self.trouble.set(Some(self.wording.reading.type_first.to_owned()));
        } else if second == first {
            self.stage.set(Stage::Typing);
            self.form.update(|form| form.value = first);
            self.answer(Answer::Verified);
        } else {
            self.ask_again(second, flag, true);
        }
    }

    fn ask_again(self, first: String, flag: Flag, differs: bool) {
        self.form.update(|form| {
            form.value.clone_from(&first);
            form.answers.clear();
        });
        self.typed.update(Typed::clear);
        self.stage.set(Stage::Again { first, flag, differs });
    }

    /// Asks what is open, one thing at a time; saves when nothing is.
    fn judge(self, mut form: ItemForm) {
        // There is a value: a reason why there is none counts no more.
        form.skip_reason = None;
        let checked = self
            .facts
            .with_value(|facts| facts.as_ref().and_then(|facts| facts.judge(&form)));
        let Some(checked) = checked else {
            // No list knows this meter: the office judges.
            return self.store(form);
        };
        form.flags = checked.flags.names().map(str::to_owned).collect();
        self.form.set(form.clone());
        match checked.open.iter().next() {
            None => self.store(form),
            Some(Flag::Lower) => self.stage.set(Stage::Lower(
                self.use_if_rolled_over(&form, checked.rollover_offered),
            )),
            Some(Flag::Zero) => self.stage.set(Stage::Zero),
            Some(Flag::OutOfRange) => {
                let register = self.facts.with_value(|facts| facts.as_ref()?.register());
                let (dials, decimals) = register.unwrap_or((UNKNOWN_PLACES, 0));
                self.trouble
                    .set(Some((self.wording.reading.register_shows)(dials, decimals)));
            }
            Some(flag) => self.ask_again(form.value, flag, false),
        }
    }

    fn use_if_rolled_over(self, form: &ItemForm, offered: bool) -> Option<String> {
        let mut form = form.clone();
        form.answers = vec![Answer::RolledOver.name().to_owned()];
        let checked = self.facts.with_value(|facts| facts.as_ref()?.judge(&form))?;
        checked
            .consumption
            .filter(|_| offered)
            .map(|used| self.amount(used))
    }

    /// One strict transaction; the word that it is saved comes after it.
    fn store(self, form: ItemForm) {
        if self.photos.busy.get_untracked() {
            self.trouble
                .set(Some(self.wording.photos().still_preparing.to_owned()));
            return;
        }
        let before = self.stage.get_untracked();
        self.stage.set(Stage::Saving);
        spawn_local(async move {
            let result = if self.editing {
                self.runtime.edit(form).await
            } else {
                self.runtime.save(form).await.map_err(EditError::Save)
            };
            match result {
                Ok(saved) => self.saved(saved),
                Err(error) => self.failed(error, before),
            }
        });
    }

    fn saved(self, saved: Saved) {
        let words = &self.wording.frame;
        self.toasts.say(if saved.replay {
            words.saved_before
        } else {
            words.saved_here
        });
        self.on_saved.run(());
    }

    fn failed(self, error: EditError, before: Stage) {
        let stage = if error == EditError::Save(SaveError::NotOnRegister) {
            Stage::Typing
        } else {
            before
        };
        self.stage.set(stage);
        self.trouble.set(Some(self.wording.edit_error(error).to_owned()));
    }
}

/// With the decimals that the value has already, in a draft.
fn unknown_register(value: &str) -> (u32, u32) {
    let decimals = value.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = u32::try_from(decimals).unwrap_or(0).min(UNKNOWN_PLACES - 1);
    (UNKNOWN_PLACES - decimals, decimals)
}
