//! The rows of the list as they come and change. A row is known by its receipt's number: an exchange has one for each of
//! its readings, a new revision a new one in the place of the earlier.

use std::sync::Arc;

use shared::wire::office::ReadingRow;

/// What a row that came did to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It shows what was shown before in another state.
    Changed,
    /// It is new.
    Added,
    /// It has nothing to do with the list.
    None,
}

/// Takes a row that came; `belongs`: the filters let it in.
pub(super) fn take(rows: &mut Vec<Arc<ReadingRow>>, row: ReadingRow, belongs: bool) -> Effect {
    let of_item = |it: &Arc<ReadingRow>| it.id == row.id;
    if rows.iter().any(|it| of_item(it) && it.revision > row.revision) {
        return Effect::None;
    }
    let gives_way = |it: &Arc<ReadingRow>| {
        it.receipt_seq == row.receipt_seq || (of_item(it) && it.revision < row.revision)
    };
    let place = rows.iter().position(gives_way);
    rows.retain(|it| !gives_way(it));
    match (place, belongs) {
        (Some(place), true) => {
            rows.insert(place, Arc::new(row));
            Effect::Changed
        }
        (None, true) => {
            rows.insert(0, Arc::new(row));
            Effect::Added
        }
        (Some(_), false) => Effect::Changed,
        (None, false) => Effect::None,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn row(receipt_seq: i64, revision: u32, state: &str) -> ReadingRow {
        ReadingRow {
            receipt_seq,
            revision,
            state: state.into(),
            ..ReadingRow::default()
        }
    }

    fn check(shown: &[(i64, u32)], came: (i64, u32), belongs: bool, effect: Effect, then: &[(i64, u32)]) {
        let mut rows = shown
            .iter()
            .map(|(seq, revision)| Arc::new(row(*seq, *revision, "received")))
            .collect();
        assert_eq!(take(&mut rows, row(came.0, came.1, "sent_back"), belongs), effect);
        let seen: Vec<(i64, u32)> = rows.iter().map(|it| (it.receipt_seq, it.revision)).collect();
        assert_eq!(seen, then, "{came:?} into {shown:?}");
    }

    #[test]
    fn each_reading_of_an_exchange_has_its_row() {
        check(&[], (7, 1), true, Effect::Added, &[(7, 1)]);
        check(&[(7, 1)], (8, 1), true, Effect::Added, &[(8, 1), (7, 1)]);
        check(
            &[(8, 1), (7, 1)],
            (7, 1),
            true,
            Effect::Changed,
            &[(8, 1), (7, 1)],
        );
    }

    #[test]
    fn a_new_revision_takes_the_place_of_all_rows_of_the_one_before() {
        check(&[(8, 1), (7, 1)], (9, 2), true, Effect::Changed, &[(9, 2)]);
        check(&[(9, 2)], (7, 1), true, Effect::None, &[(9, 2)]);
    }

    #[test]
    fn what_fits_the_filters_no_more_leaves_the_list() {
        check(&[(8, 1), (7, 1)], (7, 1), false, Effect::Changed, &[(8, 1)]);
        check(&[(8, 1)], (9, 1), false, Effect::None, &[(8, 1)]);
    }
}
