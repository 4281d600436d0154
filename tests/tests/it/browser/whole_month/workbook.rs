//! The workbook beside the books, row by row.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use shared::wire::office::ReadingRow;

use super::super::technician::Stop;
use super::super::world::World;
use super::month::{Month, NEW_SERIAL};

/// Building, unit, utility, point and kind.
type Key = [String; 5];

pub(super) async fn is_what_the_books_hold(
    file: &Path,
    world: &World,
    month: &Month,
    corrected: &ReadingRow,
) -> Result<()> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let range = book.worksheet_range_at(0).context("a sheet")??;
    let sheet = Sheet::of(range.rows().map(<[Data]>::to_vec).collect())?;
    let official = official(&month.books(world, "").await?, month)?;
    ensure!(
        sheet.rows.len() == month.points.len() + 1 && sheet.rows.len() == official.len(),
        "{} rows, {} meter points, {} values in the books",
        sheet.rows.len(),
        month.points.len(),
        official.len()
    );
    for (key, row) in &sheet.rows {
        let held = official
            .get(key)
            .with_context(|| format!("{key:?} in the books"))?;
        agrees(row, held).with_context(|| format!("{key:?}: {row:?} and {held:?}"))?;
    }
    let changed = sheet.rows.get(&key_of(corrected)).context("what was corrected")?;
    has(changed, corrected.value.as_deref().unwrap_or_default())?;
    tells_of_what_was_decided(&sheet, month)
}

/// What counts of each meter point, and of the move there.
fn official(books: &[ReadingRow], month: &Month) -> Result<BTreeMap<Key, ReadingRow>> {
    let counts = |row: &&ReadingRow| {
        ["approved", "estimated"].contains(&row.state.as_str())
            && ["regular", "move_out"].contains(&row.kind.as_str())
    };
    let mut official = BTreeMap::new();
    for row in books.iter().filter(counts) {
        let before = official.insert(key_of(row), row.clone());
        ensure!(before.is_none(), "twice: {row:?} and {before:?}");
    }
    ensure!(
        official.len() == month.points.len() + 1,
        "{} count",
        official.len()
    );
    Ok(official)
}

fn key_of(row: &ReadingRow) -> Key {
    [&row.building, &row.unit_no, &row.utility, &row.point, &row.kind].map(Clone::clone)
}

fn agrees(row: &BTreeMap<String, Data>, held: &ReadingRow) -> Result<()> {
    let text = |name: &str| text_of(&row[name]);
    let expected = match (&held.skip_reason, held.state.as_str()) {
        (Some(reason), _) => ("skip", reason.as_str()),
        (None, "estimated") => ("estimate", "mean"),
        (None, _) => ("read", ""),
    };
    ensure!((text("source").as_str(), text("detail").as_str()) == expected);
    ensure!(held.state != "estimated" || held.decision.as_deref() == Some("estimate_mean"));
    ensure!(text("meter_serial") == held.meter_serial && text("tenant") == held.tenant);
    let number = |cell: &Data| match cell {
        Data::Empty => Ok(None),
        cell => cell.get_float().context("a number").map(Some),
    };
    let value = held.value.as_ref().map(|it| it.parse::<f64>()).transpose()?;
    ensure!(number(&row["value"])? == value);
    // Across an exchange the use is that of both meters, and an estimate's is reckoned for the hand-over.
    let is_plain = held.meter_serial != NEW_SERIAL && expected.0 == "read";
    let used = held
        .consumption
        .as_ref()
        .map(|it| it.parse::<f64>())
        .transpose()?;
    ensure!(!is_plain || number(&row["consumption"])? == used);
    Ok(())
}

/// The rows that the month was about.
fn tells_of_what_was_decided(sheet: &Sheet, month: &Month) -> Result<()> {
    let estimated = sheet.row(&month.estimated, "regular")?;
    ensure!(text_of(&estimated["source"]) == "estimate" && text_of(&estimated["detail"]) == "mean");
    ensure!(estimated["value"].get_float().is_some(), "{estimated:?}");
    let skipped = sheet.row(&month.skipped, "regular")?;
    ensure!(text_of(&skipped["detail"]) == "no_access" && skipped["value"].is_empty());
    has(sheet.row(&month.asked, "regular")?, &month.asked.value())?;
    has(sheet.row(&month.moved, "move_out")?, &month.moved.value())?;
    let exchanged = sheet.row(&month.exchanged, "regular")?;
    ensure!(text_of(&exchanged["meter_serial"]) == NEW_SERIAL, "{exchanged:?}");
    has(exchanged, "12")?;
    let taken = month.twice.iter().map(|it| {
        let row = sheet.row(it, "regular")?;
        Ok(row["value"].get_float() == Some(it.rival_value().parse()?))
    });
    let taken = taken.collect::<Result<Vec<bool>>>()?;
    let second = taken.into_iter().filter(|it| *it).count();
    ensure!(second == 1, "{second} second values");
    Ok(())
}

fn has(row: &BTreeMap<String, Data>, value: &str) -> Result<()> {
    ensure!(
        row["value"].get_float() == Some(value.parse()?),
        "not {value}: {row:?}"
    );
    Ok(())
}

/// The sheet by its column names.
struct Sheet {
    rows: BTreeMap<Key, BTreeMap<String, Data>>,
}

impl Sheet {
    fn of(lines: Vec<Vec<Data>>) -> Result<Self> {
        let mut lines = lines.into_iter();
        let names: Vec<String> = lines.next().context("a head")?.iter().map(text_of).collect();
        let mut rows = BTreeMap::new();
        for line in lines {
            let row: BTreeMap<String, Data> = names.iter().cloned().zip(line).collect();
            let key = ["building", "unit_no", "utility", "point", "kind"].map(|it| text_of(&row[it]));
            ensure!(rows.insert(key.clone(), row).is_none(), "{key:?} twice");
        }
        Ok(Self { rows })
    }

    fn row(&self, stop: &Stop, kind: &str) -> Result<&BTreeMap<String, Data>> {
        let at = &stop.row;
        let key = [&at.building, &at.unit_no, &at.utility, &at.point, kind].map(ToString::to_string);
        self.rows.get(&key).with_context(|| format!("{key:?}"))
    }
}

fn text_of(cell: &Data) -> String {
    cell.get_string().unwrap_or_default().to_owned()
}
