//! The page: above it what to do, then sheet by sheet. No tenant's name: a label outlives the tenant.

use std::fmt::Write;

use shared::label::ShortCode;
use shared::label_sheet::SheetLayout;

use super::qr::picture;
use super::wording::Wording;
use crate::labels::LabelRecord;

/// What is printed on what.
#[derive(Debug, Clone, Copy)]
pub struct Sheets<'a> {
    /// The paper.
    pub layout: &'a SheetLayout,
    /// Places of the first sheet that are used up.
    pub used: usize,
    /// The language.
    pub wording: &'a Wording,
    /// The labels, in the order in which they are printed.
    pub labels: &'a [LabelRecord],
}

/// Where the style sheet of a layout is served.
fn style_address(layout: &SheetLayout) -> String {
    format!("/office/label-sheets/{}/style.css", layout.name)
}

/// The whole page; `intro` stands above the sheets on the screen and not on the paper.
pub fn page(sheets: Sheets<'_>, intro: Option<&str>) -> String {
    let Sheets {
        layout,
        wording,
        labels,
        ..
    } = sheets;
    let used = sheets.used.min(layout.labels_per_sheet() - 1);
    let mut page = String::with_capacity(1_000 + labels.len() * LABEL_BYTES);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{} · Meterline</title>\n\
         <link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"{}\">\n<header class=\"screen\">\n<h1>{}</h1>\n",
        wording.tag,
        wording.title,
        style_address(layout),
        wording.labels(labels.len(), layout.sheets(labels.len(), used)),
    );
    let how = if labels.is_empty() {
        wording.none.to_owned()
    } else {
        wording.how(layout)
    };
    let _ = writeln!(page, "<p>{}</p>", escaped(&how));
    let _ = match intro {
        Some(intro) => writeln!(page, "<p>{}</p>", escaped(intro)),
        None => writeln!(page, "<p><a href=\"/office/labels\">{}</a></p>", wording.back),
    };
    page.push_str("</header>\n<main>\n");
    let mut left = labels;
    let mut skipped = used;
    while !left.is_empty() {
        let (here, rest) = left.split_at(left.len().min(layout.labels_per_sheet() - skipped));
        page.push_str("<section class=\"sheet\">\n");
        page.push_str(&"<div></div>".repeat(skipped));
        for label in here {
            push_label(&mut page, label, wording);
        }
        page.push_str("</section>\n");
        (left, skipped) = (rest, 0);
    }
    page.push_str("</main>\n</html>\n");
    page
}

/// About what one label takes, so that the page is not copied while it grows.
const LABEL_BYTES: usize = 3_500;

fn push_label(page: &mut String, label: &LabelRecord, wording: &Wording) {
    let code = label.code.as_deref().and_then(ShortCode::parse);
    let Some((code, picture)) = code.and_then(|code| Some((code, picture(&code)?))) else {
        return;
    };
    let joined = |parts: [&str; 2], between: &str| {
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        escaped(&parts.collect::<Vec<_>>().join(between))
    };
    let unit = joined([&label.building, &label.unit_no], " ");
    let what = joined([wording.utility(&label.utility), &label.point], " · ");
    let code = code.to_string();
    let (first, second) = code.split_at_checked(4).unwrap_or((&code, ""));
    // In two groups: easier to read and to type.
    let _ = writeln!(
        page,
        "<figure class=\"label\">{picture}<figcaption><b>{unit}</b><span>{what}</span><code>{first} {second}</code>\
         <small>{} · {}</small></figcaption></figure>",
        escaped(&label.property_code),
        escaped(&label.property_name),
    );
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
    use crate::label_sheets::wording;

    fn labels(count: u8) -> Vec<LabelRecord> {
        (0..count)
            .map(|number| LabelRecord {
                meter_point_id: i64::from(number),
                property_code: "GC A".into(),
                property_name: "Court <A> & \"B\"".into(),
                building: "N".into(),
                unit_no: "101".into(),
                utility: "water".into(),
                point: String::new(),
                code: Some(ShortCode::from_random([number; 7]).to_string()),
                issued_at: Some(0),
                revoked_at: None,
                revoke_reason: None,
            })
            .collect()
    }

    fn printed(count: u8, used: usize, tag: &str) -> String {
        let sheets = Sheets {
            layout: SheetLayout::named("a4-3x8").unwrap(),
            used,
            wording: wording(tag),
            labels: &labels(count),
        };
        page(sheets, None)
    }

    #[test]
    fn printing_begins_where_the_first_sheet_is_not_used_yet() {
        let page = printed(30, 5, "en");
        let sheets: Vec<&str> = page.split("<section class=\"sheet\">").skip(1).collect();
        let counts: Vec<_> = sheets
            .iter()
            .map(|it| (it.matches("<div></div>").count(), it.matches("<figure").count()))
            .collect();
        assert_eq!(counts, [(5, 19), (0, 11)]);
        assert!(page.contains("30 labels on 2 sheets"));
    }

    #[test]
    fn a_place_beyond_the_sheet_is_its_last_one() {
        assert_eq!(printed(2, 500, "en").matches("<div></div>").count(), 23);
    }

    #[test]
    fn what_stands_in_the_books_is_escaped_and_said_in_the_readers_language() {
        let page = printed(1, 0, "es");
        assert!(page.contains("Court &lt;A&gt; &amp; &quot;B&quot;") && !page.contains("<A>"));
        assert!(page.contains("<b>N 101</b><span>Agua</span>") && page.contains("lang=\"es\""));
        assert!(!page.contains("style=") && !page.contains("<script"));
    }

    #[test]
    fn no_label_is_no_sheet() {
        let page = printed(0, 3, "en");
        assert!(page.contains("No valid label fits.") && !page.contains("<section"));
    }
}
