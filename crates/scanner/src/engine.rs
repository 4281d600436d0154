//! The QR libraries behind one signature: a picture in, the text of a label out.

use rqrr::PreparedImage;
use rxing::common::HybridBinarizer;
use rxing::qrcode::{QRCodeReader, cpp_port::QrReader};
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, Reader};

use crate::gray::Gray;

/// `rxing`'s reader: quick, and the best of them on clean labels.
#[must_use]
pub fn rxing(gray: &Gray) -> Option<String> {
    read(QRCodeReader::new(), gray, false)
}

/// The same with more rows looked at.
#[must_use]
pub fn rxing_hard(gray: &Gray) -> Option<String> {
    read(QRCodeReader::new(), gray, true)
}

/// `rxing`'s other reader, after zxing-cpp: finds labels that are tilted or turned.
#[must_use]
pub fn rxing_tilted(gray: &Gray) -> Option<String> {
    read(QrReader, gray, true)
}

/// `rqrr`: its own way to find the corners, so that it reads some labels that the others miss.
#[must_use]
pub fn rqrr(gray: &Gray) -> Option<String> {
    let (width, pixels) = (gray.width() as usize, gray.pixels());
    let mut image = PreparedImage::prepare_from_greyscale(width, gray.height() as usize, |column, row| {
        pixels[row * width + column]
    });
    image
        .detect_grids()
        .iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .filter(|text| !text.is_empty())
}

fn read(mut reader: impl Reader, gray: &Gray, hard: bool) -> Option<String> {
    let source = Luma8Source::new_with_slice(gray.pixels(), gray.width(), gray.height()).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints {
        TryHarder: hard.then_some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    let result = reader.decode_with_hints(&mut bitmap, &hints).ok()?;
    (*result.getBarcodeFormat() == BarcodeFormat::QR_CODE)
        .then(|| result.getText().to_owned())
        .filter(|text| !text.is_empty())
}
