//! The section as Markdown.

use super::throughput::Side;
use crate::bench::figures::short;

/// A table of all sides of one measurement; the first is ours.
pub(super) fn table(title: &str, sides: &[Side], aim: &str) -> String {
    let mut text = format!(
        "### {title}\n\n| | rows/s | p50 ms | p99 ms | processor time a row, µs | of the load, µs |\n|---|---|---|---|---|---|\n"
    );
    for side in sides {
        let load = side
            .load_cpu_us
            .map_or_else(|| "in it".to_owned(), |it| it.to_string());
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {load} |\n",
            side.name, side.rows_per_s, side.p50_ms, side.p99_ms, side.cpu_us
        ));
    }
    if let [ours, raw, ..] = sides {
        let factor = raw.rows_per_s.median / ours.rows_per_s.median;
        text.push_str(&format!("\nRaw is {} times as fast. {aim}\n", short(factor)));
    }
    text
}
