//! The QR code of a link, for a screen.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// The link as SVG without styles, a square unit a module, with its quiet zone. `None` for what fits no code.
pub(crate) fn picture(link: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).ok()?;
    let svg = code
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .module_dimensions(1, 1)
        .build();
    // The XML declaration has no place inside a page.
    let start = svg.find("<svg")?;
    Some(svg[start..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_picture_without_styles() {
        let picture = picture("https://meters.example.org/enrol#0123456789ABCDEFGHJKMNPQRSTVWXYZ").unwrap();
        assert!(
            picture.starts_with("<svg") && !picture.contains("style="),
            "{picture}"
        );
    }
}
