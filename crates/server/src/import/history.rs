//! Previous value and consumption of imported readings, meter by meter, in the order of time.

use std::collections::HashMap;

use shared::consumption::{consumption, rollover_is_plausible};
use shared::reading_value::{ReadingValue, micro_of};

use super::apply::{Meter, Meters};
use super::books::Books;
use super::records::{ItemRecord, ReadingRow};

/// Fills in what each new item can know of those before it.
pub(super) fn complete(items: &mut [ItemRecord], meters: &Meters<'_>, books: &Books) {
    let mut known: HashMap<&str, Vec<(i64, i64)>> = HashMap::new();
    for value in books.official.values() {
        let Some(value_micro) = value.value_micro else {
            continue;
        };
        let of_meter = known.entry(&value.serial_normal).or_default();
        of_meter.push((value.read_at, value_micro));
    }
    // The items themselves are large, and stay where they are.
    let of_item = |(index, item): (usize, &ItemRecord)| (item.meter, item.read_at, item.kind, index);
    let mut order: Vec<_> = items.iter().enumerate().map(of_item).collect();
    order.sort_unstable();
    for of_meter in order.chunk_by(|a, b| a.0 == b.0) {
        let Some(meter) = of_meter.first().and_then(|first| meters.at(first.0)) else {
            continue;
        };
        let mut past = known
            .remove(meter.record.serial_normal.as_str())
            .unwrap_or_default();
        for (_, _, _, index) in of_meter {
            let item = &mut items[*index];
            complete_item(item, meter, &past);
            if ReadingRow::counts(item.kind) {
                past.push((item.read_at, item.value_micro));
            }
        }
    }
}

fn complete_item(item: &mut ItemRecord, meter: &Meter<'_>, past: &[(i64, i64)]) {
    let before = past
        .iter()
        .filter(|(read_at, _)| *read_at < item.read_at)
        .max_by_key(|(read_at, _)| *read_at);
    let previous_micro = before.map_or(meter.record.initial_micro, |(_, micro)| *micro);
    let (Some(register), Some(previous), Some(value)) = (
        meter.register,
        ReadingValue::from_micro(previous_micro),
        ReadingValue::from_micro(item.value_micro),
    ) else {
        return;
    };
    let rolled_over = rollover_is_plausible(&register, previous, value);
    if value < previous && !rolled_over {
        item.flags = "[\"lower\"]";
    }
    item.previous_micro = Some(previous_micro);
    item.consumption_micro = Some(micro_of(consumption(&register, previous, value, rolled_over)));
}
