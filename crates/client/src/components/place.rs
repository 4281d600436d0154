//! The name of a unit as people say it.

use shared::wire::list::MeterPointRow;
use ui::wording::places::unit_name;

use crate::view_state::ItemSummary;
use crate::wording::Wording;

/// Of a row of the list.
pub(crate) fn row_name(row: &MeterPointRow) -> String {
    unit_name(&row.building, &row.unit_no, &row.point)
}

/// Property and unit of an item, or its label's text.
pub(crate) fn item_name(item: &ItemSummary, wording: &Wording) -> String {
    match &item.label_text {
        Some(text) if item.unit_no.is_empty() => format!("{} {text}", wording.common.unknown_label),
        _ => format!(
            "{} · {}",
            item.property_code,
            unit_name(&item.building, &item.unit_no, &item.point)
        ),
    }
}
