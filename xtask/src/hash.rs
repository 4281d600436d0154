//! Short content hashes for file names and fingerprints.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// 16 hexadecimal digits of SHA-256.
pub fn content_hash(content: &[u8]) -> String {
    short(Sha256::digest(content).as_slice())
}

/// One hash over the names and contents of these files, in this order.
pub fn files_hash(files: &[PathBuf]) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in files {
        let name = file.file_name().map(Path::new).unwrap_or(file);
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update([0]);
        let content = fs::read(file).with_context(|| file.display().to_string())?;
        hasher.update(u64::try_from(content.len())?.to_le_bytes());
        hasher.update(content);
    }
    Ok(short(hasher.finalize().as_slice()))
}

fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_sixteen_hexadecimal_digits() {
        assert_eq!(content_hash(b"abc"), "ba7816bf8f01cfea");
    }
}
