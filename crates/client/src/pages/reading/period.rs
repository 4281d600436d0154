//! The period that the reading is booked to, and the other one within the late days.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use super::facts::Facts;
use crate::wording::{locale, use_wording};

/// The period, changeable where the rule leaves a choice, and how the unit was identified.
#[component]
pub(super) fn PeriodLine(desk: Desk, facts: Arc<Facts>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.reading;
    let period = Memo::new(move |_| desk.form.read().period.clone());
    let choice = facts.periods;
    let identified = desk.form.with_untracked(|form| form.identified_by.clone());
    let change = choice.other.map(|other| {
        let target = move || {
            let proposed = choice.proposed.to_string();
            if *period.read() == proposed {
                other.to_string()
            } else {
                proposed
            }
        };
        let switch = move |_| {
            let target = untrack(target);
            desk.form.update(|form| {
                form.period_chosen = target != choice.proposed.to_string();
                form.period = target;
            });
        };
        view! {
            <button class="button button--quiet" type="button" data-testid="period-change" on:click=switch>
                {move || (words.period_change)(&locale::month(&target()))}
            </button>
        }
    });
    view! {
        <div class="line line--spread">
            <span data-testid="period" data-period=move || period.get()>
                {move || (words.period)(&locale::month(&period.read()))}
            </span>
            {change}
            {(!identified.is_empty())
                .then(|| {
                    view! { <span class="soft small" data-testid="identified-by">{(words.identified)(&wording.identified(&identified))}</span> }
                })}
        </div>
    }
}
