//! When and in which order readings are sent.

use leptos::prelude::*;
use shared::sync::event::{CheckWindow, Network, SendOrder};

use super::choices::{Choice, Choices};
use super::{Switch, change};
use crate::adapters::network;
use crate::runtime::use_runtime;
use crate::view_state::Settings;
use crate::wording::use_wording;

/// The card.
#[component]
pub(super) fn SendingCard() -> impl IntoView {
    let wording = use_wording();
    let words = wording.preferences();
    view! {
        <section class="card settings">
            <Switch
                word=wording.me.automatic
                hint=wording.me.automatic_hint
                test_id="automatic-sync"
                is_on=|it| it.automatic_sync
                set=|it, on| it.automatic_sync = on
            />
            <Order />
            <Choices
                title=words.window
                options=vec![
                    Choice::new(CheckWindow::Adaptive, words.window_adaptive, "window-adaptive"),
                    Choice::new(CheckWindow::Fixed, words.window_fixed, "window-fixed"),
                ]
                now=|it| it.check_window
                set=|it, window| it.check_window = window
            />
            <Quiet />
            <PhotosOnWifi />
        </section>
    }
}

/// Says what happens where the browser does not tell which network it uses.
#[component]
fn PhotosOnWifi() -> impl IntoView {
    let words = use_wording().photos();
    let hint = match network::now() {
        Network::Unknown => words.wifi_untold,
        Network::Wifi | Network::Cellular => words.wifi_hint,
    };
    view! {
        <Switch
            word=words.wifi_only
            hint
            test_id="photos-on-wifi-only"
            is_on=|it| it.photos_on_wifi_only
            set=|it, on| it.photos_on_wifi_only = on
        />
    }
}

#[component]
fn Order() -> impl IntoView {
    let words = use_wording().preferences();
    let settings = use_runtime().settings();
    let hint = move || {
        (settings.read().send_order == SendOrder::HereFirst)
            .then(|| view! { <p class="soft small setting__hint">{words.order_hint}</p> })
    };
    view! {
        <div>
            <Choices
                title=words.order
                options=vec![
                    Choice::new(SendOrder::OldestFirst, words.order_oldest, "order-oldest"),
                    Choice::new(SendOrder::HereFirst, words.order_here, "order-here"),
                ]
                now=|it| it.send_order
                set=|it, order| it.send_order = order
            />
            {hint}
        </div>
    }
}

#[component]
fn Quiet() -> impl IntoView {
    let words = use_wording().preferences();
    let settings = use_runtime().settings();
    let is_on = Memo::new(move |_| settings.read().quiet.on);
    let times = move || {
        is_on.get().then(|| {
            view! {
                <div class="times">
                    <TimeField word=words.quiet_from test_id="quiet-from" now=|it| it.quiet.from_min
                        set=|it, minute| it.quiet.from_min = minute />
                    <TimeField word=words.quiet_until test_id="quiet-until" now=|it| it.quiet.until_min
                        set=|it, minute| it.quiet.until_min = minute />
                </div>
            }
        })
    };
    view! {
        <div>
            <Switch
                word=words.quiet
                hint=words.quiet_hint
                test_id="quiet-hours"
                is_on=|it| it.quiet.on
                set=|it, on| it.quiet.on = on
            />
            {times}
        </div>
    }
}

/// A time of the day, in minutes since midnight.
#[component]
fn TimeField(
    word: &'static str,
    test_id: &'static str,
    now: fn(&Settings) -> u16,
    set: fn(&mut Settings, u16),
) -> impl IntoView {
    let runtime = use_runtime();
    let settings = runtime.settings();
    view! {
        <label class="field">
            <span class="field__label">{word}</span>
            <input
                class="input"
                type="time"
                required
                data-testid=test_id
                prop:value=move || time_text(now(&settings.read()))
                on:change:target=move |event| {
                    // An emptied field keeps the time that was set.
                    if let Some(minute) = minute_of(&event.target().value()) {
                        change(runtime, |it| set(it, minute));
                    }
                }
            />
        </label>
    }
}

fn time_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let minute = minute.get(..2)?.parse::<u16>().ok().filter(|it| *it < 60)?;
    let hour = hour.parse::<u16>().ok().filter(|it| *it < 24)?;
    Some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_time_is_read_as_it_was_written() {
        for minute in [0, 59, 22 * 60, 23 * 60 + 59] {
            assert_eq!(minute_of(&time_text(minute)), Some(minute));
        }
        assert_eq!(minute_of("06:30:00"), Some(390));
    }

    #[test]
    fn an_emptied_field_is_no_time() {
        assert_eq!(minute_of(""), None);
        assert_eq!(minute_of("24:00"), None);
    }
}
