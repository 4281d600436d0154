use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::wire::list::TenancyRow;

fn row(
    property: &str,
    building: &str,
    unit_no: &str,
    serial: &str,
    label: &str,
    tenant: &str,
) -> MeterPointRow {
    MeterPointRow {
        property_code: property.to_owned(),
        building: building.to_owned(),
        unit_no: unit_no.to_owned(),
        utility: "electricity".to_owned(),
        meter_serial: serial.to_owned(),
        labels: vec![label.to_owned()],
        tenancies: vec![TenancyRow {
            from: "2025-01-01".to_owned(),
            to: None,
            name: tenant.to_owned(),
        }],
        ..MeterPointRow::default()
    }
}

fn short(number: u8) -> String {
    ShortCode::from_random([number; 7]).qr_text()
}

fn rows() -> Vec<MeterPointRow> {
    vec![
        row("GC A", "", "101", "E764", &short(1), "Ines O'Dowd"),
        row("GC A", "", "101", "W824", &short(2), "Ines O'Dowd"),
        row("GC A", "", "102", "E831", &short(3), "Chidi Nguyễn"),
        row("HV", "North", "7", "E900", "OLD-LABEL 7", "Zoë Straße"),
        row("HV", "South", "7", "E101", &short(5), "Björn Ångström"),
    ]
}

fn check(text: &str, expected: &[&str]) {
    let rows = rows();
    let found = LabelIndex::new(&rows).look_up(text);
    let serials: Vec<_> = found
        .into_iter()
        .map(|at| rows[at].meter_serial.as_str())
        .collect();
    assert_eq!(serials, expected, "{text}");
}

#[test]
fn a_revoked_label_names_nothing_and_is_known_as_revoked() {
    let mut rows = rows();
    rows[0].revoked_labels = vec![rows[0].labels[0].clone()];
    rows[0].labels = vec![short(9)];
    let index = LabelIndex::new(&rows);
    assert!(index.look_up(&short(1)).is_empty());
    assert!(index.is_revoked(&short(1).to_lowercase()));
    assert_eq!(index.look_up(&short(9)), [0]);
    for other in [short(9), short(7), "GCA|101".to_owned(), String::new()] {
        assert!(!index.is_revoked(&other), "{other}");
    }
}

fn check_search(text: &str, expected: &[&str]) {
    let rows = rows();
    let found = SearchIndex::new(&rows).search(text, 10);
    let found: Vec<_> = found
        .into_iter()
        .map(|it| rows[it].meter_serial.as_str())
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_short_code_names_one_meter_point() {
    check(&short(2), &["W824"]);
    check(&short(2)[2..].to_lowercase(), &["W824"]);
    check(&short(9), &[]);
}

#[test]
fn an_old_label_matches_without_the_space_of_the_property_code() {
    check("gca|102", &["E831"]);
    check("G C A|102", &["E831"]);
}

#[test]
fn the_technician_picks_one_of_exactly_those_that_fit() {
    check("GCA|101", &["E764", "W824"]);
    check("HV|7", &["E900", "E101"]);
}

#[test]
fn the_third_part_is_compared_with_serials_and_otherwise_ignored() {
    check("GCA|101|w824", &["W824"]);
    check("GCA|101|M001", &["E764", "W824"]);
    check("GCA|102|M001", &["E831"]);
}

#[test]
fn a_label_of_any_text_is_found_if_the_list_has_it() {
    check("old-label  7", &["E900"]);
    check("https://example.org/", &[]);
    check("", &[]);
}

#[test]
fn a_unit_that_is_the_word_comes_before_those_that_hold_it() {
    check_search("101", &["E764", "W824", "E101"]);
    check_search("10", &["E764", "W824", "E831", "E101"]);
}

#[test]
fn tenants_are_found_without_their_diacritics() {
    check_search("nguyen", &["E831"]);
    check_search("ODOWD", &["E764", "W824"]);
    check_search("angstrom bjorn", &["E101"]);
    check_search("zoe strasse", &["E900"]);
    check_search("straße", &["E900"]);
}

#[test]
fn every_word_has_to_be_found() {
    check_search("hv 7 south", &["E101"]);
    check_search("hv 101 gc", &[]);
    check_search("e76", &["E764"]);
}

#[test]
fn an_empty_text_finds_all_in_the_order_of_the_list() {
    check_search("  ", &["E764", "W824", "E831", "E900", "E101"]);
}

#[test]
fn a_name_is_found_in_spite_of_one_typing_error() {
    for typed in ["nguyne", "ngyen", "nguuyen", "ngiyen", "chido nguyen"] {
        check_search(typed, &["E831"]);
    }
    check_search("angsrtom", &["E101"]);
    check_search("strase", &["E900"]);
    check_search("ngxyzn", &[]);
}

#[test]
fn a_unit_or_serial_is_found_in_spite_of_one_typing_error() {
    check_search("1032", &["E831"]);
    check_search("e839", &["E831"]);
    check_search("w284", &["W824"]);
}

#[test]
fn what_holds_a_name_comes_before_what_misses_it_by_a_letter() {
    let rows = ["Smyth", "Smith", "Smithers"].map(|name| row("A", "", "1", "E1", "L", name));
    assert_eq!(SearchIndex::new(&rows).search("smith", 10), [1, 2, 0]);
}

#[test]
fn a_number_that_is_there_is_not_taken_for_its_neighbours() {
    check_search("102", &["E831"]);
    check_search("e764", &["E764"]);
}

#[test]
fn the_list_in_walking_order_shows_near_ones_only_where_nothing_fits() {
    let index = SearchIndex::new(&rows());
    assert_eq!(index.all("102"), [2]);
    assert_eq!(index.all("120"), [2]);
    assert_eq!(index.all("angstorm"), [4]);
}

#[test]
fn a_printed_code_is_right_or_it_is_another_one() {
    let mut typed = short(3).to_lowercase();
    typed.truncate(typed.len() - 1);
    typed.push('*');
    check_search(&typed, &[]);
}

proptest! {
    #[test]
    fn a_typing_error_never_comes_before_what_was_typed(text in "[a-e01 ]{1,6}", names in vec("[a-e]{1,5} [a-e]{1,5}", 1..12)) {
        let rows: Vec<_> = names.iter().zip(100..).map(|(name, unit)| row("A", "", &format!("{unit}"), "E1", "L", name)).collect();
        let index = SearchIndex::new(&rows);
        let found = index.search(&text, 100);
        let exact = |at: &usize| {
            let held = format!("{} {} a e1 l electricity", names[*at], rows[*at].unit_no);
            text.split_whitespace().all(|word| held.contains(word))
        };
        let first_near = found.iter().position(|at| !exact(at)).unwrap_or(found.len());
        prop_assert!(found[first_near..].iter().all(|at| !exact(at)), "{text:?} {found:?}");
        let all: Vec<usize> = (0..rows.len()).filter(exact).collect();
        prop_assert!(all.iter().all(|at| found.contains(at)), "nothing that fits is missing");
    }
}
