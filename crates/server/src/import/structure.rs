//! Where the rows of a CSV file begin, and whether their quotes are right: the reader of the `csv` library takes whatever
//! comes, and makes the rest of a file one field when a quote is missing.

use super::cause::Cause;

/// A row that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// The line in which it begins.
    pub(super) line: u64,
    pub(super) bytes: usize,
    pub(super) problem: Option<Problem>,
}

/// What is wrong with its quotes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: u64,
    /// Counted from 0.
    pub(super) field: usize,
    pub(super) cause: Cause,
}

/// Row after row, the same ones in which the library reads them.
pub(super) struct Outlines<'a> {
    content: &'a [u8],
    at: usize,
    line: u64,
    delimiter: u8,
}

enum State {
    FieldStart,
    Text,
    Quoted,
    Closed,
}

impl<'a> Outlines<'a> {
    pub(super) fn new(content: &'a [u8], delimiter: u8) -> Self {
        Self {
            content,
            at: 0,
            line: 1,
            delimiter,
        }
    }

    /// Steps over one byte; a line ends in CR LF, LF or CR.
    fn step(&mut self, byte: u8) {
        self.at += 1;
        let next = self.content.get(self.at);
        if byte == b'\n' || (byte == b'\r' && next != Some(&b'\n')) {
            self.line += 1;
        }
    }
}

impl Iterator for Outlines<'_> {
    type Item = Outline;

    fn next(&mut self) -> Option<Outline> {
        while let Some(byte @ (b'\n' | b'\r')) = self.content.get(self.at).copied() {
            self.step(byte);
        }
        self.content.get(self.at)?;
        let (start, line) = (self.at, self.line);
        let (mut field, mut state, mut quote_line) = (0, State::FieldStart, line);
        let mut problem: Option<Problem> = None;
        while let Some(byte) = self.content.get(self.at).copied() {
            let is_end = matches!(byte, b'\n' | b'\r') && !matches!(state, State::Quoted);
            if is_end {
                break;
            }
            let mut wrong = |cause| {
                let line = self.line;
                problem.get_or_insert(Problem { line, field, cause });
            };
            state = match (state, byte) {
                (State::FieldStart | State::Text | State::Closed, byte) if byte == self.delimiter => {
                    field += 1;
                    State::FieldStart
                }
                (State::FieldStart, b'"') => {
                    quote_line = self.line;
                    State::Quoted
                }
                (State::FieldStart, _) => State::Text,
                (State::Text, byte) => {
                    if byte == b'"' {
                        wrong(Cause::QuoteInText);
                    }
                    State::Text
                }
                (State::Quoted, b'"') => State::Closed,
                (State::Quoted, _) | (State::Closed, b'"') => State::Quoted,
                (State::Closed, _) => {
                    wrong(Cause::TextBehindQuote);
                    State::Text
                }
            };
            self.step(byte);
        }
        if matches!(state, State::Quoted) {
            let (line, cause) = (quote_line, Cause::QuoteUnclosed);
            problem = Some(Problem { line, field, cause });
        }
        let bytes = self.at - start;
        Some(Outline { line, bytes, problem })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line that a row begins on; line, field and cause of what is wrong with it.
    type Row = (u64, Option<(u64, usize, Cause)>);

    fn check(content: &str, expected: &[Row]) {
        let found: Vec<_> = Outlines::new(content.as_bytes(), b',')
            .map(|it| (it.line, it.problem.map(|it| (it.line, it.field, it.cause))))
            .collect();
        assert_eq!(found, expected, "{content:?}");
    }

    #[test]
    fn rows_begin_where_a_person_counts_them() {
        check("a,b\n1,2\n", &[(1, None), (2, None)]);
        check("\r\n\r\na\r\n\r\nb", &[(3, None), (5, None)]);
        check("a\rb\rc", &[(1, None), (2, None), (3, None)]);
        check("\"a\nb\",1\nc", &[(1, None), (3, None)]);
    }

    #[test]
    fn a_wrong_quote_is_named_by_line_and_field() {
        check("a,\"b\"c", &[(1, Some((1, 1, Cause::TextBehindQuote)))]);
        check("a,b\"c\"\nd", &[(1, Some((1, 1, Cause::QuoteInText))), (2, None)]);
        check(
            "a\nb,\"c\nd\ne",
            &[(1, None), (2, Some((2, 1, Cause::QuoteUnclosed)))],
        );
        check("\"a\"\"b\",\"\"\n", &[(1, None)]);
    }

    #[test]
    fn the_library_finds_the_same_rows_in_every_short_text() {
        const BYTES: &[u8] = b"a,\"\n\r";
        for length in 0..8_u32 {
            for number in 0..BYTES.len().pow(length) {
                let text: Vec<u8> = (0..length)
                    .map(|place| BYTES[number / BYTES.len().pow(place) % BYTES.len()])
                    .collect();
                let outlines: Vec<_> = Outlines::new(&text, b',').collect();
                let mut reader = csv::ReaderBuilder::new()
                    .flexible(true)
                    .has_headers(false)
                    .from_reader(text.as_slice());
                let rows = reader.byte_records().filter(|row| row.is_ok()).count();
                assert_eq!(outlines.len(), rows, "{:?}", String::from_utf8_lossy(&text));
            }
        }
    }
}
