//! One of a few, each a chip.

use leptos::prelude::*;

/// One way to choose.
#[derive(Clone)]
pub struct Choice<T> {
    value: T,
    chip: Chip,
}

/// A choice as it is shown, and the name by which tests find it.
#[derive(Clone)]
struct Chip {
    word: String,
    id: String,
}

impl<T> Choice<T> {
    /// The word as it is shown, and the name by which tests find it.
    pub fn new(value: T, word: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            value,
            chip: Chip {
                word: word.into(),
                id: id.into(),
            },
        }
    }
}

/// One of a few.
#[component]
pub fn Choices<T>(
    /// What is chosen.
    title: &'static str,
    /// In their order.
    options: Vec<Choice<T>>,
    /// The present one.
    #[prop(into)]
    now: Signal<T>,
    /// Hears of another one.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (values, chips): (Vec<T>, Vec<Chip>) = options.into_iter().map(|it| (it.value, it.chip)).unzip();
    let compared = values.clone();
    let chosen = Signal::derive(move || compared.iter().position(|it| *it == *now.read()));
    let on_tap = Callback::new(move |place: usize| {
        if let Some(value) = values.get(place) {
            on_choose.run(value.clone());
        }
    });
    view! { <Chips title chips chosen on_tap /> }
}

/// Knows places and no values, so that it is built once for all of them.
#[component]
fn Chips(
    title: &'static str,
    chips: Vec<Chip>,
    chosen: Signal<Option<usize>>,
    on_tap: Callback<usize>,
) -> impl IntoView {
    let chips = chips.into_iter().enumerate().map(|(place, chip)| {
        view! {
            <button
                class="chip"
                type="button"
                role="radio"
                aria-checked=move || (chosen.get() == Some(place)).to_string()
                data-testid=chip.id
                on:click=move |_| on_tap.run(place)
            >
                {chip.word}
            </button>
        }
    });
    view! {
        <div class="setting">
            <span class="strong">{title}</span>
            <div class="chips" role="radiogroup" aria-label=title>
                {chips.collect_view()}
            </div>
        </div>
    }
}
