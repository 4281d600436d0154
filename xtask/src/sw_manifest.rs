//! The last step of the client's build, called by Trunk on its staging folder: gives the files that Trunk left
//! unhashed a name with a hash, tells `index.html` these names, and completes `sw.js`.
//!
//! Afterwards every file but `index.html`, `sw.js`, the manifest and the icons has 16 hexadecimal digits of its
//! content's hash in its name, so that a server may call it immutable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::hash::{content_hash, files_hash};
use crate::precompress::precompress;
use crate::project;
use crate::style_sheet::bundle_style_sheet;

/// Files that `index.html` names itself.
const LINKED_FILES: [&str; 2] = ["app.css", "loader.js"];
/// The template in the project's top folder, and the finished file.
const SERVICE_WORKER: &str = "sw.js";
/// What Trunk made of `crates/scanner`.
const SCANNER_JS: &str = "scanner.js";
const SCANNER_WASM: &str = "scanner_bg.wasm";
/// What the worker does with the scanner, appended to the bindings.
const SCANNER_ENTRY: &str = "crates/scanner/worker.js";
const SCANNER_WASM_PLACE: &str = "__SCANNER_WASM__";
/// What Trunk made of `crates/background`, and their places in the service worker.
const BACKGROUND_JS: &str = "background.js";
const BACKGROUND_WASM: &str = "background_bg.wasm";
const BACKGROUND_JS_PLACE: &str = "__BACKGROUND_SCRIPT__";
const BACKGROUND_WASM_PLACE: &str = "__BACKGROUND_WASM__";
/// Icons that a page or a notification shows. The others are for the home screen: the browser fetches them when the app is
/// installed, with a network, and a page never.
const SHOWN_ICONS: [&str; 2] = ["icons/favicon.svg", "icons/icon-192.png"];
/// Marks in `index.html`.
const SCANNER_META: &str = r#"<meta name="scanner-worker" content="">"#;
const BUILD_META: &str = r#"<meta name="app-build" content="">"#;

/// Completes the folder that Trunk names in `TRUNK_STAGING_DIR`.
pub fn sw_manifest() -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is set by Trunk's hook")?;
    let folder = PathBuf::from(folder);
    remove_declarations(&folder)?;
    bundle_style_sheet(&folder)?;
    let index_path = folder.join("index.html");
    let mut index = fs::read_to_string(&index_path).context("reading index.html")?;
    for name in LINKED_FILES {
        if let Some(hashed) = rename_with_hash(&folder, name)? {
            index = replace_once(&index, &format!("\"/{name}\""), &format!("\"/{hashed}\""))?;
        }
    }
    let worker = complete_scanner(&folder)?;
    let background = Background::hashed(&folder)?;
    let meta = SCANNER_META.replace("\"\"", &format!("\"/{worker}\""));
    index = replace_once(&index, SCANNER_META, &meta)?;
    fs::write(&index_path, &index)?;

    let mut versioned = list_files(&folder)?;
    versioned.push(project::root().join(SERVICE_WORKER));
    let version = files_hash(&versioned)?;
    let meta = BUILD_META.replace("\"\"", &format!("\"{version}\""));
    fs::write(&index_path, replace_once(&index, BUILD_META, &meta)?)?;
    write_service_worker(&folder, &version, &background)?;
    if env::var_os(project::QUICK_BUILD_VARIABLE).is_none() {
        precompress(&list_files(&folder)?)?;
    }
    Ok(())
}

/// Whether a file is fetched only when the app is put on the home screen.
pub fn is_for_installing(name: &str) -> bool {
    name.starts_with("icons/") && !SHOWN_ICONS.contains(&name)
}

/// The program that the service worker runs in a `sync` event: which browsers fetch it is its own decision.
struct Background {
    script: String,
    wasm: String,
}

impl Background {
    fn hashed(folder: &Path) -> Result<Self> {
        let hashed = |name| rename_with_hash(folder, name)?.with_context(|| format!("Trunk made no {name}"));
        Ok(Self {
            script: hashed(BACKGROUND_JS)?,
            wasm: hashed(BACKGROUND_WASM)?,
        })
    }

    fn contains(&self, name: &str) -> bool {
        name == self.script || name == self.wasm
    }
}

/// The app's own files by their path in the address, without the service worker's and those for the home screen.
fn precache_list(folder: &Path, background: &Background) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for file in list_files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        match name.as_str() {
            SERVICE_WORKER => {}
            own if background.contains(own) || is_for_installing(own) => {}
            "index.html" => paths.push("/".to_owned()),
            _ => paths.push(format!("/{name}")),
        }
    }
    paths.sort();
    Ok(paths)
}

fn write_service_worker(folder: &Path, version: &str, background: &Background) -> Result<()> {
    let template = fs::read_to_string(project::root().join(SERVICE_WORKER)).context(SERVICE_WORKER)?;
    let list = serde_json::to_string(&precache_list(folder, background)?)?;
    let text = replace_once(&template, "__VERSION__", version)?;
    let text = replace_once(&text, "__PRECACHE__", &list)?;
    let text = replace_once(&text, BACKGROUND_JS_PLACE, &format!("/{}", background.script))?;
    let text = replace_once(&text, BACKGROUND_WASM_PLACE, &format!("/{}", background.wasm))?;
    fs::write(folder.join(SERVICE_WORKER), text)?;
    Ok(())
}

/// One script for the worker: the bindings, then its entry, which knows the hashed name of the wasm.
fn complete_scanner(folder: &Path) -> Result<String> {
    let wasm = rename_with_hash(folder, SCANNER_WASM)?.context("Trunk made no scanner_bg.wasm")?;
    let entry = fs::read_to_string(project::root().join(SCANNER_ENTRY)).context(SCANNER_ENTRY)?;
    let entry = replace_once(&entry, SCANNER_WASM_PLACE, &format!("/{wasm}"))?;
    let script = folder.join(SCANNER_JS);
    let bindings = fs::read_to_string(&script)?;
    fs::write(&script, format!("{bindings}\n{entry}"))?;
    rename_with_hash(folder, SCANNER_JS)?.context("the script was just written")
}

fn rename_with_hash(folder: &Path, name: &str) -> Result<Option<String>> {
    let path = folder.join(name);
    if !path.exists() {
        return Ok(None);
    }
    let hash = content_hash(&fs::read(&path)?);
    let hashed = name_with_hash(name, &hash);
    fs::rename(path, folder.join(&hashed))?;
    Ok(Some(hashed))
}

/// `scanner_bg.wasm` becomes `scanner-HASH_bg.wasm`, as Trunk names the client's.
fn name_with_hash(name: &str, hash: &str) -> String {
    let at = name.find("_bg.").or_else(|| name.find('.')).unwrap_or(name.len());
    let (stem, rest) = name.split_at(at);
    format!("{stem}-{hash}{rest}")
}

fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(
        count == 1,
        "{from} should stand once in the text, it stands {count} times"
    );
    Ok(text.replacen(from, to, 1))
}

/// TypeScript declarations are of no use to a browser.
fn remove_declarations(folder: &Path) -> Result<()> {
    for file in list_files(folder)? {
        if file.to_string_lossy().ends_with(".d.ts") {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// All files below a folder, in a fixed order; hidden ones are none of the app's.
pub fn list_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path = entry?.path();
            let hidden = path
                .file_name()
                .is_some_and(|it| it.to_string_lossy().starts_with('.'));
            match (hidden, path.is_dir()) {
                (true, _) => {}
                (false, true) => folders.push(path),
                (false, false) => {
                    found.insert(path.strip_prefix(folder)?.to_owned(), path);
                }
            }
        }
    }
    Ok(found.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_where_trunk_puts_it() {
        assert_eq!(name_with_hash("scanner.js", "0123"), "scanner-0123.js");
        assert_eq!(name_with_hash("scanner_bg.wasm", "0123"), "scanner-0123_bg.wasm");
        assert_eq!(name_with_hash("app.css", "0123"), "app-0123.css");
    }

    #[test]
    fn icons_for_the_home_screen_are_not_kept_for_offline() {
        for (name, expected) in [
            ("icons/icon-512.png", true),
            ("icons/apple-touch-icon.png", true),
            ("icons/icon-192.png", false),
            ("icons/favicon.svg", false),
            ("client-1.js", false),
        ] {
            assert_eq!(is_for_installing(name), expected, "{name}");
        }
    }

    #[test]
    fn a_mark_that_is_missing_or_double_is_an_error() {
        assert!(replace_once("a b", "c", "d").is_err());
        assert!(replace_once("a a", "a", "d").is_err());
        assert_eq!(replace_once("a b", "a", "d").unwrap(), "d b");
    }
}
