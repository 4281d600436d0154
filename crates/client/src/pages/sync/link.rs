//! How good the link was, as measured by what travelled anyway.

use leptos::prelude::*;

use crate::adapters::surroundings;
use crate::runtime::use_runtime;
use crate::wording::{locale, use_wording};

/// The card.
#[component]
pub(super) fn Link() -> impl IntoView {
    let wording = use_wording();
    let words = wording.past();
    let status = use_runtime().status();
    let link = Memo::new(move |_| status.read().link);
    let facts = move || {
        let link = link.get();
        let measured = [
            (words.round_trip, link.round_trip_ms.map(words.milliseconds)),
            (
                words.upload,
                link.upload_bytes_per_s
                    .map(|speed| (words.per_second)(&locale::bytes(speed as f64))),
            ),
            (
                words.check_window,
                link.measured_at.map(|_| {
                    (words.seconds)(&locale::seconds(i64::try_from(link.check_window_ms).unwrap_or(0)))
                }),
            ),
            (words.kind, surroundings::network_kind()),
        ];
        let facts = measured.into_iter().filter_map(|(word, value)| {
            let value = value?;
            Some(view! { <dt>{word}</dt> <dd class="number">{value}</dd> })
        });
        facts.collect_view()
    };
    let when = move || match link.get().measured_at {
        Some(at) => (words.measured)(&locale::day_time_of(at)),
        None => words.link_unknown.to_owned(),
    };
    view! {
        <section class="card stack" data-testid="link">
            <div class="line line--spread">
                <h2>{words.link}</h2>
                <span class="soft small">{when}</span>
            </div>
            <dl class="facts">{facts}</dl>
        </section>
    }
}
