//! `cargo xtask faults`: deliberate faults, each of which a named test has to catch. What nobody catches, nobody tests.
//!
//! Each fault is a small replacement in one file of a copy of the project (`target/faults/tree`, built in
//! `target/faults/build`, both kept for the next time). The tests pass without it, or the command fails; with it, the
//! named one has to fail.

mod fault;
mod list;
mod tree;
mod trial;

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::process::say;
use fault::Fault;
use tree::Tree;
use trial::{Outcome, Workbench};

/// Which faults.
#[derive(Debug, Args)]
pub struct FaultsOptions {
    /// Only this fault; may be given again
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Name the faults and what has to catch them, and try none
    #[arg(long)]
    list: bool,
}

/// Tries the faults; true when each was caught.
pub fn faults(options: &FaultsOptions) -> Result<bool> {
    let chosen = chosen(&options.only)?;
    if options.list {
        for fault in &chosen {
            say(&format!(
                "{}: {} ({})",
                fault.name,
                fault.proof,
                situations(fault)
            ));
        }
        return Ok(true);
    }
    let start = Instant::now();
    let tree = Tree::refreshed()?;
    tree.check(&chosen)?;
    let workbench = Workbench::new(&tree)?;
    let mut missed = Vec::new();
    for fault in by_program(chosen) {
        let outcome = workbench.attempt(fault)?;
        say(&outcome.line(fault));
        if !matches!(outcome, Outcome::Caught { .. }) {
            missed.push(fault.name);
        }
    }
    say(&format!(
        "{:.0} s. Logs: {}",
        start.elapsed().as_secs_f64(),
        tree.logs().display()
    ));
    Ok(missed.is_empty())
}

fn chosen(only: &[String]) -> Result<Vec<&'static Fault>> {
    let all = list::all();
    if let Some(unknown) = only
        .iter()
        .find(|name| all.iter().all(|fault| fault.name != **name))
    {
        bail!("there is no fault `{unknown}`: see `cargo xtask faults --list`");
    }
    let wanted = |fault: &&Fault| only.is_empty() || only.iter().any(|name| name == fault.name);
    Ok(all.into_iter().filter(wanted).collect())
}

/// Faults that one program proves follow each other: what was built for one serves the next.
fn by_program(mut faults: Vec<&'static Fault>) -> Vec<&'static Fault> {
    faults.sort_by_key(|fault| fault.proof.program());
    faults
}

fn situations(fault: &Fault) -> String {
    let numbers: Vec<String> = fault.situations.iter().map(ToString::to_string).collect();
    match numbers.as_slice() {
        [] => String::from("no single situation"),
        [one] => format!("situation {one}"),
        _ => format!("situations {}", numbers.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;
    use crate::project;

    #[test]
    fn no_fault_is_stale() {
        let stale: Vec<String> = list::all()
            .into_iter()
            .filter_map(|fault| fault.staleness(project::root()))
            .collect();
        assert!(stale.is_empty(), "{stale:#?}");
    }

    #[test]
    fn each_fault_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = list::all().iter().map(|fault| fault.name).collect();
        assert_eq!(names.len(), list::all().len());
        assert!(names.len() >= 25);
    }

    /// The part of the document about the thirty situations, a line each.
    fn table() -> Vec<String> {
        let text = fs::read_to_string(project::root().join("docs/TESTING.md")).unwrap();
        let rest = text.split("## The thirty situations").nth(1).unwrap();
        let part = rest.split("\n## ").next().unwrap();
        let rows = part
            .lines()
            .filter(|line| line.starts_with("| ") && line.contains('`'));
        rows.map(str::to_owned).collect()
    }

    fn code_words(line: &str) -> impl Iterator<Item = &str> {
        line.split('`').skip(1).step_by(2)
    }

    #[test]
    fn each_of_the_thirty_situations_has_a_test_and_a_fault() {
        let rows = table();
        for (index, row) in rows.iter().enumerate() {
            assert!(row.starts_with(&format!("| {} |", index + 1)), "{row}");
            assert!(row.contains("fault `"), "{row}");
        }
        assert_eq!(rows.len(), 30);
    }

    #[test]
    fn the_table_of_situations_names_only_faults_and_tests_that_are_there() {
        let faults: BTreeSet<&str> = list::all().iter().map(|fault| fault.name).collect();
        let paths = tree::project_files().unwrap();
        let sources = paths.iter().filter(|path| path.ends_with(".rs"));
        let sources: Vec<String> = sources
            .filter_map(|path| fs::read_to_string(project::root().join(path)).ok())
            .collect();
        let rows = table();
        let words = rows.iter().flat_map(|row| code_words(row));
        let is_known = |word: &&str| {
            let is_test = sources.iter().any(|text| text.contains(&format!("fn {word}(")));
            faults.contains(*word) || is_test || word.starts_with("cargo xtask ")
        };
        let unknown: Vec<&str> = words.filter(|word| !is_known(word)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
