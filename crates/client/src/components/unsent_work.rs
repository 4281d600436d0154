//! Unsent work of other people on this phone: whose it is, and the ways out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::export_button::ExportButton;
use super::notice::{Notice, Tone};
use crate::actions::Unsent;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// One notice a person; nothing most of the time.
#[component]
pub(crate) fn UnsentWork() -> impl IntoView {
    let runtime = use_runtime();
    let people = RwSignal::new(Vec::<Unsent>::new());
    spawn_local(async move {
        let found = runtime.unsent_of_others().await;
        // The page may be gone by now.
        people.try_set(found);
    });
    move || {
        people
            .get()
            .into_iter()
            .map(|unsent| view! { <OfPerson unsent /> })
            .collect_view()
    }
}

#[component]
fn OfPerson(unsent: Unsent) -> impl IntoView {
    let words = use_wording().handover();
    let Unsent { person, count } = unsent;
    let name = person.clone();
    view! {
        <div data-testid="unsent-of-other" data-person=name data-count=count.to_string()>
            <Notice tone=Tone::Warn>
                <p class="strong">{(words.waits_of)(count, &person)}</p>
                <p class="small">{(words.waits_of_hint)(&person)}</p>
                <div class="buttons">
                    <ExportButton person />
                </div>
            </Notice>
        </div>
    }
}
