//! The floor of a drain: read all from IndexedDB, one POST without packing and rules, clear the store.

use anyhow::Result;
use shared::wire::batch::WireItem;

use super::measures::number;
use super::sink::Sink;
use crate::browser::Browser;
use crate::outbox;

/// Stores of the outbox, as far as filling it needs them (`ARCHITECTURE.md`).
const SCHEMA: &str = "const open = indexedDB.open('meterline-outbox', 1);
    open.onupgradeneeded = () => {
      const items = open.result.createObjectStore('items', {keyPath: ['person', 'seq', 'revision', 'id']});
      items.createIndex('id', 'id', {unique: true});
      open.result.createObjectStore('counters', {keyPath: 'name'});
    };
    await new Promise((done, failed) => { open.onsuccess = done; open.onerror = () => failed(open.error); });
    open.result.close();
    return 0;";

const FLOOR: &str = "const open = indexedDB.open('meterline-outbox');
    const database = await new Promise((done, failed) => {
      open.onsuccess = () => done(open.result); open.onerror = () => failed(open.error);
    });
    const start = performance.now();
    const all = database.transaction('items').objectStore('items').getAll();
    const records = await new Promise((done, failed) => {
      all.onsuccess = () => done(all.result); all.onerror = () => failed(all.error);
    });
    const body = '[' + records.map(it => it.body).join(',') + ']';
    const answer = await fetch('/sink', {method: 'POST', body});
    if (!answer.ok) throw new Error('the sink says ' + answer.status);
    await answer.arrayBuffer();
    const transaction = database.transaction('items', 'readwrite', {durability: 'strict'});
    transaction.objectStore('items').clear();
    await new Promise((done, failed) => {
      transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
    });
    const elapsed = performance.now() - start;
    database.close();
    return elapsed;";

/// Milliseconds for these items.
pub(super) async fn measure(browser: &Browser, sink: &Sink, items: &[WireItem]) -> Result<f64> {
    browser.goto(&sink.url()).await?;
    number(browser, SCHEMA).await?;
    outbox::fill(browser, items).await?;
    browser.goto(&sink.url()).await?;
    let elapsed_ms = number(browser, FLOOR).await?;
    sink.empty(items.len())?;
    Ok(elapsed_ms)
}
