use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::workbook::exact;
use super::*;
use crate::database::explain::plan;

#[test]
fn a_cell_holds_a_number_only_where_it_reads_back_as_the_same_digits() {
    for text in ["0", "46211", "46211.500", "-12.5", "0.000001", "999999999999.999"] {
        assert!(exact(text).is_some(), "{text}");
    }
    for text in ["999999999999.999999", "123456789012.3456", "", "x", "NaN", "1e5"] {
        assert!(exact(text).is_none(), "{text}");
    }
}

fn queries() -> [(String, Vec<String>); 2] {
    let (points, binds) = rows::points_query(1, Period::new(2026, 11).unwrap());
    [
        (points, binds.to_vec()),
        (rows::ROWS.to_owned(), vec!["[1]".into(), "2026-11".into()]),
    ]
}

#[tokio::test]
async fn a_portion_reads_no_whole_table() {
    for (sql, binds) in queries() {
        let steps = plan(&sql, &binds).await;
        let bad = |step: &&String| {
            let whole = ["AUTOMATIC", "item_of_period", "item_of_state"];
            let scans = step.starts_with("SCAN") && !step.contains("w VIRTUAL TABLE");
            scans || whole.iter().any(|it| step.contains(it))
        };
        let bad: Vec<_> = steps.iter().filter(bad).collect();
        assert!(bad.is_empty(), "{bad:?} in {steps:#?}");
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn a_portion_reads_no_whole_table() {
        let postgres = Postgres::new().await;
        for (sql, binds) in queries() {
            let plan = postgres.plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_avoids(&["item_of_period", "item_of_state"]);
        }
    }
}

#[test]
fn an_empty_frame_has_the_member_that_rows_are_put_into() {
    let text = serde_json::to_string(&Handover::default()).unwrap();
    assert_eq!(text.matches("\"rows\":[]").count(), 1);
}

#[test]
fn a_workbook_without_rows_opens() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook
        .add_worksheet_with_constant_memory()
        .unwrap()
        .write_string(0, 0, "=1")
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = read.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.get_value((0, 0)), Some(&Data::String("=1".into())));
}
