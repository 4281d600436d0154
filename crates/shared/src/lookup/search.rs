//! Search while typing: by unit, tenant, meter serial, label. Made once a list, asked with each key.

use crate::wire::list::MeterPointRow;

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
    /// those that begin with it, then words that begin with it, then anything that holds it. Equal ones stay in the
    /// order of the list. An empty text finds all.
    pub fn search(&self, text: &str, limit: usize) -> Vec<usize> {
        let text = folded(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut ranked: Vec<_> = self.ranked(&words).collect();
        ranked.sort_unstable();
        ranked.into_iter().take(limit).map(|it| it.1).collect()
    }

    /// Positions of all rows that hold every word of the text, in the order of the list.
    pub fn all(&self, text: &str) -> Vec<usize> {
        let text = folded(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        self.ranked(&words).map(|it| it.1).collect()
    }

    fn ranked(&self, words: &[&str]) -> impl Iterator<Item = (u32, usize)> {
        self.entries.iter().enumerate().filter_map(|(index, entry)| {
            let ranks = words.iter().map(|it| entry.rank(it));
            Some((ranks.sum::<Option<u32>>()?, index))
        })
    }
}

impl Entry {
    fn new(row: &MeterPointRow) -> Self {
        let tenants = row.tenancies.iter().map(|it| it.name.as_str());
        let others = [
            &row.unit_no,
            &row.building,
            &row.property_code,
            &row.meter_serial,
            &row.utility,
            &row.point,
        ];
        let others = others.into_iter().chain(&row.labels).map(String::as_str);
        let mut words = String::new();
        for word in tenants.chain(others).flat_map(str::split_whitespace) {
            words.push(' ');
            push_folded(&mut words, word);
        }
        Self {
            unit_no: folded(row.unit_no.trim()),
            words,
        }
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
