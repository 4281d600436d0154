//! Bytes that are no text, and files without any.

use super::case::{Case, edit, whole};
use crate::util::customer;

pub(super) fn encodings() -> Vec<Case> {
    let units = customer::UNITS;
    let marked = format!("\u{feff}{units}");
    let tenancies = customer::TENANCIES;
    vec![
        whole(
            "UTF-16, little end first",
            "units.csv",
            utf16(&marked, u16::to_le_bytes),
            (1, "", "Utf16"),
        ),
        whole(
            "UTF-16, big end first",
            "units.csv",
            utf16(&marked, u16::to_be_bytes),
            (1, "", "Utf16"),
        ),
        whole(
            "UTF-16 without a mark",
            "units.csv",
            utf16(units, u16::to_le_bytes),
            (1, "", "NulByte"),
        ),
        whole(
            "Latin-1 in a name",
            "tenancies.csv",
            spliced(tenancies, "Ines", b"In\xE9s"),
            (2, "tenant_name", "NotUtf8"),
        ),
        whole(
            "Latin-1 in the header",
            "tenancies.csv",
            spliced(tenancies, "tenant_name", b"n\xE0me"),
            (1, "", "NotUtf8"),
        ),
        whole(
            "half a character",
            "tenancies.csv",
            spliced(tenancies, "ễn", b"\xE1\xBB"),
            (4, "tenant_name", "NotUtf8"),
        ),
        edit(
            "NUL in a name",
            "tenancies.csv",
            ("Ines", "In\0es"),
            (2, "tenant_name", "InvisibleCharacter"),
        ),
        edit(
            "NUL in a number",
            "meters.csv",
            ("electricity,5", "electricity,5\0"),
            (2, "dials", "InvisibleCharacter"),
        ),
        edit(
            "a bell",
            "properties.csv",
            ("Dockside", "Dock\u{7}side"),
            (3, "name", "InvisibleCharacter"),
        ),
        edit(
            "a line end in a code",
            "units.csv",
            ("101,Studio", "\"10\n1\",Studio"),
            (2, "unit_no", "InvisibleCharacter"),
        ),
        edit(
            "text that turns round",
            "tenancies.csv",
            ("Ines", "\u{202e}Ines"),
            (2, "tenant_name", "InvisibleCharacter"),
        ),
        edit(
            "a space that can't be seen",
            "units.csv",
            ("101", "1\u{200b}01"),
            (2, "unit_no", "InvisibleCharacter"),
        ),
        whole("nothing", "units.csv", "", (1, "", "FileEmpty")),
        whole(
            "nothing but a mark",
            "units.csv",
            "\u{feff}",
            (1, "", "FileEmpty"),
        ),
        whole(
            "nothing but line ends",
            "units.csv",
            "\r\n\n\r\n",
            (1, "", "FileEmpty"),
        ),
    ]
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn spliced(text: &str, from: &str, to: &[u8]) -> Vec<u8> {
    let (before, behind) = text.split_once(from).unwrap();
    [before.as_bytes(), to, behind.as_bytes()].concat()
}
