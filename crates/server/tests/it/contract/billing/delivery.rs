//! What arrives, and how often.

use std::time::Duration;

use server::billing::Limits;
use shared::wire::handover::{BillingEvent, Handover};

use super::super::contract;
use super::{HV, close, delivery, events, read, reopen};
use crate::util::receiver::SECRET;
use crate::util::{Receiver, Reply, TestApp};

contract!(
    billing_gets_the_handover_signed,
    a_reopening_names_the_closing_that_does_not_count_any_more,
    a_failure_is_tried_again_later_under_the_same_id,
    a_receiver_that_does_not_answer_is_left_after_a_while,
    what_was_sent_by_a_process_that_died_is_sent_again_under_the_same_id,
    rows_of_a_period_that_was_reopened_are_never_delivered,
    a_server_that_stops_leaves_the_try_to_the_next_one,
    a_closing_rings_and_is_told_without_anybody_asking,
);

async fn billing_gets_the_handover_signed(app: TestApp) {
    let receiver = Receiver::start(&[]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let requests = receiver.requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert!(request.is_signed_with(SECRET));
    assert!(!request.is_signed_with("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh4="));
    assert_eq!(request.path, "/meterline?token=t0p");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("webhook-timestamp"), "1795737600");
    let event: BillingEvent = request.json();
    assert_eq!(event.id, request.id());
    let told = [&event.kind, &event.property, &event.period, &event.closed_at];
    assert_eq!(told, ["closed", "HV", "2026-11", "2026-11-27T00:00:00.000Z"]);
    let downloaded: Handover = adam.get(&format!("{HV}/handover.json"), &[]).await.json();
    assert_eq!(downloaded.rows.len(), 1);
    assert_eq!(event.handover, Some(downloaded));
    let standing = delivery(&adam).await;
    assert_eq!((standing.state.as_str(), standing.tries), ("delivered", 1));
    assert_eq!(standing.delivered_at.as_deref(), Some("2026-11-27T00:00:00.000Z"));
    app.set_clock("2027-11-27T00:00:00Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 0);
}

async fn a_reopening_names_the_closing_that_does_not_count_any_more(app: TestApp) {
    let receiver = Receiver::start(&[]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    app.set_clock("2026-11-27T08:30:00Z");
    reopen(&adam, "A value was wrong").await;
    deliver.deliver_due().await.unwrap();
    let requests = receiver.requests();
    let told = &requests[1];
    assert!(told.is_signed_with(SECRET));
    assert_ne!(told.id(), requests[0].id());
    let event: BillingEvent = told.json();
    let expected = BillingEvent {
        id: told.id().into(),
        kind: "reopened".into(),
        property: "HV".into(),
        period: "2026-11".into(),
        closed_at: "2026-11-27T00:00:00.000Z".into(),
        reopened_at: Some("2026-11-27T08:30:00.000Z".into()),
        handover: None,
    };
    assert_eq!(event, expected);
    assert_eq!(delivery(&adam).await.kind, "reopened");
}

async fn a_failure_is_tried_again_later_under_the_same_id(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Status(500), Reply::Status(200)]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let waiting = delivery(&adam).await;
    assert_eq!((waiting.state.as_str(), waiting.tries), ("waiting", 1));
    assert_eq!(
        (waiting.failure.as_deref(), waiting.status),
        (Some("answer"), Some(500))
    );
    let next = waiting.next_try_at.unwrap();
    assert!(next.as_str() >= "2026-11-27T00:00:05.000Z", "{next}");
    assert_eq!(deliver.deliver_due().await.unwrap(), 0, "not before its time");
    app.set_clock(&next);
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let requests = receiver.requests();
    assert_eq!(requests[0].id(), requests[1].id());
    assert_ne!(
        requests[0].header("webhook-timestamp"),
        requests[1].header("webhook-timestamp")
    );
    assert!(requests.iter().all(|it| it.is_signed_with(SECRET)));
    assert_eq!(delivery(&adam).await.state, "delivered");
}

async fn a_receiver_that_does_not_answer_is_left_after_a_while(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Silence]).await;
    let limits = Limits {
        try_time: Duration::from_millis(300),
    };
    let (app, deliver, _stop) = receiver.with(app, limits);
    let adam = read(&app).await;
    close(&adam).await;
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let waiting = delivery(&adam).await;
    assert_eq!(
        (waiting.state.as_str(), waiting.failure.as_deref(), waiting.status),
        ("waiting", Some("timeout"), None)
    );
}

async fn what_was_sent_by_a_process_that_died_is_sent_again_under_the_same_id(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Silence]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    let dying = tokio::spawn(async move { deliver.deliver_due().await });
    // Billing has it, and nothing has been noted here.
    receiver.got(1).await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    let (again, deliver) = receiver.of(app.restarted().await);
    assert_eq!(
        deliver.deliver_due().await.unwrap(),
        0,
        "the process may yet live"
    );
    again.set_clock("2026-11-27T00:02:30Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let requests = receiver.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].id(), requests[1].id());
    assert_eq!(events(&again).await, ["closed delivered"]);
}

async fn rows_of_a_period_that_was_reopened_are_never_delivered(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Status(503)]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    app.set_clock("2026-11-27T01:00:00Z");
    reopen(&adam, "A value was wrong").await;
    let rows: shared::wire::office::ReadingsPage = adam.get("/api/readings?state=approved", &[]).await.json();
    let body = serde_json::json!({
        "revision": 1, "decision": "correct", "reason": "The photo shows it", "value": "1235",
    });
    let path = format!("/api/readings/{}/decision", rows.rows[0].id);
    let answer = adam.post(&path, body.to_string().into_bytes(), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    close(&adam).await;
    app.set_clock("2026-11-30T00:00:00Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let requests = receiver.requests();
    let value = |at: usize| {
        let event: BillingEvent = requests[at].json();
        event.handover.unwrap().rows[0].value.clone().unwrap()
    };
    assert_eq!(
        (requests.len(), value(0), value(1)),
        (2, "1234".into(), "1235".into())
    );
    assert_eq!(
        events(&app).await,
        ["closed superseded", "reopened superseded", "closed delivered"]
    );
}

async fn a_server_that_stops_leaves_the_try_to_the_next_one(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Silence]).await;
    let (app, deliver, stop) = receiver.with(app, Limits::default());
    let adam = read(&app).await;
    close(&adam).await;
    let running = tokio::spawn(deliver.run());
    receiver.got(1).await;
    stop.send(true).unwrap();
    running.await.unwrap();
    let waiting = delivery(&adam).await;
    assert_eq!(
        (waiting.tries, waiting.next_try_at.as_deref(), waiting.failure),
        (0, Some("2026-11-27T00:00:00.000Z"), None)
    );
    let (_app, deliver) = receiver.of(app);
    assert_eq!(deliver.deliver_due().await.unwrap(), 1, "at once");
}

async fn a_closing_rings_and_is_told_without_anybody_asking(app: TestApp) {
    let receiver = Receiver::start(&[]).await;
    let (app, deliver, stop) = receiver.with(app, Limits::default());
    let running = tokio::spawn(deliver.run());
    let adam = read(&app).await;
    close(&adam).await;
    assert!(receiver.got(1).await[0].is_signed_with(SECRET));
    stop.send(true).unwrap();
    running.await.unwrap();
}
