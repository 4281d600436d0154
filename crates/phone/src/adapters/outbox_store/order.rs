//! Walking orders that people gave their properties on this phone. They lie with the drafts: what is not sent yet must not go
//! with the cache, and this database never gets another store.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbKeyRange;

use super::super::idb::{StoreError, outcome, record, text_of};
use super::{OutboxStore, schema};

/// Begins the names of these drafts; the property's code follows.
const ORDER: &str = "order/";
/// Behind all of them: the character that follows the last one of the above.
const ORDER_END: &str = "order0";

impl OutboxStore {
    /// Keeps a property's order, in the place of an earlier one.
    pub async fn save_order(&self, person: &str, property_code: &str, order: &str) -> Result<(), StoreError> {
        self.database
            .write(&[schema::DRAFTS], async |transaction| {
                let draft = record(&[
                    ("person", JsValue::from_str(person)),
                    ("draft", JsValue::from_str(&format!("{ORDER}{property_code}"))),
                    ("body", JsValue::from_str(order)),
                ])?;
                transaction.object_store(schema::DRAFTS)?.put(&draft)?;
                Ok(())
            })
            .await
    }

    /// Every property's.
    pub async fn load_orders(&self, person: &str) -> Result<Vec<String>, StoreError> {
        self.database
            .read(&[schema::DRAFTS], async |transaction| {
                let range = IdbKeyRange::bound(&key(person, ORDER), &key(person, ORDER_END))?;
                let drafts = transaction.object_store(schema::DRAFTS)?;
                let found: Array = outcome(&drafts.get_all_with_key(&range)?).await?.into();
                Ok(found.iter().map(|draft| text_of(&draft, "body")).collect())
            })
            .await
    }

    /// Forgets a property's.
    pub async fn drop_order(&self, person: &str, property_code: &str) -> Result<(), StoreError> {
        self.database
            .write(&[schema::DRAFTS], async |transaction| {
                let key = key(person, &format!("{ORDER}{property_code}"));
                transaction.object_store(schema::DRAFTS)?.delete(&key)?;
                Ok(())
            })
            .await
    }
}

fn key(person: &str, draft: &str) -> JsValue {
    Array::of2(&JsValue::from_str(person), &JsValue::from_str(draft)).into()
}
