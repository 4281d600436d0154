//! No run under way: what is known, said in one line, why if something waits, and how the last run ended.

use leptos::prelude::*;
use shared::sync::status::{Outcome, Status, Summary};

use crate::components::icon::{Glyph, Icon};
use crate::components::notice::Tone;
use crate::components::waiting_reason::waiting_reason;
use crate::runtime::use_runtime;
use crate::wording::{Wording, locale, use_wording};

/// The verdict and the last run.
#[component]
pub(super) fn Resting() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let status = runtime.status();
    let verdict = move || {
        let (tone, text) = verdict_of(&status.read(), wording);
        let glyph = match tone {
            Tone::Ok => Glyph::Received,
            Tone::Warn if status.read().waiting > 0 => Glyph::Phone,
            Tone::Warn | Tone::Bad => Glyph::Alert,
            Tone::Plain | Tone::Info => Glyph::Check,
        };
        let look = (tone == Tone::Bad).then(|| {
            view! {
                <a class="button" href="/outbox" data-testid="look">
                    {wording.shelf.look}
                </a>
            }
        });
        view! {
            <div class=format!("verdict verdict--{}", tone.name()) data-testid="verdict" data-tone=tone.name()>
                <Icon glyph />
                <p class="verdict__text">{text}</p>
                {look}
            </div>
        }
    };
    let reason = move || waiting_reason(&status.read(), &runtime.settings().read(), wording);
    let last = move || {
        let status = status.read();
        let with_gaps = !status.missing.is_empty();
        status
            .last
            .clone()
            .map(|last| view! { <LastRun last with_gaps /> })
    };
    view! {
        {verdict}
        {move || reason().map(|reason| view! { <p class="soft" data-testid="why-waiting">{reason}</p> })}
        {last}
    }
}

/// "All N received. Safe to close" only when the totals agreed.
fn verdict_of(status: &Status, wording: &Wording) -> (Tone, String) {
    match (status.waiting, status.shelf, status.all_received) {
        (0, 0, _) if !status.missing.is_empty() => (Tone::Warn, wording.past().sent_but_gaps.to_owned()),
        // "Safe to close" is not said while photos are here.
        (0, 0, Some(total)) if status.photos > 0 => (Tone::Ok, (wording.photos().all_received)(total)),
        (0, 0, Some(total)) => (Tone::Ok, (wording.sync.all_received)(total)),
        (0, 0, None) => (Tone::Plain, wording.sync.nothing_waits.to_owned()),
        (0, shelf, _) => (Tone::Bad, (wording.shelf.title)(shelf)),
        (waiting, _, _) => (Tone::Warn, (wording.sync.waiting_title)(waiting)),
    }
}

#[component]
fn LastRun(
    last: Summary,
    /// The end check found running numbers that neither side has.
    with_gaps: bool,
) -> impl IntoView {
    let wording = use_wording();
    let outcome = match last.outcome {
        Outcome::Sent if with_gaps => wording.past().sent_but_gaps.to_owned(),
        _ => wording.outcome(&last),
    };
    view! {
        <section class="card stack">
            <div class="line line--spread">
                <h2>{wording.sync.last_run}</h2>
                <span class="soft small">{locale::day_time_of(last.ended_at)}</span>
            </div>
            <p class="run__counts number" data-testid="counts">
                {(wording.sync.counts)(last.synced, last.failed)}
            </p>
            <p data-testid="outcome">{outcome}</p>
        </section>
    }
}
