//! One style sheet out of many: what a sheet imports is put in its place, so that a page asks for one file or two.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The sheet of every page, and the one that the office's pages have beside it.
const SHEETS: [&str; 2] = ["app.css", "office.css"];
const PARTS_FOLDER: &str = "css";

/// Replaces each sheet in this folder by itself with its imports, and removes the parts.
pub fn bundle_style_sheets(folder: &Path) -> Result<()> {
    for sheet in SHEETS {
        bundle(folder, sheet)?;
    }
    let parts = folder.join(PARTS_FOLDER);
    if parts.is_dir() {
        fs::remove_dir_all(parts)?;
    }
    Ok(())
}

fn bundle(folder: &Path, sheet: &str) -> Result<()> {
    let path = folder.join(sheet);
    if !path.exists() {
        return Ok(());
    }
    let mut bundle = String::new();
    for line in fs::read_to_string(&path)?.lines() {
        match imported(line) {
            Some(name) => {
                let part = fs::read_to_string(folder.join(name)).with_context(|| name.to_owned())?;
                if part.lines().any(|line| imported(line).is_some()) {
                    bail!("{name}: only {sheet} may import");
                }
                bundle.push_str(&part);
            }
            None => bundle.push_str(line),
        }
        bundle.push('\n');
    }
    fs::write(path, without_comments(&bundle))?;
    Ok(())
}

/// The file of a line `@import url("css/base.css");`.
fn imported(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("@import url(\"")?;
    rest.strip_suffix("\");")
}

/// Comments, indentation and empty lines are for people who write the sheet.
fn without_comments(sheet: &str) -> String {
    let mut text = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, it)| it);
    }
    text.push_str(rest);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_recognised() {
        assert_eq!(imported("@import url(\"css/base.css\");"), Some("css/base.css"));
        assert_eq!(imported(".frame { color: red }"), None);
    }

    #[test]
    fn comments_and_indentation_go() {
        let sheet = "/* one */\n.a {\n  color: red; /* two\n lines */\n}\n";
        assert_eq!(without_comments(sheet), ".a {\ncolor: red;\n}\n");
    }
}
