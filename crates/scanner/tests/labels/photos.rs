//! Real photos with the text that each shows, from a folder beside the workspace that need not be there.

use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use scanner::{Gray, decode_all, filter};

const PHOTOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/qr-photos");

#[test]
fn no_photo_is_misread_however_it_is_turned() {
    let Ok(folder) = fs::read_dir(PHOTOS) else {
        println!("skipped: no folder of photos");
        return;
    };
    let mut sets: Vec<PathBuf> = folder
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    sets.sort();
    for set in sets {
        let photos = photos(&set);
        let mut read = [0; 4];
        let mut slowest = Duration::ZERO;
        let begin = Instant::now();
        for (picture, text) in &photos {
            let mut turned = picture.clone();
            for count in &mut read {
                let begin = Instant::now();
                let found = decode_all(&turned);
                slowest = slowest.max(begin.elapsed());
                assert!(
                    found.as_ref().is_none_or(|found| found == text),
                    "read {found:?} instead of {text:?}"
                );
                *count += usize::from(found.is_some());
                turned = filter::turn(&turned);
            }
        }
        let mean = begin.elapsed() / (photos.len() as u32 * 4).max(1);
        println!(
            "{}: {read:?} of {}, mean {mean:?}, slowest {slowest:?}",
            set.display(),
            photos.len()
        );
        assert!(
            read.iter().all(|&count| count * 4 >= photos.len() * 3),
            "reads fewer than three of four: {read:?}"
        );
    }
}

fn photos(set: &Path) -> Vec<(Gray, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(set)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let pictures = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"));
    pictures
        .map(|path| {
            (
                load(path),
                fs::read_to_string(path.with_extension("txt")).unwrap(),
            )
        })
        .collect()
}

fn load(path: &Path) -> Gray {
    let mut decoder = png::Decoder::new(BufReader::new(fs::File::open(path).unwrap()));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    bytes.truncate(info.buffer_size());
    if info.color_type == png::ColorType::GrayscaleAlpha {
        bytes = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .flat_map(|&[gray, alpha]| [gray, gray, gray, alpha])
            .collect();
    }
    Gray::from_rgba(info.width, info.height, &bytes).unwrap()
}
