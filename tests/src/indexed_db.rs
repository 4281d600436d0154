//! A database of the app in a browser, looked into by script.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;

/// Runs an async function body that finds the opened database as `database`, and `asked` that waits for a request; closes it whatever
/// the body comes to. The page must be of the app's origin.
pub(crate) async fn within(browser: &Browser, name: &str, body: &str) -> Result<Value> {
    let script = format!(
        "const asked = (request) => new Promise((done, failed) => {{
           request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error);
         }});
         const database = await asked(indexedDB.open('{name}'));
         try {{ {body} }} finally {{ database.close(); }}"
    );
    browser.js_async(&script).await
}
