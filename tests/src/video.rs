//! Films for Chromium's fake camera (`--use-file-for-fake-video-capture`): labels that are shown one after the other,
//! a little turned, in uneven light, with noise.
//!
//! Chromium plays the file again and again, and opens it anew with each stream. So there are two ways to show label B
//! after label A: both in one film, or [`replace`] between two openings of the camera.

mod frame;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A film is 640 x 480: enough for a label, and half a megabyte a frame.
pub const WIDTH: usize = 640;
/// Rows of a film.
pub const HEIGHT: usize = 480;
/// Frames a second: few, so that the file is small.
const FRAMES_A_SECOND: u32 = 10;

/// A part of a film.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shot {
    label: Option<String>,
    frames: usize,
}

impl Shot {
    /// A label with this text, for so many tenths of a second.
    #[must_use]
    pub fn label(text: &str, frames: usize) -> Shot {
        Shot {
            label: Some(text.to_owned()),
            frames,
        }
    }

    /// A wall without a label.
    #[must_use]
    pub fn wall(frames: usize) -> Shot {
        Shot { label: None, frames }
    }
}

/// Writes a film (Y4M) to this path. The same shots give the same bytes.
pub fn write(path: &Path, shots: &[Shot]) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_A_SECOND}:1 Ip A1:1 C420"
    )?;
    let colorless = vec![128; WIDTH * HEIGHT / 2];
    let mut number = 0;
    for shot in shots {
        let label = shot
            .label
            .as_deref()
            .map(frame::Label::new)
            .transpose()
            .map_err(io::Error::other)?;
        for _ in 0..shot.frames {
            number += 1;
            file.write_all(b"FRAME\n")?;
            file.write_all(&frame::draw(label.as_ref(), number))?;
            file.write_all(&colorless)?;
        }
    }
    file.flush()
}

/// One frame of a film with this label: its grey bytes, row by row.
pub fn still(label: &str) -> io::Result<Vec<u8>> {
    let label = frame::Label::new(label).map_err(io::Error::other)?;
    Ok(frame::draw(Some(&label), 1))
}

/// Puts another film in the place of this one in a single step: whoever opens the camera sees the old film or the
/// new one, never half of it.
pub fn replace(path: &Path, shots: &[Shot]) -> io::Result<()> {
    let next = path.with_extension("next");
    write(&next, shots)?;
    fs::rename(next, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_has_as_many_frames_as_its_shots_and_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("camera.y4m");
        replace(&path, &[Shot::label("M:7K3QW9XZ", 2), Shot::wall(1)]).unwrap();
        let film = fs::read(&path).unwrap();
        let header = film.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        assert_eq!(
            film.len() - header,
            3 * (WIDTH * HEIGHT * 3 / 2 + "FRAME\n".len())
        );

        replace(&path, &[Shot::wall(1)]).unwrap();
        assert!(fs::read(&path).unwrap().len() < film.len());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
