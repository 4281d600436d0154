//! The photos in a browser's store, counted by script in the frozen schema (`ARCHITECTURE.md`).

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::indexed_db;

/// How many photos wait, whoever took them.
pub async fn count(browser: &Browser) -> Result<u64> {
    let script = "return await asked(database.transaction('photos').objectStore('photos').count());";
    let count = indexed_db::within(browser, "meterline-photos", script).await?;
    count.as_u64().context("a count")
}
