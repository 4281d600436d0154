//! Files with what a phone could not send, made here and brought in by the office. Nothing leaves the outbox by it; the
//! phone's own sending gets the same receipts later.

use shared::wire::bundle::{BUNDLE_FORMAT, BUNDLE_VERSION, Bundle};

use crate::adapters::share::{self, HandedOver};
use crate::adapters::{cookie, entropy};
use crate::runtime::Runtime;
use crate::runtime::core::Core;

/// Unsent work of one person on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Whose it is.
    pub person: String,
    /// What waits and what needs attention.
    pub count: usize,
}

/// What became of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exported {
    /// So many items are in a file that another app took.
    Shared(usize),
    /// So many items are in a file among the downloads.
    Downloaded(usize),
    /// The person closed the share sheet.
    Cancelled,
    /// There was nothing, the store failed, or the browser has no way of keeping a file.
    Failed,
}

impl Runtime {
    /// Everybody else of whom unsent work lies on this phone.
    pub async fn unsent_of_others(self) -> Vec<Unsent> {
        let core = self.core();
        let me = core.person().map(|person| person.username);
        let people = core.outbox.people_with_unsent().await.unwrap_or_default();
        people
            .into_iter()
            .filter(|(person, count)| Some(person) != me.as_ref() && *count > 0)
            .map(|(person, count)| Unsent { person, count })
            .collect()
    }

    /// Hands everything unsent of this person (of the one who is signed in, when none is named) over as a file.
    pub async fn export_unsent(self, person: Option<String>) -> Exported {
        let core = self.core();
        let Some(person) = person.or_else(|| core.person().map(|person| person.username)) else {
            return Exported::Failed;
        };
        let Some((text, count)) = bundle_text(&core, &person).await else {
            return Exported::Failed;
        };
        match share::hand_over(&file_name(&person), &text).await {
            HandedOver::Shared => Exported::Shared(count),
            HandedOver::Downloaded => Exported::Downloaded(count),
            HandedOver::Cancelled => Exported::Cancelled,
            HandedOver::Failed => Exported::Failed,
        }
    }
}

/// The file's text and how many items it holds. The items are joined as they were saved, byte for byte.
async fn bundle_text(core: &Core, person: &str) -> Option<(String, usize)> {
    let stored = core.outbox.load(person).await.ok()?;
    let waiting = core.outbox.all_bodies(person).await.ok()?;
    let shelf = core.outbox.shelf(person).await.ok()?;
    let items: Vec<String> = waiting
        .into_iter()
        .filter_map(|body| body.text.as_string())
        .chain(shelf.into_iter().map(|record| record.body))
        .collect();
    if items.is_empty() {
        return None;
    }
    let device_id = core.outbox.device_id().await.ok()?;
    let head = Bundle::<()> {
        format: BUNDLE_FORMAT.into(),
        version: BUNDLE_VERSION,
        device_id: device_id.or_else(|| cookie::read(person).device_id)?,
        captured_by: person.to_owned(),
        device_total: stored.device_total,
        clock_offset_ms: core.clock_offset.get().map(|(offset_ms, _)| offset_ms),
        exported_at: entropy::local_now().to_rfc3339(),
        app_version: env!("CARGO_PKG_VERSION").into(),
        readings: Vec::new(),
    };
    let head = serde_json::to_string(&head).ok()?;
    let head = head.strip_suffix("]}")?;
    Some((format!("{head}\n{}\n]}}\n", items.join(",\n")), items.len()))
}

/// `meterline-ana-2026-11-23-0914.json`: says whose it is and when it was made.
fn file_name(person: &str) -> String {
    let safe = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    let person: String = person.chars().map(safe).collect();
    let made_at = entropy::local_now().to_rfc3339();
    let day = made_at.get(..10).unwrap_or_default();
    let time: String = made_at.chars().skip(11).take(5).filter(|it| *it != ':').collect();
    format!("meterline-{person}-{day}-{time}.json")
}
