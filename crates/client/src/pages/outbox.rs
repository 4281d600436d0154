//! The outbox: what is on this phone, why it still waits, and what needs attention.

mod rows;
mod selected;
mod shelf;

use leptos::prelude::*;
use shared::sync::status::Connection;

use crate::components::empty::Empty;
use crate::components::export_button::ExportButton;
use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::components::waiting_reason::waiting_reason;
use crate::runtime::use_runtime;
use crate::view_state::OutboxEntry;
use crate::wording::use_wording;
use rows::Rows;
use selected::Selected;
use shelf::Shelf;

/// The page.
#[component]
pub(crate) fn OutboxPage() -> impl IntoView {
    let wording = use_wording();
    let outbox = use_runtime().outbox();
    let selected = RwSignal::new(None::<OutboxEntry>);
    let waiting = Memo::new(move |_| outbox.read().waiting);
    let shelved = Memo::new(move |_| outbox.read().shelf);
    let empty = move || {
        (waiting.get() == 0 && shelved.get() == 0).then(|| {
            let words = &wording.outbox;
            view! { <Empty glyph=Glyph::Inbox title=words.empty_title hint=words.empty_hint /> }
        })
    };
    view! {
        <PhonePage title=wording.outbox.title fixed=true>
            {move || (shelved.get() > 0).then(|| view! { <Shelf alone=waiting.get() == 0 /> })}
            {move || (waiting.get() > 0).then(|| view! { <Head waiting /> })}
            {empty}
            {move || (waiting.get() > 0).then(|| view! { <Rows selected /> })}
            <Selected selected />
        </PhonePage>
    }
}

#[component]
fn Head(waiting: Memo<usize>) -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let status = runtime.status();
    let away = Memo::new(move |_| {
        let status = status.read();
        status.paused.is_some()
            || matches!(
                status.connection,
                Connection::Unreachable | Connection::SignInPage
            )
    });
    let reason = move || waiting_reason(&status.read(), &runtime.settings().read(), wording);
    view! {
        <div class="round__head">
            <p class="strong" data-testid="outbox-count">
                {move || (wording.outbox.waiting)(waiting.get())}
            </p>
            {move || reason().map(|reason| view! { <p class="soft small" data-testid="why-waiting">{reason}</p> })}
            <div class="buttons">
                <button class="button" type="button" data-testid="retry-now" on:click=move |_| runtime.sync_now()>
                    <Icon glyph=Glyph::Sync />
                    {wording.outbox.retry}
                </button>
                <ExportButton />
            </div>
            {move || away.get().then(|| view! { <p class="soft small">{wording.handover().export_hint}</p> })}
        </div>
    }
}
