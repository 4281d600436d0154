//! The pictures, as files of grey bytes: three readers look at exactly the same ones.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pictures::{Condition, photos};
use scanner::{Gray, filter};
use serde::Serialize;
use tempfile::TempDir;

/// All pictures of a run.
pub(super) struct Corpus {
    pub(super) cases: Vec<Case>,
    /// Why there are no photos, if there are none.
    pub(super) photos_missing: Option<String>,
    folder: TempDir,
}

/// One picture.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Case {
    pub(super) group: Group,
    pub(super) text: String,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Name of its file in the folder.
    pub(super) file: String,
}

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) enum Group {
    /// Photos of a set, turned to the right by so many degrees.
    Photos { set: String, degrees: u32 },
    /// Drawn labels.
    Drawn(String),
}

impl Corpus {
    pub(super) fn collect(photos: &Path, frames: u32) -> Result<Self> {
        let mut corpus = Self {
            cases: Vec::new(),
            photos_missing: None,
            folder: tempfile::tempdir()?,
        };
        match photos::sets(photos)? {
            Some(sets) => sets.iter().try_for_each(|set| corpus.add_photos(set))?,
            None => corpus.photos_missing = Some(format!("There is no folder {}.", photos.display())),
        }
        for condition in Condition::ALL {
            for number in 0..frames {
                let frame = condition.frame(number, frames)?;
                let picture = frame.picture;
                let gray = Gray::new(picture.width, picture.height, picture.pixels);
                let name = format!("{condition:?}").to_lowercase();
                corpus.add(Group::Drawn(name), frame.text, &gray.context("a drawn picture")?)?;
            }
        }
        Ok(corpus)
    }

    fn add_photos(&mut self, set: &photos::Set) -> Result<()> {
        for photo in &set.photos {
            let gray = Gray::from_rgba(photo.width, photo.height, &photo.rgba);
            let mut gray = gray.with_context(|| photo.name.clone())?;
            for degrees in [0, 90, 180, 270] {
                let group = Group::Photos {
                    set: set.name.clone(),
                    degrees,
                };
                self.add(group, photo.text.clone(), &gray)?;
                gray = filter::turn(&gray);
            }
        }
        Ok(())
    }

    fn add(&mut self, group: Group, text: String, gray: &Gray) -> Result<()> {
        let file = format!("{}.gray", self.cases.len());
        fs::write(self.folder.path().join(&file), gray.pixels())?;
        self.cases.push(Case {
            group,
            text,
            width: gray.width(),
            height: gray.height(),
            file,
        });
        Ok(())
    }

    pub(super) fn path(&self, case: &Case) -> PathBuf {
        self.folder.path().join(&case.file)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn gray(&self, case: &Case) -> Result<Gray> {
        let pixels = fs::read(self.path(case))?;
        Gray::new(case.width, case.height, pixels).context("a picture of this size")
    }

    /// The groups in the order in which they came.
    pub(super) fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = Vec::new();
        for case in &self.cases {
            if !groups.contains(&&case.group) {
                groups.push(&case.group);
            }
        }
        groups
    }
}
