//! `GET /api/readings`, `GET /api/readings/{id}`.

use shared::wire::office::{ReadingRow, ReadingsPage};
use shared::wire::session::RoleName;

use crate::util::{TestApp, TestPerson};

async fn page(person: &TestPerson, query: &str) -> ReadingsPage {
    person.get(&format!("/api/readings?{query}")).await.json()
}

#[tokio::test]
async fn filters_narrow_the_list_and_can_be_combined() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    for (query, serials) in [
        ("", &["E1", "E1", "E2", "E3"][..]),
        ("property=GC%20A", &["E1", "E1", "E2"]),
        ("property=%20gc%20%20a", &["E1", "E1", "E2"]),
        ("unit=102", &["E2"]),
        ("period=2026-10", &["E1", "E2", "E3"]),
        ("technician=Ana", &["E1", "E2"]),
        ("technician=ana&period=2026-10", &["E2"]),
        ("state=approved", &["E1", "E1", "E2", "E3"]),
        ("state=conflict", &[]),
        ("source=import", &["E1", "E1", "E2", "E3"]),
        ("source=phone", &[]),
        ("flag=lower", &[]),
        ("q=gate", &["E2"]),
        ("q=e3", &["E3"]),
        ("q=o'dowd", &["E1", "E1"]),
        ("q=okafor", &[]),
        ("q=%25", &[]),
    ] {
        let page = page(&rita, query).await;
        let mut found: Vec<&str> = page.rows.iter().map(|row| row.meter_serial.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, serials, "{query}");
        assert_eq!(page.total, i64::try_from(serials.len()).unwrap(), "{query}");
    }
}

#[tokio::test]
async fn pages_hang_together_newest_first() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let whole: Vec<i64> = page(&rita, "")
        .await
        .rows
        .iter()
        .map(|row| row.receipt_seq)
        .collect();
    assert!(whole.is_sorted_by(|a, b| a > b), "{whole:?}");
    let mut seqs = Vec::new();
    let mut after = String::new();
    loop {
        let page = page(&rita, &format!("limit=3{after}")).await;
        assert_eq!(page.total, 4);
        seqs.extend(page.rows.iter().map(|row| row.receipt_seq));
        match page.next {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seqs, whole);
}

#[tokio::test]
async fn people_see_what_is_theirs() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let here = app.person("rita", RoleName::Reviewer, &["WHS"]).await;
    let own = page(&ana, "").await;
    assert!(own.total == 2 && own.rows.iter().all(|row| row.captured_by == "ana"));
    assert_eq!(page(&ana, "technician=ben").await.total, 0);
    let scoped = page(&here, "").await;
    assert!(scoped.total == 1 && scoped.rows[0].property_code == "WHS");
    assert_eq!(page(&here, "property=GC%20A").await.total, 0);
    let ben_row = scoped.rows[0].id;
    assert_eq!(
        ana.get(&format!("/api/readings/{ben_row}")).await.problem(),
        (404, "not_found".into())
    );
    let revisions: Vec<ReadingRow> = here.get(&format!("/api/readings/{ben_row}")).await.json();
    assert_eq!(revisions, scoped.rows);
}

#[tokio::test]
async fn wrong_filters_are_told_what_would_be_right() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    for query in [
        "period=October",
        "limit=0",
        "limit=501",
        "limit=x",
        "after=x",
        "state=A%27",
        "flag=%25",
        "skip=x%27",
        "kind=Move",
        "photo=1",
        "q=%00",
    ] {
        let answer = rita.get(&format!("/api/readings?{query}")).await;
        assert_eq!(answer.problem(), (400, "bad_request".into()), "{query}");
    }
}

#[tokio::test]
async fn a_page_tells_from_where_events_go_on() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    assert_eq!(
        page(&rita, "").await.event_seq,
        app.store.last_change_seq().await.unwrap()
    );
}
