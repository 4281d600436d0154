//! What is held until the office decides: why it is, and where it belongs.

mod case;
mod decide;
mod dismiss;
mod place;
mod state;

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::OpenDecisionsQuery;
use ui::api::ApiError;

use super::readings::cells::place_of;
use crate::adapters::open_decisions;
use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::components::waiting_list::{PropertyFilter, WaitingList};
use crate::waiting::{Entry, on_key};
use crate::wording::use_wording;
use case::Case;
use state::Inbox;

/// The page.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let words = use_wording().decisions();
    let inbox = Inbox::begin();
    let store = inbox.store;
    on_key(store, move |key| match key {
        "b" => {
            inbox.book_or_search();
            true
        }
        "d" => {
            inbox.ask_dismissal();
            true
        }
        _ => false,
    });
    let chosen = Memo::new(move |_| store.chosen());
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.inbox}</h1>
                <PropertyFilter store path="/office/inbox" />
            </header>
            <OutcomePlace outcome=store.outcome test_id="inbox-outcome" />
            <span></span>
            <main class="desk desk--waiting">
                <WaitingList store lines keys=words.inbox_keys />
                {move || chosen.get().map(|row| view! { <Case row inbox /> })}
            </main>
        </OfficeFrame>
    }
}

fn lines(row: &ReadingRow) -> (String, String) {
    let wording = use_wording();
    let why = row
        .code
        .as_deref()
        .map(|code| wording.code(code))
        .unwrap_or_default();
    (
        place_of(row, wording, " "),
        format!("{why} · {}", row.captured_by),
    )
}

impl Entry for ReadingRow {
    fn receipt_seq(&self) -> i64 {
        self.receipt_seq
    }

    fn concerns(row: &ReadingRow, known: &[Arc<Self>]) -> bool {
        row.state == "held" || known.iter().any(|it| it.id == row.id)
    }

    async fn load(query: &OpenDecisionsQuery) -> Result<(Vec<Self>, i64, Option<String>), ApiError> {
        let page = open_decisions::inbox(query).await?;
        Ok((page.rows, page.total, page.next))
    }
}
