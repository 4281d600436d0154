//! The database `meterline-cache`: the list, settings, history and the session as last known. Losing it loses no work.

use std::cell::RefCell;
use std::rc::Rc;

use rexie::{ObjectStore, Rexie, TransactionMode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

const NAME: &str = "meterline-cache";
const VERSION: u32 = 1;
/// JSON texts by name. A store that is not listed at a later version would be deleted with what is in it.
const DOCUMENTS: &str = "documents";

/// The cache, opened when it is first needed. Where the browser refuses storage everything reads as absent.
#[derive(Default)]
pub struct CacheStore {
    database: RefCell<Option<Rc<Rexie>>>,
}

impl CacheStore {
    /// A document; `None` when it is absent, unreadable or of an older form.
    pub async fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let transaction = self
            .open()
            .await?
            .transaction(&[DOCUMENTS], TransactionMode::ReadOnly)
            .ok()?;
        let documents = transaction.store(DOCUMENTS).ok()?;
        let text = documents.get(JsValue::from_str(name)).await.ok()??.as_string()?;
        serde_json::from_str(&text).ok()
    }

    /// Keeps a document; `false` when it could not be kept.
    pub async fn keep<T: Serialize>(&self, name: &str, document: &T) -> bool {
        match serde_json::to_string(document) {
            Ok(text) => self.put(name, Some(&text)).await.is_some(),
            Err(_) => false,
        }
    }

    /// Forgets a document.
    pub async fn forget(&self, name: &str) {
        // What cannot be forgotten cannot be read either.
        let _ = self.put(name, None).await;
    }

    async fn put(&self, name: &str, text: Option<&str>) -> Option<()> {
        let transaction = self
            .open()
            .await?
            .transaction(&[DOCUMENTS], TransactionMode::ReadWrite)
            .ok()?;
        let documents = transaction.store(DOCUMENTS).ok()?;
        let name = JsValue::from_str(name);
        match text {
            Some(text) => {
                documents.put(&JsValue::from_str(text), Some(&name)).await.ok()?;
            }
            None => documents.delete(name).await.ok()?,
        }
        transaction.done().await.ok()?;
        Some(())
    }

    async fn open(&self) -> Option<Rc<Rexie>> {
        if let Some(database) = self.database.borrow().as_ref() {
            return Some(Rc::clone(database));
        }
        let opened = Rexie::builder(NAME)
            .version(VERSION)
            .add_object_store(ObjectStore::new(DOCUMENTS))
            .build()
            .await;
        let database = Rc::new(opened.ok()?);
        self.database.replace(Some(Rc::clone(&database)));
        Some(database)
    }
}
