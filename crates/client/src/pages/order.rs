//! The walking order of a property, changed where it is walked: a unit is picked and moved, by taps or by keys.

mod desk;
mod foot;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::components::empty::Empty;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, Tone};
use crate::components::phone_page::PhonePage;
use crate::components::virtual_list::VirtualList;
use crate::runtime::use_runtime;
use crate::wording::use_wording;
use desk::{Desk, OrderUnit};
use foot::Foot;

/// Height of a unit, in rem.
const ROW_REM: f64 = 3.5;

/// `/order/:property`.
#[component]
pub(crate) fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let round = use_runtime().round();
    let is_here = Memo::new(move |_| !round.read().rows.is_empty());
    move || {
        let code = params.read().get("property").unwrap_or_default();
        is_here.get().then(|| view! { <Opened code /> })
    }
}

#[component]
fn Opened(code: String) -> impl IntoView {
    let words = use_wording().walk();
    let list = use_runtime().list();
    let name = list.with_untracked(|list| list.property(&code).map(|it| it.name.clone()));
    let desk = Desk::open(&code);
    let steps = move |event: leptos::ev::KeyboardEvent| desk.key(&event);
    view! {
        <PhonePage title=words.order under=name.unwrap_or_default() back="/" fixed=true>
            {move || desk.units.read().is_empty().then(|| view! { <NoUnits /> })}
            <div class="order" on:keydown=steps data-testid="order">
                <Units desk />
            </div>
            {move || {
                desk.trouble.get().then(|| view! { <Notice tone=Tone::Bad alert=true test_id="order-trouble">{words.not_kept}</Notice> })
            }}
            <Foot desk />
        </PhonePage>
    }
}

#[component]
fn NoUnits() -> impl IntoView {
    let words = &use_wording().round;
    view! { <Empty glyph=Glyph::Order title=words.no_match_title hint="" /> }
}

#[component]
fn Units(desk: Desk) -> impl IntoView {
    let label = use_wording().round.list;
    let count = Signal::derive(move || desk.units.read().len());
    let key_of = move |index: usize| {
        let units = desk.units.read();
        units.get(index).map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let row = move |index: usize| match desk.units.read_untracked().get(index) {
        Some(unit) => view! { <Unit desk index unit=unit.clone() /> }.into_any(),
        None => ().into_any(),
    };
    view! { <VirtualList label count row_rem=ROW_REM key_of row followed=desk.picked /> }
}

#[component]
fn Unit(desk: Desk, index: usize, unit: OrderUnit) -> impl IntoView {
    let wording = use_wording();
    let name = unit.name.clone();
    let tenant = unit.tenant.unwrap_or_else(|| wording.common.vacant.to_owned());
    view! {
        <button
            class="row row--order"
            type="button"
            aria-pressed=move || (desk.picked.get() == Some(index)).to_string()
            data-testid="order-unit"
            data-unit=name
            on:click=move |_| desk.tap(index)
        >
            <span class="row__place number soft">{index + 1}</span>
            <span class="row__name">
                <span class="row__unit">{unit.name}</span>
                <span class="one-line">{tenant}</span>
            </span>
            <span class="row__state soft"><Icon glyph=Glyph::Order small=true /></span>
        </button>
    }
}
