//! Two values of which only one can be official: side by side, and decided by a key.

mod decide;
mod pair;

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{ConflictRow, OpenDecisionsQuery};
use ui::api::ApiError;

use super::readings::cells::{place_of, value_of};
use crate::adapters::open_decisions;
use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::components::waiting_list::{PropertyFilter, WaitingList};
use crate::waiting::{Entry, Waiting, on_key};
use crate::wording::use_wording;
use decide::{Resolution, resolve};
use pair::Pair;

/// The page.
#[component]
pub(crate) fn ConflictsPage() -> impl IntoView {
    let words = use_wording().decisions();
    let store = Waiting::<ConflictRow>::begin();
    let reason = RwSignal::new(String::new());
    on_key(store, move |key| match Resolution::of_key(key) {
        Some(resolution) => {
            resolve(store, resolution, reason);
            true
        }
        None => false,
    });
    let chosen = Memo::new(move |_| store.chosen());
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.conflicts}</h1>
                <PropertyFilter store path="/office/conflicts" />
            </header>
            <OutcomePlace outcome=store.outcome test_id="conflicts-outcome" />
            <span></span>
            <main class="desk desk--waiting">
                <WaitingList store lines keys=words.conflict_keys />
                {move || chosen.get().map(|row| view! { <Pair row store reason /> })}
            </main>
        </OfficeFrame>
    }
}

fn lines(row: &ConflictRow) -> (String, String) {
    let wording = use_wording();
    let value = |row: &ReadingRow| value_of(row, wording);
    let first = row.first.as_ref().map_or_else(|| "–".to_owned(), value);
    (
        place_of(&row.second, wording, " "),
        format!("{first} / {}", value(&row.second)),
    )
}

impl Entry for ConflictRow {
    fn receipt_seq(&self) -> i64 {
        self.second.receipt_seq
    }

    fn concerns(row: &ReadingRow, known: &[Arc<Self>]) -> bool {
        row.state == "conflict"
            || known
                .iter()
                .any(|it| it.second.id == row.id || it.first.as_ref().is_some_and(|it| it.id == row.id))
    }

    async fn load(query: &OpenDecisionsQuery) -> Result<(Vec<Self>, i64, Option<String>), ApiError> {
        let page = open_decisions::conflicts(query).await?;
        Ok((page.rows, page.total, page.next))
    }
}
