//! What the checks ask of the present step's value, one thing at a time.

use leptos::prelude::*;
use shared::names::{Answer, Flag};

use super::bench::Bench;
use super::step::{Question, Step};
use crate::components::register_input::Typed;
use crate::view_state::ItemForm;

impl Bench {
    /// A check was answered; the others may still be open.
    pub(super) fn answer(self, answer: Answer) {
        self.question.set(None);
        self.form.update(|form| {
            let name = answer.name().to_owned();
            if !form.answers.contains(&name) {
                form.answers.push(name);
            }
        });
        self.judge();
    }

    /// Back to the keypad.
    pub(super) fn type_over(self) {
        self.question.set(None);
        self.typed.update(Typed::clear);
    }

    /// Typed once more without seeing the first.
    pub(super) fn ask_again(self, flag: Flag) {
        self.ask_for(flag, false);
    }

    fn ask_for(self, flag: Flag, differs: bool) {
        let first = self.typed.with_untracked(Typed::text);
        self.question.set(Some(Question::Again { first, flag, differs }));
        self.typed.update(Typed::clear);
    }

    /// Asks what is open of the present step, one thing at a time; goes on when nothing is.
    pub(super) fn judge(self) {
        let form = self.form.get_untracked();
        let checked = self.facts.with_value(|facts| facts.judge_exchange(&form));
        let Some(checked) = checked else { return };
        self.form
            .update(|form| form.flags = checked.flags.names().map(str::to_owned).collect());
        let step = self.step.get_untracked();
        match checked.open.iter().next() {
            Some(Flag::OutOfRange) => {
                let text = self.wording.reading.save_not_on_register;
                self.trouble.set(Some(text.to_owned()));
            }
            Some(Flag::Lower) if step == Step::TodayValue => {
                let text = self.wording.exchange().today_below;
                self.trouble.set(Some(text.to_owned()));
                self.ask_again(Flag::Lower);
            }
            Some(Flag::Lower) => {
                let removed = checked.removed.filter(|it| it.rollover_offered);
                let used = removed.and_then(|_| self.use_if_rolled_over(form));
                self.question.set(Some(Question::Lower(used)));
            }
            Some(Flag::Zero) => self.question.set(Some(Question::Zero)),
            Some(flag) => self.ask_again(flag),
            None => self.go_on(step),
        }
    }

    fn use_if_rolled_over(self, mut form: ItemForm) -> Option<String> {
        form.answers = vec![Answer::RolledOver.name().to_owned()];
        let checked = self.facts.with_value(|facts| facts.judge_exchange(&form))?;
        checked.removed?.consumption.map(|used| self.amount(used))
    }

    pub(super) fn compare(self, first: String, flag: Flag) {
        let second = self.typed.with_untracked(Typed::text);
        if second.is_empty() {
            self.trouble.set(Some(self.wording.reading.type_first.to_owned()));
        } else if second == first {
            self.answer(Answer::Verified);
        } else {
            // What was typed last counts from now on, until it is typed once more.
            self.put(second);
            self.ask_for(flag, true);
        }
    }
}
