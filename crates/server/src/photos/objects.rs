//! Bytes of photos, through `object_store`: whole ones by their hash, parts by the account that sends them.

use std::fs;
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, Result};
use shared::photo::PhotoHash;

use super::PhotoPlace;

/// Unfinished photos of one account; the one that was touched longest ago gives way to another.
const UPLOADS_MAX: usize = 20;

/// Handle to the folder or bucket; cheap to clone.
#[derive(Debug, Clone)]
pub struct PhotoObjects {
    objects: Arc<dyn ObjectStore>,
}

/// One part that is held.
#[derive(Debug, Clone)]
struct Held {
    from: u64,
    size: u64,
    at: Path,
}

/// The parts of one photo that are held, without gaps.
#[derive(Debug)]
pub(super) struct Parts {
    held: Vec<Held>,
}

impl Parts {
    /// Bytes from the first on.
    pub(super) fn received(&self) -> u64 {
        self.held.last().map_or(0, |last| last.from + last.size)
    }
}

impl PhotoObjects {
    /// Opens the folder, making it if need be, or the bucket.
    pub fn open(place: &PhotoPlace) -> Result<Self, String> {
        let objects: Arc<dyn ObjectStore> = match place {
            PhotoPlace::Folder(folder) => {
                let told = |error: &dyn std::fmt::Display| format!("photos in {}: {error}", folder.display());
                fs::create_dir_all(folder).map_err(|error| told(&error))?;
                let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| told(&error))?;
                // Phones delete a photo once we say that it is stored.
                Arc::new(files.with_fsync(true).with_automatic_cleanup(true))
            }
            PhotoPlace::Bucket(url) => {
                // The first one that is installed stays; a second time it is already ours.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let settings = std::env::vars()
                    .filter(|(name, _)| name.starts_with("AWS_"))
                    .map(|(name, value)| (name.to_ascii_lowercase(), value));
                let (bucket, path) = object_store::parse_url_opts(url, settings)
                    .map_err(|error| format!("photos in {url}: {error}"))?;
                Arc::new(PrefixStore::new(bucket, path))
            }
        };
        Ok(Self { objects })
    }

    /// A whole photo.
    pub(super) async fn get(&self, hash: PhotoHash) -> Result<Option<Bytes>> {
        match self.objects.get(&whole(hash)).await {
            Ok(found) => found.bytes().await.map(Some),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Stores a whole photo; durable when it returns.
    pub(super) async fn put(&self, hash: PhotoHash, bytes: Bytes) -> Result<()> {
        self.objects.put(&whole(hash), bytes.into()).await.map(drop)
    }

    /// What is held of a photo that is not whole.
    pub(super) async fn parts(&self, account: i64, hash: PhotoHash) -> Result<Parts> {
        let found: Vec<_> = self
            .objects
            .list(Some(&parts_of(account, hash)))
            .try_collect()
            .await?;
        let mut all: Vec<Held> = found
            .into_iter()
            .filter_map(|meta| {
                let from = meta.location.filename()?.parse().ok()?;
                Some(Held {
                    from,
                    size: meta.size,
                    at: meta.location,
                })
            })
            .collect();
        all.sort_by_key(|part| part.from);
        let mut parts = Parts { held: Vec::new() };
        for part in all {
            // A part that was sent twice in another size overlaps; only a chain without gaps counts.
            if part.from == parts.received() {
                parts.held.push(part);
            }
        }
        Ok(parts)
    }

    /// Keeps one part.
    pub(super) async fn put_part(
        &self,
        account: i64,
        hash: PhotoHash,
        from: u64,
        bytes: Bytes,
    ) -> Result<()> {
        if from == 0 {
            self.make_room(account, hash).await?;
        }
        let at = parts_of(account, hash).join(format!("{from:08}"));
        self.objects.put(&at, bytes.into()).await.map(drop)
    }

    /// All parts as one.
    pub(super) async fn join(&self, parts: &Parts) -> Result<Vec<u8>> {
        let mut joined = Vec::new();
        for part in &parts.held {
            joined.extend_from_slice(&self.objects.get(&part.at).await?.bytes().await?);
        }
        Ok(joined)
    }

    /// Forgets the parts of a photo, those outside of the chain too.
    pub(super) async fn drop_parts(&self, account: i64, hash: PhotoHash) -> Result<()> {
        self.drop_all(&parts_of(account, hash)).await
    }

    async fn drop_all(&self, prefix: &Path) -> Result<()> {
        let found: Vec<_> = self.objects.list(Some(prefix)).try_collect().await?;
        for meta in found {
            match self.objects.delete(&meta.location).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn make_room(&self, account: i64, hash: PhotoHash) -> Result<()> {
        let found: Vec<_> = self
            .objects
            .list(Some(&of_account(account)))
            .try_collect()
            .await?;
        let mut uploads = std::collections::BTreeMap::new();
        for meta in found {
            let Some(photo) = meta.location.parts().nth(2) else {
                continue;
            };
            let touched = uploads
                .entry(photo.as_ref().to_owned())
                .or_insert(meta.last_modified);
            *touched = meta.last_modified.max(*touched);
        }
        uploads.remove(&hash.to_string());
        while uploads.len() >= UPLOADS_MAX {
            let oldest = uploads.iter().min_by_key(|(_, touched)| **touched);
            let Some(photo) = oldest.map(|(photo, _)| photo.clone()) else {
                break;
            };
            self.drop_all(&of_account(account).join(photo.as_str())).await?;
            uploads.remove(&photo);
        }
        Ok(())
    }
}

/// By two digits a folder, so that none holds tens of thousands.
fn whole(hash: PhotoHash) -> Path {
    let name = hash.to_string();
    Path::from_iter(["photos", &name[..2], &name])
}

fn of_account(account: i64) -> Path {
    Path::from_iter(["parts", &account.to_string()])
}

fn parts_of(account: i64, hash: PhotoHash) -> Path {
    of_account(account).join(hash.to_string())
}
