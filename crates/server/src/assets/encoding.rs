//! Which encodings a caller takes.

use axum::http::header::{self, HeaderMap};

/// Whether `br` is in `Accept-Encoding` and not refused by a weight of nought.
pub(super) fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .and_then(|q| q.parse::<f32>().ok());
            name.eq_ignore_ascii_case("br") && weight.is_none_or(|weight| weight > 0.0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_taken_only_when_it_is_asked_for() {
        for (value, expected) in [
            ("gzip, deflate, br", true),
            ("br;q=0.5", true),
            ("br;q=0", false),
            ("gzip", false),
            ("brotli", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            assert_eq!(accepts_brotli(&headers), expected, "{value}");
        }
    }
}
