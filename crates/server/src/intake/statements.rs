//! Bulk inserts: many rows a statement, in a few fixed sizes, so that each text is prepared once a connection.
//!
//! Public, so that the bench's raw limit runs the very same statements.

use std::sync::LazyLock;

/// Rows a statement, halved down to one: a few statements whatever the number of rows, as each is a hand-over to another
/// thread. The largest has fewer parameters than either database allows (32,766).
const CHUNKS: [usize; 9] = [256, 128, 64, 32, 16, 8, 4, 2, 1];

/// Inserts rows of the table `item`.
pub static ITEM_INSERT: LazyLock<BulkInsert> = LazyLock::new(|| {
    BulkInsert::new(
        "item",
        "receipt_seq, id, revision, variant, part, hash, shape, source, state, verdict, code, received_at, \
         updated_seq, official_key, meter_point_id, meter_id, property_code, property_normal, building, unit_no, \
         unit_normal, utility, point, meter_serial, label_text, period, kind, value_micro, skip_reason, \
         previous_micro, consumption_micro, read_at, read_offset_s, corrected_at, time_certain, captured_by, \
         device_id, device_seq, identified_by, flags, remarks, rule_version",
    )
});

/// Inserts rows of the table `sent_item`.
pub static BODY_INSERT: LazyLock<BulkInsert> =
    LazyLock::new(|| BulkInsert::new("sent_item", "receipt_seq, body"));

/// The texts that insert into one table. The only texts that stand twice: SQLite looks the name of each numbered place up
/// in a list at every binding, which with thousands of places costs ten times as much as the insert itself; PostgreSQL
/// has no other places than numbered ones.
#[derive(Debug)]
pub struct BulkInsert {
    columns: &'static str,
    plain: [String; CHUNKS.len()],
    numbered: [String; CHUNKS.len()],
}

impl BulkInsert {
    fn new(table: &str, columns: &'static str) -> Self {
        Self::with_constants(table, columns, &[])
    }

    /// Rows that have further columns with the same values in each of them.
    pub(crate) fn with_constants(table: &str, columns: &'static str, constants: &[(&str, &str)]) -> Self {
        let texts = |place: &dyn Fn(usize) -> String| {
            CHUNKS.map(|rows| insert_text(table, columns, constants, rows, place))
        };
        Self {
            columns,
            plain: texts(&|_| String::from("?")),
            numbered: texts(&|place| format!("${place}")),
        }
    }

    /// The columns in the order in which they are bound, parted by commas.
    pub fn columns(&self) -> &'static str {
        self.columns
    }

    /// Cuts a list into the sizes that there is a statement for; the texts are SQLite's.
    pub fn chunks<'t, T>(&'static self, rest: &'t [T]) -> Vec<(&'static str, &'t [T])> {
        chunks(&self.plain, rest)
    }

    /// The same with PostgreSQL's texts.
    pub fn chunks_numbered<'t, T>(&'static self, rest: &'t [T]) -> Vec<(&'static str, &'t [T])> {
        chunks(&self.numbered, rest)
    }
}

fn chunks<'t, T>(texts: &'static [String; CHUNKS.len()], mut rest: &'t [T]) -> Vec<(&'static str, &'t [T])> {
    let mut chunks = Vec::new();
    for (text, size) in texts.iter().zip(CHUNKS) {
        while rest.len() >= size {
            let (chunk, behind) = rest.split_at(size);
            chunks.push((text.as_str(), chunk));
            rest = behind;
        }
    }
    chunks
}

fn insert_text(
    table: &str,
    columns: &str,
    constants: &[(&str, &str)],
    rows: usize,
    place: impl Fn(usize) -> String,
) -> String {
    let column_count = columns.split(',').count();
    let row = |index: usize| {
        let first = index * column_count + 1;
        let places = (first..first + column_count).map(&place);
        let values = constants.iter().map(|(_, value)| format!("'{value}'"));
        format!("({})", places.chain(values).collect::<Vec<_>>().join(","))
    };
    let values: Vec<String> = (0..rows).map(row).collect();
    let constants: String = constants
        .iter()
        .map(|(column, _)| format!(", {column}"))
        .collect();
    format!(
        "INSERT INTO {table} ({columns}{constants}) VALUES {}",
        values.join(",")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_exactly_one_statement() {
        let rows: Vec<usize> = (0..618).collect();
        let chunks = BODY_INSERT.chunks(&rows);
        let sizes: Vec<usize> = chunks.iter().map(|(_, chunk)| chunk.len()).collect();
        assert_eq!(sizes, [256, 256, 64, 32, 8, 2]);
        assert_eq!(
            chunks
                .iter()
                .flat_map(|(_, chunk)| *chunk)
                .copied()
                .collect::<Vec<_>>(),
            rows
        );
    }

    #[test]
    fn places_are_plain_or_numbered_through() {
        let text = "INSERT INTO t (a, b) VALUES ($1,$2),($3,$4)";
        assert_eq!(
            insert_text("t", "a, b", &[], 2, |place| format!("${place}")),
            text
        );
        let text = "INSERT INTO t (a, b, c) VALUES (?,?,'x'),(?,?,'x')";
        assert_eq!(insert_text("t", "a, b", &[("c", "x")], 2, |_| "?".into()), text);
        let rows = [()];
        assert!(BODY_INSERT.chunks(&rows)[0].0.ends_with("VALUES (?,?)"));
        assert!(
            BODY_INSERT.chunks_numbered(&rows)[0]
                .0
                .ends_with("VALUES ($1,$2)")
        );
    }
}
