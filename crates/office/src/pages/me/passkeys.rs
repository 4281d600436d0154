//! The person's own passkeys: which there are, one more, one less.

use std::sync::Arc;

use leptos::html::Button;
use leptos::prelude::*;
use shared::wire::passkeys::PasskeyRow;
use ui::components::confirm::{Confirm, open_about};
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};

use super::new_passkey::NewPasskeyForm;
use super::passkey_store::PasskeyStore;
use crate::adapters::authenticator;
use crate::wording::{locale, use_wording};

/// The card; nothing where the server has no passkeys and the person none.
#[component]
pub(super) fn Passkeys() -> impl IntoView {
    let store = PasskeyStore::begin();
    let is_shown = Memo::new(move |_| {
        let list = store.list.read();
        list.as_ref().is_some_and(|it| it.on || !it.rows.is_empty())
    });
    move || is_shown.get().then(|| view! { <Card store /> })
}

#[component]
fn Card(store: PasskeyStore) -> impl IntoView {
    let words = use_wording().passkeys();
    let rows = move || store.list.get().map(|it| it.rows).unwrap_or_default();
    let nothing = move || {
        rows()
            .is_empty()
            .then(|| view! { <p class="soft">{words.none}</p> })
    };
    let outcome = move || {
        store.outcome.get().map(|outcome| match outcome {
            Ok(text) => view! { <Notice tone=Tone::Ok>{text}</Notice> },
            Err(text) => view! { <Notice tone=Tone::Bad test_id="passkey-error">{text}</Notice> },
        })
    };
    view! {
        <section class="card stack" aria-labelledby="passkeys-title" data-testid="passkeys">
            <h2 id="passkeys-title">{words.title}</h2>
            <p class="small soft">{words.lead}</p>
            {nothing}
            <ul class="stack passkeys__list">
                <For each=rows key=|row| row.id.clone() children=move |row| view! { <Row row=Arc::new(row) store /> } />
            </ul>
            <Adding store />
            <div role="status" aria-live="polite" data-testid="passkeys-outcome">
                {outcome}
            </div>
            <AskRemoval store />
        </section>
    }
}

#[component]
fn Row(row: Arc<PasskeyRow>, store: PasskeyStore) -> impl IntoView {
    let words = use_wording().passkeys();
    let added = (words.added_at)(&locale::day_time_here(&row.created_at));
    let used = match &row.last_used_at {
        Some(at) => (words.used_at)(&locale::day_time_here(at)),
        None => words.never_used.to_owned(),
    };
    let label = format!("{}: {}", words.remove, row.name);
    let asked = Arc::clone(&row);
    view! {
        <li class="line line--spread" data-testid="passkey-row" data-name=row.name.clone()>
            <div>
                <p class="strong passkeys__name">{row.name.clone()}</p>
                <p class="small soft">{added} " · " {used}</p>
            </div>
            <button
                class="button"
                type="button"
                aria-label=label
                data-testid="passkey-remove"
                on:click=move |_| store.asking.set(Some(Arc::clone(&asked)))
            >
                {words.remove}
            </button>
        </li>
    }
}

/// The button that opens the form, or why there is none.
#[component]
fn Adding(store: PasskeyStore) -> impl IntoView {
    let words = use_wording().passkeys();
    let is_on = Memo::new(move |_| store.list.read().as_ref().is_some_and(|it| it.on));
    let opener = NodeRef::<Button>::new();
    // What had the focus is gone, a form or a row: it goes to what stays.
    Effect::new(move |before: Option<(bool, usize)>| {
        let rows = store.list.read().as_ref().map_or(0, |it| it.rows.len());
        let now = (store.adding.get(), rows);
        let has_lost = before.is_some_and(|it| (it.0 && !now.0) || it.1 > now.1);
        if let (true, Some(opener)) = (has_lost, opener.get_untracked()) {
            // It can only fail when the element has left the document.
            let _ = opener.focus();
        }
        now
    });
    move || match (is_on.get(), authenticator::is_there()) {
        (false, _) => view! { <p class="small">{words.off}</p> }.into_any(),
        (true, false) => {
            view! { <p class="small" data-testid="no-passkeys-here">{words.no_browser}</p> }.into_any()
        }
        (true, true) => view! {
            <button
                class="button button--wide"
                type="button"
                node_ref=opener
                aria-expanded=move || store.adding.get().to_string()
                data-testid="passkey-add"
                on:click=move |_| store.adding.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Key />
                {words.add}
            </button>
            {move || store.adding.get().then(|| view! { <NewPasskeyForm store /> })}
        }
        .into_any(),
    }
}

#[component]
fn AskRemoval(store: PasskeyStore) -> impl IntoView {
    let words = use_wording().passkeys();
    let open = open_about(store.asking);
    let title = Signal::derive(move || {
        let asking = store.asking.read();
        asking
            .as_ref()
            .map(|row| (words.remove_title)(&row.name))
            .unwrap_or_default()
    });
    let agree = move |()| {
        if let Some(row) = store.asking.get_untracked() {
            store.remove(row);
        }
    };
    view! { <Confirm open title hint=words.remove_hint yes=words.remove on_yes=agree /> }
}
