//! `GET /api/events`.

use std::sync::Arc;

use futures_util::StreamExt;
use server::events::NumberedEvent;
use shared::wire::event::OfficeEvent;
use shared::wire::office::ReadingRow;
use shared::wire::session::RoleName;

use crate::util::{TestApp, TestPerson};

fn item(seq: i64, property_code: &str) -> NumberedEvent {
    let row = ReadingRow {
        property_code: property_code.into(),
        receipt_seq: seq,
        ..ReadingRow::default()
    };
    NumberedEvent {
        seq,
        event: Arc::new(OfficeEvent::Item {
            id: row.id,
            row: Box::new(row),
        }),
    }
}

/// The first `count` events as the browser sees them: number and JSON.
async fn read(person: &TestPerson, path: &str, count: usize) -> Vec<(String, OfficeEvent)> {
    let response = person.open(path).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut body = response.into_body().into_data_stream();
    let mut text = String::new();
    while text.matches("\n\n").count() < count {
        text.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
    }
    text.split("\n\n")
        .filter(|part| !part.is_empty())
        .map(parse)
        .collect()
}

fn parse(part: &str) -> (String, OfficeEvent) {
    let field = |name: &str| {
        part.lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
            .unwrap_or_default()
            .to_owned()
    };
    (field("id:"), serde_json::from_str(&field("data:")).unwrap())
}

#[tokio::test]
async fn a_stream_that_comes_back_goes_on_where_it_was_cut() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let seq = app.store.last_change_seq().await.unwrap();
    app.state.events.publish((1..=4).map(|n| item(seq + n, "GC A")));
    let events = read(&rita, &format!("/api/events?after={}", seq + 2), 2).await;
    let ids: Vec<String> = events.iter().map(|event| event.0.clone()).collect();
    assert_eq!(ids, [(seq + 3).to_string(), (seq + 4).to_string()]);
    let request = axum::http::Request::get(format!("/api/events?after={seq}"))
        .header("cookie", &rita.cookie)
        .header("last-event-id", (seq + 3).to_string())
        .body(axum::body::Body::empty())
        .unwrap();
    let response = tower::ServiceExt::oneshot(app.router.clone(), request)
        .await
        .unwrap();
    let first = response
        .into_body()
        .into_data_stream()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert!(
        String::from_utf8_lossy(&first).contains(&format!("id: {}", seq + 4)),
        "{first:?}"
    );
}

#[tokio::test]
async fn what_is_no_longer_kept_is_told_as_reload() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let events = read(&rita, "/api/events?after=-1", 1).await;
    assert_eq!(events, [(String::new(), OfficeEvent::Reload)]);
}

#[tokio::test]
async fn what_happens_while_somebody_listens_arrives() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let seq = app.store.last_change_seq().await.unwrap();
    let response = rita.open(&format!("/api/events?after={seq}")).await;
    app.state.events.publish([item(seq + 1, "WHS")]);
    let first = response
        .into_body()
        .into_data_stream()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert!(
        String::from_utf8_lossy(&first).contains("\"kind\":\"item\""),
        "{first:?}"
    );
}

#[tokio::test]
async fn a_reviewer_hears_of_their_properties_only() {
    let app = TestApp::new().await;
    let rita = app.person("rita", RoleName::Reviewer, &["WHS"]).await;
    let seq = app.store.last_change_seq().await.unwrap();
    app.state
        .events
        .publish([item(seq + 1, "GC A"), item(seq + 2, "WHS"), item(seq + 3, "")]);
    let events = read(&rita, &format!("/api/events?after={seq}"), 2).await;
    assert_eq!(events[0].0, (seq + 2).to_string());
    assert_eq!(events[1].0, (seq + 3).to_string());
}
