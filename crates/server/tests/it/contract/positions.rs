//! Where a phone was: given out with its item to those whose business it is, and nothing that an item is judged by.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::{ReadingRow, ReadingsPage};
use shared::wire::position::WirePosition;
use shared::wire::receipt::VerdictName::Accepted;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    a_position_is_shown_with_its_item_and_in_no_list,
    whatever_is_no_position_is_left_out_and_its_reading_taken,
    an_item_that_differs_in_its_position_alone_is_the_same_item,
    each_reading_of_an_exchange_shows_where_it_was_made,
);

fn here() -> Value {
    json!({
        "latitude": "-13.44583", "longitude": "144.80912", "accuracy_m": "12", "fixed_at": "2026-11-26T23:14:01.250Z"
    })
}

async fn positions_of(caller: &Caller, item: &Value) -> Vec<Option<WirePosition>> {
    let path = format!("/api/readings/{}", item["id"].as_str().unwrap());
    let rows: Vec<ReadingRow> = caller.get(&path, &[]).await.json();
    rows.into_iter().map(|row| row.position).collect()
}

async fn a_position_is_shown_with_its_item_and_in_no_list(app: TestApp) {
    let (ana, ben, rita) = (
        app.technician("ana").await,
        app.technician("ben").await,
        app.reviewer("rita").await,
    );
    let item = with(&reading(&ana, 1, 101, 1234), json!({ "position": here() }));
    assert_eq!(ana.send_item(&item).await.verdict, Accepted);
    let expected: WirePosition = serde_json::from_value(here()).unwrap();
    for caller in [&ana, &rita] {
        assert_eq!(positions_of(caller, &item).await, [Some(expected.clone())]);
        let page: ReadingsPage = caller.get("/api/readings", &[]).await.json();
        assert_eq!((page.total, page.rows[0].position.as_ref()), (1, None));
    }
    let path = format!("/api/readings/{}", item["id"].as_str().unwrap());
    assert_eq!(ben.get(&path, &[]).await.status, StatusCode::NOT_FOUND);
}

async fn whatever_is_no_position_is_left_out_and_its_reading_taken(app: TestApp) {
    let ana = app.technician("ana").await;
    let mut beyond_the_pole = here();
    beyond_the_pole["latitude"] = json!("90.5");
    let broken = [
        json!("here"),
        json!(7),
        json!({ "latitude": 13.4 }),
        beyond_the_pole,
    ];
    for (seq, position) in (1..).zip(broken) {
        let unit = 100 + u32::try_from(seq).unwrap();
        let item = with(&reading(&ana, seq, unit, 1234), json!({ "position": position }));
        assert_eq!(ana.send_item(&item).await.verdict, Accepted, "{position}");
        assert_eq!(positions_of(&ana, &item).await, [None], "{position}");
    }
    // The text of a remark is no position.
    let remark = with(
        &reading(&ana, 5, 105, 1234),
        json!({ "remarks": format!("\"position\": {}", here()) }),
    );
    ana.send_item(&remark).await;
    assert_eq!(positions_of(&ana, &remark).await, [None]);
}

async fn an_item_that_differs_in_its_position_alone_is_the_same_item(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    let first = ana.send_item(&item).await;
    let again = ana.send_item(&with(&item, json!({ "position": here() }))).await;
    assert_eq!(first, again);
    assert_eq!(positions_of(&ana, &item).await, [None], "what came first is kept");
}

async fn each_reading_of_an_exchange_shows_where_it_was_made(app: TestApp) {
    let ana = app.technician("ana").await;
    let part = |kind: &str, serial: &str, value: &str| json!({ "kind": kind, "meter_serial": serial, "value": value });
    let mut installed = part("meter_installed", "N101", "5");
    installed["dials"] = json!(5);
    installed["decimals"] = json!(0);
    let exchange = with(
        &reading(&ana, 1, 101, 0),
        json!({
            "value": null, "kind": "meter_removed", "position": here(),
            "exchange": [part("meter_removed", "E101", "1100"), installed],
        }),
    );
    ana.send_item(&exchange).await;
    let positions = positions_of(&ana, &exchange).await;
    assert_eq!(positions.len(), 2);
    assert!(positions.iter().all(Option::is_some), "{positions:?}");
}
