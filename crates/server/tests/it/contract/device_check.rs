//! The end check.

use axum::http::StatusCode;
use serde_json::json;

use super::contract;
use crate::util::TestApp;
use crate::util::items::{reading, with};

contract!(
    the_check_names_what_is_missing,
    two_phones_of_one_person_are_counted_apart,
    the_check_is_the_heartbeat_that_the_office_sees,
    a_phone_that_never_enrolled_is_refused,
    a_phone_is_heard_only_for_people_who_signed_in_on_it,
);

async fn the_check_names_what_is_missing(app: TestApp) {
    let ana = app.technician("ana").await;
    assert_eq!(ana.check(0).await.missing, []);
    let item = reading(&ana, 2, 102, 1234);
    ana.send_items(&[
        item.clone(),
        reading(&ana, 3, 103, 1234),
        reading(&ana, 6, 106, 1234),
    ])
    .await;
    // An edit keeps its number and counts once.
    ana.send_item(&with(&item, json!({ "revision": 2, "value": "1250" })))
        .await;
    let check = ana.check(7).await;
    assert_eq!((check.received, check.missing), (3, vec![(1, 1), (4, 5), (7, 7)]));
}

async fn two_phones_of_one_person_are_counted_apart(app: TestApp) {
    let first = app.technician("ana").await;
    let second = app.sign_in("ana").await;
    first.send_item(&reading(&first, 1, 101, 1234)).await;
    second.send_item(&reading(&second, 2, 102, 1234)).await;
    assert_eq!(first.check(1).await.missing, []);
    assert_eq!(second.check(2).await.missing, [(1, 1)]);
}

async fn the_check_is_the_heartbeat_that_the_office_sees(app: TestApp) {
    let ana = app.technician("ana").await;
    let (_, mut events) = app.state.events.listen(None);
    ana.check(5).await;
    let event = events.recv().await.unwrap();
    let text = serde_json::to_string(&*event.event).unwrap();
    assert!(
        text.contains(r#""kind":"device""#) && text.contains(r#""waiting":2"#),
        "{text}"
    );
    assert_eq!(app.number("SELECT waiting FROM device_queue").await, 2);
    assert_eq!(
        app.number("SELECT last_contact_at FROM device_queue").await,
        app.clock.now().ms()
    );
    ana.check(6).await;
    assert_eq!(app.number("SELECT device_total FROM device_queue").await, 6);
}

async fn a_phone_that_never_enrolled_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    let path = format!("/api/devices/{}/check", uuid::Uuid::new_v4());
    let answer = ana
        .post(&path, br#"{"device_total":1,"waiting":0}"#.to_vec(), &[])
        .await;
    assert_eq!(
        (answer.status, answer.problem_code().as_str()),
        (StatusCode::FORBIDDEN, "unknown_device")
    );
}

/// Ana enrolled it, Ben signed in on it later: both are heard. Eva never did.
async fn a_phone_is_heard_only_for_people_who_signed_in_on_it(app: TestApp) {
    let ana = app.technician("ana").await;
    app.technician("ben").await;
    let eva = app.technician("eva").await;
    let ben = app.sign_in_on("ben", ana.device).await;
    assert_eq!(ana.check(1).await.missing, [(1, 1)]);
    assert_eq!(ben.check(2).await.missing, [(1, 2)]);
    let body = br#"{"device_total":3,"waiting":3}"#.to_vec();
    let path = format!("/api/devices/{}/check", ana.device);
    let answer = eva.post(&path, body.clone(), &[]).await;
    assert_eq!(
        (answer.status, answer.problem_code().as_str()),
        (StatusCode::FORBIDDEN, "unknown_device")
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM device_queue").await, 2);
    // Ben has another phone by now; his queue on the shared one is still his.
    let ben = app.sign_in("ben").await;
    assert_eq!(ben.post(&path, body, &[]).await.status, StatusCode::OK);
}
