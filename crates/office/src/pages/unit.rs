//! A unit: what is read there and who holds it, past meters and tenants too; and the forms that edit all of it.

mod edit_forms;
mod meter_forms;
mod points;
mod send;
mod store;
mod tenancies;
mod value_check;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::wire::portfolio::UnitDetail;
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

use crate::components::form_panel::{FormPanel, FormPlace};
use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::components::trouble::OfficeTrouble;
use crate::filter_address::address_of;
use crate::session::use_session;
use crate::wording::use_wording;
use points::Points;
use store::Store;
use tenancies::Tenancies;

/// The page.
#[component]
pub(crate) fn UnitPage() -> impl IntoView {
    let params = use_params_map();
    let address = use_query_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let store = Store::begin(id);
    let forms = FormPlace::new(move || store.load());
    // What was edited is drawn anew, and the button with it.
    Effect::new(move || {
        store.unit.track();
        request_animation_frame(move || forms.return_focus());
    });
    // Whoever comes from a list of what is missing has come to enter a reading.
    let asked = Memo::new(move |_| {
        let address = address.read();
        address.get("read").map(|point| (point, address.get("period")))
    });
    store.open_when_there(asked, forms);
    let unit = move || store.unit.get().map(|unit| view! { <Body unit forms asked /> });
    view! {
        <OfficeFrame>
            {move || store.unit.get().map(|unit| view! { <Head unit asked /> })}
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load() />
            <OutcomePlace outcome=forms.outcome test_id="unit-outcome" />
            <main class="desk desk--last" class:desk--open=move || forms.open.read().is_some()>
                <div class="office__scroll unit-page">{unit}</div>
                <FormPanel place=forms />
            </main>
        </OfficeFrame>
    }
}

type Asked = Memo<Option<(String, Option<String>)>>;

#[component]
fn Head(unit: UnitDetail, asked: Asked) -> impl IntoView {
    let words = use_wording().portfolio();
    let code = unit.property.code.clone();
    // Back to where the visitor came from.
    let back = move || {
        let property = ("property", code.clone());
        match asked.get() {
            Some((_, Some(period))) => {
                address_of("/office/missing", [property, ("period", period)].into_iter())
            }
            _ => address_of("/office/portfolio", std::iter::once(property)),
        }
    };
    let name = unit_name(&unit.building, &unit.unit_no, "");
    view! {
        <header class="office__bar">
            <a class="button button--row" href=back data-testid="unit-back">
                <Icon glyph=Glyph::Back small=true />
                {unit.property.code.clone()}
            </a>
            <h1 data-testid="unit-name">{name}</h1>
            <span class="soft">{unit.unit_type}</span>
            <span class="soft">{(words.in_property)(&unit.property.name)}</span>
        </header>
    }
}

#[component]
fn Body(unit: UnitDetail, forms: FormPlace, asked: Asked) -> impl IntoView {
    let unit = StoredValue::new(unit);
    view! {
        <Facts unit forms />
        <Points unit forms asked />
        <Tenancies unit forms />
    }
}

#[component]
fn Facts(unit: StoredValue<UnitDetail>, forms: FormPlace) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let is_admin = use_session().is_admin();
    let known = unit.get_value();
    let place = match known.walk_seq {
        Some(walked) => (words.walked_at)(known.route_seq, walked),
        None => known.route_seq.to_string(),
    };
    let line = |word: &'static str, text: &str, id: &'static str| {
        let text = if text.is_empty() {
            "—".to_owned()
        } else {
            text.to_owned()
        };
        view! { <dt>{word}</dt> <dd data-testid=id>{text}</dd> }
    };
    let edit = is_admin.then(|| {
        view! {
            <button class="button button--row" type="button" data-testid="edit-unit"
                on:click=move |_| forms.show(edit_forms::unit(&unit.get_value(), wording))>
                <Icon glyph=Glyph::Edit small=true />
                {wording.common.edit}
            </button>
        }
    });
    view! {
        <section class="card stack">
            <div class="line line--spread">
                <h2>{words.unit}</h2>
                {edit}
            </div>
            <dl class="facts facts--start">
                {line(words.unit_type, &known.unit_type, "unit-type")}
                {line(words.place, &place, "unit-place")}
                {line(words.access_note, &known.access_note, "unit-note")}
                {line(words.hazard, &known.hazard, "unit-hazard")}
            </dl>
        </section>
    }
}
