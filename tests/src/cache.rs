//! What an app keeps in the browser beside its outbox. A page shows a choice or a list at once and keeps it beside that: a test
//! that leaves the page waits here first, as the browser drops with a page what it has not written.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::indexed_db;
use crate::wait::until;

const LIMIT: Duration = Duration::from_secs(60);

/// A document as the cache holds it, `null` when there is none. The page must be of the app's origin.
pub async fn document(browser: &Browser, name: &str) -> Result<Value> {
    let name = Value::from(name);
    let script = format!(
        "const text = await asked(database.transaction('documents').objectStore('documents').get({name}));
         return text === undefined ? null : JSON.parse(text);"
    );
    in_cache(browser, &script).await
}

/// Takes a document away, as a browser does that is short of space. The app must have made its cache before.
pub async fn lose(browser: &Browser, name: &str) -> Result<()> {
    let script = format!(
        "await asked(database.transaction('documents', 'readwrite').objectStore('documents').delete({}));",
        Value::from(name)
    );
    ensure!(
        !document(browser, name).await?.is_null(),
        "there is no {name} to lose"
    );
    in_cache(browser, &script).await.map(drop)
}

/// Nothing of a cache that the app has not made yet, which is left unmade.
async fn in_cache(browser: &Browser, body: &str) -> Result<Value> {
    let is_made = "return (await indexedDB.databases()).some((it) => it.name === 'meterline-cache');";
    if browser.js_async(is_made).await? != Value::Bool(true) {
        return Ok(Value::Null);
    }
    indexed_db::within(browser, "meterline-cache", body).await
}

/// Waits until a document is kept that is as wanted.
pub async fn wait_until_kept(
    browser: &Browser,
    name: &str,
    is_wanted: impl Fn(&Value) -> bool,
) -> Result<()> {
    until(&format!("{name} to be kept"), LIMIT, async || {
        document(browser, name).await.is_ok_and(|it| is_wanted(&it))
    })
    .await
}

/// Waits until the list of this person is kept.
pub async fn wait_until_list_is_kept(browser: &Browser, person: &str) -> Result<()> {
    let has_rows = |list: &Value| list["rows"].as_array().is_some_and(|rows| !rows.is_empty());
    wait_until_kept(browser, &format!("list/{person}"), has_rows).await
}
