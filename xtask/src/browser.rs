//! Chromium and its driver for the checks that need a browser.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::postgres::is_root;
use crate::process::{command, find_program, run, say};

/// What to do where we cannot do it ourselves.
pub const INSTALL_HINT: &str =
    "no chromedriver: install it with `apt-get install chromium chromium-driver` or your system's own way";

const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// The driver's path; on Debian as root it is installed when it is missing.
pub fn ensure_chromedriver() -> Option<PathBuf> {
    find_program("chromedriver").or_else(|| {
        if may_install() && install().is_ok() {
            find_program("chromedriver")
        } else {
            None
        }
    })
}

fn may_install() -> bool {
    // Other systems name these packages differently, or install a launcher that cannot run without a desktop.
    let is_debian =
        fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|it| it == "ID=debian"));
    is_debian && is_root() && find_program("apt-get").is_some()
}

fn install() -> Result<()> {
    say("Installing Debian's chromium and chromium-driver (about 2 minutes, only once) …");
    let apt = || {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(apt().args(["update", "-qq"]))?;
    run(apt()
        .args(["install", "-qq", "-y", "--no-install-recommends"])
        .args(PACKAGES)
        .stdout(std::process::Stdio::null()))
}
