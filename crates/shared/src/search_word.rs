//! By what words somebody is found: the same for what is stored and for what is typed.

use crate::code::normal;

/// Nobody's name has more.
const WORDS_MAX: usize = 16;
/// Whoever types more has found it by then.
const TYPED_WORDS_MAX: usize = 4;

/// The words of a name, in normal form and each once: `Ines O'Dowd` is found by `ines`, `o'dowd` and `dowd`.
pub fn words_of(name: &str) -> Vec<String> {
    let normal = normal(name);
    let whole = normal.split(' ').map(|word| word.trim_matches(is_no_letter));
    let parts = normal.split(is_no_letter);
    let mut words: Vec<String> = Vec::new();
    for word in whole.chain(parts).filter(|it| !it.is_empty()) {
        if words.len() < WORDS_MAX && !words.iter().any(|it| it == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// What a typed text asks for: each is the beginning of a word.
pub fn typed_words(text: &str) -> Vec<String> {
    let normal = normal(text);
    let words = normal.split(' ').map(|word| word.trim_matches(is_no_letter));
    words
        .filter(|it| !it.is_empty())
        .take(TYPED_WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

/// Each of the typed words is the beginning of a word of this name.
pub fn is_named(name: &str, typed: &[String]) -> bool {
    let words = words_of(name);
    let begins = |typed: &String| words.iter().any(|word| word.starts_with(typed.as_str()));
    !typed.is_empty() && typed.iter().all(begins)
}

/// Behind all texts that begin with this one, where texts are ordered by their bytes.
pub fn end_of_prefix(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

fn is_no_letter(character: char) -> bool {
    !character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_found_by_each_of_its_words() {
        assert_eq!(words_of("  Ines  O'Dowd "), ["ines", "o'dowd", "o", "dowd"]);
        assert_eq!(words_of("Chidi NGUYỄN (sublet)"), ["chidi", "nguyễn", "sublet"]);
        assert!(words_of(" - ").is_empty());
    }

    #[test]
    fn what_is_typed_is_bounded() {
        assert_eq!(typed_words("O'Dowd, Ines"), ["o'dowd", "ines"]);
        assert_eq!(typed_words("a b c d e f").len(), 4);
    }

    #[test]
    fn a_name_has_every_word_that_was_typed_from_its_beginning() {
        let check = |typed: &str, after: bool| {
            assert_eq!(is_named("Ines O'Dowd", &typed_words(typed)), after, "{typed}");
        };
        check("in dow", true);
        check("O'D", true);
        check("nes", false);
        check("ines okafor", false);
        check("", false);
    }

    proptest! {
        #[test]
        fn each_beginning_of_a_word_lies_within_its_range(name in "[a-zA-ZÀ-ỹ' -]{1,30}", cut in 1_usize..5) {
            for word in words_of(&name) {
                let prefix: String = word.chars().take(cut).collect();
                prop_assert!(prefix <= word && word < end_of_prefix(&prefix));
            }
        }
    }
}
