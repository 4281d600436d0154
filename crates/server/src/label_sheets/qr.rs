//! The picture of a code.

use qrcode::bits::Bits;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode, Version};
use shared::label::ShortCode;

/// The smallest QR code at the highest error correction, with its quiet zone of four modules, as SVG without styles.
/// `None` never happens: ten characters fit.
pub(super) fn picture(code: &ShortCode) -> Option<String> {
    let svg = smallest(code)?
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .module_dimensions(1, 1)
        .build();
    // The XML declaration has no place inside a page; its size in modules is that of the view box, the style sheet's in
    // millimetres.
    let start = svg.find("<svg")?;
    Some(svg[start..].to_owned())
}

/// One alphanumeric segment: left to itself, the library changes mode for a few digits, and the code grows by a size.
fn smallest(code: &ShortCode) -> Option<QrCode> {
    let mut bits = Bits::new(Version::Normal(1));
    bits.push_alphanumeric_data(code.qr_text().as_bytes()).ok()?;
    bits.push_terminator(EcLevel::H).ok()?;
    QrCode::with_bits(bits, EcLevel::H).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_smallest_code_with_its_quiet_zone_and_carries_no_style() {
        let code = ShortCode::from_random([1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(smallest(&code).unwrap().width(), 21);
        let picture = picture(&code).unwrap();
        assert!(picture.contains("viewBox=\"0 0 29 29\""), "{picture}");
        assert!(
            picture.starts_with("<svg") && !picture.contains("style="),
            "{picture}"
        );
        // The upper left corner of the upper left mark.
        assert!(picture.contains("d=\"M4 4h1v1"), "{picture}");
    }
}
