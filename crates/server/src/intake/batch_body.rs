//! From a request's body to a batch, each item read on its own. The router bounds and unpacks the body.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde_json::value::RawValue;
use shared::id::ItemId;
use shared::wire::batch::{BATCH_ITEMS_MAX, Batch, WireItem};
use shared::wire::bundle::Bundle;

use crate::problem::ApiError;

/// The text of a request; read whole before anything is done.
#[derive(Debug)]
pub struct BatchBody(Bytes);

/// One item as it was sent.
#[derive(Debug)]
pub struct ReadItem<'a> {
    /// Its id and revision, readable even where the rest is not.
    pub name: ItemName,
    /// The text as it was sent.
    pub text: &'a str,
    /// What it says; absent when it is no item.
    pub wire: Option<WireItem>,
}

/// What has to be readable for an item to get a verdict at all.
#[derive(Debug, Clone)]
pub struct ItemName {
    /// The item.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
    /// Who is said to have read.
    pub captured_by: Option<String>,
    /// The running number, kept even of an item that is none, so that the phone's check is right.
    pub device_seq: Option<u64>,
}

impl BatchBody {
    /// The envelope, and the items that can be named; an item that can't spoils nobody else's.
    pub fn read(&self) -> Result<(Batch<()>, Vec<ReadItem<'_>>), ApiError> {
        let batch: Batch<&RawValue> = self.parse()?;
        let items = items_of(&batch.readings)?;
        let envelope = Batch {
            batch_id: batch.batch_id,
            device_id: batch.device_id,
            device_total: batch.device_total,
            clock_offset_ms: batch.clock_offset_ms,
            readings: Vec::new(),
        };
        Ok((envelope, items))
    }

    /// Likewise of a file that a phone exported.
    pub fn read_bundle(&self) -> Result<(Bundle<()>, Vec<ReadItem<'_>>), ApiError> {
        let bundle: Bundle<&RawValue> = self.parse()?;
        let items = items_of(&bundle.readings)?;
        let envelope = Bundle {
            format: bundle.format,
            version: bundle.version,
            device_id: bundle.device_id,
            captured_by: bundle.captured_by,
            device_total: bundle.device_total,
            clock_offset_ms: bundle.clock_offset_ms,
            exported_at: bundle.exported_at,
            app_version: bundle.app_version,
            readings: Vec::new(),
        };
        Ok((envelope, items))
    }

    fn parse<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, ApiError> {
        serde_json::from_slice(&self.0).map_err(|error| ApiError::BadJson(error.to_string()))
    }
}

fn items_of<'a>(readings: &[&'a RawValue]) -> Result<Vec<ReadItem<'a>>, ApiError> {
    if readings.len() > BATCH_ITEMS_MAX {
        return Err(ApiError::TooManyItems);
    }
    Ok(readings.iter().filter_map(|raw| read_item(raw.get())).collect())
}

impl<S: Send + Sync> FromRequest<S> for BatchBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::UnsupportedMediaType);
        }
        Ok(Self(Bytes::from_request(request, state).await?))
    }
}

fn read_item(text: &str) -> Option<ReadItem<'_>> {
    match serde_json::from_str::<WireItem>(text) {
        Ok(wire) => {
            let name = ItemName {
                id: wire.id,
                revision: wire.revision,
                captured_by: Some(wire.captured_by.clone()),
                device_seq: Some(wire.device_seq),
            };
            Some(ReadItem {
                name,
                text,
                wire: Some(wire),
            })
        }
        Err(_) => Some(ReadItem {
            name: read_name(text)?,
            text,
            wire: None,
        }),
    }
}

// Member by member, so that one of the wrong type does not hide the others.
fn read_name(text: &str) -> Option<ItemName> {
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    Some(ItemName {
        id: ItemId::parse(members.get("id")?.as_str()?)?,
        revision: u32::try_from(members.get("revision")?.as_u64()?)
            .ok()
            .filter(|revision| *revision >= 1)?,
        captured_by: members
            .get("captured_by")
            .and_then(|it| it.as_str())
            .map(str::to_owned),
        device_seq: members.get("device_seq").and_then(serde_json::Value::as_u64),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .eq_ignore_ascii_case("application/json")
}
