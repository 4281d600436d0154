//! A page of labels to try the scanner with: sheets as the office prints them.

use shared::label_sheet::{PRINTED_LABELS_MAX, SheetLayout};

use crate::label_sheets::{self, Sheets};
use crate::labels::{self, LabelFilter};
use crate::store::Store;

const LAYOUT: &SheetLayout = &shared::label_sheet::SHEET_LAYOUTS[0];
const INTRO: &str =
    "Labels of the demo: open Meterline on a phone and scan one from this screen, or print this page.";

/// The page with every valid label, in walking order.
pub async fn labels_page(store: &Store) -> sqlx::Result<String> {
    let labels = labels::printable(store, &LabelFilter::everything(), &[], PRINTED_LABELS_MAX).await?;
    let sheets = Sheets {
        layout: LAYOUT,
        used: 0,
        wording: label_sheets::wording("en"),
        labels: &labels,
    };
    Ok(label_sheets::page(sheets, Some(INTRO)))
}
