//! What ends by itself, and what somebody begins again.

use server::billing::{Delivery, Limits, Webhook};
use server::edge::StopSignal;
use shared::delivery::TRIES_MAX;
use shared::timestamp::Timestamp;

use super::super::contract;
use super::{close, delivery, done, read, send};
use crate::util::receiver::SECRET;
use crate::util::{Receiver, Reply, TestApp};

contract!(
    a_receiver_that_is_gone_is_given_up_until_somebody_sends_it_again,
    after_three_days_somebody_has_to_look,
    what_the_receiver_asks_for_is_waited_for,
    a_redirect_is_not_followed,
    nobody_there_is_no_connection,
    who_waits_for_a_try_can_have_it_now,
);

async fn a_receiver_that_is_gone_is_given_up_until_somebody_sends_it_again(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Status(410)]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    let ended = delivery(&adam).await;
    assert_eq!((ended.state.as_str(), ended.status), ("given_up", Some(410)));
    assert_eq!(ended.next_try_at, None);
    app.set_clock("2026-11-27T08:00:00Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 0);
    let rita = app.reviewer("rita").await;
    let told = done(send(&rita).await).delivery.unwrap();
    assert_eq!((told.state.as_str(), told.tries), ("waiting", 0));
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    let requests = receiver.requests();
    assert_eq!(
        requests[0].id(),
        requests[1].id(),
        "billing may have taken it after all"
    );
    assert_eq!(delivery(&adam).await.state, "delivered");
    let audit = app
        .texts("SELECT actor || ' ' || subject FROM audit WHERE action = 'handover_send'")
        .await;
    assert_eq!(audit, ["rita HV 2026-11"]);
}

async fn after_three_days_somebody_has_to_look(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Status(500); 20]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    let mut tries = 0;
    // A session does not last that long.
    const NEXT: &str = "SELECT COALESCE(next_try_at, 0) FROM handover_outbox";
    while let next @ 1.. = app.number(NEXT).await {
        app.clock.set(Timestamp::from_ms(next));
        assert_eq!(deliver.deliver_due().await.unwrap(), 1);
        tries += 1;
        assert!(tries <= TRIES_MAX);
    }
    let last = app.clock.now().to_rfc3339();
    assert!(("2026-11-30"..="2026-12-01").contains(&&last[..10]), "{last}");
    assert_eq!(
        (tries, receiver.requests().len()),
        (TRIES_MAX, TRIES_MAX as usize)
    );
    let rita = app.reviewer("rita").await;
    let ended = delivery(&rita).await;
    assert_eq!((ended.state.as_str(), ended.tries), ("given_up", TRIES_MAX));
}

async fn what_the_receiver_asks_for_is_waited_for(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Header(503, "retry-after", "600")]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    app.set_clock("2026-11-27T00:09:59Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 0);
    app.set_clock("2026-11-27T00:10:01Z");
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
}

async fn a_redirect_is_not_followed(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Header(307, "location", "/elsewhere")]).await;
    let (app, deliver) = receiver.of(app);
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    assert_eq!(receiver.requests().len(), 1);
    let waiting = delivery(&adam).await;
    assert_eq!((waiting.state.as_str(), waiting.status), ("waiting", Some(307)));
}

async fn nobody_there_is_no_connection(mut app: TestApp) {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let webhook = Webhook::parse(&format!("http://{free}/"), SECRET).unwrap();
    let (_stop, signal) = StopSignal::new();
    let deliver = Delivery::new(&mut app.state, webhook, Limits::default(), signal).unwrap();
    app.serve_anew();
    let adam = read(&app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    assert_eq!(delivery(&adam).await.failure.as_deref(), Some("no_connection"));
}

async fn who_waits_for_a_try_can_have_it_now(app: TestApp) {
    let receiver = Receiver::start(&[Reply::Status(500)]).await;
    let (_app, deliver) = receiver.of(app);
    let adam = read(&_app).await;
    close(&adam).await;
    deliver.deliver_due().await.unwrap();
    assert_eq!(deliver.deliver_due().await.unwrap(), 0);
    done(send(&adam).await);
    assert_eq!(deliver.deliver_due().await.unwrap(), 1);
    assert_eq!(delivery(&adam).await.state, "delivered");
}
