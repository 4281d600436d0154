//! Where things are, and the versions of the tools.

use std::path::{Path, PathBuf};

/// Set while Trunk runs its hook for a quick build: nothing is compressed then.
pub const QUICK_BUILD_VARIABLE: &str = "METERLINE_QUICK_BUILD";
/// Trunk in the version that was tried with our `Trunk.toml`.
pub const TRUNK_VERSION: &str = "0.21.14";
/// wasm-opt comes in the npm package `binaryen` with this major version; `Trunk.toml` names the same.
pub const WASM_OPT_VERSION: &str = "132";
/// The target of the client.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// Crates that compile for a browser only.
pub const BROWSER_CRATES: [&str; 5] = ["client", "office", "ui", "phone", "background"];
/// The folder of the compiled client.
pub const DIST: &str = "dist";

/// The top folder of the checkout.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Tells cargo: everything that compiles for this machine.
pub fn all_but_browser_crates() -> Vec<&'static str> {
    let others = BROWSER_CRATES.iter().flat_map(|name| ["--exclude", *name]);
    std::iter::once("--workspace").chain(others).collect()
}

/// Where tools go that the project installs for itself.
pub fn tools_folder() -> PathBuf {
    root().join(".meterline/tools")
}

/// Fingerprints and logs of the project's own commands.
pub fn state_folder() -> PathBuf {
    target_folder().join("xtask")
}

/// Where cargo builds.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}
