//! A run under way: title, percentage, counters, and its steps as they happen.

use leptos::prelude::*;
use shared::sync::status::{Progress, Step};

use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::{Wording, use_wording};

/// The run's card.
#[component]
pub(super) fn Run() -> impl IntoView {
    let wording = use_wording();
    let status = use_runtime().status();
    let progress = Memo::new(move |_| status.read().progress.clone().unwrap_or_default());
    let title = move || {
        if progress.read().manual {
            wording.sync.manual_title
        } else {
            wording.sync.auto_title
        }
    };
    let percent = Memo::new(move |_| progress.read().percent());
    view! {
        <section class="card run" data-testid="run" data-step=move || step_name(progress.read().step)>
            <div class="line line--spread">
                <h2 class="run__title" data-testid="run-title">{title}</h2>
                <span class="run__percent number">{move || format!("{} %", percent.get())}</span>
            </div>
            <progress
                class="progress progress--big"
                max="100"
                value=move || percent.get().to_string()
                aria-label=title
                data-testid="progress"
                data-percent=move || percent.get().to_string()
            ></progress>
            <div class="line line--spread">
                <p class="run__counts number" data-testid="counts">
                    {move || progress.with(|it| (wording.sync.counts)(it.synced, it.failed))}
                </p>
                <p class="soft small">{move || progress.with(|it| left(it, wording))}</p>
            </div>
            <ol class="steps">{move || steps(&progress.read(), wording)}</ol>
        </section>
    }
}

fn left(progress: &Progress, wording: &Wording) -> String {
    let left = progress.total.saturating_sub(progress.synced + progress.failed);
    let count = (wording.sync.left)(left);
    match progress.left_ms {
        Some(left_ms) if left > 0 => {
            format!("{count} · {}", (wording.sync.left_about)(left_ms.div_ceil(1_000)))
        }
        _ => count,
    }
}

/// All steps of a run: done, at work, to come.
fn steps(progress: &Progress, wording: &Wording) -> impl IntoView + use<> {
    let now = progress.step;
    let shown = match now {
        Step::CheckingConnection(good, of) => Step::CheckingConnection(good, of),
        _ => Step::CheckingConnection(3, 3),
    };
    let always = [
        Step::ConnectionBack,
        shown,
        Step::UpdatingList,
        Step::Sending,
        Step::Confirming,
    ];
    let photos = (progress.photos > 0).then_some(Step::SendingPhotos);
    let item = |step| {
        let (class, glyph) = match place(step).cmp(&place(now)) {
            std::cmp::Ordering::Less => ("step step--done", Glyph::Check),
            std::cmp::Ordering::Equal => ("step step--now", Glyph::Spinner),
            std::cmp::Ordering::Greater => ("step", Glyph::Circle),
        };
        let current = (place(step) == place(now)).then_some("step");
        view! {
            <li class=class aria-current=current>
                <Icon glyph small=true />
                {wording.step(step)}
            </li>
        }
    };
    always.into_iter().chain(photos).map(item).collect_view()
}

fn place(step: Step) -> u8 {
    match step {
        Step::ConnectionBack => 0,
        Step::CheckingConnection(..) => 1,
        Step::UpdatingList => 2,
        Step::Sending => 3,
        Step::Confirming => 4,
        Step::SendingPhotos => 5,
    }
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::ConnectionBack => "connection_back",
        Step::CheckingConnection(..) => "checking_connection",
        Step::UpdatingList => "updating_list",
        Step::Sending => "sending",
        Step::Confirming => "confirming",
        Step::SendingPhotos => "sending_photos",
    }
}
