//! Edits of the portfolio in the office: the import's rules, one audited step, and the phones hear of it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::imports::ImportProblem;
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    an_edited_unit_is_on_the_phones_next_list_and_in_the_audit,
    what_is_right_already_changes_nothing,
    nothing_is_changed_when_the_books_hold_something_else_than_was_looked_at,
    a_property_is_edited_and_every_unit_of_it_hears_of_it,
    a_register_is_edited_unless_what_was_read_speaks_against_it,
    a_tenancy_is_added_ended_and_corrected_but_never_over_another,
    what_names_a_thing_is_not_edited,
    the_rules_are_those_of_the_import,
    nobody_edits_what_they_may_not_see,
);

fn change(column: &str, before: &str, after: &str) -> Value {
    json!({ "column": column, "before": before, "after": after })
}

async fn edit(admin: &Caller, thing: &str, name: &str, changes: &[Value]) -> Answer {
    let body = json!({ "thing": thing, "name": name, "changes": changes });
    admin
        .post("/api/portfolio/edits", body.to_string().into_bytes(), &[])
        .await
}

async fn add_tenancy(admin: &Caller, unit: &str, code: &str, name: &str, from: &str, to: &str) -> Answer {
    let changes = [
        change("tenant_name", "", name),
        change("move_in", "", from),
        change("move_out", "", to),
    ];
    let body = json!({ "thing": "tenancy", "name": code, "new_in_unit": unit, "changes": changes });
    admin
        .post("/api/portfolio/edits", body.to_string().into_bytes(), &[])
        .await
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text()
    );
    let problem: ImportProblem = answer.json();
    problem
        .faults
        .into_iter()
        .map(|it| (it.column, it.code))
        .collect()
}

fn fault(column: &str, code: &str) -> Vec<(String, String)> {
    vec![(column.to_owned(), code.to_owned())]
}

#[track_caller]
fn assert_done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
}

const EDITS: &str =
    "SELECT actor || ' ' || subject || ' ' || detail FROM audit WHERE action = 'portfolio_edit'";

async fn an_edited_unit_is_on_the_phones_next_list_and_in_the_audit(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    let cursor = ana.list(None).await.cursor;
    let changes = [
        change("access_note", "", "Ring twice"),
        change("route_seq", "1", "55"),
    ];
    assert_done(&edit(&adam, "unit", "101", &changes).await);
    let news = ana.list(Some(&cursor)).await;
    let told: Vec<_> = news
        .rows
        .iter()
        .map(|it| (&*it.unit_no, &*it.access_note, it.route_seq))
        .collect();
    assert_eq!(told, [("101", "Ring twice", 55)]);
    let audit = app.texts(EDITS).await;
    assert_eq!(audit.len(), 1);
    assert!(
        audit[0].starts_with("adam gc a 101 ") && audit[0].contains("Ring twice"),
        "{audit:?}"
    );
    let labels = "SELECT COUNT(*) FROM label";
    assert_eq!(app.number(labels).await, 61, "nobody asked for labels");
}

async fn what_is_right_already_changes_nothing(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    let cursor = ana.list(None).await.cursor;
    assert_done(&edit(&adam, "unit", "101", &[change("access_note", "", "")]).await);
    assert_eq!(ana.list(None).await.cursor, cursor);
    assert!(app.texts(EDITS).await.is_empty());
}

async fn nothing_is_changed_when_the_books_hold_something_else_than_was_looked_at(app: TestApp) {
    let adam = app.admin("adam").await;
    assert_done(&edit(&adam, "unit", "101", &[change("access_note", "", "Ring twice")]).await);
    let late = edit(
        &adam,
        "unit",
        "101",
        &[change("access_note", "", "Ask the caretaker")],
    )
    .await;
    assert_eq!(
        (late.status, late.problem_code()),
        (StatusCode::CONFLICT, "books_changed".into())
    );
    assert_eq!(
        app.texts("SELECT access_note FROM unit WHERE id = 101").await,
        ["Ring twice"]
    );
    assert_eq!(app.texts(EDITS).await.len(), 1);
}

async fn a_property_is_edited_and_every_unit_of_it_hears_of_it(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    let cursor = ana.list(None).await.cursor;
    let changes = [
        change("name", "Harbour View", "Harbour View West"),
        change("kind", "residential", "commercial"),
    ];
    assert_done(&edit(&adam, "property", "hv", &changes).await);
    let news = ana.list(Some(&cursor)).await;
    assert_eq!(news.rows.len(), 1);
    assert!(news.properties.iter().any(|it| it.name == "Harbour View West"));
    let zone = edit(
        &adam,
        "property",
        "HV",
        &[change("timezone", "Europe/Berlin", "Mars/Olympus")],
    )
    .await;
    assert_eq!(faults(&zone), fault("timezone", "no_time_zone"));
}

async fn a_register_is_edited_unless_what_was_read_speaks_against_it(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    // Nothing was read on it yet.
    let free = [
        change("dials", "5", "4"),
        change("decimals", "0", "1"),
        change("multiplier", "1", "10"),
    ];
    assert_done(&edit(&adam, "meter", "E102", &free).await);
    let october = json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" });
    ana.send_item(&with(&reading(&ana, 1, 101, 12_000), october))
        .await;
    ana.send_item(&reading(&ana, 2, 101, 12_345)).await;
    let narrow = edit(&adam, "meter", "E101", &[change("dials", "5", "4")]).await;
    assert_eq!(faults(&narrow), fault("dials", "read_on_wider_register"));
    assert_done(&edit(&adam, "meter", "E101", &[change("dials", "5", "6")]).await);
    let other = edit(&adam, "meter", "E101", &[change("multiplier", "1", "10")]).await;
    assert_eq!(faults(&other), fault("multiplier", "used_with_multiplier"));
    // The initial value counts as well.
    let initial = edit(&adam, "meter", "E103", &[change("dials", "5", "3")]).await;
    assert_eq!(faults(&initial), fault("initial_value", "more_digits"));
    // A meter that went through zero did so with its digits.
    app.execute("UPDATE item SET previous_micro = 99990000000, consumption_micro = 1000000")
        .await;
    let rolled = edit(&adam, "meter", "E101", &[change("dials", "6", "7")]).await;
    assert_eq!(faults(&rolled), fault("dials", "rolled_over_on_register"));
}

async fn a_tenancy_is_added_ended_and_corrected_but_never_over_another(app: TestApp) {
    let adam = app.admin("adam").await;
    let over = add_tenancy(&adam, "101", "N1", "Ines O'Dowd", "2026-12-01", "").await;
    assert_eq!(faults(&over), fault("move_in", "overlap"));
    assert_done(&edit(&adam, "tenancy", "t101", &[change("move_out", "", "2026-11-30")]).await);
    assert_done(&add_tenancy(&adam, "101", "N1", "Ines O'Dowd", "2026-12-01", "").await);
    let taken = add_tenancy(&adam, "102", "n1", "Somebody", "2020-01-01", "2020-02-01").await;
    assert_eq!(faults(&taken), fault("tenant_code", "code_taken"));
    let early = edit(
        &adam,
        "tenancy",
        "N1",
        &[change("move_in", "2026-12-01", "2026-11-15")],
    )
    .await;
    assert_eq!(faults(&early), fault("move_in", "overlap"));
    let backwards = edit(&adam, "tenancy", "N1", &[change("move_out", "", "2026-01-01")]).await;
    assert_eq!(faults(&backwards), fault("move_out", "move_out_before_move_in"));
    assert_done(
        &edit(
            &adam,
            "tenancy",
            "N1",
            &[change("tenant_name", "Ines O'Dowd", "Inés O'Dowd")],
        )
        .await,
    );
    let tenants = "SELECT tenant_name || ' ' || move_in FROM tenancy WHERE unit_id = 101 ORDER BY move_in";
    assert_eq!(
        app.texts(tenants).await,
        ["Tenant of 101 2025-01-01", "Inés O'Dowd 2026-12-01"]
    );
    assert_eq!(
        app.number("SELECT COUNT(*) FROM tenant_word WHERE word = 'inés'")
            .await,
        1
    );
}

async fn what_names_a_thing_is_not_edited(app: TestApp) {
    let adam = app.admin("adam").await;
    for (thing, name, column, before) in [
        ("property", "HV", "property_code", "HV"),
        ("unit", "101", "unit_no", "101"),
        ("meter", "E101", "serial", "E101"),
        ("tenancy", "T101", "tenant_code", "T101"),
    ] {
        let refused = edit(&adam, thing, name, &[change(column, before, "X")]).await;
        assert_eq!(faults(&refused), fault(column, "identity"), "{thing}");
    }
    let refused = edit(&adam, "meter", "E101", &[change("removed_on", "", "2026-11-27")]).await;
    assert_eq!(faults(&refused), fault("removed_on", "not_in_form"));
    assert!(app.texts(EDITS).await.is_empty());
}

async fn the_rules_are_those_of_the_import(app: TestApp) {
    let adam = app.admin("adam").await;
    for (column, before, after, code) in [
        ("access_note", "", "=HYPERLINK(1)", "formula"),
        ("access_note", "", "a\u{202e}b", "invisible_character"),
        ("route_seq", "1", "soon", "no_number"),
    ] {
        let refused = edit(&adam, "unit", "101", &[change(column, before, after)]).await;
        assert_eq!(faults(&refused), fault(column, code));
    }
    let long = "x".repeat(501);
    let refused = edit(&adam, "unit", "101", &[change("access_note", "", &long)]).await;
    assert_eq!(faults(&refused), fault("access_note", "too_long"));
}

async fn nobody_edits_what_they_may_not_see(app: TestApp) {
    app.account("hugo", RoleName::Admin, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    for (thing, name) in [
        ("property", "gc a"),
        ("unit", "101"),
        ("meter", "E101"),
        ("tenancy", "T101"),
        ("unit", "x"),
    ] {
        let answer = edit(&hugo, thing, name, &[change("access_note", "", "x")]).await;
        assert_eq!(answer.problem_code(), "not_found", "{thing} {name}");
    }
}
