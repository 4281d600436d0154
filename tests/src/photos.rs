//! The photos in a browser's store, counted by script in the frozen schema (`ARCHITECTURE.md`).

use anyhow::{Context, Result};

use crate::browser::Browser;

/// How many photos wait, whoever took them.
pub async fn count(browser: &Browser) -> Result<u64> {
    let script = "const database = await new Promise((done, failed) => {
           const open = indexedDB.open('meterline-photos');
           open.onsuccess = () => done(open.result); open.onerror = () => failed(open.error);
         });
         try {
           const count = database.transaction('photos').objectStore('photos').count();
           return await new Promise((done, failed) => {
             count.onsuccess = () => done(count.result); count.onerror = () => failed(count.error);
           });
         } finally { database.close(); }";
    browser.js_async(script).await?.as_u64().context("a count")
}
