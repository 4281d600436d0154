//! The house rules that no compiler knows, as tests.

mod architecture;
mod code;
mod dependencies;
mod repository;

/// Tells all offenders at once.
fn assert_none(offenders: &[String], rule: &str) {
    assert!(offenders.is_empty(), "{rule}\n  {}", offenders.join("\n  "));
}
