//! Bringing in a file with what a phone could not send. The phone's own sending gets the same receipts later.

use serde_json::value::RawValue;
use shared::wire::bundle::{BUNDLE_FORMAT, BUNDLE_VERSION, Bundle, BundleDevice};
use shared::wire::receipt::{VerdictName, WireVerdict};
use ui::api::ApiError;

use crate::adapters::api;

/// A file that was brought in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Imported {
    /// Who captured the items.
    pub(crate) captured_by: String,
    /// When the file was made, RFC 3339.
    pub(crate) exported_at: String,
    /// What is known of the phone.
    pub(crate) device: BundleDevice,
    /// Items in the file.
    pub(crate) count: usize,
    /// What the server made of them.
    pub(crate) verdicts: Vec<WireVerdict>,
    /// Why not all of it was brought in; the same file once more goes on where it stopped.
    pub(crate) stopped: Option<ApiError>,
}

impl Imported {
    /// How many got this verdict.
    pub(crate) fn count_of(&self, verdict: VerdictName) -> usize {
        self.verdicts.iter().filter(|it| it.verdict == verdict).count()
    }
}

/// Why nothing was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// It is no file of this app.
    NoBundle,
    /// A newer version of the app made it.
    TooNew,
    /// The server did not take it.
    Api(ApiError),
}

/// Brings in a file, part by part; `on_progress` hears how many items have been judged.
pub(crate) async fn bring_in(text: &str, on_progress: impl Fn(usize)) -> Result<Imported, ImportError> {
    let bundle = read_bundle(text)?;
    let mut imported = Imported {
        captured_by: bundle.captured_by.clone(),
        exported_at: bundle.exported_at.clone(),
        device: BundleDevice::Enrolled,
        count: bundle.readings.len(),
        verdicts: Vec::new(),
        stopped: None,
    };
    let mut sent = 0;
    for part in bundle.into_parts() {
        let text = serde_json::to_string(&part).map_err(|_| ImportError::NoBundle)?;
        match api::bundle(&text).await {
            Ok(answer) => {
                imported.device = answer.device;
                imported.verdicts.extend(answer.verdicts);
            }
            Err(error) if sent == 0 => return Err(ImportError::Api(error)),
            Err(error) => {
                imported.stopped = Some(error);
                break;
            }
        }
        sent += part.readings.len();
        on_progress(sent);
    }
    Ok(imported)
}

fn read_bundle(text: &str) -> Result<Bundle<Box<RawValue>>, ImportError> {
    let bundle: Bundle<Box<RawValue>> = serde_json::from_str(text).map_err(|_| ImportError::NoBundle)?;
    match bundle.version {
        _ if bundle.format != BUNDLE_FORMAT => Err(ImportError::NoBundle),
        1..=BUNDLE_VERSION => Ok(bundle),
        _ => Err(ImportError::TooNew),
    }
}
