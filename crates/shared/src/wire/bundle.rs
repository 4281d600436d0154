//! `POST /api/bundles`: a file with what a phone could not send itself, brought in by the office. The same items,
//! judged by the same intake in the name of the person who captured them; the phone's own sending later, or the same
//! file once more, gets the same receipts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::DeviceId;
use crate::wire::batch::BATCH_ITEMS_MAX;
use crate::wire::receipt::WireVerdict;

/// What a file has to say that it is.
pub const BUNDLE_FORMAT: &str = "meterline-bundle";
/// The version of the file that this code writes, and the highest that it reads.
pub const BUNDLE_VERSION: u32 = 1;

/// The file. `T` is [`super::batch::WireItem`], or raw JSON, so that each item stays byte for byte what the phone saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bundle<T> {
    /// Always [`BUNDLE_FORMAT`].
    pub format: String,
    /// [`BUNDLE_VERSION`].
    pub version: u32,
    /// The phone that captured the items.
    pub device_id: DeviceId,
    /// The person who captured them; each item says the same.
    pub captured_by: String,
    /// The highest running number that the phone has given to this person's items.
    pub device_total: u64,
    /// Milliseconds by which the server's clock was ahead of the phone's, as measured last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// The phone's clock when the file was made, RFC 3339.
    #[serde(default)]
    pub exported_at: String,
    /// Version of the app that made it.
    #[serde(default)]
    pub app_version: String,
    /// The items, in the order of capture.
    pub readings: Vec<T>,
}

impl<T> Bundle<T> {
    /// The file in parts that fit a request each, in order; an empty one is one part. Each part is a bundle of its own:
    /// post them one after the other and join their verdicts.
    pub fn into_parts(self) -> Vec<Self> {
        let Self {
            format,
            version,
            device_id,
            captured_by,
            device_total,
            clock_offset_ms,
            exported_at,
            app_version,
            readings,
        } = self;
        let part = |readings| Self {
            format: format.clone(),
            version,
            device_id,
            captured_by: captured_by.clone(),
            device_total,
            clock_offset_ms,
            exported_at: exported_at.clone(),
            app_version: app_version.clone(),
            readings,
        };
        let mut parts = Vec::new();
        let mut rest = readings;
        while rest.len() > BATCH_ITEMS_MAX {
            let behind = rest.split_off(BATCH_ITEMS_MAX);
            parts.push(part(rest));
            rest = behind;
        }
        parts.push(part(rest));
        parts
    }
}

/// The answer to one bundle. It settles nothing on a phone, so it is plain JSON and no receipts document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BundleAnswer {
    /// Which installation answered.
    pub server_id: String,
    /// What is known of the phone here; of one that is not `enrolled` the office decides every item.
    pub device: BundleDevice,
    /// One for each item that could be named, in the order of the file: what the phone itself would have been told.
    pub verdicts: Vec<WireVerdict>,
}

/// What the server knows of the phone that a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BundleDevice {
    /// Somebody signed in on it here.
    Enrolled,
    /// Never seen here: the items are held.
    Unknown,
    /// An admin revoked it: the items are held.
    Revoked,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_file_fit_a_request_each_and_keep_its_order() {
        for (count, sizes) in [(0, vec![0]), (500, vec![500]), (1_201, vec![500, 500, 201])] {
            let bundle = Bundle {
                format: BUNDLE_FORMAT.into(),
                version: BUNDLE_VERSION,
                device_id: DeviceId::default(),
                captured_by: "ana".into(),
                device_total: 1_201,
                clock_offset_ms: None,
                exported_at: String::new(),
                app_version: String::new(),
                readings: (0..count).collect::<Vec<usize>>(),
            };
            let parts = bundle.clone().into_parts();
            let found: Vec<usize> = parts.iter().map(|part| part.readings.len()).collect();
            assert_eq!(found, sizes, "{count}");
            let joined: Vec<usize> = parts.into_iter().flat_map(|part| part.readings).collect();
            assert_eq!(joined, bundle.readings);
        }
    }
}
