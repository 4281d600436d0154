//! From which age on the office is warned of readings that wait on a phone: said to everybody, set by an admin.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::device_warning::{DeviceRules, OLD_AFTER_HOURS_MAX};

use super::store::Store;
use crate::adapters::api;
use crate::session::use_session;
use crate::wording::{locale, use_wording};

/// Stands in the table's foot.
#[component]
pub(super) fn Limit(store: Store) -> impl IntoView {
    let words = use_wording().phones();
    let session = use_session();
    // Drawn once: what an admin is typing outlives the phones' reports.
    let hours = Memo::new(move |_| store.list.read().as_ref().map(|list| list.old_after_hours));
    move || {
        let hours_now = hours.get()?;
        let limit = if session.is_admin() {
            view! { <LimitForm store hours=hours_now /> }.into_any()
        } else {
            view! { <span data-testid="limit">{(words.old_after)(hours_now)}</span> }.into_any()
        };
        Some(limit)
    }
}

#[component]
fn LimitForm(store: Store, hours: u32) -> impl IntoView {
    let words = use_wording().phones();
    let field = NodeRef::<Input>::new();
    let wrong = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        let rules = field.value().trim().parse().ok().and_then(DeviceRules::parse);
        wrong.set(rules.is_none());
        match rules {
            Some(rules) => set(store, rules),
            // It can only fail when the element has left the document.
            None => drop(field.focus()),
        }
    };
    let range = (words.limit_range)(&locale::whole(OLD_AFTER_HOURS_MAX));
    view! {
        <form class="limit" novalidate=true on:submit=save data-testid="limit-form">
            <label class="line">
                {words.limit_label}
                <input
                    node_ref=field
                    class="input limit__hours number"
                    type="number"
                    inputmode="numeric"
                    min="1"
                    max=OLD_AFTER_HOURS_MAX.to_string()
                    step="1"
                    value=hours.to_string()
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby="limit-wrong"
                    data-testid="limit-hours"
                />
                {words.limit_unit}
            </label>
            <button class="button button--row" type="submit" data-testid="limit-save">
                {use_wording().common.save}
            </button>
            <span id="limit-wrong" class="strong tone-bad" role="alert" data-testid="limit-wrong">
                {move || wrong.get().then(|| range.clone())}
            </span>
        </form>
    }
}

fn set(store: Store, rules: DeviceRules) {
    let words = use_wording().phones();
    store.outcome.set(None);
    spawn_local(async move {
        let answer = api::set_device_rules(rules).await;
        store
            .outcome
            .try_set(Some(answer.map(|()| (words.limit_saved)(rules.old_after_hours))));
        store.reload();
    });
}
