//! A page of labels to try the scanner with. No inline styles: the policy of every answer forbids them.

use qrcode::bits::Bits;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode, Version};
use shared::label::ShortCode;

use crate::on;
use crate::store::Store;

/// Where the page's style sheet is served.
const STYLE_PATH: &str = "/demo/labels.css";
/// The page's style sheet.
pub const STYLE: &str = include_str!("labels.css");

#[derive(Debug, sqlx::FromRow)]
struct LabelRow {
    code: String,
    property_code: String,
    property_name: String,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
}

/// The page with every valid label, in walking order.
pub async fn labels_page(store: &Store) -> sqlx::Result<String> {
    const SELECT: &str = "SELECT l.code, p.code AS property_code, p.name AS property_name, u.building, u.unit_no, \
         mp.utility, mp.point FROM label l JOIN meter_point mp ON mp.id = l.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id JOIN property p ON p.id = u.property_id WHERE l.revoked_at IS NULL \
         ORDER BY p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, mp.point_normal LIMIT 1000";
    let rows: Vec<LabelRow> = on!(store.reader(), |pool| sqlx::query_as(SELECT)
        .fetch_all(pool)
        .await?);
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Labels of the demo · Meterline</title>\n",
    );
    page.push_str(&format!("<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n"));
    page.push_str("<h1>Labels of the demo</h1>\n<p>Open Meterline on a phone and scan one, or print this page.</p>\n<main>\n");
    for row in &rows {
        page.push_str(&label(row));
    }
    page.push_str("</main>\n</html>\n");
    Ok(page)
}

fn label(row: &LabelRow) -> String {
    let Some(code) = ShortCode::parse(&row.code) else {
        return String::new();
    };
    let Some(picture) = picture(&code) else {
        return String::new();
    };
    let unit = [&row.building, &row.unit_no].map(|part| escaped(part)).join(" ");
    let what = [&row.utility, &row.point].map(|part| escaped(part)).join(" ");
    format!(
        "<figure>{picture}<figcaption><b>{} · {}</b><span>{}</span><code>{}</code><small>{}</small></figcaption></figure>\n",
        escaped(&row.property_code),
        unit.trim(),
        what.trim(),
        spaced(&row.code),
        escaped(&row.property_name),
    )
}

/// The smallest QR code at the highest error correction, as SVG without styles.
fn picture(code: &ShortCode) -> Option<String> {
    let svg = smallest_qr(code)?
        .render::<svg::Color<'_>>()
        .min_dimensions(180, 180)
        .build();
    // The XML declaration has no place inside a page.
    Some(
        svg.trim_start_matches("<?xml version=\"1.0\" standalone=\"yes\"?>")
            .to_owned(),
    )
}

/// One alphanumeric segment: left to itself, the library changes mode for a few digits, and the code grows by a size.
fn smallest_qr(code: &ShortCode) -> Option<QrCode> {
    let mut bits = Bits::new(Version::Normal(1));
    bits.push_alphanumeric_data(code.qr_text().as_bytes()).ok()?;
    bits.push_terminator(EcLevel::H).ok()?;
    QrCode::with_bits(bits, EcLevel::H).ok()
}

/// In two groups: easier to read and to type.
fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) => format!("{} {}", escaped(first), escaped(second)),
        None => escaped(code),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_smallest_code_and_carries_no_style() {
        let code = ShortCode::from_random([1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(smallest_qr(&code).unwrap().width(), 21);
        let picture = picture(&code).unwrap();
        assert!(
            picture.starts_with("<svg") && !picture.contains("style="),
            "{picture}"
        );
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(
            escaped("<b>O'Dowd & \"Co\""),
            "&lt;b&gt;O&#39;Dowd &amp; &quot;Co&quot;"
        );
    }
}
