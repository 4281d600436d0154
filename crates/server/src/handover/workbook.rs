//! As a workbook. A thread of its own writes each row to a temporary file as it comes.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use shared::period::Period;
use shared::timestamp::LocalTime;
use shared::wire::handover::HandoverRow;
use tokio::sync::mpsc;

use super::csv::COLUMNS;
use super::{BoxError, HandoverRows};

/// Decimals of a register, none to six.
const DECIMAL_FORMATS: [&str; 7] = ["0", "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000"];
/// Wide enough for what usually stands there.
const WIDTHS: [u16; 18] = [
    10, 10, 10, 14, 10, 12, 8, 16, 14, 28, 10, 10, 14, 14, 14, 14, 20, 20,
];

/// The file.
pub async fn bytes(mut rows: HandoverRows) -> Result<Vec<u8>, BoxError> {
    let (sender, receiver) = mpsc::channel(1);
    let written = tokio::task::spawn_blocking(move || write(receiver));
    while let Some(portion) = rows.portion().await? {
        if sender.send(portion).await.is_err() {
            // The thread has failed and says why.
            break;
        }
    }
    drop(sender);
    Ok(written.await??)
}

fn write(mut portions: mpsc::Receiver<Vec<HandoverRow>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("Hand-over")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, (name, width)) in (0..).zip(COLUMNS.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &formats.head)?;
    }
    let mut place = 1;
    while let Some(portion) = portions.blocking_recv() {
        for row in portion {
            write_row(sheet, place, row, &formats)?;
            place += 1;
        }
    }
    workbook.save_to_buffer()
}

struct Formats {
    head: Format,
    month: Format,
    moment: Format,
    decimals: [Format; 7],
    /// Numbers that a cell can't hold exactly.
    long_number: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            month: Format::new().set_num_format("yyyy-mm"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            decimals: DECIMAL_FORMATS.map(|it| Format::new().set_num_format(it)),
            long_number: Format::new().set_align(FormatAlign::Right),
        }
    }
}

/// Text is written as text: a cell is a formula only where one is asked for, so nothing has to be made harmless here.
fn write_row(
    sheet: &mut Worksheet,
    place: u32,
    row: HandoverRow,
    formats: &Formats,
) -> Result<(), XlsxError> {
    write_month(sheet, place, 0, &row.period, formats)?;
    write_month(sheet, place, 1, &row.billing_period, formats)?;
    let texts = [
        (2, row.property),
        (3, row.building),
        (4, row.unit_no),
        (5, row.utility),
        (6, row.point),
        (7, row.meter_serial),
        (8, row.tenant_code),
        (9, row.tenant),
        (10, row.kind),
        (11, row.source),
        (12, row.detail),
    ];
    for (column, text) in texts.into_iter().filter(|it| !it.1.is_empty()) {
        sheet.write_string(place, column, text)?;
    }
    let numbers = [(13, row.previous_value), (14, row.value), (15, row.consumption)];
    for (column, number) in numbers {
        write_number(sheet, place, column, number.as_deref(), formats)?;
    }
    write_moment(sheet, place, 16, &row.read_at, formats)?;
    if !row.flags.is_empty() {
        sheet.write_string(place, 17, row.flags.join(" "))?;
    }
    Ok(())
}

fn write_month(
    sheet: &mut Worksheet,
    place: u32,
    column: u16,
    month: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let day = Period::parse(month).and_then(|it| excel_day(it.first_day()).ok());
    match day {
        Some(day) => sheet.write_datetime_with_format(place, column, day, &formats.month)?,
        None => sheet.write_string(place, column, month)?,
    };
    Ok(())
}

/// As the clock showed it that told the time; a workbook knows no offsets.
fn write_moment(
    sheet: &mut Worksheet,
    place: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match LocalTime::parse(text).and_then(excel_moment) {
        Some(moment) => sheet.write_datetime_with_format(place, column, moment, &formats.moment)?,
        None => sheet.write_string(place, column, text)?,
    };
    Ok(())
}

/// A cell's number is a binary one. It is written only where it reads back as exactly these digits; anything longer stays the
/// text that it is.
fn write_number(
    sheet: &mut Worksheet,
    place: u32,
    column: u16,
    text: Option<&str>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let Some(text) = text else { return Ok(()) };
    let decimals = text.split_once('.').map_or(0, |it| it.1.len());
    match (exact(text), formats.decimals.get(decimals)) {
        (Some(number), Some(format)) => sheet.write_number_with_format(place, column, number, format)?,
        _ => sheet.write_string_with_format(place, column, text, &formats.long_number)?,
    };
    Ok(())
}

pub(super) fn exact(text: &str) -> Option<f64> {
    // Words such as `inf` are numbers to the parser.
    let number: f64 = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    let digits = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    };
    (number.to_string() == digits && text.bytes().filter(u8::is_ascii_digit).count() <= 15).then_some(number)
}

fn excel_day(day: jiff::civil::Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |it: i8| u8::try_from(it).unwrap_or(1);
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(0),
        part(day.month()),
        part(day.day()),
    )
}

fn excel_moment(time: LocalTime) -> Option<ExcelDateTime> {
    let at = jiff::Timestamp::from_millisecond(time.at.ms()).ok()?;
    let zone = jiff::tz::Offset::from_seconds(time.offset_s).ok()?.to_time_zone();
    let shown = at.to_zoned(zone).datetime();
    let part = |it: i8| u8::try_from(it).unwrap_or(0);
    let hour = u16::try_from(shown.hour()).ok()?;
    excel_day(shown.date())
        .ok()?
        .and_hms(hour, part(shown.minute()), part(shown.second()))
        .ok()
}
