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

    #[test]
    fn the_table_of_situations_names_no_fault_that_is_not_there() {
        let text = fs::read_to_string(project::root().join("docs/TESTING.md")).unwrap_or_default();
        let named = text
            .split("fault `")
            .skip(1)
            .filter_map(|rest| rest.split('`').next());
        let names: BTreeSet<&str> = list::all().iter().map(|fault| fault.name).collect();
        let unknown: Vec<&str> = named.filter(|name| !names.contains(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
