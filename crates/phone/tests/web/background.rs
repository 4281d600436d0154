//! The drain without a page: when it does nothing, and what it tells the browser then. No server answers here.

use phone::adapters::cache_store::CacheStore;
use phone::adapters::entropy;
use phone::adapters::outbox_store::OutboxStore;
use phone::background::{End, drain};
use phone::document;
use phone::person::Person;
use serde_json::{Value, json};
use shared::sync::event::SyncSettings;
use shared::wire::session::RoleName;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{item_id, save};

const PERSON: &str = "background";
/// Long enough for the first ping to find no server.
const LIMIT_MS: i64 = 1_000;
/// A drain that does not even try needs none of it.
const LONG_MS: i64 = 30_000;

async fn keep_settings(cache: &CacheStore, automatic: bool) {
    let settings = SyncSettings {
        automatic,
        ..SyncSettings::default()
    };
    cache.keep(&document::sync_settings(PERSON), &settings).await;
}

async fn keep_last_run(cache: &CacheStore, outcome: &str, minutes_ago: i64) {
    let ended_at = entropy::now().plus_ms(-minutes_ago * 60_000);
    let run = json!({
        "manual": false, "started_at": ended_at, "ended_at": ended_at, "synced": 1, "failed": 0, "left": 1,
        "bytes_sent": 100, "batches": 1, "outcome": outcome
    });
    cache
        .keep(&document::history(PERSON), &json!({"runs": [run], "days": []}))
        .await;
}

/// How the runs of the history ended, the last one first.
async fn kept_outcomes(cache: &CacheStore) -> Vec<String> {
    let history: Value = cache.load(&document::history(PERSON)).await.unwrap_or_default();
    let runs = history["runs"].as_array().cloned().unwrap_or_default();
    runs.iter()
        .map(|run| String::from(run["outcome"].as_str().unwrap_or_default()))
        .collect()
}

/// One test: there is one last person on a phone.
#[wasm_bindgen_test]
async fn a_drain_in_the_background_tries_only_what_it_may_and_asks_for_another_attempt_while_something_waits()
{
    let cache = CacheStore::default();
    cache.forget(document::SESSION).await;
    assert_eq!(drain(LONG_MS).await, End::Done, "nobody has signed in");

    let person = |role| Person {
        username: String::from(PERSON),
        role,
        device_id: None,
    };
    cache.keep(document::SESSION, &person(RoleName::Technician)).await;
    assert_eq!(drain(LONG_MS).await, End::Done, "nothing waits");

    let store = OutboxStore::default();
    let entry = save(&store, PERSON, item_id(170)).await;
    cache.forget(&document::history(PERSON)).await;
    assert_eq!(drain(LIMIT_MS).await, End::TryAgain, "no server answers");
    assert_eq!(
        kept_outcomes(&cache).await.len(),
        1,
        "its run is kept before the drain ends"
    );
    assert_eq!(
        store.load(PERSON).await.unwrap().entries,
        [entry],
        "it still waits"
    );

    keep_last_run(&cache, "stopped", 1).await;
    assert_eq!(
        drain(LONG_MS).await,
        End::TryAgain,
        "a person has just stopped it"
    );
    assert_eq!(
        kept_outcomes(&cache).await,
        ["stopped"],
        "the person's word stands, and nothing was tried after it"
    );
    keep_last_run(&cache, "stopped", 10).await;
    assert_eq!(drain(LIMIT_MS).await, End::TryAgain, "that was a while ago");

    keep_settings(&cache, false).await;
    assert_eq!(
        drain(LONG_MS).await,
        End::Done,
        "only Sync now may start anything"
    );
    keep_settings(&cache, true).await;

    cache.keep(document::SESSION, &person(RoleName::Reviewer)).await;
    assert_eq!(
        drain(LONG_MS).await,
        End::Done,
        "the office captures nothing here"
    );
    cache.forget(document::SESSION).await;
}
