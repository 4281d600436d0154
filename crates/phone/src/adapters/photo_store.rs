//! Photos on the device: the database `meterline-photos`, version 1 for ever (see `ARCHITECTURE.md`).
//!
//! One function = one strict transaction, as in the outbox. A photo is stored before the item that names it.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use shared::id::ItemId;
use shared::photo::{PhotoHash, PhotoKey};
use shared::timestamp::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStoreParameters};

use super::idb::{Database, StoreError, outcome, record, value_of};

/// The database. Never to be changed, nor what follows: a phone may hold unsent work in it.
const NAME: &str = "meterline-photos";
/// One record a photo: `{person, item, hash, taken_at_ms, bytes}`. `bytes` is an `ArrayBuffer`: browsers have lost their
/// store over larger `Blob`s.
const PHOTOS: &str = "photos";
const KEY: [&str; 3] = ["person", "item", "hash"];

/// The device's photos.
pub struct PhotoStore {
    database: Database,
}

impl Default for PhotoStore {
    /// Nothing is opened before it is needed.
    fn default() -> Self {
        Self {
            database: Database::new(NAME, create),
        }
    }
}

impl PhotoStore {
    /// Keeps a photo. The same one again changes nothing.
    pub async fn put(
        &self,
        person: &str,
        photo: &PhotoKey,
        taken_at: Timestamp,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let buffer = Uint8Array::from(bytes).buffer();
        self.database
            .write(&[PHOTOS], async |transaction| {
                let photo = record(&[
                    ("person", JsValue::from_str(person)),
                    ("item", JsValue::from_str(&photo.item.to_string())),
                    ("hash", JsValue::from_str(&photo.hash.to_string())),
                    ("taken_at_ms", JsValue::from_f64(taken_at.ms() as f64)),
                    ("bytes", buffer.clone().into()),
                ])?;
                transaction.object_store(PHOTOS)?.put(&photo)?;
                Ok(())
            })
            .await
    }

    /// Which photos of this person are here. Reads keys and no bytes, so five hundred are cheap.
    pub async fn keys(&self, person: &str) -> Result<Vec<PhotoKey>, StoreError> {
        self.database
            .read(&[PHOTOS], async |transaction| {
                let photos = transaction.object_store(PHOTOS)?;
                let keys: Array = outcome(&photos.get_all_keys_with_key(&range_of_person(person)?)?)
                    .await?
                    .into();
                Ok(keys.iter().filter_map(|key| photo_of_key(&key)).collect())
            })
            .await
    }

    /// The bytes of one; `None` when it is not here (any more).
    pub async fn bytes(&self, person: &str, photo: &PhotoKey) -> Result<Option<Uint8Array>, StoreError> {
        self.database
            .read(&[PHOTOS], async |transaction| {
                let found = outcome(&transaction.object_store(PHOTOS)?.get(&key_of(person, photo))?).await?;
                let buffer: Option<ArrayBuffer> = value_of(&found, "bytes").dyn_into().ok();
                Ok(buffer.map(|buffer| Uint8Array::new(&buffer)))
            })
            .await
    }

    /// Forgets one.
    pub async fn delete(&self, person: &str, photo: &PhotoKey) -> Result<(), StoreError> {
        self.database
            .write(&[PHOTOS], async |transaction| {
                transaction.object_store(PHOTOS)?.delete(&key_of(person, photo))?;
                Ok(())
            })
            .await
    }
}

fn create(database: &IdbDatabase) -> Result<(), JsValue> {
    let path: Array = KEY.iter().map(|member| JsValue::from_str(member)).collect();
    let parameters = IdbObjectStoreParameters::new();
    parameters.set_key_path(&path);
    database.create_object_store_with_optional_parameters(PHOTOS, &parameters)?;
    Ok(())
}

fn key_of(person: &str, photo: &PhotoKey) -> JsValue {
    Array::of3(
        &JsValue::from_str(person),
        &JsValue::from_str(&photo.item.to_string()),
        &JsValue::from_str(&photo.hash.to_string()),
    )
    .into()
}

fn photo_of_key(key: &JsValue) -> Option<PhotoKey> {
    let key: &Array = key.dyn_ref()?;
    Some(PhotoKey {
        item: ItemId::parse(&key.get(1).as_string()?)?,
        hash: PhotoHash::parse(&key.get(2).as_string()?)?,
    })
}

/// All keys of one person: in IndexedDB's order an array sorts behind every text.
fn range_of_person(person: &str) -> Result<JsValue, StoreError> {
    let person = JsValue::from_str(person);
    let end = Array::of2(&person, &Array::new());
    Ok(IdbKeyRange::bound(&Array::of1(&person), &end)?.into())
}
