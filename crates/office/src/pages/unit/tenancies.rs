//! Who holds and held a unit, and when it stood empty.

use leptos::prelude::*;
use shared::day;
use shared::vacancy::{Vacancy, vacancies};
use shared::wire::portfolio::{UnitDetail, UnitTenancy};
use ui::components::icon::{Glyph, Icon};

use super::edit_forms;
use crate::components::form_panel::FormPlace;
use crate::session::use_session;
use crate::wording::use_wording;

/// A line of the table.
enum Line {
    Tenancy(UnitTenancy),
    Vacancy(Vacancy),
}

/// Tenancies and the gaps between them, the latest first.
fn lines(tenancies: &[UnitTenancy]) -> Vec<Line> {
    let span = |it: &UnitTenancy| {
        let to = it.move_out.as_deref();
        Some((day::parse(&it.move_in)?, to.and_then(day::parse)))
    };
    let spans: Vec<_> = tenancies.iter().filter_map(span).collect();
    let gaps = vacancies(&spans)
        .into_iter()
        .map(|it| (day::text_of(it.from), Line::Vacancy(it)));
    let held = tenancies
        .iter()
        .map(|it| (it.move_in.clone(), Line::Tenancy(it.clone())));
    let mut lines: Vec<_> = gaps.chain(held).collect();
    lines.sort_by(|a, b| b.0.cmp(&a.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The table.
#[component]
pub(super) fn Tenancies(unit: StoredValue<UnitDetail>, forms: FormPlace) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let is_admin = use_session().is_admin();
    let add = is_admin.then(|| {
        view! {
            <button class="button button--row" type="button" data-testid="add-tenancy"
                on:click=move |_| forms.show(edit_forms::new_tenancy(&unit.get_value(), wording))>
                <Icon glyph=Glyph::Me small=true />
                {words.add_tenancy}
            </button>
        }
    });
    let rows = lines(&unit.get_value().tenancies).into_iter();
    let rows = rows.map(|line| match line {
        Line::Tenancy(tenancy) => view! { <TenancyRow tenancy forms is_admin /> }.into_any(),
        Line::Vacancy(gap) => vacancy_row(gap).into_any(),
    });
    view! {
        <section class="card stack">
            <div class="line line--spread">
                <h2>{words.tenancies}</h2>
                {add}
            </div>
            <table class="table table--plain card-table">
                <thead>
                    <tr>
                        <th scope="col">{words.tenant}</th>
                        <th scope="col">{words.code}</th>
                        <th scope="col">{words.from}</th>
                        <th scope="col">{words.to}</th>
                        <th scope="col"><span class="unseen">{wording.common.edit}</span></th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
fn TenancyRow(tenancy: UnitTenancy, forms: FormPlace, is_admin: bool) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let until = tenancy
        .move_out
        .clone()
        .unwrap_or_else(|| words.until_now.to_owned());
    let named = format!("{}: {}", wording.common.edit, tenancy.tenant_name);
    let own = tenancy.clone();
    let edit = is_admin.then(|| {
        view! {
            <button class="button button--quiet table__button" type="button" aria-label=named data-testid="edit-tenancy"
                on:click=move |_| forms.show(edit_forms::tenancy(&own, wording))>
                {wording.common.edit}
            </button>
        }
    });
    view! {
        <tr data-testid="tenancy-row" data-code=tenancy.tenant_code.clone()>
            <td class="strong">{tenancy.tenant_name.clone()}</td>
            <td class="soft">{tenancy.tenant_code.clone()}</td>
            <td class="number">{tenancy.move_in.clone()}</td>
            <td class="number">{until}</td>
            <td>{edit}</td>
        </tr>
    }
}

fn vacancy_row(gap: Vacancy) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let until = gap.to.map_or_else(|| words.until_now.to_owned(), day::text_of);
    view! {
        <tr data-testid="vacancy-row" class="soft">
            <td>{wording.common.vacant}</td>
            <td></td>
            <td class="number">{day::text_of(gap.from)}</td>
            <td class="number">{until}</td>
            <td></td>
        </tr>
    }
}
