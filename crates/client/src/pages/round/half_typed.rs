//! A reading that was left half typed: continue it or drop it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::notice::{Notice, Tone};
use crate::components::place::row_name;
use crate::components::unit_row::encode;
use crate::runtime::use_runtime;
use crate::view_state::ItemForm;
use crate::wording::use_wording;

/// The notice; nothing when no form was left.
#[component]
pub(super) fn HalfTyped() -> impl IntoView {
    let runtime = use_runtime();
    let draft = RwSignal::new(None::<ItemForm>);
    spawn_local(async move {
        let left = runtime.load_draft().await;
        // The page may be gone by now.
        draft.try_set(left.filter(is_worth_keeping));
    });
    let drop_it = move |()| {
        draft.set(None);
        spawn_local(runtime.drop_draft());
    };
    move || draft.get().map(|form| view! { <Offer form on_drop=drop_it /> })
}

/// A form that was opened and left alone is not worth a question.
fn is_worth_keeping(form: &ItemForm) -> bool {
    let has_text = !form.value.is_empty() || !form.remarks.is_empty();
    has_text || form.skip_reason.is_some() || !form.photos.is_empty() || form.exchange.is_some()
}

#[component]
fn Offer(form: ItemForm, #[prop(into)] on_drop: Callback<()>) -> impl IntoView {
    let wording = use_wording();
    let list = use_runtime().list();
    let (href, name) = match &form.point_id {
        Some(id) => {
            let name = list.read_untracked().row(id).map(|row| row_name(row));
            (
                format!("/read/{}?by={}", encode(id), form.identified_by),
                name.unwrap_or_default(),
            )
        }
        None => {
            let text = form.label_text.clone().unwrap_or_default();
            (
                format!("/read?label={}&by={}", encode(&text), form.identified_by),
                text,
            )
        }
    };
    view! {
        <div class="pad">
            <Notice tone=Tone::Warn test_id="half-typed">
                <p>{(wording.round.half_typed)(&name)}</p>
                <div class="buttons">
                    <a class="button" href=href data-testid="half-typed-continue">
                        {wording.round.half_typed_continue}
                    </a>
                    <button class="button" type="button" data-testid="half-typed-drop" on:click=move |_| on_drop.run(())>
                        {wording.round.half_typed_drop}
                    </button>
                </div>
            </Notice>
        </div>
    }
}
