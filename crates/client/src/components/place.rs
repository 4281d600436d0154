//! The name of a unit as people say it.

use shared::wire::list::MeterPointRow;
use ui::wording::places::unit_name;

use crate::view_state::{ItemSummary, Round, RoundRow};
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

/// The unit, with its property where the round has several, and with the utility where the unit has several meters.
pub(crate) fn name_on_round(row: &RoundRow, round: &Round, wording: &Wording) -> String {
    let mut name = row_name(&row.point);
    if round.properties.len() > 1 {
        name = format!("{} · {name}", row.point.property_code);
    }
    if has_several_meters(row, round) {
        name = format!("{name} · {}", wording.utility(&row.point.utility));
    }
    name
}

fn has_several_meters(row: &RoundRow, round: &Round) -> bool {
    let unit = |row: &RoundRow| {
        let point = &row.point;
        (
            point.property_code.clone(),
            point.building.clone(),
            point.unit_no.clone(),
        )
    };
    let wanted = unit(row);
    round.rows.iter().filter(|it| unit(it) == wanted).take(2).count() > 1
}
