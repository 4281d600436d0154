//! The half-typed form, under the id that it will be saved with.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use super::super::idb::{StoreError, outcome, record, text_of};
use super::{OutboxStore, schema};

/// One form is open at a time.
const FORM: &str = "form";

impl OutboxStore {
    /// Keeps the half-typed form.
    pub async fn save_draft(&self, person: &str, form: &str) -> Result<(), StoreError> {
        self.database
            .write(&[schema::DRAFTS], async |transaction| {
                let draft = record(&[
                    ("person", JsValue::from_str(person)),
                    ("draft", JsValue::from_str(FORM)),
                    ("body", JsValue::from_str(form)),
                ])?;
                transaction.object_store(schema::DRAFTS)?.put(&draft)?;
                Ok(())
            })
            .await
    }

    /// The half-typed form, if there is one.
    pub async fn load_draft(&self, person: &str) -> Result<Option<String>, StoreError> {
        self.database
            .read(&[schema::DRAFTS], async |transaction| {
                let drafts = transaction.object_store(schema::DRAFTS)?;
                let found = outcome(&drafts.get(&key(person))?).await?;
                Ok((!found.is_undefined()).then(|| text_of(&found, "body")))
            })
            .await
    }

    /// Forgets the half-typed form.
    pub async fn drop_draft(&self, person: &str) -> Result<(), StoreError> {
        self.database
            .write(&[schema::DRAFTS], async |transaction| forget(transaction, person))
            .await
    }
}

/// Forgets the half-typed form with the transaction that saves it.
pub(super) fn forget(transaction: &IdbTransaction, person: &str) -> Result<(), StoreError> {
    transaction.object_store(schema::DRAFTS)?.delete(&key(person))?;
    Ok(())
}

fn key(person: &str) -> JsValue {
    Array::of2(&JsValue::from_str(person), &JsValue::from_str(FORM)).into()
}
