//! A browser's outbox as a JSON text and back: databases that earlier versions of the app have written.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::browser::Browser;

/// Helpers of the scripts below.
const ASK: &str = "const ask = (request) => new Promise((done, failed) => {
       request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error);
       request.onblocked = () => failed(new Error('another page holds the database'));
     });";

/// Name, version, and each store with its key, indexes and records. The page must be of the app's origin.
pub async fn dump(browser: &Browser) -> Result<Value> {
    let script = format!(
        "{ASK}
         const database = await ask(indexedDB.open('meterline-outbox'));
         const stores = {{}};
         for (const name of database.objectStoreNames) {{
           const store = database.transaction(name).objectStore(name);
           const indexes = [...store.indexNames].map((name) => {{
             const {{ keyPath, unique }} = store.index(name);
             return {{ name, keyPath, unique }};
           }});
           stores[name] = {{ keyPath: store.keyPath, indexes, records: await ask(store.getAll()) }};
         }}
         const dumped = {{ name: database.name, version: database.version, stores }};
         database.close();
         return dumped;"
    );
    let dumped = browser.js_async(&script).await?;
    ensure!(dumped.get("stores").is_some(), "{dumped}");
    Ok(dumped)
}

/// Whether there is an outbox with its stores.
pub async fn exists(browser: &Browser) -> Result<bool> {
    let script = "return (await indexedDB.databases()).some((it) => it.name === 'meterline-outbox' && it.version === 1);";
    Ok(browser.js_async(script).await? == Value::Bool(true))
}

/// Deletes the outbox. The app must not be open.
pub async fn delete(browser: &Browser) -> Result<()> {
    let script = format!("{ASK} await ask(indexedDB.deleteDatabase('meterline-outbox')); return true;");
    let deleted = browser.js_async(&script).await?;
    ensure!(deleted == Value::Bool(true), "{deleted}");
    Ok(())
}

/// Makes the database anew as it was dumped. The app must not be open.
pub async fn restore(browser: &Browser, dumped: &Value) -> Result<()> {
    let script = format!(
        "{ASK}
         const dumped = {dumped};
         await ask(indexedDB.deleteDatabase(dumped.name));
         const opening = indexedDB.open(dumped.name, dumped.version);
         opening.onupgradeneeded = () => {{
           for (const [name, {{ keyPath, indexes }}] of Object.entries(dumped.stores)) {{
             const store = opening.result.createObjectStore(name, {{ keyPath }});
             for (const {{ name, keyPath, unique }} of indexes) store.createIndex(name, keyPath, {{ unique }});
           }}
         }};
         const database = await ask(opening);
         const names = Object.keys(dumped.stores);
         const transaction = database.transaction(names, 'readwrite');
         for (const name of names) {{
           for (const record of dumped.stores[name].records) transaction.objectStore(name).put(record);
         }}
         await new Promise((done, failed) => {{
           transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
         }});
         database.close();
         return true;"
    );
    let restored = browser.js_async(&script).await?;
    ensure!(restored == Value::Bool(true), "{restored}");
    Ok(())
}

/// The database without what is in it.
pub fn schema(dumped: &Value) -> Value {
    let mut schema = dumped.clone();
    if let Some(stores) = schema.get_mut("stores").and_then(Value::as_object_mut) {
        for store in stores.values_mut() {
            if let Some(store) = store.as_object_mut() {
                store.remove("records");
            }
        }
    }
    schema
}

/// The records of a store.
pub fn records<'a>(dumped: &'a Value, store: &str) -> &'a [Value] {
    let records = dumped.pointer(&format!("/stores/{store}/records"));
    records
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
