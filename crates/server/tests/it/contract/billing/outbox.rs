//! What is written, and in which transaction.

use axum::http::StatusCode;

use super::super::contract;
use super::{HV, close, delivery, done, events, read, reopen, send};
use crate::util::{Receiver, Reply, TestApp};

contract!(
    closing_and_what_billing_is_told_are_written_together_or_not_at_all,
    a_refused_closing_tells_nothing,
    without_a_webhook_nothing_is_written_and_nothing_can_be_sent,
    a_reopening_takes_the_place_of_what_was_not_told_yet,
    two_events_of_one_period_never_wait_at_once,
    a_period_that_was_closed_before_there_was_a_webhook_can_be_sent,
    a_period_that_billing_never_heard_of_is_not_sent_while_it_is_open,
);

async fn closing_and_what_billing_is_told_are_written_together_or_not_at_all(app: TestApp) {
    let (app, _) = Receiver::start(&[]).await.of(app);
    let adam = read(&app).await;
    app.execute("ALTER TABLE handover_outbox RENAME TO away").await;
    let failed = adam.post(&format!("{HV}/close"), b"{}".to_vec(), &[]).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
    for nothing in [
        "SELECT COUNT(*) FROM period_state",
        "SELECT COUNT(*) FROM period_step",
        "SELECT COUNT(*) FROM item WHERE state = 'approved'",
        "SELECT COUNT(*) FROM audit WHERE action = 'period_close'",
    ] {
        assert_eq!(app.number(nothing).await, 0, "{nothing}");
    }
    app.execute("ALTER TABLE away RENAME TO handover_outbox").await;
    let told = close(&adam).await;
    assert!(told.webhook);
    let waiting = told.delivery.unwrap();
    assert_eq!(
        (waiting.kind.as_str(), waiting.state.as_str()),
        ("closed", "waiting")
    );
    assert_eq!(
        (waiting.tries, waiting.next_try_at.as_deref()),
        (0, Some("2026-11-27T00:00:00.000Z"))
    );
    close(&adam).await;
    assert_eq!(
        events(&app).await,
        ["closed waiting"],
        "once, however often it is asked for"
    );
}

async fn a_refused_closing_tells_nothing(app: TestApp) {
    let (app, _) = Receiver::start(&[]).await.of(app);
    let rita = app.reviewer("rita").await;
    let refused = rita.post(&format!("{HV}/close"), b"{}".to_vec(), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(events(&app).await.is_empty());
}

async fn without_a_webhook_nothing_is_written_and_nothing_can_be_sent(app: TestApp) {
    let adam = read(&app).await;
    let told = close(&adam).await;
    assert!(!told.webhook && told.delivery.is_none());
    assert!(events(&app).await.is_empty());
    let refused = send(&adam).await;
    assert_eq!(
        (refused.status, refused.problem_code().as_str()),
        (StatusCode::CONFLICT, "no_webhook")
    );
}

async fn a_reopening_takes_the_place_of_what_was_not_told_yet(app: TestApp) {
    let (app, deliver) = Receiver::start(&[Reply::Status(204), Reply::Status(410)])
        .await
        .of(app);
    let adam = read(&app).await;
    close(&adam).await;
    reopen(&adam, "One").await;
    assert_eq!(events(&app).await, ["closed superseded", "reopened waiting"]);
    app.set_clock("2026-11-27T00:00:01Z");
    close(&adam).await;
    assert_eq!(
        events(&app).await[1..],
        ["reopened superseded", "closed waiting"],
        "what billing is told is what is so now"
    );
    deliver.deliver_due().await.unwrap();
    app.set_clock("2026-11-27T00:00:02Z");
    reopen(&adam, "Two").await;
    assert_eq!(events(&app).await[2..], ["closed delivered", "reopened waiting"]);
    deliver.deliver_due().await.unwrap();
    app.set_clock("2026-11-27T00:00:03Z");
    close(&adam).await;
    assert_eq!(
        events(&app).await[3..],
        ["reopened superseded", "closed waiting"],
        "what was given up can't be sent again then"
    );
}

async fn two_events_of_one_period_never_wait_at_once(app: TestApp) {
    let (app, _) = Receiver::start(&[]).await.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    for (wrong, constraint) in [
        (
            "('b', 2, '2026-11', 'closed', 1, 1, 'waiting', 1, NULL)",
            "one_waits",
        ),
        (
            "('b', 2, '2026-12', 'closed', 1, 1, 'waiting', NULL, NULL)",
            "waits_for_a_time",
        ),
        (
            "('b', 2, '2026-12', 'closed', 1, 1, 'given_up', 1, NULL)",
            "waits_for_a_time",
        ),
        (
            "('b', 2, '2026-12', 'closed', 1, 1, 'delivered', NULL, NULL)",
            "delivered_at_a_time",
        ),
        (
            "('b', 2, '2026-12', 'opened', 1, 1, 'given_up', NULL, NULL)",
            "kind_known",
        ),
        (
            "('b', 2, '2026-12', 'closed', 1, 1, 'waiting', 1, 'why')",
            "failure_known",
        ),
    ] {
        let sql = format!(
            "INSERT INTO handover_outbox (id, property_id, period, kind, closed_at, happened_at, state, next_try_at, \
             failure) VALUES {wrong}"
        );
        let sql: &'static str = sql.leak();
        let refused = server::on!(app.store.writer(), |pool| sqlx::query(sql)
            .execute(pool)
            .await
            .unwrap_err());
        let text = refused.to_string();
        // SQLite names the columns of a unique index and not the index.
        assert!(
            text.contains(constraint) || text.contains("handover_outbox.property_id"),
            "{wrong}: {text}"
        );
    }
}

async fn a_period_that_was_closed_before_there_was_a_webhook_can_be_sent(app: TestApp) {
    let adam = read(&app).await;
    close(&adam).await;
    let receiver = Receiver::start(&[]).await;
    let (app, deliver) = receiver.of(app);
    let rita = app.reviewer("rita").await;
    assert_eq!(deliver.deliver_due().await.unwrap(), 0, "nobody asked for it");
    let told = done(send(&rita).await);
    assert_eq!(told.delivery.unwrap().state, "waiting");
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    assert_eq!(delivery(&rita).await.state, "delivered");
    done(send(&rita).await);
    assert_eq!(
        deliver.deliver_due().await.unwrap(),
        0,
        "what was taken is not sent again"
    );
    let audit = app
        .texts("SELECT actor || ' ' || subject FROM audit WHERE action = 'handover_send'")
        .await;
    assert_eq!(audit, ["rita HV 2026-11"]);
}

async fn a_period_that_billing_never_heard_of_is_not_sent_while_it_is_open(app: TestApp) {
    let (app, _) = Receiver::start(&[]).await.of(app);
    let adam = read(&app).await;
    let refused = send(&adam).await;
    assert_eq!(
        (refused.status, refused.problem_code().as_str()),
        (StatusCode::CONFLICT, "period_open")
    );
    app.account("hugo", shared::wire::session::RoleName::Reviewer, &["GC A"])
        .await;
    let hugo = app.sign_in("hugo").await;
    assert_eq!(send(&hugo).await.status, StatusCode::NOT_FOUND, "not for him");
}
