use super::*;
use crate::item::samples::{bare, exchange_part, position, reading, text};
use crate::wire::batch::WireItem;

fn hash(change: impl FnOnce(&mut WireItem)) -> ContentHash {
    let mut wire = reading();
    change(&mut wire);
    ContentHash::of(&Item::parse(&wire).unwrap())
}

fn check_same(change: impl FnOnce(&mut WireItem)) {
    assert_eq!(hash(change), hash(|_| ()));
}

fn check_other(change: impl FnOnce(&mut WireItem)) {
    assert_ne!(hash(change), hash(|_| ()));
}

#[test]
fn the_bytes_of_v1_are_frozen() {
    let wire = WireItem {
        property_code: text("GC A"),
        unit_no: text("101"),
        utility: text("water"),
        value: text("7.50"),
        flags: vec!["low".to_owned()],
        ..bare()
    };
    let content = content_v1(&Item::parse(&wire).unwrap());
    let mut expected = Vec::new();
    let fields = [
        "01a1ee56-5e00-7101-8101-010101010101",
        "1",
        "point",
        "gc a",
        "",
        "101",
        "water",
        "",
        "",
        "|",
        "|",
        "reading",
        "regular",
        "7.5",
        "1795734843000",
        "36000",
        "ana",
        "[1",
        "low",
        "[0",
        "",
        "[0",
    ];
    for field in fields {
        if field == "|" {
            expected.extend([255; 4]);
        } else if let Some(count) = field.strip_prefix('[') {
            expected.extend([0, 0, 0, count.parse().unwrap()]);
        } else {
            expected.extend([0, 0, 0, u8::try_from(field.len()).unwrap()]);
            expected.extend(field.as_bytes());
        }
    }
    assert_eq!(
        String::from_utf8_lossy(&content),
        String::from_utf8_lossy(&expected)
    );
}

#[test]
fn the_hash_of_v1_is_frozen() {
    // Reckoned by another program from the description of the format.
    let expected = "v1:sha256:6603a374207c3b8947b2bd8dcdb15ac4fe3e05e330d5befd4841447ac0638f95";
    assert_eq!(hash(|_| ()).to_string(), expected);
    let exchange = hash(|it| {
        it.value = None;
        it.exchange = vec![
            exchange_part("meter_removed", "O1", "5"),
            exchange_part("meter_installed", "N1", "0.5"),
        ];
        it.exchange[1].dials = Some(6);
        it.photos = vec!["AB".repeat(32)];
        it.remarks = text(" new  meter ");
    });
    let expected = "v1:sha256:8bc59b30f8e22f3be517f35e36f9994f77769ba7925c277c6fe808c69460eca4";
    assert_eq!(exchange.to_string(), expected);
}

#[test]
fn writing_the_same_differently_is_the_same_item() {
    check_same(|it| it.property_code = text(" gc  a "));
    check_same(|it| it.building = None);
    check_same(|it| it.value = text("046211,00"));
    check_same(|it| it.kind = None);
    check_same(|it| it.captured_by = "Ana".to_owned());
    check_same(|it| it.remarks = text("  "));
}

#[test]
fn evidence_does_not_decide_sameness() {
    check_same(|it| {
        it.clock = None;
        it.device_seq = 99;
        it.identified_by = text("list");
        it.previous_value = None;
        it.rule_version = Some(7);
    });
    check_same(|it| it.position = Some(position()));
}

#[test]
fn every_field_decides_sameness() {
    check_other(|it| it.revision = 2);
    check_other(|it| it.unit_no = text("102"));
    check_other(|it| it.building = text("North"));
    check_other(|it| it.point = text("T1"));
    check_other(|it| it.utility = text("gas"));
    check_other(|it| it.meter_serial = None);
    check_other(|it| it.period = text("2026-10"));
    check_other(|it| it.period_chosen_by = text("technician"));
    check_other(|it| it.kind = text("check"));
    check_other(|it| it.value = text("46211.1"));
    check_other(|it| it.read_at = "2026-11-27T09:14:04+10:00".to_owned());
    check_other(|it| it.read_at = "2026-11-26T23:14:03Z".to_owned());
    check_other(|it| it.captured_by = "ben".to_owned());
    check_other(|it| it.flags = vec!["high".to_owned()]);
    check_other(|it| it.answers = vec!["verified".to_owned()]);
    check_other(|it| it.remarks = text("dog"));
    check_other(|it| it.photos = vec!["00".repeat(32)]);
    check_other(|it| it.void = true);
}

#[test]
fn fields_can_not_run_into_each_other() {
    let flags = |flags: &[&str], answers: &[&str]| {
        hash(|it| {
            it.flags = flags.iter().map(|it| (*it).to_owned()).collect();
            it.answers = answers.iter().map(|it| (*it).to_owned()).collect();
        })
    };
    assert_ne!(flags(&["a", "b"], &[]), flags(&["a"], &["b"]));
    assert_ne!(flags(&["ab"], &[]), flags(&["a", "b"], &[]));
}

#[test]
fn a_printed_hash_reads_back() {
    for hash in [hash(|_| ()), ContentHash::of_raw(b"{")] {
        assert_eq!(ContentHash::parse(&hash.to_string()), Some(hash));
    }
    assert_eq!(ContentHash::parse("v1:sha256:00"), None);
    assert_eq!(ContentHash::parse(&format!("v2:sha256:{}", "0".repeat(64))), None);
}
