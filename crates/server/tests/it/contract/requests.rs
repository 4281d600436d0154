//! What a batch may look like.

use std::io::Write;

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::receipt::{Receipts, VerdictName};

use super::contract;
use crate::util::TestApp;
use crate::util::items::{reading, with};

contract!(
    a_malformed_item_spoils_none_of_its_neighbours,
    an_item_of_another_person_refuses_the_batch_and_stores_nothing,
    a_gzip_batch_is_taken,
    a_batch_that_unpacks_to_more_than_four_mebibytes_is_refused,
    a_batch_of_more_than_500_items_is_refused,
    a_body_that_is_no_batch_is_refused,
    unknown_members_are_ignored,
    the_office_sends_no_batches,
);

async fn a_malformed_item_spoils_none_of_its_neighbours(app: TestApp) {
    let ana = app.technician("ana").await;
    let bad = with(&reading(&ana, 2, 102, 1), json!({ "value": 17 }));
    let unnamed = json!({ "value": "1" });
    let verdicts = ana
        .send_items(&[
            reading(&ana, 1, 101, 1234),
            bad.clone(),
            unnamed,
            reading(&ana, 3, 103, 1234),
        ])
        .await;
    let names: Vec<_> = verdicts.iter().map(|it| it.verdict).collect();
    assert_eq!(
        names,
        [
            VerdictName::Accepted,
            VerdictName::Rejected,
            VerdictName::Accepted
        ]
    );
    assert_eq!(verdicts[1].code.as_deref(), Some("malformed"));
    assert!(verdicts[1].receipt.is_some());
    assert_eq!(ana.send_item(&bad).await, verdicts[1]);
    // What was sent is kept, and its running number counts as received.
    assert_eq!(
        app.texts("SELECT body FROM sent_item WHERE receipt_seq = 2")
            .await,
        [bad.to_string()]
    );
    assert_eq!(ana.check(3).await.missing, []);
}

async fn an_item_of_another_person_refuses_the_batch_and_stores_nothing(app: TestApp) {
    let ana = app.technician("ana").await;
    let foreign = with(&reading(&ana, 2, 102, 1234), json!({ "captured_by": "ben" }));
    let broken = with(&foreign, json!({ "value": 17 }));
    for item in [foreign, broken] {
        let answer = ana
            .post(
                "/api/readings",
                ana.batch(&[reading(&ana, 1, 101, 1234), item]),
                &[],
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.problem_code(), "wrong_person");
    }
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item").await, 0);
    // Names are compared like codes.
    let shouted = with(&reading(&ana, 1, 101, 1234), json!({ "captured_by": " ANA " }));
    assert_eq!(ana.send_item(&shouted).await.verdict, VerdictName::Accepted);
}

async fn a_gzip_batch_is_taken(app: TestApp) {
    let ana = app.technician("ana").await;
    let items: Vec<Value> = (0..60)
        .map(|index| reading(&ana, index + 1, 101 + index as u32, 1234))
        .collect();
    let answer = ana
        .post(
            "/api/readings",
            gzip(&ana.batch(&items)),
            &[("content-encoding", "gzip")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json::<Receipts>().verdicts.len(), 60);
    assert_eq!(ana.check(60).await.received, 60);
}

async fn a_batch_that_unpacks_to_more_than_four_mebibytes_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = with(
        &reading(&ana, 1, 101, 1234),
        json!({ "padding": "x".repeat(4 * 1024 * 1024) }),
    );
    let body = ana.batch(&[item]);
    for (body, encoding) in [(gzip(&body), "gzip"), (body, "identity")] {
        let answer = ana
            .post("/api/readings", body, &[("content-encoding", encoding)])
            .await;
        assert_eq!(
            answer.status,
            StatusCode::PAYLOAD_TOO_LARGE,
            "{encoding}: {}",
            answer.text()
        );
    }
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item").await, 0);
}

async fn a_batch_of_more_than_500_items_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    let items: Vec<Value> = (1..=501).map(|seq| reading(&ana, seq, 101, 1234)).collect();
    let answer = ana.post("/api/readings", ana.batch(&items), &[]).await;
    assert_eq!(
        (answer.status, answer.problem_code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_many_items")
    );
}

async fn a_body_that_is_no_batch_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    for body in ["", "{}", "[]", "{\"readings\":[]}", "not json"] {
        let answer = ana.post("/api/readings", body.into(), &[]).await;
        assert_eq!(
            (answer.status, answer.problem_code().as_str()),
            (StatusCode::BAD_REQUEST, "bad_json"),
            "{body}"
        );
    }
    let answer = ana
        .post(
            "/api/readings",
            b"no gzip".to_vec(),
            &[("content-encoding", "gzip")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
}

async fn unknown_members_are_ignored(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = with(
        &reading(&ana, 1, 101, 1234),
        json!({ "from_the_future": { "x": [1] } }),
    );
    assert_eq!(ana.send_item(&item).await.verdict, VerdictName::Accepted);
}

async fn the_office_sends_no_batches(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let answer = rita.post("/api/readings", rita.batch(&[]), &[]).await;
    assert_eq!(
        (answer.status, answer.problem_code().as_str()),
        (StatusCode::FORBIDDEN, "not_allowed")
    );
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(body).unwrap();
    packer.finish().unwrap()
}
