//! Labels: the office's list, and what happens to phones when a label is revoked or replaced.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::label::ShortCode;
use shared::wire::labels::{LabelRow, LabelsPage};
use shared::wire::list::MeterPointRow;
use shared::wire::session::RoleName;

use super::contract;
use crate::util::{Caller, TestApp, TestPerson};

contract!(
    pages_hang_together_in_walking_order,
    the_list_is_narrowed_by_property_state_and_search,
    a_reissued_label_leads_phones_to_its_meter_and_the_old_one_is_known_as_revoked,
    a_revoked_label_is_revoked_once,
    a_revoked_label_is_replaced_later,
    two_people_who_reissue_at_once_make_one_label,
    labels_of_other_properties_are_nobodys,
    a_change_needs_a_reason,
);

/// Gives unit `unit` a label that a printer could have made.
async fn add_label(app: &TestApp, unit: i64) -> String {
    let code = ShortCode::from_random(unit.to_be_bytes()[1..].try_into().unwrap()).to_string();
    let insert = "INSERT INTO label (code, meter_point_id, issued_at) VALUES ($1, $2, 5)";
    server::on!(app.store.writer(), |pool| sqlx::query(insert)
        .bind(&code)
        .bind(unit)
        .execute(pool)
        .await
        .map(drop))
    .unwrap();
    code
}

async fn page(person: &TestPerson, query: &str) -> LabelsPage {
    person.get(&format!("/api/labels?{query}")).await.json()
}

async fn post(person: &TestPerson, code: &str, verb: &str) -> (u16, Value) {
    let answer = person
        .post(
            &format!("/api/labels/{code}/{verb}"),
            &json!({ "reason": " torn off " }),
        )
        .await;
    (
        answer.status.as_u16(),
        serde_json::from_slice(&answer.body).unwrap(),
    )
}

fn row(answer: (u16, Value)) -> LabelRow {
    assert_eq!(answer.0, 200, "{}", answer.1);
    serde_json::from_value(answer.1).unwrap()
}

/// What a phone hears after a cursor; it has to be one row.
async fn news(phone: &Caller, cursor: &str) -> MeterPointRow {
    let list = phone.list(Some(cursor)).await;
    assert!(!list.full);
    let [row] = list.rows.try_into().unwrap();
    row
}

async fn pages_hang_together_in_walking_order(app: TestApp) {
    let rita = app.rita().await;
    add_label(&app, 101).await;
    app.execute("DELETE FROM label WHERE meter_point_id = 105").await;
    let whole = page(&rita, "limit=500").await;
    assert_eq!((whole.rows.len(), whole.total, whole.active), (62, 62, 61));
    assert!(whole.next.is_none());
    let units: Vec<_> = whole.rows.iter().map(|row| row.unit_no.as_str()).collect();
    assert_eq!(units[..3], ["101", "101", "102"]);
    assert_eq!(units[61], "9");
    assert_eq!(whole.rows[5].state, "none");
    let mut rows = Vec::new();
    let mut query = String::from("limit=7");
    loop {
        let part = page(&rita, &query).await;
        assert_eq!(part.total, 62);
        rows.extend(part.rows);
        match part.next {
            Some(next) => query = format!("limit=7&after={next}"),
            None => break,
        }
    }
    assert_eq!(rows, whole.rows);
    for wrong in ["limit=0", "limit=501", "after=x", "state=lost"] {
        let answer = rita.get(&format!("/api/labels?{wrong}")).await;
        assert_eq!(answer.problem(), (400, "bad_request".into()), "{wrong}");
    }
}

async fn the_list_is_narrowed_by_property_state_and_search(app: TestApp) {
    let rita = app.rita().await;
    let code = add_label(&app, 900).await;
    row(post(&rita, &code, "revoke").await);
    app.execute("DELETE FROM label WHERE meter_point_id = 105").await;
    let count = async |query: &str| page(&rita, query).await.total;
    assert_eq!(count("property=gc%20a").await, 60);
    assert_eq!(count("property=hv").await, 2);
    assert_eq!(count("property=hv&state=active").await, 1);
    assert_eq!(count("state=revoked").await, 1);
    assert_eq!(count("state=none").await, 1);
    assert_eq!(count("q=10").await, 10);
    assert_eq!(count("q=%25").await, 0);
    let found = page(&rita, &format!("q=m:{}", code.to_lowercase())).await;
    assert_eq!((found.total, found.active), (1, 0));
    assert_eq!(found.rows[0].revoke_reason.as_deref(), Some("torn off"));
    let names: Vec<_> = found.properties.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(names, ["GC A", "HV"]);
}

async fn a_reissued_label_leads_phones_to_its_meter_and_the_old_one_is_known_as_revoked(app: TestApp) {
    let (rita, ana) = (app.rita().await, app.technician("ana").await);
    let old = add_label(&app, 101).await;
    let cursor = ana.list(None).await.cursor;
    let new = row(post(&rita, &old, "reissue").await);
    let code = new.code.clone().unwrap();
    assert!(ShortCode::parse(&code).is_some() && code != old);
    assert_eq!((new.state.as_str(), new.unit_no.as_str()), ("active", "101"));
    assert_eq!(new.issued_at, Some(app.clock.now().to_rfc3339()));
    let told = news(&ana, &cursor).await;
    assert_eq!(told.unit_no, "101");
    assert!(told.labels.contains(&code) && !told.labels.contains(&old));
    assert_eq!(told.revoked_labels, [old.as_str()]);
    // The whole list says the same as the news.
    let list = ana.list(None).await;
    assert!(list.rows.contains(&told));
    // The same request once more, as after a lost answer, makes no second label.
    let (status, problem) = post(&rita, &old, "reissue").await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("label_replaced")));
    assert_eq!(
        app.number("SELECT COUNT(*) FROM label WHERE meter_point_id = 101")
            .await,
        3
    );
    let audit = app
        .texts("SELECT actor || ' ' || action || ' ' || subject || ' ' || detail FROM audit WHERE action LIKE 'label_%'")
        .await;
    let [entry] = audit.try_into().unwrap();
    assert!(
        entry.starts_with(&format!("rita label_reissue {old} ")),
        "{entry}"
    );
    assert!(entry.contains(&code) && entry.contains("torn off"), "{entry}");
}

async fn a_revoked_label_is_revoked_once(app: TestApp) {
    let (rita, ana) = (app.rita().await, app.technician("ana").await);
    let code = add_label(&app, 900).await;
    let cursor = ana.list(None).await.cursor;
    let first = row(post(&rita, &code, "revoke").await);
    assert_eq!(first.state, "revoked");
    let told = news(&ana, &cursor).await;
    assert_eq!(told.revoked_labels, [code.as_str()]);
    let cursor = ana.list(None).await.cursor;
    app.clock.set(app.clock.now().plus_ms(60_000));
    assert_eq!(row(post(&rita, &code, "revoke").await), first);
    assert!(ana.list(Some(&cursor)).await.rows.is_empty());
    assert_eq!(
        app.number("SELECT COUNT(*) FROM audit WHERE action = 'label_revoke'")
            .await,
        1
    );
}

async fn a_revoked_label_is_replaced_later(app: TestApp) {
    let (rita, ana) = (app.rita().await, app.technician("ana").await);
    app.execute("DELETE FROM label WHERE meter_point_id = 900").await;
    let old = add_label(&app, 900).await;
    row(post(&rita, &old, "revoke").await);
    assert_eq!(
        page(&rita, "state=none").await.rows[0].code.as_deref(),
        Some(old.as_str())
    );
    let cursor = ana.list(None).await.cursor;
    let new = row(post(&rita, &old, "reissue").await).code.unwrap();
    let told = news(&ana, &cursor).await;
    assert_eq!((told.labels, told.revoked_labels), (vec![new], vec![old]));
    assert_eq!(page(&rita, "state=none").await.total, 0);
}

async fn two_people_who_reissue_at_once_make_one_label(app: TestApp) {
    let (rita, admin) = (app.rita().await, app.person("admin", RoleName::Admin, &[]).await);
    let code = add_label(&app, 101).await;
    let (first, second) = tokio::join!(post(&rita, &code, "reissue"), post(&admin, &code, "reissue"));
    let mut statuses = [first.0, second.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM label WHERE meter_point_id = 101 AND revoked_at IS NULL")
            .await,
        2
    );
}

async fn labels_of_other_properties_are_nobodys(app: TestApp) {
    let eva = app.person("eva", RoleName::Reviewer, &["HV"]).await;
    let code = add_label(&app, 101).await;
    for verb in ["revoke", "reissue"] {
        for code in [code.as_str(), "ABCDEFGH", "M:101"] {
            let (status, problem) = post(&eva, code, verb).await;
            assert_eq!(
                (status, problem["code"].as_str()),
                (404, Some("not_found")),
                "{code}"
            );
        }
    }
    let seen = page(&eva, "limit=500").await;
    assert_eq!((seen.total, seen.properties.len()), (1, 1));
    assert_eq!(page(&eva, "property=gc%20a").await.total, 0);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM label WHERE revoked_at IS NOT NULL")
            .await,
        0
    );
}

async fn a_change_needs_a_reason(app: TestApp) {
    let rita = app.rita().await;
    let code = add_label(&app, 101).await;
    for body in [
        json!({}),
        json!({ "reason": "  " }),
        json!({ "reason": "x".repeat(501) }),
    ] {
        let answer = rita.post(&format!("/api/labels/{code}/revoke"), &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(page(&rita, "state=revoked").await.total, 0);
}
