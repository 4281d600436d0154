//! How long after its end a month still takes readings: said to everybody, set by an admin.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::period::{LATE_DAYS_MAX, LateDays};

use super::list_store::ListStore;
use crate::adapters::periods;
use crate::session::use_session;
use crate::wording::periods::Periods;
use crate::wording::{locale, use_wording};

/// Beside the month.
#[component]
pub(super) fn LateDaysOf(store: ListStore) -> impl IntoView {
    let words = use_wording().periods();
    let session = use_session();
    // Drawn once: what an admin is typing outlives what arrives.
    let days = Memo::new(move |_| {
        let page = store.page.read();
        (!page.period.is_empty()).then_some(page.late_days)
    });
    move || {
        let days = days.get()?;
        let said = if session.is_admin() {
            view! { <LateDaysForm store days /> }.into_any()
        } else {
            view! { <p class="small soft late-days" data-testid="late-days">{(words.late_days)(days)}</p> }
                .into_any()
        };
        Some(said)
    }
}

#[component]
fn LateDaysForm(store: ListStore, days: u32) -> impl IntoView {
    let words = use_wording().periods();
    let field = NodeRef::<Input>::new();
    let wrong = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        let days = field.value().trim().parse().ok().and_then(LateDays::parse);
        wrong.set(days.is_none());
        match days {
            Some(days) => set(store, days, words),
            // It can only fail when the element has left the document.
            None => drop(field.focus()),
        }
    };
    let range = (words.late_days_range)(&locale::whole(LATE_DAYS_MAX));
    view! {
        <form class="limit late-days" novalidate=true on:submit=save data-testid="late-days-form">
            <label class="line small">
                {words.late_days_label}
                <input
                    node_ref=field
                    class="input limit__hours number"
                    type="number"
                    inputmode="numeric"
                    min="0"
                    max=LATE_DAYS_MAX.to_string()
                    step="1"
                    value=days.to_string()
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby="late-days-wrong"
                    data-testid="late-days-field"
                />
                {words.late_days_unit}
            </label>
            <button class="button button--row" type="submit" data-testid="late-days-save">
                {use_wording().common.save}
            </button>
            <span id="late-days-wrong" class="small strong tone-bad" role="alert">
                {move || wrong.get().then(|| range.clone())}
            </span>
        </form>
    }
}

fn set(store: ListStore, days: LateDays, words: &'static Periods) {
    store.outcome.set(None);
    spawn_local(async move {
        let answer = periods::set_late_days(days).await;
        store
            .outcome
            .try_set(Some(answer.map(|()| (words.late_days_saved)(days.number()))));
        store.load(None);
    });
}
