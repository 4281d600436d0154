//! Running numbers and the phone's id: the store `counters`.

use std::cell::RefCell;

use shared::id::DeviceId;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use super::super::idb::{StoreError, number_of, outcome, record, text_of};
use super::{OutboxStore, schema};

const DEVICE: &str = "device";

/// The last running number that this tab has seen, and whose. Others give numbers too, so it only saves a question: what
/// it says is proven inside the transaction that relies on it.
#[derive(Default)]
pub(super) struct LastSeq(RefCell<Option<(String, u64)>>);

impl LastSeq {
    pub(super) fn known(&self, person: &str) -> Option<u64> {
        let last = self.0.borrow();
        last.as_ref().filter(|(of, _)| of == person).map(|(_, seq)| *seq)
    }

    pub(super) fn note(&self, person: &str, seq: u64) {
        self.0.replace(Some((String::from(person), seq)));
    }
}

/// The counter of one person's running numbers.
pub(super) fn name_of_seq(person: &str) -> String {
    format!("seq/{person}")
}

/// A counter's value; 0 when it was never set.
pub(super) async fn value(transaction: &IdbTransaction, name: &str) -> Result<u64, StoreError> {
    ask(transaction, name)?.await
}

/// Asks for a counter's value at once; the answer can be awaited later.
pub(super) fn ask(
    transaction: &IdbTransaction,
    name: &str,
) -> Result<impl Future<Output = Result<u64, StoreError>> + use<>, StoreError> {
    let counters = transaction.object_store(schema::COUNTERS)?;
    let found = outcome(&counters.get(&JsValue::from_str(name))?);
    Ok(async move {
        let found = found.await?;
        Ok(if found.is_undefined() {
            0
        } else {
            number_of(&found, "value") as u64
        })
    })
}

/// Sets a counter; durable with the transaction.
pub(super) fn set(transaction: &IdbTransaction, name: &str, value: u64) -> Result<(), StoreError> {
    let counter = record(&[
        ("name", JsValue::from_str(name)),
        ("value", JsValue::from_f64(value as f64)),
    ])?;
    transaction.object_store(schema::COUNTERS)?.put(&counter)?;
    Ok(())
}

impl OutboxStore {
    /// The phone's id, once it has one.
    pub async fn device_id(&self) -> Result<Option<DeviceId>, StoreError> {
        self.database
            .read(&[schema::COUNTERS], async |transaction| {
                let counters = transaction.object_store(schema::COUNTERS)?;
                let found = outcome(&counters.get(&JsValue::from_str(DEVICE))?).await?;
                Ok((!found.is_undefined())
                    .then(|| DeviceId::parse(&text_of(&found, "value")))
                    .flatten())
            })
            .await
    }

    /// Keeps the phone's id.
    pub async fn set_device_id(&self, id: DeviceId) -> Result<(), StoreError> {
        self.database
            .write(&[schema::COUNTERS], async |transaction| {
                let counter = record(&[
                    ("name", JsValue::from_str(DEVICE)),
                    ("value", JsValue::from_str(&id.to_string())),
                ])?;
                transaction.object_store(schema::COUNTERS)?.put(&counter)?;
                Ok(())
            })
            .await
    }

    /// Makes sure that no running number up to this one is given again; returns the highest that the store knew.
    pub async fn raise_seq(&self, person: &str, at_least: u64) -> Result<u64, StoreError> {
        let known = self
            .database
            .write(&[schema::COUNTERS], async |transaction| {
                let name = name_of_seq(person);
                let known = value(transaction, &name).await?;
                if at_least > known {
                    set(transaction, &name, at_least)?;
                }
                Ok(known)
            })
            .await?;
        self.last_seq.note(person, known.max(at_least));
        Ok(known)
    }
}
