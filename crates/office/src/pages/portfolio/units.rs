//! The table of units, and the property that they are in.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::portfolio::{PortfolioEdit, PortfolioProperty, PortfolioThing, PortfolioUnit};
use ui::components::empty::Empty;
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

use super::properties::More;
use super::store::{Query, Store};
use crate::adapters::imports::Told;
use crate::adapters::portfolio;
use crate::components::form_field::{Field, FieldKind};
use crate::components::form_panel::{Form, FormPlace, FormSpec, Sending};
use crate::session::use_session;
use crate::wording::{Wording, use_wording};

/// The property that is looked at, with the way back.
#[component]
pub(super) fn PropertyHead(query: Memo<Query>, store: Store, forms: FormPlace) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let session = use_session();
    let edit = move |property: PortfolioProperty| {
        session.is_admin().then(|| {
            view! {
                <button class="button button--row" type="button" data-testid="edit-property"
                    on:click=move |_| forms.show(property_form(&property, wording))>
                    <Icon glyph=Glyph::Edit small=true />
                    {wording.common.edit}
                </button>
            }
        })
    };
    let property = move || {
        store.property.get().map(|it| {
            view! {
                <span class="strong" data-testid="property-name">{format!("{} · {}", it.code, it.name)}</span>
                <span class="soft">{format!("{} · {}", words.kind_of(&it.kind), it.time_zone)}</span>
                {edit(it)}
            }
        })
    };
    move || {
        query.read().lists_units().then(|| {
            view! {
                <div class="filters portfolio__head">
                    <a class="button button--row" href="/office/portfolio">
                        <Icon glyph=Glyph::Back small=true />
                        {words.all_properties}
                    </a>
                    {property}
                </div>
            }
        })
    }
}

/// A unit a row, in walking order.
#[component]
pub(super) fn Units(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let nothing = move || {
        let is_empty = store.units.read().is_empty()
            && store.properties.read().is_empty()
            && !store.loading.get()
            && store.trouble.read().is_none();
        is_empty.then(|| view! { <Empty glyph=Glyph::Search title=words.no_unit hint=words.no_unit_hint /> })
    };
    view! {
        <table class="table table--plain">
            <thead>
                <tr>
                    <th scope="col">{words.property}</th>
                    <th scope="col">{wording.readings.unit}</th>
                    <th scope="col">{wording.readings.tenant}</th>
                    <th scope="col">{words.meters}</th>
                    <th scope="col" class="table__number">{words.place}</th>
                    <th scope="col">{words.access_note}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || store.units.get() key=|it| (it.id.clone(), it.tenant.clone(), it.place) children=move |row| view! { <Row row /> } />
            </tbody>
        </table>
        {nothing}
        <More store />
    }
}

#[component]
fn Row(row: Arc<PortfolioUnit>) -> impl IntoView {
    let wording = use_wording();
    let meters = row.meters.iter().map(|it| {
        let name = if it.point.is_empty() {
            it.serial.clone()
        } else {
            format!("{} {}", it.point, it.serial)
        };
        view! {
            <span class="portfolio__meter" title=wording.utility(&it.utility)>
                <Icon glyph=Glyph::of_utility(&it.utility) small=true />
                <span class="unseen">{wording.utility(&it.utility)}</span>
                {name}
            </span>
        }
    });
    let tenant = if row.tenant.is_empty() {
        wording.common.vacant.to_owned()
    } else {
        row.tenant.clone()
    };
    view! {
        <tr data-testid="unit-row" data-unit=row.id.clone() data-no=row.unit_no.clone()>
            <td class="soft">{row.property_code.clone()}</td>
            <td class="strong"><a href=format!("/office/portfolio/units/{}", row.id)>{unit_name(&row.building, &row.unit_no, "")}</a></td>
            <td class="table__clip">{tenant}</td>
            <td>{meters.collect_view()}</td>
            <td class="number table__number">{row.place}</td>
            <td class="table__clip" title=row.access_note.clone()>{row.access_note.clone()}</td>
        </tr>
    }
}

fn property_form(property: &PortfolioProperty, wording: &'static Wording) -> FormSpec {
    let words = wording.portfolio();
    let kinds = ["residential", "commercial"]
        .map(|it| (it, words.kind_of(it)))
        .into();
    let code = property.code.clone();
    let send = move |form: &Form| -> Sending {
        let request = PortfolioEdit {
            thing: PortfolioThing::Property,
            name: code.clone(),
            new_in_unit: None,
            changes: form.changes(),
        };
        Box::pin(async move {
            let answer = portfolio::edit(&request).await?;
            Ok(match answer {
                Told::Done(()) => Told::Done((words.edited)(&request.name)),
                Told::Faulty(problem) => Told::Faulty(problem),
            })
        })
    };
    FormSpec {
        title: (words.edit_title)(&property.code),
        hint: words.code_hint.to_owned(),
        fields: vec![
            Field::new("name", words.name, FieldKind::Line(200), &property.name),
            Field::new("kind", words.kind, FieldKind::Choice(kinds), &property.kind),
            Field::new("timezone", words.zone, FieldKind::Line(64), &property.time_zone)
                .hinted(words.zone_hint),
        ],
        send_word: wording.common.save,
        send: Rc::new(send),
        below: None,
    }
}
