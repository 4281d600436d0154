//! The form of an exchange: final value of the old meter, the new meter, its first value, and all of it saved as one item.

mod ask;
mod bench;
mod draft;
mod foot;
mod new_meter;
mod step;
mod values;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::Start;
use super::facts::Facts;
use super::form::next_page;
use super::photos::{PhotoChips, Photos};
use super::place::Place;
use crate::components::notice::{Notice, Tone};
use crate::components::phone_page::PhonePage;
use crate::components::place::row_name;
use crate::view_state::ItemForm;
use crate::wording::use_wording;
use bench::Bench;
use foot::Foot;
use new_meter::NewMeter;
use step::Step;
use values::{FirstValue, LastValue, TodayValue};

/// The whole form, a step at a time.
#[component]
pub(super) fn Exchange(
    start: Start,
    facts: Arc<Facts>,
    /// The meter was not replaced after all.
    #[prop(into)]
    on_plain: Callback<ItemForm>,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.exchange();
    let navigate = use_navigate();
    let next = next_page(&start);
    let on_saved = Callback::new(move |()| navigate(next, Default::default()));
    let note = match (start.editing, start.from_draft) {
        (true, _) => Some(wording.reading.editing),
        (false, true) => Some(words.draft_back),
        (false, false) => None,
    };
    let title = row_name(&facts.row);
    let bench = Bench::new(start, Arc::clone(&facts), on_saved, on_plain);
    let body = move || match bench.step.get() {
        Step::LastValue => view! { <LastValue bench /> }.into_any(),
        Step::NewMeter => view! { <NewMeter bench /> }.into_any(),
        Step::FirstValue => view! { <FirstValue bench /> }.into_any(),
        Step::TodayValue => view! { <TodayValue bench /> }.into_any(),
    };
    view! {
        <PhonePage title under=words.title back="/" fixed=true>
            <div class="form" data-testid="exchange" data-step=move || bench.step.get().name()>
                <Place facts />
                {note.map(|note| view! { <Notice tone=Tone::Info test_id="form-note">{note}</Notice> })}
                <StepLine bench />
                {body}
                <div class="chips" hidden=move || bench.photos.hidden.get()>
                    <PhotoChips desk=bench.photos />
                </div>
                <Photos desk=bench.photos />
                {move || {
                    let text = bench.trouble.get()?;
                    Some(view! { <Notice tone=Tone::Bad alert=true test_id="form-error">{text}</Notice> })
                }}
            </div>
            <Foot bench />
        </PhonePage>
    }
}

/// Which step of how many, and what the ones before said.
#[component]
fn StepLine(bench: Bench) -> impl IntoView {
    let words = use_wording().exchange();
    let line = move || {
        let step = bench.step.get();
        let name = match step {
            Step::LastValue => words.old_meter,
            Step::NewMeter => words.new_meter,
            Step::FirstValue => words.first_value,
            Step::TodayValue => words.today_value,
        };
        (words.step)(step.number(), bench.steps(), name)
    };
    view! {
        <h2 class="form__step" aria-live="polite">{line}</h2>
        {move || {
            bench.said().into_iter().map(|text| view! { <p class="soft small">{text}</p> }).collect_view()
        }}
    }
}
