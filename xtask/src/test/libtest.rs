//! Reading what Rust's test harness prints.

use super::report::{Skipped, Tally};

/// Adds up the result lines; names those that failed or were ignored.
pub(super) fn parse(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            tally.passed += count_before(rest, " passed");
            tally.failed += count_before(rest, " failed");
        } else if let Some((name, outcome)) = test_line(line) {
            note(&mut tally, name, outcome);
        }
    }
    tally
}

/// The names in the output of `--list`.
pub(super) fn listed(output: &str) -> Vec<String> {
    output
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect()
}

fn test_line(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("test ")?.split_once(" ... ")
}

fn note(tally: &mut Tally, name: &str, outcome: &str) {
    if outcome.starts_with("FAILED") || outcome.starts_with("FAIL") {
        tally.failures.push(name.to_owned());
    } else if let Some(rest) = outcome.strip_prefix("ignored") {
        let reason = rest.trim_start_matches(", ");
        let reason = if reason.is_empty() { "ignored" } else { reason };
        tally.skipped.push(Skipped {
            name: name.to_owned(),
            reason: reason.to_owned(),
        });
    }
}

/// `ok. 5 passed; 0 failed; ...` holds the number before each word.
fn count_before(text: &str, word: &str) -> usize {
    let before = text.split_once(word).map_or("", |(before, _)| before);
    before
        .rsplit(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 3 tests
test a::one ... ok
test a::two ... FAILED
test a::three ... ignored, needs a phone

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s
";

    #[test]
    fn several_binaries_add_up() {
        let tally = parse(OUTPUT);
        assert_eq!((tally.passed, tally.failed, tally.skipped.len()), (13, 1, 1));
        assert_eq!(tally.failures, ["a::two"]);
        assert_eq!(tally.skipped[0].reason, "needs a phone");
    }

    #[test]
    fn a_list_holds_tests_and_no_benches() {
        assert_eq!(
            listed("a::one: test\nb: benchmark\n\n1 test, 1 benchmark\n"),
            ["a::one"]
        );
    }
}
