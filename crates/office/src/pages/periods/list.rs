//! How a month stands at each property.

use leptos::html::Tr;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::period::Period;
use shared::wire::periods::PeriodSummary;
use ui::components::empty::Empty;
use ui::components::icon::{Glyph, Icon};

use super::limits::LimitsOf;
use super::list_store::ListStore;
use super::window::window_cell;
use super::{address, address_in};
use crate::components::months::Months;
use crate::components::outcome::OutcomePlace;
use crate::components::trouble::OfficeTrouble;
use crate::filter_address::goes_to;
use crate::waiting::is_typing;
use crate::wording::{Wording, locale, use_wording};

/// The table, and the month above it.
#[component]
pub(super) fn List(period: Memo<Option<String>>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let store = ListStore::begin(period);
    let go = goes_to();
    let to_month = Callback::new(move |period: Period| go(&address_in(None, period)));
    listen(store, to_month);
    let month = Signal::derive(move || store.page.read().period.clone());
    view! {
        <header class="office__bar">
            <h1>{words.title}</h1>
        </header>
        <div class="filters" role="search" data-testid="filters">
            <Months period=month on_go=to_month test_id="periods-month" />
            <LimitsOf store />
        </div>
        <div>
            <OutcomePlace outcome=store.outcome test_id="periods-outcome" />
        </div>
        <main class="desk">
            <div class="table-place">
                <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load(None) />
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{wording.readings.property}</th>
                            <th scope="col">{words.state}</th>
                            <th scope="col">{words.window}</th>
                            <th scope="col" class="table__number">{words.points}</th>
                            <th scope="col" class="table__number">{words.read}</th>
                            <th scope="col" class="table__number">{words.estimated}</th>
                            <th scope="col" class="table__number">{words.skipped}</th>
                            <th scope="col" class="table__number">{words.missing}</th>
                            <th scope="col">{words.waiting}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || store.rows.get() key children=move |row| view! { <Row row store /> } />
                    </tbody>
                </table>
                <Foot store />
            </div>
        </main>
    }
}

/// A row that says something else is drawn again.
fn key(row: &PeriodSummary) -> String {
    serde_json::to_string(row).unwrap_or_default()
}

fn listen(store: ListStore, to_month: Callback<Period>) {
    let navigate = use_navigate();
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        let month = || store.page.with_untracked(|it| it.period.clone());
        let step = |to: fn(Period) -> Period| {
            if let Some(period) = Period::parse(&month()) {
                to_month.run(to(period));
            }
        };
        match event.key().as_str() {
            "j" | "ArrowDown" => store.step(1),
            "k" | "ArrowUp" => store.step(-1),
            "h" => step(Period::previous),
            "l" => step(Period::next),
            "Enter" if !is_on_link() => {
                if let Some(property) = store.cursor.get_untracked() {
                    navigate(&address(Some(&property), &month()), Default::default());
                }
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}

/// Whoever walked to a link or button by Tab means that.
pub(super) fn is_on_link() -> bool {
    let name = document().active_element().map(|it| it.tag_name());
    matches!(name.as_deref(), Some("A" | "BUTTON"))
}

#[component]
fn Row(row: PeriodSummary, store: ListStore) -> impl IntoView {
    let wording = use_wording();
    let place = NodeRef::<Tr>::new();
    let own = row.property.clone();
    let selected = Memo::new(move |_| store.cursor.read().as_ref() == Some(&own));
    Effect::new(move || {
        if let (true, Some(place)) = (selected.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let code = row.property.clone();
    let look = move |_| store.cursor.set(Some(code.clone()));
    let counts = row.counts;
    let number = |count: u64| view! { <td class="number table__number">{locale::whole(count)}</td> };
    view! {
        <tr
            node_ref=place
            aria-selected=move || selected.get().to_string()
            data-testid="period-row"
            data-property=row.property.clone()
            data-state=row.state.clone()
            on:click=look
        >
            <td class="table__clip">
                <a class="strong" href=address(Some(&row.property), &row.period)>{row.property.clone()}</a>
                " "
                <span class="soft">{row.name.clone()}</span>
            </td>
            <td>{state_tag(&row, wording)}</td>
            <td>{window_cell(&row, wording)}</td>
            {number(counts.points)}
            {number(counts.read)}
            {number(counts.estimated)}
            {number(counts.skipped)}
            {number(counts.missing)}
            <td class="table__wrap">{waiting(&row, wording)}</td>
        </tr>
    }
}

/// Open, closed, or ready.
pub(super) fn state_tag(row: &PeriodSummary, wording: &Wording) -> impl IntoView + use<> {
    let words = wording.periods();
    let (class, glyph, word) = match (row.state.as_str(), row.can_close) {
        ("closed", _) => ("tag tag--ok", Glyph::Storage, words.closed),
        (_, true) => ("tag tag--info", Glyph::Check, words.ready),
        _ => ("tag", Glyph::Circle, words.open),
    };
    view! {
        <span class=class data-testid="period-state">
            <Icon glyph small=true />
            {word}
        </span>
    }
}

/// What waits for somebody beside what is missing: `2 conflicts, 1 held`.
fn waiting(row: &PeriodSummary, wording: &Wording) -> impl IntoView + use<> {
    let counts = row.counts;
    let of = |kind: &str, count: u64| {
        (count > 0).then(|| {
            let word = ui::wording::named(wording.periods().short_kinds, kind);
            format!("{word} {}", locale::whole(count))
        })
    };
    let parts = [
        of("conflict", counts.conflict),
        of("held", counts.held),
        of("flagged", counts.flagged),
        of("skip", counts.skips_open),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! { <span>{text}</span> }
}

#[component]
fn Foot(store: ListStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let empty =
        move || store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
    let nothing = move || {
        empty().then(|| view! { <Empty glyph=Glyph::Round title=words.nothing hint=words.nothing_hint /> })
    };
    let more = move || {
        store.page.read().next.is_some().then(|| {
            view! {
                <button class="button" type="button" data-testid="periods-more" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    view! {
        {nothing}
        <div class="pad line line--wrap">
            {more}
            <p class="small soft">{words.list_keys}</p>
        </div>
    }
}
