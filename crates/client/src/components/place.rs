//! The name of a unit as people say it.

use shared::wire::list::MeterPointRow;

use crate::view_state::ItemSummary;
use crate::wording::Wording;

/// `101`, or `N 101` where the property has buildings, or `101 · T1` where the unit has two meters of one utility.
pub(crate) fn unit_name(building: &str, unit_no: &str, point: &str) -> String {
    let unit = if building.is_empty() {
        unit_no.to_owned()
    } else {
        format!("{building} {unit_no}")
    };
    if point.is_empty() {
        unit
    } else {
        format!("{unit} · {point}")
    }
}

/// The same for a row of the list.
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
