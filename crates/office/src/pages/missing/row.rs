//! One meter point: what is known of it, and what can be done.

use std::sync::Arc;

use leptos::html::Tr;
use leptos::prelude::*;
use shared::wire::missing::MissingRow;
use ui::components::icon::{Glyph, Icon};

use super::decide::{accept, unit_of, value_of};
use super::store::{Store, What};
use crate::filter_address::address_of;
use crate::wording::{Wording, locale, use_wording};

/// A row of the table.
#[component]
pub(super) fn Row(row: Arc<MissingRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let id = row.meter_point_id.clone();
    let place = NodeRef::<Tr>::new();
    let own = id.clone();
    let selected = Memo::new(move |_| store.cursor.read().as_ref() == Some(&own));
    Effect::new(move || {
        if let (true, Some(place)) = (selected.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let point = id.clone();
    let look = move |_| {
        if store.cursor.get_untracked().as_ref() != Some(&id) {
            store.asking.set(None);
            store.cursor.set(Some(id.clone()));
        }
    };
    let tenant = if row.tenant.is_empty() {
        wording.common.vacant.to_owned()
    } else {
        row.tenant.clone()
    };
    let last = row.last.as_ref().map(|it| {
        view! { <span class="soft">{it.period.clone()}</span> " " <span class="strong">{locale::decimal(&it.value)}</span> }
    });
    view! {
        <tr
            node_ref=place
            aria-selected=move || selected.get().to_string()
            data-testid="missing-row"
            data-point=point
            data-asked=row.reread_reason.is_some().to_string()
            on:click=look
        >
            <td class="table__clip">
                <span class="table__utility" title=wording.utility(&row.utility)>
                    <Icon glyph=Glyph::of_utility(&row.utility) small=true />
                </span>
                <span class="unseen">{wording.utility(&row.utility)}</span>
                " "
                <span class="strong">{unit_of(&row)}</span>
            </td>
            <td class="table__clip">{tenant}</td>
            <td class="number table__number">{last}</td>
            <td class="number table__number">{estimate(&row, What::Mean, store, wording)}</td>
            <td class="number table__number">{estimate(&row, What::LastYear, store, wording)}</td>
            <td class="table__clip missing__why">{accept_button(&row, store)} " " {why(&row, wording)}</td>
            <td>
                <span class="line">
                    {do_it(&row, What::Reading, wording.missing().ask_short.to_owned(), "row-ask", store)}
                    {enter(&row, store)}
                </span>
            </td>
        </tr>
    }
}

/// The value as the button that estimates it, or why there is none.
fn estimate(row: &MissingRow, what: What, store: Store, wording: &Wording) -> AnyView {
    match what.estimate(row).and_then(|it| it.code.as_deref()) {
        Some(code) => view! { <span class="soft">{wording.refusal(code)}</span> }.into_any(),
        None => do_it(row, what, value_of(row, what), "row-estimate", store).into_any(),
    }
}

fn do_it(
    row: &MissingRow,
    what: What,
    word: String,
    test_id: &'static str,
    store: Store,
) -> impl IntoView + use<> {
    let id = row.meter_point_id.clone();
    let act = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        store.cursor.set(Some(id.clone()));
        store.ask(what);
    };
    let closed = move || store.page.read().closed;
    let words = store.wording.missing();
    let said = match what {
        What::Mean => words.by_mean,
        What::LastYear => words.by_last_year,
        What::Reading => words.ask,
    };
    // The column's head is not near for who hears one button after the other.
    let label = format!("{word}: {said}, {}", unit_of(row));
    view! {
        <button aria-label=label class="button button--row number" type="button" data-testid=test_id disabled=closed on:click=act>
            {word}
        </button>
    }
}

/// Where the value is entered that came to the office by another way.
pub(super) fn entry_address(row: &MissingRow, period: &str) -> String {
    let query = [
        ("read", row.meter_point_id.clone()),
        ("period", period.to_owned()),
    ];
    address_of(
        &format!("/office/portfolio/units/{}", row.unit_id),
        query.into_iter(),
    )
}

fn enter(row: &MissingRow, store: Store) -> impl IntoView + use<> {
    let words = store.wording.missing();
    let label = format!("{}: {}", words.enter_short, unit_of(row));
    let row = row.clone();
    let address = move || entry_address(&row, &store.page.read().period);
    view! {
        <a class="button button--row" href=address aria-label=label title=words.enter data-testid="row-enter">
            {words.enter_short}
        </a>
    }
}

fn why(row: &MissingRow, wording: &Wording) -> impl IntoView + use<> {
    let words = wording.missing();
    let asked = row.reread_reason.as_deref().map(|reason| {
        let text = (words.asked)(reason);
        let title = text.clone();
        view! {
            <span class="tag tag--info" title=title data-testid="row-asked">
                <Icon glyph=Glyph::SentBack small=true />
                {text}
            </span>
        }
    });
    let skip = row.skip.as_ref().map(|skip| {
        let when = locale::day_time_there(&skip.at);
        let text = (words.skipped)(&wording.skip_reason(&skip.reason), &skip.by, &when);
        let title = format!("{text} {}", skip.remarks);
        view! { <span title=title>{text}</span> }
    });
    let accepted = row.skip.as_ref().and_then(|it| it.accepted_by.as_deref());
    let accepted = accepted.map(|by| {
        view! {
            <span class="tag tag--ok" data-testid="row-accepted">
                <Icon glyph=Glyph::Check small=true />
                {(words.accepted)(by)}
            </span>
        }
    });
    let nobody = (asked.is_none() && skip.is_none()).then_some(words.not_visited);
    view! {
        {asked}
        " "
        {accepted}
        " "
        {skip}
        <span class="soft">{nobody}</span>
    }
}

/// For a reason that nobody has accepted.
fn accept_button(row: &Arc<MissingRow>, store: Store) -> impl IntoView + use<> {
    let words = store.wording.missing();
    let open = row.skip.as_ref().is_some_and(|it| it.accepted_by.is_none());
    let row = Arc::clone(row);
    open.then(|| {
        let label = format!("{}: {}", words.accept, unit_of(&row));
        let act = move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            store.cursor.set(Some(row.meter_point_id.clone()));
            accept(store, Arc::clone(&row));
        };
        let closed = move || store.page.read().closed;
        view! {
            <button aria-label=label class="button button--row" type="button" data-testid="row-accept" disabled=closed on:click=act>
                {words.accept}
            </button>
        }
    })
}
