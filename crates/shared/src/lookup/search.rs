//! Search while typing: by unit, tenant, meter serial, label. Made once a list, asked with each key.

mod near;

use self::near::{Near, Typed};
use crate::wire::list::MeterPointRow;

/// So many rows that hold a name as typed are enough: no others are offered.
const EXACT_ENOUGH: usize = 5;
/// Typed words that are looked at, and letters of each: a pasted text costs no more than a typed one.
const WORDS_MAX: usize = 8;
const WORD_LETTERS_MAX: usize = 40;
/// What a typing error ranks behind anything that holds the words as typed.
const NEAR_RANK: u32 = 100;

/// The folded texts of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchIndex {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    unit_no: String,
    // Everything that a word may be found in, words preceded by a space.
    words: String,
    // Where those end that people type from memory: a code with a check character is right or it is another one.
    names_end: usize,
}

impl SearchIndex {
    /// Folds what can be searched for: without case and diacritics.
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a MeterPointRow>) -> Self {
        Self {
            entries: rows.into_iter().map(Entry::new).collect(),
        }
    }

    /// Adds the next row of the list: a long list is read in many small parts.
    pub fn push(&mut self, row: &MeterPointRow) {
        self.entries.push(Entry::new(row));
    }

    /// Positions in the list of rows that hold every word of the text, best first: unit numbers that are the word, then
    /// those that begin with it, then words that begin with it, then anything that holds it. Where a name finds few
    /// rows, or a number none, rows follow of which a name, unit or serial differs from a word by one typing error. Equal
    /// ones stay in the order of the list. An empty text finds all.
    pub fn search(&self, text: &str, limit: usize) -> Vec<usize> {
        let text = folded(text);
        let words = words_of(&text);
        let mut ranked: Vec<_> = self.ranked(|entry| entry.rank_all(&words)).collect();
        // A unit number has many neighbours, and one that is there was hardly meant to be another.
        let is_name = !text.contains(|it: char| it.is_ascii_digit());
        if ranked.is_empty() || (is_name && ranked.len() < EXACT_ENOUGH) {
            // Ranked as before where the words stand as typed.
            ranked = self.ranked(|entry| entry.near_rank_all(&words)).collect();
        }
        ranked.sort_unstable();
        ranked.into_iter().take(limit).map(|it| it.1).collect()
    }

    /// Positions of all rows that hold every word of the text, in the order of the list; where there are none, of those
    /// that miss by a typing error.
    pub fn all(&self, text: &str) -> Vec<usize> {
        let text = folded(text);
        let words = words_of(&text);
        let exact: Vec<usize> = self
            .ranked(|entry| entry.rank_all(&words))
            .map(|it| it.1)
            .collect();
        if exact.is_empty() {
            let near = self.ranked(|entry| entry.near_rank_all(&words));
            return near.map(|it| it.1).collect();
        }
        exact
    }

    fn ranked(&self, rank: impl Fn(&Entry) -> Option<u32>) -> impl Iterator<Item = (u32, usize)> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(move |(index, entry)| Some((rank(entry)?, index)))
    }
}

fn words_of(text: &str) -> Vec<&str> {
    let bounded = |word| match str::char_indices(word).nth(WORD_LETTERS_MAX) {
        Some((end, _)) => &word[..end],
        None => word,
    };
    text.split_whitespace().take(WORDS_MAX).map(bounded).collect()
}

impl Entry {
    fn new(row: &MeterPointRow) -> Self {
        let tenants = row.tenancies.iter().map(|it| it.name.as_str());
        let names = [&row.unit_no, &row.building, &row.meter_serial];
        let names = tenants.chain(names.into_iter().map(String::as_str));
        let others = [&row.property_code, &row.utility, &row.point];
        let others = others.into_iter().chain(&row.labels).map(String::as_str);
        let mut words = String::new();
        push_words(&mut words, names);
        let names_end = words.len();
        push_words(&mut words, others);
        Self {
            unit_no: folded(row.unit_no.trim()),
            words,
            names_end,
        }
    }

    fn rank_all(&self, words: &[&str]) -> Option<u32> {
        words.iter().map(|it| self.rank(it)).sum()
    }

    fn near_rank_all(&self, words: &[&str]) -> Option<u32> {
        let rank = |word: &&str| self.rank(word).or_else(|| self.near_rank(word));
        words.iter().map(rank).sum()
    }

    fn rank(&self, word: &str) -> Option<u32> {
        if self.unit_no == word {
            return Some(0);
        }
        if self.unit_no.starts_with(word) {
            return Some(1);
        }
        let mut places = self.words.match_indices(word).map(|it| it.0).peekable();
        places.peek()?;
        let begins = |place: usize| self.words[..place].ends_with(' ');
        Some(if places.any(begins) { 2 } else { 3 })
    }

    fn near_rank(&self, word: &str) -> Option<u32> {
        let typed = Typed::new(word)?;
        let names = self.words[..self.names_end].split(' ');
        let nearest = names.filter_map(|name| typed.near(name)).min()?;
        Some(match nearest {
            Near::Word => NEAR_RANK,
            Near::Beginning => NEAR_RANK + 1,
        })
    }
}

fn push_words<'a>(words: &mut String, texts: impl Iterator<Item = &'a str>) {
    for word in texts.flat_map(str::split_whitespace) {
        words.push(' ');
        push_folded(words, word);
    }
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(&mut folded, text);
    folded
}

fn push_folded(folded: &mut String, text: &str) {
    for character in text.chars().flat_map(char::to_lowercase) {
        match without_diacritics(character) {
            Some("") => {}
            Some(plain) => folded.push_str(plain),
            None => folded.push(character),
        }
    }
}

// Letters of Latin-1, Latin Extended-A and Vietnamese in lower case, and the combining marks.
fn without_diacritics(character: char) -> Option<&'static str> {
    Some(match character {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '\u{300}'..='\u{36f}' | '\'' | '’' => "",
        _ => return None,
    })
}
