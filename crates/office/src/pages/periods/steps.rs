//! Who closed and reopened the period.

use leptos::prelude::*;
use shared::wire::periods::PeriodStepRow;

use super::one_store::OneStore;
use crate::wording::{Wording, locale, use_wording};

/// The first step first.
#[component]
pub(super) fn Steps(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let steps = move || {
        let detail = store.detail.read();
        detail.steps.iter().map(|step| line(step, wording)).collect_view()
    };
    let never = move || store.detail.read().steps.is_empty();
    view! {
        <section class="period__part">
            <h2>{words.history}</h2>
            <p class="soft" hidden=move || !never()>{words.never_closed}</p>
            <ol class="list-plain" data-testid="period-steps">{steps}</ol>
        </section>
    }
}

fn line(step: &PeriodStepRow, wording: &Wording) -> impl IntoView + use<> {
    let words = wording.periods();
    let when = locale::day_time_here(&step.at);
    let text = match step.step.as_str() {
        "reopen" => (words.reopened_by)(&step.by, &when, &step.reason),
        _ => format!(
            "{} · {}",
            (words.closed_by)(&step.by, &when),
            (words.approved)(step.approved)
        ),
    };
    view! { <li data-testid="period-step" data-step=step.step.clone()>{text}</li> }
}
