//! `docs/PERFORMANCE.md`: each part writes its own section, between two marks, and leaves the others as they are.

use std::fs;

use anyhow::{Result, ensure};

use crate::process::say;
use crate::project;

const PATH: &str = "docs/PERFORMANCE.md";

const BEGINNING: &str = "# Performance

Written by `cargo xtask bench`; each section says when, on what and how often it was measured. Figures are medians with the
smallest and the largest round behind them. Each stands beside its raw limit from the same run: what the same machine does
without us. Differences under 40 % mean little on a machine with two cores that also carries the browser or the load.
";

/// A section of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Sizes,
    Server,
    Browser,
    Scan,
}

impl Part {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sizes => "sizes",
            Self::Server => "server",
            Self::Browser => "browser",
            Self::Scan => "scan",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Sizes => "Download",
            Self::Server => "Server",
            Self::Browser => "Phone",
            Self::Scan => "Scanner",
        }
    }
}

/// Replaces the section of this part and prints it. `circumstances` is one line: when and on what.
pub(super) fn write(part: Part, circumstances: &str, section: &str) -> Result<()> {
    ensure!(!section.trim().is_empty(), "there is nothing to write down");
    let path = project::root().join(PATH);
    let before = fs::read_to_string(&path).unwrap_or_else(|_| BEGINNING.to_owned());
    let body = format!("## {}\n\n{circumstances}\n\n{}\n", part.title(), section.trim());
    fs::write(&path, with_section(&before, part, &body))?;
    say(&body);
    say(&format!("{PATH} has this section now."));
    Ok(())
}

fn with_section(document: &str, part: Part, body: &str) -> String {
    let [open, close] = ["", "/"].map(|slash| format!("<!-- {slash}bench {} -->", part.name()));
    let marked = format!("{open}\n{body}{close}");
    let place = document.split_once(&open).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&close)?;
        Some((before, after))
    });
    match place {
        Some((before, after)) => format!("{before}{marked}{after}"),
        None => format!("{}\n\n{marked}\n", document.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_replaces_itself_and_nothing_else() {
        let first = with_section("# P\n", Part::Server, "one\n");
        assert_eq!(
            first,
            "# P\n\n<!-- bench server -->\none\n<!-- /bench server -->\n"
        );
        let both = with_section(&first, Part::Browser, "two\n");
        let again = with_section(&both, Part::Server, "three\n");
        assert_eq!(again, both.replace("one", "three"));
        assert!(again.contains("two"));
    }
}
