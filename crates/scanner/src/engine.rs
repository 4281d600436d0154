//! The QR readers of `rxing` behind one signature: dark and light in, the text of a label out. Both return only what
//! has passed the error correction of the code.

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::qrcode::decoder::qrcode_decoder::decode_bitmatrix_with_hints;
use rxing::qrcode::detector::Detector;
use rxing::{BarcodeFormat, DecodeHints};

/// Combinations of three corners that are tried: where there are more, the picture is noise.
const CORNERS_MAX: usize = 48;

/// The reader after zxing-cpp: looks for corners in any direction, and tries their combinations. Of several labels it
/// reads the largest one: that is the one somebody aims at.
#[must_use]
pub fn by_corners(bits: &BitMatrix) -> Option<String> {
    let mut corners = FindFinderPatterns(bits, true, 0);
    let sets = GenerateFinderPatternSets(&mut corners);
    let mut largest: Option<(f32, String)> = None;
    for set in sets.into_iter().take(CORNERS_MAX) {
        let size = size(&set);
        if largest.as_ref().is_some_and(|(found, _)| *found >= size) {
            continue;
        }
        if let Some(text) = sample(bits, &set) {
            largest = Some((size, text));
        }
    }
    largest.map(|(_, text)| text)
}

/// The reader after ZXing: looks row by row, which finds corners that are torn in other directions.
#[must_use]
pub fn by_rows(bits: &BitMatrix) -> Option<String> {
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    let label = Detector::new(bits).detect_with_hints(&hints).ok()?;
    let result = decode_bitmatrix_with_hints(label.getBits(), &hints).ok()?;
    Some(result.getText().to_owned()).filter(|text| !text.is_empty())
}

fn sample(bits: &BitMatrix, set: &FinderPatternSet) -> Option<String> {
    let label = SampleQR(bits, set).ok()?;
    let result = Decode(label.getBits()).ok()?;
    Some(result.text()).filter(|text| result.isValid() && !text.is_empty())
}

/// The area that the three corners span.
fn size(set: &FinderPatternSet) -> f32 {
    let (across, down) = (set.tr.p - set.tl.p, set.bl.p - set.tl.p);
    (across.x * down.y - across.y * down.x).abs()
}
