//! When a month is read, and how long after its end it still takes readings: said to everybody, set by an admin.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::period::{LATE_DAYS_MAX, LateDays};
use shared::reading_window::{WINDOW_DAYS_MAX, WINDOW_DAYS_MIN, WindowDays};

use super::list_store::ListStore;
use crate::adapters::periods;
use crate::session::use_session;
use crate::wording::periods::Periods;
use crate::wording::{locale, use_wording};

/// Beside the month.
#[component]
pub(super) fn LimitsOf(store: ListStore) -> impl IntoView {
    let words = use_wording().periods();
    let session = use_session();
    // Drawn once: what an admin is typing outlives what arrives.
    let days = Memo::new(move |_| {
        let page = store.page.read();
        (!page.period.is_empty()).then_some((page.reading_window_days, page.late_days))
    });
    move || {
        let (window, late) = days.get()?;
        let said = if session.is_admin() {
            view! { <LimitsForm store window late /> }.into_any()
        } else {
            let said = said(window, late, words);
            view! { <p class="small soft period__limits" data-testid="limits">{said}</p> }.into_any()
        };
        Some(said)
    }
}

fn said(window: u32, late: u32, words: &Periods) -> String {
    format!("{} {}", (words.window_days)(window), (words.late_days)(late))
}

/// One field, and the days that it can hold.
#[derive(Clone, Copy)]
struct Days {
    field: NodeRef<Input>,
    wrong: RwSignal<bool>,
    test_id: &'static str,
    least: u32,
    most: u32,
}

#[component]
fn LimitsForm(store: ListStore, window: u32, late: u32) -> impl IntoView {
    let words = use_wording().periods();
    let window_days = Days::new("window-days-field", WINDOW_DAYS_MIN, WINDOW_DAYS_MAX);
    let late_days = Days::new("late-days-field", 0, LATE_DAYS_MAX);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        // Both are read, so that each says what is wrong with it; the first that is wrong has the focus.
        let late = late_days.read(LateDays::parse);
        let window = window_days.read(WindowDays::parse);
        if let (Some(window), Some(late)) = (window, late) {
            set(store, window, late, words);
        }
    };
    let wrong = move || {
        let wrong = [window_days, late_days].into_iter().find(|it| it.wrong.get())?;
        Some((words.days_range)(
            &locale::whole(wrong.least),
            &locale::whole(wrong.most),
        ))
    };
    view! {
        <form class="limit period__limits" novalidate=true on:submit=save data-testid="limits-form">
            <label class="line small">
                {words.window_days_label} {window_days.input(window)} {words.window_days_unit}
            </label>
            <label class="line small">{words.late_days_label} {late_days.input(late)} {words.late_days_unit}</label>
            <button class="button button--row" type="submit" data-testid="limits-save">
                {use_wording().common.save}
            </button>
            <span id=WRONG class="small strong tone-bad" role="alert" data-testid=WRONG>
                {wrong}
            </span>
        </form>
    }
}

const WRONG: &str = "limits-wrong";

impl Days {
    fn new(test_id: &'static str, least: u32, most: u32) -> Self {
        Self {
            field: NodeRef::new(),
            wrong: RwSignal::new(false),
            test_id,
            least,
            most,
        }
    }

    /// What was typed; what can't be read gets the focus.
    fn read<T>(self, parse: fn(u32) -> Option<T>) -> Option<T> {
        let field = self.field.get_untracked()?;
        let days = field.value().trim().parse().ok().and_then(parse);
        self.wrong.set(days.is_none());
        if days.is_none() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
        }
        days
    }

    fn input(self, days: u32) -> impl IntoView {
        view! {
            <input
                node_ref=self.field
                class="input limit__hours number"
                type="number"
                inputmode="numeric"
                min=self.least.to_string()
                max=self.most.to_string()
                step="1"
                value=days.to_string()
                aria-invalid=move || self.wrong.get().to_string()
                aria-describedby=WRONG
                data-testid=self.test_id
            />
        }
    }
}

fn set(store: ListStore, window: WindowDays, late: LateDays, words: &'static Periods) {
    store.outcome.set(None);
    spawn_local(async move {
        let answer = periods::set_limits(late, window).await;
        let said = said(window.number(), late.number(), words);
        let told = answer.map(|()| (words.limits_saved)(&said));
        store.outcome.try_set(Some(told));
        store.load(None);
    });
}
