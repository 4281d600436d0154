//! Bringing in a file that a phone exported.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::bundle::BundleDevice;
use shared::wire::receipt::VerdictName;
use wasm_bindgen_futures::JsFuture;

use super::store::Store;
use crate::bundle::{self, ImportError, Imported};
use crate::components::trouble::office_error;
use crate::wording::{locale, use_wording};
use ui::address::encode;
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Choosing,
    Working(usize),
    Failed(String),
    Done(Imported),
}

/// The panel above the table.
#[component]
pub(super) fn ImportPanel(store: Store, importing: RwSignal<bool>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.phones();
    let stage = RwSignal::new(Stage::Choosing);
    let outcome = move || match stage.get() {
        Stage::Choosing => ().into_any(),
        Stage::Working(done) => view! { <p role="status">{(words.importing)(done)}</p> }.into_any(),
        Stage::Failed(text) => {
            view! { <Notice tone=Tone::Bad alert=true test_id="import-error">{text}</Notice> }.into_any()
        }
        Stage::Done(imported) => view! { <Outcome imported /> }.into_any(),
    };
    view! {
        <section class="import stack" data-testid="import">
            <div class="line line--spread">
                <h2>{words.import_title}</h2>
                <button
                    class="back"
                    type="button"
                    aria-label=wording.common.close
                    on:click=move |_| importing.set(false)
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <p class="soft">{words.import_hint}</p>
            <FileField store stage />
            {outcome}
        </section>
    }
}

#[component]
fn FileField(store: Store, stage: RwSignal<Stage>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.phones();
    let field = NodeRef::<Input>::new();
    let bring_in = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let file = field.files().and_then(|files| files.get(0));
        // Without this, choosing the same file again would be no change.
        field.set_value("");
        let Some(file) = file else { return };
        stage.set(Stage::Working(0));
        spawn_local(async move {
            let text = JsFuture::from(file.text())
                .await
                .ok()
                .and_then(|it| it.as_string());
            let Some(text) = text else {
                stage.try_set(Stage::Failed(words.import_unreadable.to_owned()));
                return;
            };
            let on_progress = move |done| drop(stage.try_set(Stage::Working(done)));
            let next = match bundle::bring_in(&text, on_progress).await {
                Ok(imported) => Stage::Done(imported),
                Err(ImportError::NoBundle) => Stage::Failed(words.import_no_bundle.to_owned()),
                Err(ImportError::TooNew) => Stage::Failed(words.import_too_new.to_owned()),
                Err(ImportError::Api(error)) => Stage::Failed(office_error(&error, wording)),
            };
            stage.try_set(next);
            store.reload();
        });
    };
    view! {
        <label class="button import__file">
            <Icon glyph=Glyph::Import />
            {words.import_choose}
            <input
                node_ref=field
                class="unseen"
                type="file"
                accept=".json,.txt,application/json,text/plain"
                data-testid="import-file"
                on:change=bring_in
            />
        </label>
    }
}

/// What became of each reading, in counts.
#[component]
fn Outcome(imported: Imported) -> impl IntoView {
    let words = use_wording().phones();
    let counts = [
        (VerdictName::Accepted, "tag tag--ok", Glyph::Check, words.in_books),
        (
            VerdictName::Duplicate,
            "tag tag--ok",
            Glyph::Check,
            words.confirms,
        ),
        (VerdictName::Held, "tag tag--warn", Glyph::Clock, words.held),
        (
            VerdictName::Conflict,
            "tag tag--bad",
            Glyph::Alert,
            words.conflict,
        ),
        (
            VerdictName::Rejected,
            "tag tag--bad",
            Glyph::Alert,
            words.rejected,
        ),
        (VerdictName::Retry, "tag tag--warn", Glyph::Clock, words.retry),
    ];
    let counts = counts.map(|(verdict, class, glyph, word)| {
        let count = imported.count_of(verdict);
        (count > 0).then(|| {
            view! {
                <li class=class data-testid="import-count" data-verdict=verdict_name(verdict) data-count=count.to_string()>
                    <Icon glyph small=true />
                    {locale::whole(count)}
                    " "
                    {word}
                </li>
            }
        })
    });
    let device = match imported.device {
        BundleDevice::Enrolled => None,
        BundleDevice::Unknown => Some(words.device_unknown),
        BundleDevice::Revoked => Some(words.device_revoked),
    };
    let device = device.map(|text| view! { <p>{text}</p> });
    let stopped = imported
        .stopped
        .is_some()
        .then(|| view! { <p class="strong tone-bad">{(words.stopped)(imported.verdicts.len(), imported.count)}</p> });
    let exported_at = (!imported.exported_at.is_empty())
        .then(|| (words.exported_at)(&locale::day_time_here(&imported.exported_at)));
    let look = format!("/office/readings?technician={}", encode(&imported.captured_by));
    view! {
        <Notice tone=Tone::Ok test_id="imported">
            <p class="strong" role="status">{(words.imported)(imported.verdicts.len(), &imported.captured_by)}</p>
            {exported_at.map(|text| view! { <p class="small soft">{text}</p> })}
            <ul class="line import__counts">{counts.into_iter().collect_view()}</ul>
            {stopped}
            {device}
            <p class="small soft">{words.twice_is_safe}</p>
            <p>
                <a href=look>{(words.see_readings)(&imported.captured_by)}</a>
            </p>
        </Notice>
    }
}

fn verdict_name(verdict: VerdictName) -> &'static str {
    match verdict {
        VerdictName::Accepted => "accepted",
        VerdictName::Duplicate => "duplicate",
        VerdictName::Conflict => "conflict",
        VerdictName::Held => "held",
        VerdictName::Rejected => "rejected",
        VerdictName::Retry => "retry",
    }
}
