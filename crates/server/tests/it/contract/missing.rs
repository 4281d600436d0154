//! Meter points without a value in a period: the list, estimates by two methods, and readings that are asked for.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::timestamp::LocalTime;
use shared::wire::missing::{EstimateRow, MissingAnswer, MissingPage, MissingRow};
use shared::wire::office::{ReadingRow, ReadingsPage};
use shared::wire::periods::PeriodDetail;
use shared::wire::receipt::VerdictName::Accepted;
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    the_list_tells_what_is_missing_and_what_is_known_of_it,
    the_first_property_and_its_present_month_are_shown_unless_others_are_named,
    pages_go_on_where_the_last_one_ended,
    what_gave_up_its_key_is_no_value_of_the_period,
    an_estimate_is_in_the_books_until_somebody_reads,
    each_estimate_is_carried_out_or_refused_for_itself,
    the_same_estimate_again_is_answered_alike,
    an_estimate_takes_a_skips_place_and_who_skipped_hears_of_it,
    a_skip_that_was_accepted_says_by_whom_and_still_gives_way,
    a_reading_that_is_asked_for_shows_on_the_phone_until_somebody_reads,
    a_reading_is_not_asked_for_where_one_is_or_in_a_closed_period,
    nobody_decides_about_what_they_may_not_see,
    what_is_asked_for_is_bounded,
);

/// A reading a month from October 2025 to October 2026 at unit 101: a hundred a month, from 1000 on.
async fn with_history(app: &TestApp) {
    for months in 0..13_i64 {
        let (year, month) = (2025 + (months + 9) / 12, (months + 9) % 12 + 1);
        let period = format!("{year}-{month:02}");
        let at = LocalTime::parse(&format!("{period}-27T00:00:00+10:00"))
            .unwrap()
            .at
            .ms();
        let sql = format!(
            "INSERT INTO item (receipt_seq, id, revision, hash, shape, source, state, verdict, received_at, updated_seq, \
             official_key, meter_point_id, meter_id, property_code, property_normal, unit_no, unit_normal, utility, \
             meter_serial, period, kind, value_micro, read_at, read_offset_s, corrected_at, captured_by) VALUES \
             (-{number}, '00000000-0000-7000-8000-0000000000{number}', 1, '{hash}', 'reading', 'import', 'approved', \
             'accepted', {at}, 0, 'history {number}', 101, 101, 'GC A', 'gc a', '101', '101', 'electricity', 'E101', \
             '{period}', 'regular', {value}, {at}, 36000, {at}, 'ana')",
            number = 10 + months,
            hash = "0".repeat(64),
            value = (1_000 + 100 * months) * 1_000_000,
        );
        app.execute(sql.leak()).await;
    }
}

async fn missing(office: &Caller, query: &str) -> MissingPage {
    let answer = office.get(&format!("/api/missing?{query}"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn row_of(office: &Caller, unit: &str) -> Option<MissingRow> {
    let page = missing(office, "property=gc+a&period=2026-11").await;
    page.rows.into_iter().find(|it| it.unit_no == unit)
}

fn asked(point: &str, method: &str) -> Value {
    json!({ "meter_point_id": point, "period": "2026-11", "method": method, "reason": "Nobody at home" })
}

async fn estimate(office: &Caller, estimates: &[Value]) -> Answer {
    let body = json!({ "estimates": estimates }).to_string();
    office.post("/api/estimates", body.into_bytes(), &[]).await
}

async fn codes(office: &Caller, estimates: &[Value]) -> Vec<String> {
    let answer = estimate(office, estimates).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let outcomes = answer.json::<MissingAnswer>().outcomes;
    outcomes
        .into_iter()
        .map(|it| it.code.unwrap_or_else(|| "done".into()))
        .collect()
}

async fn ask(office: &Caller, point: &str) -> Answer {
    let body = json!({ "meter_point_id": point, "period": "2026-11", "reason": "Please read again" });
    office
        .post("/api/reread-requests", body.to_string().into_bytes(), &[])
        .await
}

async fn reading_of(office: &Caller, state: &str) -> ReadingRow {
    let path = format!("/api/readings?state={state}&period=2026-11");
    let page: ReadingsPage = office.get(&path, &[]).await.json();
    assert_eq!(page.rows.len(), 1, "{state}");
    let path = format!("/api/readings/{}", page.rows[0].id);
    office.get(&path, &[]).await.json::<Vec<ReadingRow>>().remove(0)
}

fn made(value: &str) -> EstimateRow {
    EstimateRow {
        value: Some(value.into()),
        code: None,
    }
}

async fn the_list_tells_what_is_missing_and_what_is_known_of_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    with_history(&app).await;
    let skip = json!({ "value": null, "skip_reason": "no_access", "remarks": "Dog in the yard" });
    ana.send_item(&with(&reading(&ana, 1, 102, 0), skip)).await;
    ana.send_item(&reading(&ana, 2, 103, 1234)).await;
    let page = missing(&rita, "property=gc+a&period=2026-11").await;
    assert_eq!(
        (
            page.property.as_str(),
            page.period.as_str(),
            page.closed,
            page.total
        ),
        ("GC A", "2026-11", false, 59)
    );
    let units: Vec<_> = page.rows.iter().take(3).map(|it| it.unit_no.as_str()).collect();
    assert_eq!(units, ["101", "102", "104"]);
    assert_eq!(page.rows[0].unit_id, "101");
    let [known, skipped] = [&page.rows[0], &page.rows[1]];
    assert_eq!(
        (known.mean.clone(), known.last_year.clone()),
        (made("2303"), made("2300"))
    );
    let last = known.last.as_ref().unwrap();
    assert_eq!((last.value.as_str(), last.period.as_str()), ("2200", "2026-10"));
    assert_eq!(
        (known.tenant.as_str(), known.meter_serial.as_str(), known.dials),
        ("Tenant of 101", "E101", 5)
    );
    let skip = skipped.skip.as_ref().unwrap();
    assert_eq!(
        (skip.reason.as_str(), skip.remarks.as_str(), skip.by.as_str()),
        ("no_access", "Dog in the yard", "ana")
    );
    assert_eq!(skipped.mean.code.as_deref(), Some("too_little_history"));
    assert_eq!(skipped.last_year.code.as_deref(), Some("too_little_history"));
    let before = missing(&rita, "property=gc+a&period=2024-06").await;
    assert_eq!(
        (before.total, before.rows.len()),
        (0, 0),
        "no meter was in service yet"
    );
    let later = missing(&rita, "property=gc+a&period=2026-12&limit=1").await;
    assert_eq!(later.rows[0].mean.code.as_deref(), Some("period_not_begun"));
}

async fn the_first_property_and_its_present_month_are_shown_unless_others_are_named(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let page = missing(&rita, "limit=1").await;
    assert_eq!(
        (page.property.as_str(), page.period.as_str()),
        ("GC A", "2026-11")
    );
    assert_eq!(page.properties.len(), 2);
    let page = missing(&rita, "property=hv").await;
    assert_eq!((page.property.as_str(), page.total), ("HV", 1));
    let unknown = rita.get("/api/missing?property=nowhere", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

async fn pages_go_on_where_the_last_one_ended(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let mut units = Vec::new();
    let mut query = String::from("property=gc+a&period=2026-11&limit=25");
    loop {
        let page = missing(&rita, &query).await;
        units.extend(page.rows.into_iter().map(|it| it.unit_no));
        // What is read meanwhile shifts nothing.
        if units.len() == 25 {
            ana.send_item(&reading(&ana, 1, 110, 1234)).await;
        }
        let Some(next) = page.next else { break };
        query = format!("property=gc+a&period=2026-11&limit=25&after={next}");
    }
    let expected: Vec<String> = (101..=160).map(|it| it.to_string()).collect();
    assert_eq!(units, expected);
}

async fn what_gave_up_its_key_is_no_value_of_the_period(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let missing_points = async || {
        // Of a list that goes on the meter points are counted, of one that does not the rows.
        let counted = missing(&rita, "property=gc+a&period=2026-11&limit=1").await;
        let whole = missing(&rita, "property=gc+a&period=2026-11&limit=200").await;
        assert_eq!((counted.total, whole.next), (whole.total, None));
        let period = rita.get("/api/periods/gc%20a/2026-11", &[]).await;
        let period: PeriodDetail = period.json();
        assert_eq!(i64::try_from(period.summary.counts.missing), Ok(whole.total));
        whole.total
    };
    assert_eq!(missing_points().await, 60);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    assert_eq!(missing_points().await, 59);
    // As an exchange does whose regular reading another one displaced: it keeps its state for the rest of it.
    app.execute("UPDATE item SET official_key = NULL WHERE meter_point_id = 101")
        .await;
    assert_eq!(missing_points().await, 60);
    assert!(row_of(&rita, "101").await.is_some());
    ana.send_item(&reading(&ana, 2, 101, 1235)).await;
    assert_eq!(missing_points().await, 59);
    assert!(row_of(&rita, "101").await.is_none());
}

async fn an_estimate_is_in_the_books_until_somebody_reads(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    with_history(&app).await;
    assert_eq!(codes(&rita, &[asked("101", "mean")]).await, ["done"]);
    assert_eq!(row_of(&rita, "101").await, None);
    let row = reading_of(&rita, "estimated").await;
    assert_eq!(
        (
            row.value.as_deref(),
            row.source.as_str(),
            row.captured_by.as_str()
        ),
        (Some("2303"), "office", "rita")
    );
    assert_eq!(row.consumption.as_deref(), Some("103"));
    let step = &row.decisions[0];
    assert_eq!(
        (
            step.step.as_str(),
            step.state.as_str(),
            step.by.as_str(),
            step.reason.as_str()
        ),
        ("estimate_mean", "estimated", "rita", "Nobody at home")
    );
    let told = app
        .texts("SELECT actor || ' ' || action || ' ' || subject FROM audit")
        .await;
    assert_eq!(told, ["rita reading_estimate_mean GC A 101 electricity"]);
    assert_eq!(
        ana.send_item(&reading(&ana, 1, 101, 2290)).await.verdict,
        Accepted
    );
    assert_eq!(reading_of(&rita, "superseded").await.id, row.id);
    assert_eq!(reading_of(&rita, "received").await.value.as_deref(), Some("2290"));
}

async fn each_estimate_is_carried_out_or_refused_for_itself(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    with_history(&app).await;
    ana.send_item(&reading(&ana, 1, 103, 1234)).await;
    app.execute("INSERT INTO period_state VALUES (2, '2026-11', 'closed', 0, 'rita')")
        .await;
    let later = with(&asked("101", "mean"), json!({ "period": "2026-12" }));
    let all = [
        asked("102", "mean"),
        asked("103", "mean"),
        asked("404", "mean"),
        asked("x", "mean"),
        asked("101", "last_year"),
        later,
    ];
    let expected = [
        "too_little_history",
        "too_little_history",
        "not_found",
        "not_found",
        "done",
        "period_not_begun",
    ];
    assert_eq!(codes(&rita, &all).await, expected);
    assert_eq!(
        reading_of(&rita, "estimated").await.value.as_deref(),
        Some("2300")
    );
    ana.send_item(&reading(&ana, 2, 101, 2290)).await;
    assert_eq!(codes(&rita, &[asked("101", "mean")]).await, ["other_value"]);
    app.execute("INSERT INTO period_state VALUES (1, '2026-11', 'closed', 0, 'rita')")
        .await;
    app.execute("UPDATE item SET state = 'dismissed' WHERE period = '2026-11'")
        .await;
    assert_eq!(codes(&rita, &[asked("101", "mean")]).await, ["period_closed"]);
    assert!(missing(&rita, "property=gc+a").await.closed);
}

async fn the_same_estimate_again_is_answered_alike(app: TestApp) {
    let (rita, ben) = (app.reviewer("rita").await, app.reviewer("ben").await);
    with_history(&app).await;
    for _ in 0..2 {
        assert_eq!(codes(&rita, &[asked("101", "mean")]).await, ["done"]);
    }
    assert_eq!(codes(&rita, &[asked("101", "last_year")]).await, ["other_value"]);
    assert_eq!(codes(&ben, &[asked("101", "mean")]).await, ["other_value"]);
    let made = "SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE state = 'estimated'";
    assert_eq!(app.number(made).await, 1);
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit").await, 1);
}

async fn an_estimate_takes_a_skips_place_and_who_skipped_hears_of_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    with_history(&app).await;
    let skip = json!({ "value": null, "skip_reason": "no_access" });
    ana.send_item(&with(&reading(&ana, 1, 101, 0), skip)).await;
    let cursor = ana.list(None).await.cursor;
    assert_eq!(codes(&rita, &[asked("101", "mean")]).await, ["done"]);
    let list = ana.list(Some(&cursor)).await;
    let decision = &list.decisions[0];
    assert_eq!(
        (decision.state.as_str(), decision.by.as_str()),
        ("superseded", "rita")
    );
    assert_eq!(decision.reason.as_deref(), Some("Nobody at home"));
}

async fn a_reading_that_is_asked_for_shows_on_the_phone_until_somebody_reads(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let cursor = ana.list(None).await.cursor;
    assert_eq!(ask(&rita, "101").await.status, StatusCode::NO_CONTENT);
    let list = ana.list(Some(&cursor)).await;
    let wanted: Vec<_> = list
        .rows
        .iter()
        .map(|it| (it.unit_no.as_str(), it.reread.as_deref()))
        .collect();
    assert_eq!(wanted, [("101", Some("Please read again"))]);
    let row = row_of(&rita, "101").await.unwrap();
    assert_eq!(row.reread_reason.as_deref(), Some("Please read again"));
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let list = ana.list(Some(&list.cursor)).await;
    assert_eq!(list.rows[0].reread, None);
    assert_eq!(row_of(&rita, "101").await, None);
    let told = app
        .texts("SELECT actor || ' ' || action || ' ' || subject FROM audit")
        .await;
    assert_eq!(told, ["rita reading_ask_for GC A 101 electricity"]);
}

async fn a_reading_is_not_asked_for_where_one_is_or_in_a_closed_period(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    assert_eq!(ask(&rita, "101").await.problem_code(), "other_value");
    app.execute("INSERT INTO period_state VALUES (1, '2026-11', 'closed', 0, 'rita')")
        .await;
    assert_eq!(ask(&rita, "102").await.problem_code(), "period_closed");
    assert_eq!(ask(&rita, "404").await.status, StatusCode::NOT_FOUND);
    let asked = "SELECT CAST(COUNT(*) AS BIGINT) FROM meter_point WHERE reread_reason IS NOT NULL";
    assert_eq!(app.number(asked).await, 0);
}

async fn nobody_decides_about_what_they_may_not_see(app: TestApp) {
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    with_history(&app).await;
    let page = missing(&hugo, "").await;
    assert_eq!((page.property.as_str(), page.properties.len()), ("HV", 1));
    let foreign = hugo.get("/api/missing?property=gc+a", &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(codes(&hugo, &[asked("101", "mean")]).await, ["not_found"]);
    assert_eq!(ask(&hugo, "101").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit").await, 0);
}

async fn what_is_asked_for_is_bounded(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let many: Vec<Value> = (0..201).map(|it| asked(&it.to_string(), "mean")).collect();
    assert_eq!(estimate(&rita, &many).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let bad = [
        vec![],
        vec![asked("101", "guess")],
        vec![asked("101", "mean"), asked("101", "last_year")],
        vec![with(&asked("101", "mean"), json!({ "reason": " " }))],
        vec![with(&asked("101", "mean"), json!({ "reason": "x".repeat(501) }))],
        vec![with(&asked("101", "mean"), json!({ "period": "November" }))],
    ];
    for estimates in bad {
        assert_eq!(estimate(&rita, &estimates).await.status, StatusCode::BAD_REQUEST);
    }
    for query in ["limit=0", "limit=201", "after=x", "period=2026-13"] {
        let answer = rita.get(&format!("/api/missing?{query}"), &[]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

async fn a_skip_that_was_accepted_says_by_whom_and_still_gives_way(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let skip = json!({ "value": null, "skip_reason": "no_access" });
    ana.send_item(&with(&reading(&ana, 1, 102, 0), skip)).await;
    let skip = row_of(&rita, "102").await.unwrap().skip.unwrap();
    assert_eq!((skip.revision, skip.accepted_by.as_deref()), (1, None));
    let body = json!({ "revision": skip.revision, "decision": "approve" }).to_string();
    let path = format!("/api/readings/{}/decision", skip.id);
    let answer = rita.post(&path, body.into_bytes(), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let skip = row_of(&rita, "102").await.unwrap().skip.unwrap();
    assert_eq!(skip.accepted_by.as_deref(), Some("rita"));
    assert_eq!(
        ana.send_item(&reading(&ana, 2, 102, 1234)).await.verdict,
        Accepted
    );
    assert_eq!(row_of(&rita, "102").await, None);
}
