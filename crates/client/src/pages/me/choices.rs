//! One of a few, kept among the person's settings.

use leptos::prelude::*;
pub(super) use ui::components::choices::Choice;
use ui::components::choices::Choices as Chips;

use super::change;
use crate::runtime::use_runtime;
use crate::view_state::Settings;

/// One of a few, each a chip.
#[component]
pub(super) fn Choices<T>(
    title: &'static str,
    options: Vec<Choice<T>>,
    now: fn(&Settings) -> T,
    set: fn(&mut Settings, T),
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let runtime = use_runtime();
    let settings = runtime.settings();
    let now = Signal::derive(move || now(&settings.read()));
    let on_choose = move |value| change(runtime, |it| set(it, value));
    view! { <Chips title options now on_choose /> }
}
