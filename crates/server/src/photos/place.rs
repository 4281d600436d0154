//! Where photos are kept: a folder, or a bucket.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use url::Url;

/// What `--photos` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoPlace {
    /// A folder on this machine.
    Folder(PathBuf),
    /// `s3://BUCKET/PATH`; key, region and endpoint stand in `AWS_...` variables.
    Bucket(Url),
}

impl PhotoPlace {
    /// Beside the books where these are a file, else in the working folder.
    pub fn beside(database_url: &str) -> Self {
        let file = database_url
            .strip_prefix("sqlite:")
            .map(|rest| rest.trim_start_matches("//"))
            .and_then(|rest| rest.split('?').next())
            .filter(|file| !file.is_empty() && !file.starts_with(':'));
        Self::Folder(match file {
            Some(file) => Path::new(file).with_extension("photos"),
            None => PathBuf::from("meterline.photos"),
        })
    }
}

impl FromStr for PhotoPlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const RIGHT: &str = "expected a folder, or s3://BUCKET/PATH";
        let text = text.trim();
        match text.split_once("://") {
            None if text.is_empty() => Err(RIGHT.into()),
            None => Ok(Self::Folder(text.into())),
            Some(("file", path)) => Ok(Self::Folder(path.into())),
            Some(("s3", _)) => {
                let url: Url = text.parse().map_err(|_| String::from(RIGHT))?;
                let bare = url.host_str().is_some() && url.username().is_empty() && url.query().is_none();
                if bare {
                    Ok(Self::Bucket(url))
                } else {
                    Err(RIGHT.into())
                }
            }
            Some(_) => Err(RIGHT.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_lie_beside_the_books() {
        for (url, folder) in [
            ("sqlite://meterline.db", "meterline.photos"),
            (
                "sqlite:///var/lib/meterline/books.db",
                "/var/lib/meterline/books.photos",
            ),
            ("sqlite:demo.db?mode=rwc", "demo.photos"),
            ("postgres://ana:secret@host/meterline", "meterline.photos"),
        ] {
            assert_eq!(
                PhotoPlace::beside(url),
                PhotoPlace::Folder(folder.into()),
                "{url}"
            );
        }
    }

    #[test]
    fn a_place_is_a_folder_or_a_bucket() {
        assert_eq!(
            "/srv/photos".parse(),
            Ok(PhotoPlace::Folder("/srv/photos".into()))
        );
        assert_eq!(
            "file:///srv/photos".parse(),
            Ok(PhotoPlace::Folder("/srv/photos".into()))
        );
        assert!(matches!("s3://bucket/photos".parse(), Ok(PhotoPlace::Bucket(_))));
        for wrong in ["", "gs://bucket", "https://x/y", "s3://", "s3://key@bucket/x"] {
            assert!(
                wrong.parse::<PhotoPlace>().unwrap_err().contains("s3://BUCKET"),
                "{wrong}"
            );
        }
    }
}
