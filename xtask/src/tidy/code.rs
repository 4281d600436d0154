//! Shape of the source files.

use super::assert_none;
use super::repository::text_files;

/// A file longer than this does more than one thing. Only ever lowered.
const FILE_LINES_MAX: usize = 500;
const EXTENSIONS: [&str; 5] = [".rs", ".js", ".css", ".html", ".sql"];
/// Code that must go on whatever comes: a panic in the browser is the end of the page, one in a route of the answer.
const CAREFUL_FOLDERS: [&str; 6] = [
    "crates/background/src/",
    "crates/client/src/",
    "crates/office/src/",
    "crates/phone/src/",
    "crates/server/src/routes/",
    "crates/ui/src/",
];
/// Compiled for browsers only.
const BROWSER_CRATES: [&str; 4] = ["crates/client/", "crates/office/", "crates/phone/", "crates/ui/"];
const BANNED_CALLS: [&str; 5] = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!("];

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let files = text_files();
    let sources = files
        .iter()
        .filter(|file| EXTENSIONS.iter().any(|it| file.path.ends_with(it)));
    let long = sources
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX);
    let offenders: Vec<String> = long
        .map(|(file, lines)| format!("{} has {lines} lines", file.path))
        .collect();
    assert_none(&offenders, "at most 500 lines");
}

#[test]
fn a_module_stands_beside_its_folder() {
    let files = text_files();
    let offenders: Vec<String> = files
        .into_iter()
        .map(|file| file.path)
        .filter(|path| path.starts_with("crates/") && path.contains("/src/") && path.ends_with("/mod.rs"))
        .collect();
    assert_none(&offenders, "foo.rs beside foo/, no mod.rs");
}

#[test]
fn nothing_gives_up_where_it_must_go_on() {
    let mut offenders = Vec::new();
    for file in text_files() {
        let careful = CAREFUL_FOLDERS.iter().any(|folder| file.path.starts_with(folder));
        if !careful || !file.path.ends_with(".rs") || file.path.ends_with("/tests.rs") {
            continue;
        }
        for (number, line) in product_lines(&file.text) {
            if BANNED_CALLS.iter().any(|call| line.contains(call)) {
                offenders.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_none(&offenders, "no unwrap, expect or panic here");
}

#[test]
fn each_test_of_the_client_is_one_that_a_browser_runs() {
    // The standard harness prints nothing in wasm: a plain `#[test]` there would never fail.
    let alias = "use wasm_bindgen_test::wasm_bindgen_test as test;";
    let files = text_files()
        .into_iter()
        .filter(|file| BROWSER_CRATES.iter().any(|folder| file.path.starts_with(folder)));
    let silent = files.filter(|file| file.text.contains("#[test]") && !file.text.contains(alias));
    let offenders: Vec<String> = silent.map(|file| file.path).collect();
    assert_none(&offenders, &format!("tests of the client need `{alias}`"));
}

/// Lines with code, up to the tests at the end of the file.
fn product_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    code.filter(|(_, line)| !line.trim_start().starts_with("//"))
}
