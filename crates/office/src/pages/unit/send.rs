//! What becomes of what was typed: sent, and told in words.

use std::rc::Rc;

use shared::wire::portfolio::PortfolioEdit;
use shared::wire::receipt::{VerdictName, WireVerdict};

use crate::adapters::imports::Told;
use crate::adapters::portfolio;
use crate::components::form_panel::{Form, Sending};
use crate::wording::Wording;

/// How a form is sent.
pub(super) type Send = Rc<dyn Fn(&Form) -> Sending>;

/// Sends an edit.
pub(super) fn edit(wording: &'static Wording, request: impl Fn(&Form) -> PortfolioEdit + 'static) -> Send {
    Rc::new(move |form| {
        let request = request(form);
        Box::pin(async move {
            let answer = portfolio::edit(&request).await?;
            Ok(said(answer, |()| wording.portfolio().saved.to_owned()))
        })
    })
}

/// The answer with its words.
pub(super) fn said<T>(answer: Told<T>, words: impl FnOnce(T) -> String) -> Told<String> {
    match answer {
        Told::Done(done) => Told::Done(words(done)),
        Told::Faulty(problem) => Told::Faulty(problem),
    }
}

/// What became of an entry.
pub(super) fn verdict_words(verdict: &WireVerdict, done: &str, wording: &'static Wording) -> String {
    let words = wording.portfolio();
    let why = wording.code(verdict.code.as_deref().unwrap_or_default());
    match verdict.verdict {
        VerdictName::Accepted => done.to_owned(),
        VerdictName::Duplicate => words.entry_duplicate.to_owned(),
        VerdictName::Held => (words.entry_held)(&why),
        VerdictName::Conflict => words.entry_conflict.to_owned(),
        VerdictName::Rejected | VerdictName::Retry => (words.entry_rejected)(&why),
    }
}
