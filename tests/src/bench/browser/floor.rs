//! The floor of a drain: read all from IndexedDB, one POST without packing and rules, clear the store. And what the steps of
//! the protocol cost at least: the same in batches, one in flight, each packed and with a transaction of its own at both ends.

use anyhow::{Result, ensure};
use shared::sync::batch::FIRST_BATCH;
use shared::wire::batch::{BATCH_ITEMS_MAX, WireItem};

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
      open.result.createObjectStore('sent', {keyPath: ['person', 'batch_id']});
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

/// As the app does it: the next batch is packed while one is on its way, and what was answered is put away meanwhile. Without
/// a list, rules, receipts or a screen.
const IN_BATCHES: &str = "const open = indexedDB.open('meterline-outbox');
    const database = await new Promise((done, failed) => {
      open.onsuccess = () => done(open.result); open.onerror = () => failed(open.error);
    });
    const result = request => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error);
    });
    const prepare = async ({person, from, to}) => {
      const range = IDBKeyRange.bound([person, from], [person, to, []]);
      const records = await result(database.transaction('items').objectStore('items').getAll(range));
      const bodies = records.map(it => it.body);
      const stream = new CompressionStream('gzip');
      const writer = stream.writable.getWriter();
      writer.write(new TextEncoder().encode('[' + bodies.join(',') + ']'));
      writer.close();
      const body = new Uint8Array(await new Response(stream.readable).arrayBuffer());
      return {person, range, bodies, body, batch_id: String(from)};
    };
    const settle = async ({person, range, bodies, batch_id}) => {
      const transaction = database.transaction(['items', 'sent'], 'readwrite', {durability: 'strict'});
      transaction.objectStore('sent').put({person, batch_id, items: bodies});
      const items = transaction.objectStore('items');
      const keys = await result(items.getAllKeys(range));
      if (keys.length !== bodies.length) throw new Error('other keys');
      items.delete(range);
      transaction.commit();
      await new Promise((done, failed) => {
        transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
      });
    };
    const start = performance.now();
    const keys = await result(database.transaction('items').objectStore('items').getAllKeys());
    const batches = [];
    for (let at = 0, size = FIRST; at < keys.length; at += size, size = MOST) {
      const last = keys[Math.min(at + (at ? MOST : FIRST), keys.length) - 1];
      batches.push({person: last[0], from: keys[at][1], to: last[1]});
    }
    const settled = [];
    let next = prepare(batches[0]);
    for (let place = 0; place < batches.length; place += 1) {
      const batch = await next;
      if (place + 1 < batches.length) next = prepare(batches[place + 1]);
      const headers = {'Content-Encoding': 'gzip'};
      const answer = await fetch('/sink', {method: 'POST', headers, body: batch.body});
      if (!answer.ok) throw new Error('the sink says ' + answer.status);
      await answer.arrayBuffer();
      settled.push(settle(batch));
    }
    await Promise.all(settled);
    const elapsed = performance.now() - start;
    database.close();
    return elapsed;";

/// Milliseconds for these items: in one go, and by the steps of the protocol.
pub(super) async fn measure(browser: &Browser, sink: &Sink, items: &[WireItem]) -> Result<[f64; 2]> {
    let in_batches = IN_BATCHES
        .replace("FIRST", &FIRST_BATCH.to_string())
        .replace("MOST", &BATCH_ITEMS_MAX.to_string());
    let mut elapsed_ms = [0.0; 2];
    for (script, elapsed_ms) in [FLOOR, &in_batches].into_iter().zip(&mut elapsed_ms) {
        browser.goto(&sink.url()).await?;
        number(browser, SCHEMA).await?;
        outbox::fill(browser, items).await?;
        browser.goto(&sink.url()).await?;
        *elapsed_ms = number(browser, script).await?;
        ensure!(outbox::waiting(browser).await? == 0, "some still wait");
        sink.empty(items.len())?;
    }
    Ok(elapsed_ms)
}
