//! Real photos with the text that each shows: a folder of folders, each photo beside a `.txt` of the same name.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Where photos lie by default: beside the project, not in it, so that it need not be there.
pub const DEFAULT_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/qr-photos");

const EXTENSIONS: [&str; 3] = ["png", "jpg", "jpeg"];

/// Photos that are counted together.
#[derive(Clone, Debug)]
pub struct Set {
    /// Name of its folder.
    pub name: String,
    /// In the order of their names.
    pub photos: Vec<Photo>,
}

/// A photo as a browser's canvas would hand it out.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Name of its file.
    pub name: String,
    /// What it shows, to the letter.
    pub text: String,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel.
    pub rgba: Vec<u8>,
}

/// The sets of a folder: its sub-folders, or itself if it has none. `None` if there is no such folder.
pub fn sets(folder: &Path) -> Result<Option<Vec<Set>>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut folders: Vec<PathBuf> = entries(folder)?
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    if folders.is_empty() {
        folders.push(folder.to_owned());
    }
    folders
        .iter()
        .map(|folder| set(folder))
        .collect::<Result<_>>()
        .map(Some)
}

fn set(folder: &Path) -> Result<Set> {
    let pictures = entries(folder)?.into_iter().filter(|path| {
        path.extension()
            .is_some_and(|it| EXTENSIONS.iter().any(|known| it.eq_ignore_ascii_case(known)))
    });
    Ok(Set {
        name: name(folder),
        photos: pictures.map(|path| photo(&path)).collect::<Result<_>>()?,
    })
}

fn photo(path: &Path) -> Result<Photo> {
    let place = || path.display().to_string();
    let text = fs::read_to_string(path.with_extension("txt")).with_context(place)?;
    let is_png = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("png"));
    let (width, height, rgba) = if is_png { png(path) } else { jpeg(path) }.with_context(place)?;
    Ok(Photo {
        name: name(path),
        text,
        width,
        height,
        rgba,
    })
}

fn png(path: &Path) -> Result<(u32, u32, Vec<u8>)> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut bytes)?;
    bytes.truncate(info.buffer_size());
    if info.color_type == png::ColorType::GrayscaleAlpha {
        let (pixels, _) = bytes.as_chunks::<2>();
        bytes = pixels
            .iter()
            .flat_map(|&[grey, alpha]| [grey, grey, grey, alpha])
            .collect();
    }
    Ok((info.width, info.height, bytes))
}

fn jpeg(path: &Path) -> Result<(u32, u32, Vec<u8>)> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(fs::read(path)?), options);
    let bytes = decoder.decode()?;
    let (width, height) = decoder.dimensions().context("without a size")?;
    Ok((u32::try_from(width)?, u32::try_from(height)?, bytes))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
