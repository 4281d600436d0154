//! What the office has decided about needs no more attention.

use js_sys::Array;
use shared::sync::event::Entry;
use wasm_bindgen::JsValue;

use super::super::idb::{StoreError, outcome, value_of};
use super::bodies::shelf_record;
use super::key::{key_of, range_of_person};
use super::settle::put_sent;
use super::{Answered, Body, OutboxStore, schema};

impl OutboxStore {
    /// Takes what is decided from the shelf and keeps it, whole, with what was sent: a server that was restored may have lost
    /// it. `kept_as` names the person and the record; how many left.
    pub async fn leave_shelf(
        &self,
        kept_as: Answered<'_>,
        is_decided: impl Fn(&Entry) -> bool,
    ) -> Result<usize, StoreError> {
        let person = kept_as.person;
        self.database
            .write(&[schema::SHELF, schema::SENT], async |transaction| {
                let shelf = transaction.object_store(schema::SHELF)?;
                let records: Array = outcome(&shelf.get_all_with_key(&range_of_person(person)?)?)
                    .await?
                    .into();
                let mut left: Vec<(Body, String)> = Vec::new();
                for record in records.iter() {
                    let Some(found) = shelf_record(&record).filter(|it| is_decided(&it.entry)) else {
                        continue;
                    };
                    let text: JsValue = value_of(&record, "body");
                    shelf.delete(&key_of(person, &found.entry))?;
                    let entry = found.entry;
                    left.push((Body { entry, text }, found.verdict));
                }
                let count = left.len();
                if count > 0 {
                    let batch = Answered {
                        person,
                        batch_id: kept_as.batch_id,
                        at: kept_as.at,
                        sent: left,
                        shelf: Vec::new(),
                    };
                    put_sent(transaction, &batch)?;
                }
                Ok(count)
            })
            .await
    }
}
