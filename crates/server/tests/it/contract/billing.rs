//! What billing is told: written with the closing, delivered until it is answered, never what is not so any more.

mod delivery;
mod ends;
mod outbox;

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::periods::{HandoverDelivery, PeriodDetail};

use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

const HV: &str = "/api/periods/HV/2026-11";

/// Reads the only meter point of `HV`; gives an admin, who may reopen.
async fn read(app: &TestApp) -> Caller {
    let ana = app.technician("ana").await;
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    app.admin("adam").await
}

fn harbour(caller: &Caller, device_seq: u64, value: u64) -> Value {
    let place = json!({
        "property_code": "HV", "unit_no": "9", "meter_serial": "E900", "read_at": "2026-11-26T23:14:03+01:00",
    });
    with(&reading(caller, device_seq, 900, value), place)
}

async fn close(office: &Caller) -> PeriodDetail {
    done(office.post(&format!("{HV}/close"), b"{}".to_vec(), &[]).await)
}

async fn reopen(office: &Caller, reason: &str) -> PeriodDetail {
    let body = json!({ "reason": reason }).to_string().into_bytes();
    done(office.post(&format!("{HV}/reopen"), body, &[]).await)
}

async fn send(office: &Caller) -> Answer {
    office
        .post(&format!("{HV}/handover/send"), b"{}".to_vec(), &[])
        .await
}

async fn delivery(office: &Caller) -> HandoverDelivery {
    let detail: PeriodDetail = done(office.get(HV, &[]).await);
    detail.delivery.unwrap()
}

fn done(answer: Answer) -> PeriodDetail {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// Kind and state of each event, the first one first.
async fn events(app: &TestApp) -> Vec<String> {
    app.texts("SELECT kind || ' ' || state FROM handover_outbox ORDER BY seq")
        .await
}
