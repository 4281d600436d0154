//! Previous value and consumption of imported readings, meter by meter, in the order of time.

use std::collections::BTreeMap;

use shared::consumption::{consumption, rollover_is_plausible};
use shared::reading_value::{ReadingValue, micro_of};

use super::books::Books;
use super::records::{ItemRecord, MeterRecord, ReadingRow};

/// Fills in what each new item can know of those before it.
pub(super) fn complete(items: &mut [ItemRecord], meters: &BTreeMap<&str, &MeterRecord>, books: &Books) {
    items.sort_by(|a, b| (&a.serial_normal, a.read_at, a.kind).cmp(&(&b.serial_normal, b.read_at, b.kind)));
    let mut known: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
    for value in books.official.values() {
        let Some(value_micro) = value.value_micro else {
            continue;
        };
        let of_meter = known.entry(&value.serial_normal).or_default();
        of_meter.push((value.read_at, value_micro));
    }
    for of_meter in items.chunk_by_mut(|a, b| a.serial_normal == b.serial_normal) {
        let Some(serial) = of_meter.first().map(|item| item.serial_normal.clone()) else {
            continue;
        };
        let Some(meter) = meters.get(serial.as_str()) else {
            continue;
        };
        let mut past = known.remove(serial.as_str()).unwrap_or_default();
        for item in of_meter {
            complete_item(item, meter, &past);
            if ReadingRow::counts(item.kind) {
                past.push((item.read_at, item.value_micro));
            }
        }
    }
}

fn complete_item(item: &mut ItemRecord, meter: &MeterRecord, past: &[(i64, i64)]) {
    let before = past
        .iter()
        .filter(|(read_at, _)| *read_at < item.read_at)
        .max_by_key(|(read_at, _)| *read_at);
    let previous_micro = before.map_or(meter.initial_micro, |(_, micro)| *micro);
    let (Some(register), Some(previous), Some(value)) = (
        meter.register(),
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
