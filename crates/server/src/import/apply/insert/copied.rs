//! Into PostgreSQL: by `COPY`, which takes rows as they are, without a plan and without a list of places. Constraints and indexes
//! hold as they do for every row.

use std::fmt::Write;

use sqlx::PgConnection;

use super::meter_place::{MeterPlace, Places};
use super::{COLUMNS, CONSTANTS, Common};
use crate::import::records::ItemRecord;

/// Rows a command, some megabytes of text. That the meters are there is checked at its end, while the rows are in memory.
const COMMAND_ROWS: usize = 10_000;
/// Most rows are shorter.
const ROW_BYTES: usize = 512;
const NULL: &str = "\\N";

/// Copies them in. While the database is at some of them, the text of the next ones is made.
pub(super) async fn readings(
    connection: &mut PgConnection,
    readings: &[ItemRecord],
    common: &Common,
    places: &Places<MeterPlace>,
) -> sqlx::Result<()> {
    let constants = CONSTANTS.map(|(column, _)| column).join(", ");
    let copy = format!("COPY item ({COLUMNS}, {constants}) FROM STDIN");
    let rows = Rows {
        beginnings: places.as_form(MeterPlace::beginning),
        end: common.end(),
    };
    let mut receipts = common.receipt_before + 1..;
    let mut chunks = readings.chunks(COMMAND_ROWS);
    let mut next_text = || Some(rows.text(chunks.next()?, &mut receipts));
    let mut text = next_text();
    while let Some(now) = text {
        let (sent, next) = tokio::join!(send(connection, &copy, now?), async { next_text() });
        sent?;
        text = next;
    }
    Ok(())
}

async fn send(connection: &mut PgConnection, copy: &str, text: String) -> sqlx::Result<()> {
    let mut copy = connection.copy_in_raw(copy).await?;
    copy.send(text.into_bytes()).await?;
    copy.finish().await.map(drop)
}

/// What is the same in many rows.
struct Rows {
    beginnings: Places<String>,
    end: String,
}

impl Rows {
    fn text(&self, items: &[ItemRecord], receipts: &mut impl Iterator<Item = i64>) -> sqlx::Result<String> {
        let mut text = String::with_capacity(items.len() * ROW_BYTES);
        for (item, receipt) in items.iter().zip(receipts) {
            text.push_str(self.beginnings.of(item)?);
            push_own(&mut text, item, receipt);
            text.push_str(&self.end);
        }
        Ok(text)
    }
}

// Writing to a text can't fail.
fn push_own(text: &mut String, item: &ItemRecord, receipt: i64) {
    let _ = write!(text, "{receipt}\t{}\t{}\t", item.id, item.hash);
    push(text, item.official_key.as_deref().unwrap_or_default());
    if item.official_key.is_none() {
        text.push_str(NULL);
    }
    let _ = write!(text, "\t{}\t{}\t{}\t", item.period, item.kind, item.value_micro);
    for number in [item.previous_micro, item.consumption_micro] {
        let _ = match number {
            Some(number) => write!(text, "{number}\t"),
            None => write!(text, "{NULL}\t"),
        };
    }
    let _ = write!(text, "{0}\t{0}\t{1}\t", item.read_at, item.read_offset_s);
    for said in [item.captured_by.normal(), item.flags, &item.remarks] {
        push(text, said);
        text.push('\t');
    }
}

impl MeterPlace {
    /// The first columns of a row.
    fn beginning(&self) -> String {
        let mut row = format!("{}\t{}\t", self.meter_id, self.meter_point_id);
        for text in self.texts() {
            push(&mut row, text);
            row.push('\t');
        }
        row
    }
}

impl Common {
    /// The last columns of a row.
    fn end(&self) -> String {
        let constants = CONSTANTS.map(|(_, value)| value).join("\t");
        format!("{}\t{}\t{constants}\n", self.now.ms(), self.change)
    }
}

/// Adds a text as `COPY` reads it.
fn push(row: &mut String, text: &str) {
    for part in text.split_inclusive(['\\', '\t', '\n', '\r']) {
        let plain = part.trim_end_matches(['\\', '\t', '\n', '\r']);
        row.push_str(plain);
        row.push_str(match &part[plain.len()..] {
            "\\" => "\\\\",
            "\t" => "\\t",
            "\n" => "\\n",
            "\r" => "\\r",
            _ => "",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_rows_and_columns_is_no_part_of_a_text() {
        for (text, copied) in [
            ("", ""),
            ("plain \u{1f} é", "plain \u{1f} é"),
            ("\ta\nb\rc\\N", "\\ta\\nb\\rc\\\\N"),
            ("\\\\\t\t", "\\\\\\\\\\t\\t"),
        ] {
            let mut row = String::new();
            push(&mut row, text);
            assert_eq!(row, copied, "{text:?}");
        }
    }
}
