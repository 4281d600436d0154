//! The outbox of a browser, filled and read by script in the frozen schema (`ARCHITECTURE.md`).

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use shared::timestamp::LocalTime;
use shared::wire::batch::WireItem;

use crate::browser::Browser;
use crate::indexed_db;

/// Puts items into the outbox of the person who captured them, as if they had been saved one by one. The page must
/// be of the app's origin, and the app must have made its database before.
pub async fn fill(browser: &Browser, items: &[WireItem]) -> Result<()> {
    for part in items.chunks(500) {
        let records = part.iter().map(record).collect::<Result<Vec<Value>>>()?;
        let script = format!(
            "const records = {};
             const transaction = database.transaction(['items', 'counters'], 'readwrite');
             for (const record of records) transaction.objectStore('items').put(record);
             const last = records[records.length - 1];
             transaction.objectStore('counters').put({{name: 'seq/' + last.person, value: last.seq}});
             await new Promise((done, failed) => {{
               transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
             }});
             return true;",
            Value::Array(records)
        );
        ensure!(
            in_outbox(browser, &script).await? == Value::Bool(true),
            "the outbox was not filled"
        );
    }
    Ok(())
}

/// Runs an async function body that finds the opened database as `database`, and closes it whatever the body comes to.
pub async fn in_outbox(browser: &Browser, body: &str) -> Result<Value> {
    indexed_db::within(browser, "meterline-outbox", body).await
}

fn record(item: &WireItem) -> Result<Value> {
    let read_at = LocalTime::parse(&item.read_at).context("a time")?;
    Ok(json!({
        "person": item.captured_by,
        "seq": item.device_seq,
        "revision": item.revision,
        "id": item.id,
        "read_at_ms": read_at.at.ms(),
        "body": serde_json::to_string(item)?,
    }))
}

/// How many items and how many receipts the browser's store keeps of what was sent.
pub async fn sent(browser: &Browser) -> Result<(u64, u64)> {
    let script = "const all = database.transaction('sent').objectStore('sent').getAll();
         const batches = await new Promise((done, failed) => {
           all.onsuccess = () => done(all.result); all.onerror = () => failed(all.error);
         });
         const sum = (of) => batches.map(of).reduce((sum, count) => sum + count, 0);
         return [sum(it => it.items.length), sum(it => it.receipts.split('\\n').filter(JSON.parse).length)];";
    let counts = in_outbox(browser, script).await?;
    let count = |place: usize| counts.get(place).and_then(Value::as_u64).context("a count");
    Ok((count(0)?, count(1)?))
}

/// What the half-typed form of a person says as its value, as the browser's store keeps it.
pub async fn draft_value(browser: &Browser, person: &str) -> Result<Option<String>> {
    let script = format!(
        "const draft = database.transaction('drafts').objectStore('drafts').get(['{person}', 'form']);
         const found = await new Promise((done, failed) => {{
           draft.onsuccess = () => done(draft.result); draft.onerror = () => failed(draft.error);
         }});
         return found ? JSON.parse(found.body).value : null;"
    );
    Ok(in_outbox(browser, &script).await?.as_str().map(str::to_owned))
}

/// The half-typed form of a person, as the browser's store keeps it; `null` when there is none.
pub async fn draft(browser: &Browser, person: &str) -> Result<serde_json::Value> {
    let script = format!(
        "const draft = database.transaction('drafts').objectStore('drafts').get(['{person}', 'form']);
         const found = await new Promise((done, failed) => {{
           draft.onsuccess = () => done(draft.result); draft.onerror = () => failed(draft.error);
         }});
         return found ? JSON.parse(found.body) : null;"
    );
    in_outbox(browser, &script).await
}

/// How many items wait in the browser's store, whoever captured them.
pub async fn waiting(browser: &Browser) -> Result<u64> {
    let script = "const count = database.transaction('items').objectStore('items').count();
         const value = await new Promise((done, failed) => {
           count.onsuccess = () => done(count.result); count.onerror = () => failed(count.error);
         });
         return value;";
    in_outbox(browser, script).await?.as_u64().context("a count")
}
