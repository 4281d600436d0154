use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: &str) {
    let described = match Label::parse(text) {
        Label::Short(code) => format!("short {code}"),
        Label::Unit {
            property,
            unit_no,
            meter,
        } => {
            let meter = meter.map(|it| format!(" {}", it.shown())).unwrap_or_default();
            format!("unit {} {}{meter}", property.shown(), unit_no.shown())
        }
        Label::Unknown(text) => format!("unknown {text}"),
    };
    assert_eq!(described, expected);
}

#[test]
fn the_check_character_is_that_of_iso_7064() {
    // Published examples: ISO 7064's own, and a Global Release Identifier.
    assert_eq!(check_character("A12425GABC1234002"), Some('M'));
    assert_eq!(check_character(""), None);
    assert_eq!(check_character("a1"), None);
}

#[test]
fn a_short_code_is_read_as_printed_or_as_typed() {
    let code = ShortCode::from_random([0, 1, 16, 17, 18, 19, 20]);
    let printed = code.to_string();
    assert_eq!(printed.len(), 8);
    let expected = format!("short {printed}");
    check(&code.qr_text(), &expected);
    check(&printed, &expected);
    check(&printed.to_lowercase(), &expected);
    check(&format!(" m:{} ", printed.to_lowercase()), &expected);
    check(&format!("{}-{}", &printed[..4], &printed[4..]), &expected);
    check(&printed.replacen('0', "o", 1).replacen('1', "l", 1), &expected);
    check(&printed.replacen('0', "O", 1).replacen('1', "I", 1), &expected);
}

#[test]
fn a_code_whose_check_character_does_not_fit_is_unknown() {
    let printed = ShortCode::from_random([7; 7]).to_string();
    let wrong = if printed.ends_with('0') { '2' } else { '0' };
    let text = format!("M:{}{wrong}", &printed[..7]);
    check(&text, &format!("unknown {text}"));
}

#[test]
fn labels_that_customers_have_are_read() {
    check("GCA|101", "unit GCA 101");
    check(" GC A | 101 | M001 ", "unit GC A 101 M001");
    check(
        r#"{"propertyId":"GCA","unitNumber":"101","meterId":"M001"}"#,
        "unit GCA 101 M001",
    );
    check(r#"{"p":"GCA","u":101,"v":{"x":[1]}}"#, "unit GCA 101");
    check(r#"{"p":"GCA","u":"101","m":""}"#, "unit GCA 101");
    check("\u{feff}GCA|101|", "unit GCA 101");
}

#[test]
fn everything_else_is_an_unknown_label() {
    for text in [
        "https://example.org/",
        "GCA",
        "|101",
        "GCA|",
        "GCA|101|M|x",
        "[]",
        r#"{"p":"GCA"}"#,
        "{",
        "",
    ] {
        check(text, &format!("unknown {text}"));
    }
    let deep = "{\"p\":".repeat(2_000);
    assert!(matches!(Label::parse(&deep), Label::Unknown(_)));
}

#[test]
fn an_unknown_label_is_cut_to_two_hundred_characters() {
    let Label::Unknown(text) = Label::parse(&"ß".repeat(100_000)) else {
        panic!("known")
    };
    assert_eq!(text.chars().count(), UNKNOWN_LENGTH_MAX);
}

proptest! {
    #[test]
    fn every_code_reads_back(random: [u8; 7]) {
        let code = ShortCode::from_random(random);
        prop_assert_eq!(ShortCode::parse(&code.to_string()), Some(code));
        prop_assert_eq!(ShortCode::parse(&code.qr_text()), Some(code));
        prop_assert_eq!(code.qr_text().len(), 10);
        prop_assert!(!code.to_string().contains(['I', 'L', 'O', 'U']));
    }

    // All places and all characters of one code: nothing is left to chance but the code.
    #[test]
    fn every_single_wrong_character_is_caught(random: [u8; 7]) {
        let code = ShortCode::from_random(random);
        let printed = code.to_string().into_bytes();
        for place in 0..printed.len() {
            for wrong in (b'0'..=b'9').chain(b'A'..=b'Z') {
                let mut typed = printed.clone();
                typed[place] = wrong;
                let typed = String::from_utf8(typed).unwrap();
                // O for 0 and I or L for 1 are not wrong: they mean the same code.
                let parsed = ShortCode::parse(&typed);
                prop_assert!(parsed.is_none() || parsed == Some(code), "{typed} was taken for another code");
                let same = typed.as_bytes()[place] == printed[place];
                let forgiven = place < 7 && matches!((wrong, printed[place]), (b'O', b'0') | (b'I' | b'L', b'1'));
                prop_assert_eq!(parsed.is_some(), same || forgiven);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_parser(text in ".{0,300}") {
        if let Label::Unknown(kept) = Label::parse(&text) {
            prop_assert!(kept.chars().count() <= UNKNOWN_LENGTH_MAX);
        }
    }
}
