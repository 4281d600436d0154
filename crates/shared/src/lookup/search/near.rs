//! Whether a word may have been meant by what was typed: one letter wrong, missing or too many, or two neighbours swapped.
//!
//! Crates for edit distance fill a table for each pair of whole words. Here a word may still be going on, only one slip is
//! looked for, and a search compares tens of thousands of words with each key: a slip can only be at the first place where
//! the two differ, so one look there tells.

/// How a typed word misses a word of the list; what is nearer is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Near {
    /// One slip away from the whole word.
    Word,
    /// One slip away from its beginning.
    Beginning,
}

/// Shorter ones would be near to almost anything.
const TYPED_LETTERS_MIN: usize = 3;
/// With fewer letters, what a word begins with says too little: three digits are a whole unit number.
const BEGINNING_LETTERS_MIN: usize = 4;

/// A typed word that is compared with many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    text: &'a str,
    /// It is long enough to be looked for at the beginning of words.
    may_go_on: bool,
}

impl<'a> Typed<'a> {
    /// `None` when it is too short for being near to anything.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let letters = text.chars().take(BEGINNING_LETTERS_MIN).count();
        (letters >= TYPED_LETTERS_MIN).then_some(Self {
            text,
            may_go_on: letters >= BEGINNING_LETTERS_MIN,
        })
    }

    /// How near the word is; `None` also when it is or begins with what was typed.
    pub(super) fn near(self, word: &str) -> Option<Near> {
        let (typed, word) = unlike(self.text, word);
        let (first, typed_rest) = split_first(typed)?;
        let Some((second, word_rest)) = split_first(word) else {
            // One letter too many at its end.
            return typed_rest.is_empty().then_some(Near::Word);
        };
        let swapped = || {
            let (typed_second, typed_rest) = split_first(typed_rest)?;
            let (word_second, word_rest) = split_first(word_rest)?;
            (typed_second == second && word_second == first).then_some((typed_rest, word_rest))
        };
        let wrong = Some((typed_rest, word_rest));
        let missing = Some((typed, word_rest));
        let surplus = Some((typed_rest, word));
        let rests = [swapped(), wrong, missing, surplus];
        let near = rests.into_iter().flatten().filter_map(|(typed, word)| {
            let left = word.strip_prefix(typed)?;
            Some(if left.is_empty() {
                Near::Word
            } else {
                Near::Beginning
            })
        });
        near.min().filter(|near| *near == Near::Word || self.may_go_on)
    }
}

/// Both from the first letter on that differs.
fn unlike<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let mut alike = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(alike) {
        alike -= 1;
    }
    (&a[alike..], &b[alike..])
}

fn split_first(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    Some((first, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Fewest slips between the two, by the book: the table of the optimal string alignment.
    fn slips(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let mut least = if i == 0 { j } else { usize::MAX };
                if i > 0 {
                    least = least.min(table[i - 1][j] + 1);
                }
                if j > 0 && i > 0 {
                    least = least.min(table[i][j - 1] + 1);
                    least = least.min(table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                }
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = least;
            }
        }
        table[a.len()][b.len()]
    }

    fn by_the_book(typed: &str, word: &str) -> Option<Near> {
        let [typed, word]: [Vec<char>; 2] = [typed, word].map(|it| it.chars().collect());
        let length = typed.len();
        if length < TYPED_LETTERS_MIN || word.starts_with(&typed) {
            return None;
        }
        if slips(&typed, &word) == 1 {
            return Some(Near::Word);
        }
        let goes_on = (0..word.len()).any(|end| slips(&typed, &word[..end]) == 1);
        (goes_on && length >= BEGINNING_LETTERS_MIN).then_some(Near::Beginning)
    }

    proptest! {
        // Few letters, one of them of two bytes, so that words are often near.
        #[test]
        fn one_look_tells_the_same_as_the_whole_table(typed in "[abé]{0,7}", word in "[abé]{0,8}") {
            let near = Typed::new(&typed).and_then(|it| it.near(&word));
            prop_assert_eq!(near, by_the_book(&typed, &word));
        }
    }

    #[test]
    fn each_slip_of_a_thumb_is_near() {
        for typed in [
            "okafro", "okfor", "okaffor", "okazor", "kafor", "ojafor", "okaforr",
        ] {
            assert_eq!(
                Typed::new(typed).and_then(|it| it.near("okafor")),
                Some(Near::Word),
                "{typed}"
            );
        }
        let begun = Typed::new("okfo").and_then(|it| it.near("okafor"));
        assert_eq!(begun, Some(Near::Beginning));
    }
}
