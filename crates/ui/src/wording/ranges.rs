//! Running numbers of readings, as people say them.

use super::Words;
use super::locale::whole;

/// More ranges than this are counted and not listed.
const RANGES_LISTED_MAX: usize = 4;

struct RangeWords {
    one: &'static str,
    many: &'static str,
    to: &'static str,
    and_others: fn(u64) -> String,
}

static ENGLISH: RangeWords = RangeWords {
    one: "Reading",
    many: "Readings",
    to: "to",
    and_others: |n| format!(" and {} more", whole(n)),
};

static SPANISH: RangeWords = RangeWords {
    one: "Lectura",
    many: "Lecturas",
    to: "a",
    and_others: |n| format!(" y {} más", whole(n)),
};

impl Words {
    /// `Readings 12 to 14, 20` for inclusive ranges.
    pub fn reading_numbers(&self, ranges: &[(u64, u64)]) -> String {
        let words = match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        };
        let count: u64 = ranges.iter().map(size_of).sum();
        let listed = &ranges[..ranges.len().min(RANGES_LISTED_MAX)];
        let others: u64 = count - listed.iter().map(size_of).sum::<u64>();
        let name = if count == 1 { words.one } else { words.many };
        let listed: Vec<String> = listed.iter().map(|range| range_text(range, words.to)).collect();
        let mut text = format!("{name} {}", listed.join(", "));
        if others > 0 {
            text.push_str(&(words.and_others)(others));
        }
        text
    }
}

fn size_of((from, to): &(u64, u64)) -> u64 {
    (to + 1).saturating_sub(*from)
}

fn range_text((from, last): &(u64, u64), to: &str) -> String {
    if from == last {
        whole(*from)
    } else {
        format!("{} {to} {}", whole(*from), whole(*last))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::words_for;

    fn check(ranges: &[(u64, u64)], expected: &str) {
        assert_eq!(words_for("en", "").reading_numbers(ranges), expected);
    }

    #[test]
    fn one_number_is_no_range() {
        check(&[(12, 12)], "Reading 12");
        check(&[(12, 14), (20, 20)], "Readings 12 to 14, 20");
    }

    #[test]
    fn many_ranges_are_counted() {
        check(
            &[(1, 2), (4, 4), (6, 6), (8, 8), (10, 12), (20, 20)],
            "Readings 1 to 2, 4, 6, 8 and 4 more",
        );
    }
}
