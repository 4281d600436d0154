//! The walking order as people in the field change it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use shared::wire::list::RoundList;

use super::contract;
use crate::util::{Caller, TestApp};

contract!(
    an_order_reaches_every_phone_and_only_the_units_that_moved,
    the_same_order_again_changes_nothing,
    the_last_word_counts_and_the_audit_keeps_whose_it_was,
    units_without_a_place_of_their_own_get_one,
    nobody_orders_what_is_not_theirs,
);

async fn order(person: &Caller, property: &str, units: &[&str]) -> StatusCode {
    let units: Vec<Value> = units
        .iter()
        .map(|unit_no| json!({ "unit_no": unit_no }))
        .collect();
    let body = json!({ "units": units }).to_string().into_bytes();
    let path = format!("/api/properties/{}/walking-order", property.replace(' ', "%20"));
    person.send(Method::PUT, &path, body, &[]).await.status
}

/// The first units of `GC A`, as phones sort them.
fn walk(list: &RoundList, count: usize) -> Vec<&str> {
    let mut rows: Vec<_> = list
        .rows
        .iter()
        .filter(|row| row.property_code == "GC A")
        .collect();
    rows.sort_by_key(|row| row.route_seq);
    rows.iter().take(count).map(|row| row.unit_no.as_str()).collect()
}

async fn an_order_reaches_every_phone_and_only_the_units_that_moved(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    let before = ben.list(None).await;
    assert_eq!(
        order(&ana, "gc a", &["101", "103", "102", "104"]).await,
        StatusCode::OK
    );
    let news = ben.list(Some(&before.cursor)).await;
    let mut told: Vec<_> = news.rows.iter().map(|row| row.unit_no.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["102", "103"]);
    let list = ben.list(None).await;
    assert_eq!(walk(&list, 5), ["101", "103", "102", "104", "105"]);
    assert_eq!(list.rows[1].unit_no, "103", "the list comes in walking order");
}

async fn the_same_order_again_changes_nothing(app: TestApp) {
    let ana = app.technician("ana").await;
    order(&ana, "GC A", &["103", "101"]).await;
    let cursor = ana.list(None).await.cursor;
    assert_eq!(order(&ana, "GC A", &["103", "101"]).await, StatusCode::OK);
    assert_eq!(ana.list(None).await.cursor, cursor);
    assert_eq!(
        app.texts("SELECT actor FROM audit WHERE action = 'walking_order'")
            .await,
        ["ana"]
    );
}

async fn the_last_word_counts_and_the_audit_keeps_whose_it_was(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    order(&ana, "GC A", &["103", "101", "102"]).await;
    order(&ben, "GC A", &["102", "101", "103"]).await;
    assert_eq!(walk(&ana.list(None).await, 3), ["102", "101", "103"]);
    let said = "SELECT actor || ' ' || subject FROM audit WHERE action = 'walking_order' ORDER BY seq";
    assert_eq!(app.texts(said).await, ["ana GC A", "ben GC A"]);
}

async fn units_without_a_place_of_their_own_get_one(app: TestApp) {
    app.execute("UPDATE unit SET route_seq = 0").await;
    let ana = app.technician("ana").await;
    order(&ana, "GC A", &["102", "101"]).await;
    // Those that are not named stay behind the one that they followed.
    let list = ana.list(None).await;
    assert_eq!(walk(&list, 3), ["102", "103", "104"]);
    assert_eq!(walk(&list, 60).last(), Some(&"101"));
}

async fn nobody_orders_what_is_not_theirs(app: TestApp) {
    let ben = app.technician_of("ben", "HV").await;
    assert_eq!(order(&ben, "GC A", &["102", "101"]).await, StatusCode::NOT_FOUND);
    assert_eq!(order(&ben, "NOWHERE", &["102"]).await, StatusCode::NOT_FOUND);
    assert_eq!(order(&ben, "HV", &["9", "no such unit"]).await, StatusCode::OK);
    assert_eq!(
        app.texts("SELECT actor FROM audit WHERE action = 'walking_order'")
            .await,
        [""; 0]
    );
}
