//! Brotli at its highest quality, once at build time, so that the server never compresses a file of the client.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const QUALITY: u32 = 11;
const WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;
/// Pictures are compressed already.
const EXTENSIONS: [&str; 8] = ["html", "js", "wasm", "css", "svg", "json", "webmanifest", "txt"];

/// Writes `FILE.br` beside each file that gains by it.
pub fn precompress(files: &[PathBuf]) -> Result<()> {
    for file in files.iter().filter(|file| is_compressible(file)) {
        let content = fs::read(file).with_context(|| file.display().to_string())?;
        let packed = brotli_bytes(&content)?;
        if packed.len() < content.len() {
            fs::write(packed_path(file), packed)?;
        }
    }
    Ok(())
}

/// Where the compressed form of a file lies.
pub fn packed_path(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".br");
    path.into()
}

/// The content as a browser receives it.
pub fn brotli_bytes(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, QUALITY, WINDOW_BITS);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn is_compressible(file: &Path) -> bool {
    file.extension()
        .is_some_and(|it| EXTENSIONS.iter().any(|known| it.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_unpacks_to_the_same_bytes() {
        let content = b"meter reading ".repeat(1000);
        let packed = brotli_bytes(&content).unwrap();
        assert!(packed.len() < 100);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }
}
