//! The last step of the client's build, called by Trunk on its staging folder: gives the files that Trunk left
//! unhashed a name with a hash, tells the pages these names, and completes `sw.js`.
//!
//! Afterwards every file but the pages, `sw.js`, the manifest and the icons has 16 hexadecimal digits of its
//! content's hash in its name, so that a server may call it immutable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::client_files::Part;
use crate::hash::{content_hash, files_hash};
use crate::precompress::precompress;
use crate::project;
use crate::style_sheet::bundle_style_sheets;

/// The pages: the technician's, the office's, and what the service worker shows in place of that one without a network.
const INDEX: &str = "index.html";
const OFFICE_PAGE: &str = "office.html";
const PAGES: [&str; 3] = [INDEX, OFFICE_PAGE, "no-network.html"];
/// Files that pages name themselves.
const LINKED_FILES: [&str; 3] = ["app.css", "office.css", "loader.js"];
/// The template in the project's top folder, and the finished file.
const SERVICE_WORKER: &str = "sw.js";
/// What Trunk made of `crates/scanner`.
const SCANNER_JS: &str = "scanner.js";
const SCANNER_WASM: &str = "scanner_bg.wasm";
/// What the worker does with the scanner, appended to the bindings.
const SCANNER_ENTRY: &str = "crates/scanner/worker.js";
const SCANNER_WASM_PLACE: &str = "__SCANNER_WASM__";
/// What Trunk made of `crates/background`, and their places in the service worker.
const BACKGROUND: [(&str, &str); 2] = [
    ("background.js", "__BACKGROUND_SCRIPT__"),
    ("background_bg.wasm", "__BACKGROUND_WASM__"),
];
/// What Trunk made of `crates/office`, and their places in the office's page.
const OFFICE: [(&str, &str); 2] = [
    ("office.js", "__OFFICE_SCRIPT__"),
    ("office_bg.wasm", "__OFFICE_WASM__"),
];
/// Marks in `index.html`.
const SCANNER_META: &str = r#"<meta name="scanner-worker" content="">"#;
const BUILD_META: &str = r#"<meta name="app-build" content="">"#;

/// Completes the folder that Trunk names in `TRUNK_STAGING_DIR`.
pub fn sw_manifest() -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is set by Trunk's hook")?;
    let folder = PathBuf::from(folder);
    remove_declarations(&folder)?;
    bundle_style_sheets(&folder)?;
    name_linked_files(&folder)?;
    let office_page = folder.join(OFFICE_PAGE);
    let text = with_names(&folder, fs::read_to_string(&office_page)?, OFFICE)?;
    fs::write(office_page, text)?;
    let service_worker = project::root().join(SERVICE_WORKER);
    let template = fs::read_to_string(&service_worker).context(SERVICE_WORKER)?;
    let template = with_names(&folder, template, BACKGROUND)?;
    let worker = complete_scanner(&folder)?;
    let index_path = folder.join(INDEX);
    let index = fs::read_to_string(&index_path)?;
    let meta = SCANNER_META.replace("\"\"", &format!("\"/{worker}\""));
    let index = replace_once(&index, SCANNER_META, &meta)?;
    fs::write(&index_path, &index)?;

    let version = version_of(&folder, service_worker)?;
    let meta = BUILD_META.replace("\"\"", &format!("\"{version}\""));
    fs::write(&index_path, replace_once(&index, BUILD_META, &meta)?)?;
    let list = serde_json::to_string(&precache_list(&folder)?)?;
    let template = replace_once(&template, "__VERSION__", &version)?;
    fs::write(
        folder.join(SERVICE_WORKER),
        replace_once(&template, "__PRECACHE__", &list)?,
    )?;
    if env::var_os(project::QUICK_BUILD_VARIABLE).is_none() {
        precompress(&list_files(&folder)?)?;
    }
    Ok(())
}

/// Hashed names for what pages link, in every page that does.
fn name_linked_files(folder: &Path) -> Result<()> {
    let mut names = Vec::new();
    for name in LINKED_FILES {
        if let Some(hashed) = rename_with_hash(folder, name)? {
            names.push((format!("\"/{name}\""), format!("\"/{hashed}\"")));
        }
    }
    for page in PAGES {
        let path = folder.join(page);
        let mut text = fs::read_to_string(&path).with_context(|| format!("reading {page}"))?;
        for (name, hashed) in &names {
            text = text.replace(name, hashed);
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// Hashed names for files of Trunk's, and the text with them in their places.
fn with_names(folder: &Path, mut text: String, files: [(&str, &str); 2]) -> Result<String> {
    for (name, place) in files {
        let hashed = rename_with_hash(folder, name)?.with_context(|| format!("Trunk made no {name}"))?;
        ensure!(text.contains(place), "{place} should stand in the text");
        text = text.replace(place, &format!("/{hashed}"));
    }
    Ok(text)
}

/// A phone's app is another version only when something of it is another: the office's program is none of it.
fn version_of(folder: &Path, service_worker: PathBuf) -> Result<String> {
    let mut files = Vec::new();
    for file in list_files(folder)? {
        if Part::of(&name_below(folder, &file)?) != Part::Office {
            files.push(file);
        }
    }
    files.push(service_worker);
    files_hash(&files)
}

/// What a phone keeps, by its path in the address.
fn precache_list(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for file in list_files(folder)? {
        let name = name_below(folder, &file)?;
        match name.as_str() {
            SERVICE_WORKER => {}
            INDEX => paths.push("/".to_owned()),
            name if Part::of(name).is_precached() => paths.push(format!("/{name}")),
            _ => {}
        }
    }
    paths.sort();
    Ok(paths)
}

fn name_below(folder: &Path, file: &Path) -> Result<String> {
    Ok(file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/"))
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
    fn a_mark_that_is_missing_or_double_is_an_error() {
        assert!(replace_once("a b", "c", "d").is_err());
        assert!(replace_once("a a", "a", "d").is_err());
        assert_eq!(replace_once("a b", "a", "d").unwrap(), "d b");
    }
}
