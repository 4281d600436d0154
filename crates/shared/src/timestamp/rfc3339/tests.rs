use proptest::prelude::*;

use crate::timestamp::{LocalTime, Timestamp};

/// 1900 to 2200.
const YEARS_MS: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;
const DAY_MIN: i32 = 24 * 60 - 1;

fn by_jiff(text: &str) -> Option<LocalTime> {
    let at: jiff::Timestamp = text.parse().ok()?;
    let pieces = jiff::fmt::temporal::DateTimeParser::new()
        .parse_pieces(text)
        .ok()?;
    Some(LocalTime {
        at: Timestamp::from_ms(at.as_millisecond()),
        offset_s: pieces.to_numeric_offset()?.seconds(),
    })
}

proptest! {
    #[test]
    fn what_is_written_is_what_jiff_writes_and_reads(ms in YEARS_MS, offset_min in -DAY_MIN..=DAY_MIN) {
        let local = LocalTime { at: Timestamp::from_ms(ms), offset_s: offset_min * 60 };
        let text = local.to_rfc3339();
        let offset = jiff::tz::Offset::from_seconds(local.offset_s).unwrap();
        let at = jiff::Timestamp::from_millisecond(ms).unwrap();
        prop_assert_eq!(&text, &at.display_with_offset(offset).to_string());
        prop_assert_eq!(local.at.to_rfc3339(), format!("{at:.3}"));
        prop_assert_eq!(LocalTime::parse(&text), Some(local));
        prop_assert_eq!(by_jiff(&text), Some(local));
    }

    #[test]
    fn whatever_is_read_is_what_jiff_reads(
        text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,9})?)?(Z|z|[+-][0-2][0-9](:[0-6][0-9]){0,2}|[+-][0-2][0-9][0-6][0-9])"
    ) {
        if let Some(local) = LocalTime::parse(&text) {
            let known = by_jiff(&text).unwrap();
            prop_assert_eq!(local.offset_s, known.offset_s);
            // Before 1970 it rounds what is finer than a millisecond the other way.
            prop_assert!((local.at.ms() - known.at.ms()).abs() <= i64::from(known.at.ms() < 0));
        } else {
            // It takes offsets of a day and more as well.
            let known = by_jiff(&text).filter(|known| known.offset_s.abs() <= DAY_MIN * 60 + 59);
            prop_assert_eq!(known, None, "{} is one", text);
        }
    }

    #[test]
    fn nothing_else_panics(text in ".{0,40}") {
        let _ = LocalTime::parse(&text);
    }
}

#[test]
fn anything_but_a_moment_with_its_offset_is_none() {
    for text in [
        "",
        "2026-11-27",
        "2026-11-27T09:14:03",
        "2026-11-27T09+10:00",
        "2026-11-27T09:14:03+1",
        "2026-11-27T09:14.5+10:00",
        "2026-11-27T09:14:03+10:00[Australia/Sydney]",
        "2026-11-27T09:14:03.+10:00",
        "2026-02-30T09:14:03+10:00",
        "2026-11-27T24:00:00+10:00",
        "2026-11-27T09:14:03+24:00",
        "２026-11-27T09:14:03Z",
    ] {
        assert_eq!(LocalTime::parse(text), None, "{text}");
    }
}
