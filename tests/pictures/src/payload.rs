//! What labels say, ours and those that customers already have.

use qrcode::bits::Bits;
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode, Version};
use shared::label::ShortCode;

use crate::chance::Chance;

/// The modules of a label.
#[derive(Clone, Debug)]
pub struct Payload {
    text: String,
    modules: i32,
    dark: Vec<bool>,
}

impl Payload {
    /// A label of ours, as the product prints it: the smallest code at the highest error correction.
    pub fn short_code(code: &ShortCode) -> Result<Payload, QrError> {
        let text = code.qr_text();
        let mut bits = Bits::new(Version::Normal(1));
        bits.push_alphanumeric_data(text.as_bytes())?;
        bits.push_terminator(EcLevel::H)?;
        Ok(Payload::of(text, &QrCode::with_bits(bits, EcLevel::H)?))
    }

    /// A label as others print it.
    pub fn text(text: &str) -> Result<Payload, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        Ok(Payload::of(text.to_owned(), &code))
    }

    /// The `number`th of a series: two of four are ours, one is short and old, one long and old.
    pub(crate) fn of_series(number: u32, chance: &mut Chance) -> Result<Payload, QrError> {
        let unit = 100 + number;
        match number % 4 {
            0 | 1 => Payload::short_code(&ShortCode::from_random(std::array::from_fn(|_| {
                chance.number() as u8
            }))),
            2 => Payload::text(&format!("GCA|{unit}|M{number:03}")),
            _ => Payload::text(&format!(
                r#"{{"propertyId":"GCA","unitNumber":"{unit}","meterId":"M{number:03}"}}"#
            )),
        }
    }

    fn of(text: String, code: &QrCode) -> Payload {
        let dark = code
            .to_colors()
            .into_iter()
            .map(|color| color == Color::Dark)
            .collect();
        Payload {
            text,
            modules: code.width() as i32,
            dark,
        }
    }

    /// What a scanner should read.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.text
    }

    /// Modules on a side.
    pub(crate) fn modules(&self) -> i32 {
        self.modules
    }

    /// Is this module dark? Those outside are light.
    pub(crate) fn is_dark(&self, column: i32, row: i32) -> bool {
        let inside = 0..self.modules;
        inside.contains(&column) && inside.contains(&row) && self.dark[(row * self.modules + column) as usize]
    }
}
