//! Bringing in the files of a portfolio: what they would change is looked at first, and only exactly that is taken.

mod choose;
mod faults;
mod report;
mod store;

use leptos::prelude::*;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;
use ui::components::notice::{Notice, Tone};

use crate::components::frame::OfficeFrame;
use crate::components::trouble::OfficeTrouble;
use crate::session::use_session;
use crate::wording::use_wording;
use choose::Choose;
use faults::Faults;
use report::Report;
use store::{Stage, Store};

/// The page.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let words = use_wording().import();
    let session = use_session();
    let store = Store::begin();
    let body = move || match session.is_admin() {
        true => view! { <Body store /> }.into_any(),
        false => view! { <Empty glyph=Glyph::Import title=words.admins_only hint="" /> }.into_any(),
    };
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
            </header>
            <main class="office__scroll desk--last import-page">{body}</main>
        </OfficeFrame>
    }
}

#[component]
fn Body(store: Store) -> impl IntoView {
    let words = use_wording().import();
    let stage = move || match store.stage.get() {
        Stage::Choosing => ().into_any(),
        Stage::Looking => view! { <p class="strong">{words.looking}</p> }.into_any(),
        Stage::Taking => view! { <p class="strong">{words.taking}</p> }.into_any(),
        Stage::Unsent(why) => {
            view! { <Notice tone=Tone::Bad test_id="import-unsent">{store.unsent_words(why)}</Notice> }
                .into_any()
        }
        Stage::Faulty(problem) => view! { <Faults problem /> }.into_any(),
        Stage::Told { answer, since } => view! { <Report answer since store /> }.into_any(),
        Stage::Taken(answer) => view! { <Report answer since=false store /> }.into_any(),
    };
    view! {
        <Choose store />
        <OfficeTrouble trouble=store.trouble on_retry=move |()| store.look() />
        <div class="stack" aria-live="polite" data-testid="import-outcome">{stage}</div>
    }
}
