//! One period of one property.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::period::Period;
use ui::components::icon::{Glyph, Icon};

use super::act::{CloseForm, ReopenForm};
use super::delivery::{Delivery, can_send};
use super::in_the_way::{InTheWay, way_out};
use super::late::Late;
use super::list::{is_on_link, state_tag};
use super::one_store::{Act, OneStore};
use super::steps::Steps;
use super::values::Values;
use super::window::window_words;
use super::{address, address_in};
use crate::adapters::periods::handover_address;
use crate::components::months::Months;
use crate::components::outcome::OutcomePlace;
use crate::components::trouble::OfficeTrouble;
use crate::filter_address::goes_to;
use crate::session::use_session;
use crate::waiting::is_typing;
use crate::wording::{locale, use_wording};

/// The page.
#[component]
pub(super) fn One(property: Memo<Option<String>>, period: Memo<Option<String>>) -> impl IntoView {
    let words = use_wording().periods();
    let store = OneStore::begin(property, period);
    listen(store);
    let go = goes_to();
    let to_month = move |to: Period| go(&address_in(property.get_untracked().as_deref(), to));
    let month = Signal::derive(move || period.get().unwrap_or_default());
    let asking = move || {
        store.asking.get().and_then(|act| match act {
            Act::Close => Some(view! { <CloseForm store /> }.into_any()),
            Act::Reopen => Some(view! { <ReopenForm store /> }.into_any()),
            Act::Send => None,
        })
    };
    view! {
        <header class="office__bar">
            <a href=move || address(None, &month.get()) data-testid="all-properties">{words.all}</a>
            <Title store />
        </header>
        <div class="filters" data-testid="filters">
            <Months period=month on_go=to_month test_id="period-month" />
            <Acts store />
        </div>
        <div>
            <OutcomePlace outcome=store.outcome test_id="period-outcome" />
            {asking}
        </div>
        <main class="office__scroll period">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load() />
            <div class="period__parts" hidden=move || !store.known.get()>
                <Counts store />
                <Delivery store />
                <InTheWay store />
                <Late store />
                <Steps store />
                <Values store />
                <Keys />
            </div>
        </main>
    }
}

/// What it is, also on paper.
#[component]
fn Title(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let title = move || {
        let summary = store.detail.read().summary.clone();
        format!("{} · {}", summary.property, summary.name)
    };
    let billed = move || {
        let detail = store.detail.read();
        let months = [&detail.summary.period, &detail.billing_period].map(|it| locale::month(it));
        format!("{}, {}", months[0], (words.billed_in)(&months[1]))
    };
    let window = move || {
        let words = window_words(&store.detail.read().summary, wording)?;
        Some(format!(" · {words}"))
    };
    view! {
        <div class="period__title" hidden=move || !store.known.get()>
            <p class="on-paper">{words.report}</p>
            <h1 data-testid="period-title">{title}</h1>
            <p class="small soft" data-testid="period-when">{billed} <span class="not-on-paper">{window}</span></p>
        </div>
        <span hidden=move || !store.known.get()>{move || state_tag(&store.detail.read().summary, wording)}</span>
    }
}

/// Close, reopen, hand over, print.
#[component]
fn Acts(store: OneStore) -> impl IntoView {
    let words = use_wording().periods();
    let session = use_session();
    let closed = move || store.is_closed();
    let file = move |ending: &'static str| {
        let summary = &store.detail.read().summary;
        handover_address(&summary.property, &summary.period, ending)
    };
    view! {
        <div class="line line--wrap period__acts" hidden=move || !store.known.get()>
            <button
                class="button button--main"
                type="button"
                hidden=closed
                disabled=move || !store.detail.read().summary.can_close
                data-testid="close"
                on:click=move |_| store.ask(Act::Close)
            >
                {words.close}
                " "
                <kbd>"c"</kbd>
            </button>
            <span class="line" role="group" aria-label=words.handover hidden=move || !closed()>
                <a class="button button--main" href=move || file("xlsx") download="" data-testid="handover-xlsx">
                    <Icon glyph=Glyph::Download small=true />
                    {words.workbook}
                    " "
                    <kbd>"x"</kbd>
                </a>
                <a class="button" href=move || file("csv") download="" data-testid="handover-csv">"CSV"</a>
                <a class="button" href=move || file("json") download="" data-testid="handover-json">"JSON"</a>
            </span>
            <button class="button" type="button" data-testid="print" on:click=move |_| print()>
                <Icon glyph=Glyph::Print small=true />
                {words.print}
            </button>
            <button
                class="button"
                type="button"
                hidden=move || !closed() || !session.is_admin()
                data-testid="reopen"
                on:click=move |_| store.ask(Act::Reopen)
            >
                {words.reopen}
            </button>
        </div>
    }
}

/// How many of what.
#[component]
fn Counts(store: OneStore) -> impl IntoView {
    let words = use_wording().periods();
    let count = move |word: &'static str, of: fn(&shared::wire::periods::PeriodCounts) -> u64| {
        let number = move || locale::whole(of(&store.detail.read().summary.counts));
        view! {
            <div class="period__count">
                <dt class="small soft">{word}</dt>
                <dd class="number">{number}</dd>
            </div>
        }
    };
    view! {
        <dl class="period__counts" data-testid="period-counts">
            {count(words.points, |it| it.points)}
            {count(words.read, |it| it.read)}
            {count(words.estimated, |it| it.estimated)}
            {count(words.skipped, |it| it.skipped)}
            {count(words.missing, |it| it.missing)}
        </dl>
    }
}

#[component]
fn Keys() -> impl IntoView {
    let words = use_wording().periods();
    let session = use_session();
    let more = move || session.is_admin().then(|| format!(" · {}", words.admin_keys));
    view! { <p class="small soft not-on-paper">{words.keys} {more}</p> }
}

fn listen(store: OneStore) {
    let navigate = use_navigate();
    let session = use_session();
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        let go = |address: &str| navigate(address, Default::default());
        match event.key().as_str() {
            "j" | "ArrowDown" => store.step(1),
            "k" | "ArrowUp" => store.step(-1),
            "Enter" if !is_on_link() => {
                let cursor = store.cursor.get_untracked();
                let way = store.detail.with_untracked(|it| {
                    let group = it.in_the_way.get(cursor)?;
                    Some(way_out(&group.kind, &it.summary))
                });
                if let Some(way) = way {
                    go(&way);
                }
            }
            "c" => store.ask(Act::Close),
            "o" if untrack(move || session.is_admin()) => store.ask(Act::Reopen),
            "x" if untrack(move || store.is_closed()) => download(store),
            "s" if store.detail.with_untracked(can_send) => store.send(Act::Send),
            "p" => print(),
            "Escape" => {
                let period = store.detail.with_untracked(|it| it.summary.period.clone());
                go(&address(None, &period));
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}

/// The answer is a file: the page stays.
fn download(store: OneStore) {
    let address = store
        .detail
        .with_untracked(|it| handover_address(&it.summary.property, &it.summary.period, "xlsx"));
    // A browser that refuses leaves the page as it is.
    let _ = window().location().assign(&address);
}

fn print() {
    // A browser that can't print says so itself.
    let _ = window().print();
}
