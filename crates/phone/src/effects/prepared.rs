//! A batch, ready to be sent.

use js_sys::Array;
use shared::id::BatchId;
use shared::sync::event::Entry;
use wasm_bindgen::JsValue;

use crate::adapters::entropy;
use crate::adapters::gzip::{self, Packed};
use crate::adapters::outbox_store::Body;
use crate::driver::Driver;
use crate::person::Person;

/// A batch, ready to be sent.
pub(super) struct PreparedBatch {
    pub(super) id: BatchId,
    pub(super) device_total: u64,
    pub(super) bodies: Vec<Body>,
    pub(super) packed: Packed,
}

impl PreparedBatch {
    /// Makes a batch of these items; `None` when the browser can't pack it.
    pub(super) async fn new(
        driver: &Driver,
        person: &Person,
        device_total: u64,
        bodies: Vec<Body>,
    ) -> Option<Self> {
        let id = BatchId::new(entropy::now(), entropy::random_bytes());
        let texts = texts(driver, person, id, device_total, &bodies);
        let packed = gzip::pack(&texts).await.ok()?;
        Some(Self {
            id,
            device_total,
            bodies,
            packed,
        })
    }

    /// It is of exactly these entries, and says what would be said now.
    pub(super) fn is_of(&self, entries: &[Entry], device_total: u64) -> bool {
        self.device_total == device_total
            && self.bodies.len() == entries.len()
            && self
                .bodies
                .iter()
                .zip(entries)
                .all(|(body, entry)| body.entry == *entry)
    }
}

/// What these are the texts of.
#[inline(never)]
pub(super) fn entries_of(bodies: &[Body]) -> Vec<Entry> {
    bodies.iter().map(|body| body.entry).collect()
}

/// The batch as texts to be joined: what stands in the store is not parsed, and never leaves the browser's memory.
#[inline(never)]
fn texts(driver: &Driver, person: &Person, id: BatchId, device_total: u64, bodies: &[Body]) -> Array {
    let device_id = person.device_id.unwrap_or_default();
    let clock = match driver.clock_offset.get() {
        Some((offset_ms, _)) => format!("\"clock_offset_ms\":{offset_ms},"),
        None => String::new(),
    };
    let head = format!(
        "{{\"batch_id\":\"{id}\",\"device_id\":\"{device_id}\",\"device_total\":{device_total},{clock}\"readings\":["
    );
    let items: Array = bodies.iter().map(|body| body.text.clone()).collect();
    Array::of3(
        &JsValue::from_str(&head),
        &items.join(",").into(),
        &JsValue::from_str("]}"),
    )
}
