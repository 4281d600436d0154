//! How far billing has been told that the period is closed, or open again.

use leptos::prelude::*;
use shared::delivery::{DeliveryState, Told};
use shared::wire::periods::{HandoverDelivery, PeriodDetail};
use ui::wording::named;

use super::one_store::{Act, OneStore};
use crate::wording::{Wording, locale, use_wording};

/// What is said, and what somebody can do about it.
struct Said {
    tone: &'static str,
    sentence: String,
    why: String,
    button: Option<&'static str>,
}

/// Whether somebody can have it sent.
pub(super) fn can_send(detail: &PeriodDetail) -> bool {
    Seen::of(detail).is_some_and(|it| it.can_be_sent())
}

/// Nothing where nobody is told by a webhook.
#[component]
pub(super) fn Delivery(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let said = Memo::new(move |_| store.detail.with(Seen::of));
    let content = move || said.get().map(|seen| paragraph(&seen.said(wording), store));
    view! {
        <section class="period__part" hidden=move || said.read().is_none()>
            <h2>{wording.delivery().title}</h2>
            <div role="status" data-testid="delivery" data-state=move || said.read().as_ref().map(Seen::state)>
                {content}
            </div>
        </section>
    }
}

fn paragraph(said: &Said, store: OneStore) -> impl IntoView + use<> {
    let button = said.button.map(|word| {
        view! {
            <button
                class="button not-on-paper"
                type="button"
                disabled=move || store.busy.get()
                data-testid="delivery-send"
                on:click=move |_| store.send(Act::Send)
            >
                {word}
                " "
                <kbd>"s"</kbd>
            </button>
        }
    });
    view! {
        <div class="line line--wrap line--spread">
            <p>
                <span class=said.tone>{said.sentence.clone()}</span>
                " "
                <span class="soft">{said.why.clone()}</span>
            </p>
            {button}
        </div>
    }
}

/// What the page knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    NeverSent,
    Event(HandoverDelivery),
}

impl Seen {
    fn of(detail: &PeriodDetail) -> Option<Self> {
        let delivered = DeliveryState::Delivered.name();
        match &detail.delivery {
            // Without a webhook nothing that waits goes anywhere.
            Some(event) if detail.webhook || event.state == delivered => Some(Self::Event(event.clone())),
            None if detail.webhook && detail.summary.state == "closed" => Some(Self::NeverSent),
            _ => None,
        }
    }

    fn state(&self) -> String {
        match self {
            Self::NeverSent => "never_sent".to_owned(),
            Self::Event(event) => event.state.clone(),
        }
    }

    /// What has not been tried yet is tried right now.
    fn can_be_sent(&self) -> bool {
        match self {
            Self::NeverSent => true,
            Self::Event(event) => match DeliveryState::parse(&event.state) {
                Some(DeliveryState::GivenUp) => true,
                Some(DeliveryState::Waiting) => event.tries > 0,
                Some(DeliveryState::Delivered | DeliveryState::Superseded) | None => false,
            },
        }
    }

    fn said(&self, wording: &Wording) -> Said {
        let words = wording.delivery();
        let Self::Event(event) = self else {
            return plain("strong", words.never_sent, Some(words.send));
        };
        let reopened = event.kind == Told::Reopened.name();
        let of = |closing, reopening| if reopened { reopening } else { closing };
        let time = |at: &Option<String>| at.as_deref().map(locale::day_time_here).unwrap_or_default();
        match DeliveryState::parse(&event.state) {
            Some(DeliveryState::Delivered) => {
                let told = if reopened {
                    words.told_reopened
                } else {
                    words.handed_over
                };
                let sentence = told(&time(&event.delivered_at));
                plain("strong tone-ok", &sentence, None)
            }
            Some(DeliveryState::GivenUp) => Said {
                why: why(event, wording),
                ..plain(
                    "strong tone-bad",
                    of(words.given_up, words.reopening_given_up),
                    Some(words.send_again),
                )
            },
            _ if event.tries == 0 => plain("strong", of(words.waits, words.reopening_waits), None),
            _ => Said {
                why: format!(
                    "{} {}",
                    why(event, wording),
                    (words.tried)(event.tries, &time(&event.next_try_at))
                ),
                ..plain(
                    "strong tone-warn",
                    of(words.waits, words.reopening_waits),
                    Some(words.send_now),
                )
            },
        }
    }
}

fn plain(tone: &'static str, sentence: &str, button: Option<&'static str>) -> Said {
    Said {
        tone,
        sentence: sentence.to_owned(),
        why: String::new(),
        button,
    }
}

fn why(event: &HandoverDelivery, wording: &Wording) -> String {
    let words = wording.delivery();
    match (event.failure.as_deref(), event.status) {
        (Some(_), Some(status)) => (words.answered)(status),
        (Some(failure), None) => named(words.failures, failure),
        (None, _) => String::new(),
    }
}
