//! Periods: how complete they are, what is in the way of closing them, closing, reopening, and what comes too late.

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::intake::{PeriodAct, PeriodOrder};
use shared::intake::Access;
use shared::period::Period;
use shared::wire::office::{ReadingRow, ReadingsPage};
use shared::wire::periods::{
    LatePage, PeriodCounts, PeriodDetail, PeriodProblem, PeriodSummary, PeriodsPage, WindowRow,
};
use shared::wire::receipt::VerdictName::{Accepted, Conflict, Held};
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, sent_batch, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    a_period_is_counted_for_each_property_that_the_caller_may_see,
    everything_that_is_in_the_way_is_named_and_nothing_is_changed,
    closing_approves_the_clean_rest_and_everybody_hears_of_it,
    a_skip_counts_once_a_reviewer_has_accepted_it,
    an_exchange_and_a_move_are_approved_with_the_rest,
    what_comes_too_late_is_held_listed_and_booked_after_reopening,
    closing_and_reopening_again_change_nothing,
    a_property_is_named_however_its_code_is_typed,
    nobody_closes_what_they_may_not_see_or_what_has_not_begun,
    a_reading_never_passes_the_closing_of_its_period,
    the_steps_of_a_period_can_not_be_changed,
);

const HV: &str = "/api/periods/HV/2026-11";

/// A reading of the only meter point of `HV`.
fn harbour(caller: &Caller, device_seq: u64, value: u64) -> Value {
    let place = json!({
        "property_code": "HV", "unit_no": "9", "meter_serial": "E900", "read_at": "2026-11-26T23:14:03+01:00",
    });
    with(&reading(caller, device_seq, 900, value), place)
}

async fn detail(office: &Caller, path: &str) -> PeriodDetail {
    let answer = office.get(path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn close(office: &Caller, path: &str) -> Answer {
    office.post(&format!("{path}/close"), b"{}".to_vec(), &[]).await
}

async fn closed(office: &Caller, path: &str) -> PeriodDetail {
    let answer = close(office, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn reopen(admin: &Caller, path: &str, reason: &str) -> Answer {
    let body = json!({ "reason": reason }).to_string();
    admin
        .post(&format!("{path}/reopen"), body.into_bytes(), &[])
        .await
}

async fn in_the_way(office: &Caller, path: &str) -> Vec<(String, u64, usize)> {
    let answer = close(office, path).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    let problem: PeriodProblem = answer.json();
    assert_eq!(problem.problem.code, "period_in_the_way");
    let groups = problem.in_the_way.into_iter();
    groups.map(|it| (it.kind, it.total, it.rows.len())).collect()
}

async fn decide(office: &Caller, row: &ReadingRow, decision: &str) {
    let body = json!({ "revision": row.revision, "decision": decision, "reason": "Looked at it" });
    let path = format!("/api/readings/{}/decision", row.id);
    let answer = office.post(&path, body.to_string().into_bytes(), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn rows(office: &Caller, query: &str) -> Vec<ReadingRow> {
    let answer = office.get(&format!("/api/readings?{query}"), &[]).await;
    answer.json::<ReadingsPage>().rows
}

async fn admin(app: &TestApp) -> Caller {
    app.account("adam", RoleName::Admin, &[]).await;
    app.sign_in("adam").await
}

async fn a_period_is_counted_for_each_property_that_the_caller_may_see(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let skip = json!({ "value": null, "skip_reason": "no_access" });
    ana.send_item(&with(&reading(&ana, 2, 102, 0), skip)).await;
    ana.send_item(&with(&reading(&ana, 3, 103, 1300), json!({ "flags": ["high"] })))
        .await;
    ana.send_item(&harbour(&ana, 4, 1234)).await;
    let answer = rita.get("/api/periods?period=2026-11", &[]).await;
    let page: PeriodsPage = answer.json();
    assert_eq!((page.period.as_str(), page.late_days), ("2026-11", 5));
    let garden = PeriodCounts {
        points: 60,
        read: 2,
        skipped: 1,
        missing: 57,
        clean: 1,
        flagged: 1,
        skips_open: 1,
        ..PeriodCounts::default()
    };
    let harbour = PeriodCounts {
        points: 1,
        read: 1,
        clean: 1,
        ..PeriodCounts::default()
    };
    let row = |code: &str, name: &str, can_close, counts| PeriodSummary {
        property: code.into(),
        name: name.into(),
        period: "2026-11".into(),
        state: "open".into(),
        can_close,
        counts,
        window: Some(WindowRow {
            first_day: "2026-11-26".into(),
            last_day: "2026-11-30".into(),
            state: "open".into(),
        }),
    };
    assert_eq!(
        page.rows,
        [
            row("GC A", "Garden Court, Block A", false, garden),
            row("HV", "Harbour View", true, harbour)
        ]
    );
    let first: PeriodsPage = rita.get("/api/periods?limit=1", &[]).await.json();
    assert_eq!(
        (first.period.as_str(), first.next.as_deref()),
        ("2026-11", Some("GC A"))
    );
    let second: PeriodsPage = rita.get("/api/periods?limit=1&after=GC+A", &[]).await.json();
    assert_eq!((second.rows[0].property.as_str(), second.next), ("HV", None));
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    let page: PeriodsPage = hugo.get("/api/periods", &[]).await.json();
    assert_eq!(page.rows.len(), 1);
}

async fn everything_that_is_in_the_way_is_named_and_nothing_is_changed(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let skip = json!({ "value": null, "skip_reason": "no_access" });
    ana.send_item(&with(&reading(&ana, 2, 102, 0), skip)).await;
    ana.send_item(&with(&reading(&ana, 3, 103, 1300), json!({ "flags": ["high"] })))
        .await;
    assert_eq!(
        ana.send_item(&reading(&ana, 4, 101, 1235)).await.verdict,
        Conflict
    );
    let other_meter = json!({ "meter_serial": "X1" });
    let held = ana
        .send_item(&with(&reading(&ana, 5, 104, 1234), other_meter))
        .await;
    assert_eq!(held.verdict, Held);
    let path = "/api/periods/GC%20A/2026-11";
    let expected = [
        ("conflict".to_owned(), 1, 1),
        ("held".to_owned(), 1, 1),
        ("flagged".to_owned(), 1, 1),
        ("skip".to_owned(), 1, 1),
        ("missing".to_owned(), 57, 50),
    ];
    assert_eq!(in_the_way(&rita, path).await, expected);
    let told = detail(&rita, path).await;
    assert_eq!((told.summary.state.as_str(), told.steps.len()), ("open", 0));
    let why: Vec<_> = told.in_the_way.iter().map(|it| it.rows[0].why.clone()).collect();
    let expected: [&[&str]; 5] = [
        &["other_value"],
        &["meter_mismatch"],
        &["high"],
        &["no_access"],
        &[],
    ];
    assert_eq!(why, expected);
    let flagged = &told.in_the_way[2].rows[0];
    assert_eq!(
        (
            flagged.unit_no.as_str(),
            flagged.value.as_deref(),
            flagged.by.as_str()
        ),
        ("103", Some("1300"), "ana")
    );
    assert_eq!(told.in_the_way[4].rows[0].unit_no, "104");
    assert_eq!(rows(&rita, "state=approved").await.len(), 0);
    // An unknown label may hang anywhere: it is told, and in nobody's way.
    let label = json!({ "property_code": null, "unit_no": null, "building": null, "utility": null,
        "meter_serial": null, "label_text": "M:NOBODY" });
    ana.send_item(&with(&reading(&ana, 6, 105, 1234), label)).await;
    assert_eq!(detail(&rita, HV).await.unplaced, 1);
}

async fn closing_approves_the_clean_rest_and_everybody_hears_of_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    let cursor = ana.list(None).await.cursor;
    let told = closed(&rita, HV).await;
    assert_eq!(
        (told.summary.state.as_str(), told.billing_period.as_str()),
        ("closed", "2026-12")
    );
    assert!(told.in_the_way.is_empty());
    let step = &told.steps[0];
    assert_eq!(
        (step.step.as_str(), step.by.as_str(), step.approved),
        ("close", "rita", 1)
    );
    let approved = rows(&rita, "state=approved").await;
    let row = &approved[0];
    assert_eq!(
        (row.decision.as_deref(), row.decided_by.as_deref()),
        (Some("approve"), Some("rita"))
    );
    let history: Vec<ReadingRow> = rita.get(&format!("/api/readings/{}", row.id), &[]).await.json();
    assert_eq!(history[0].decisions.len(), 1);
    let list = ana.list(Some(&cursor)).await;
    let harbour = list.properties.iter().find(|it| it.code == "HV").unwrap();
    let november = harbour.periods.iter().find(|it| it.period == "2026-11").unwrap();
    assert_eq!(november.state, "closed");
    let decision = list.decisions.iter().find(|it| it.id == row.id).unwrap();
    assert_eq!(
        (decision.state.as_str(), decision.by.as_str()),
        ("approved", "rita")
    );
    let audit = app.texts("SELECT action || ' ' || subject FROM audit").await;
    assert!(audit.contains(&"period_close HV 2026-11".to_owned()), "{audit:?}");
}

async fn a_skip_counts_once_a_reviewer_has_accepted_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let skip = json!({ "value": null, "skip_reason": "dangerous" });
    ana.send_item(&with(&harbour(&ana, 1, 0), skip)).await;
    assert_eq!(in_the_way(&rita, HV).await, [("skip".to_owned(), 1, 1)]);
    let open = rows(&rita, "state=received").await;
    decide(&rita, &open[0], "approve").await;
    let told = closed(&rita, HV).await;
    let counts = told.summary.counts;
    assert_eq!((counts.skipped, counts.skips_open, counts.missing), (1, 0, 0));
}

async fn an_exchange_and_a_move_are_approved_with_the_rest(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let parts = json!([
        { "kind": "meter_removed", "meter_serial": "E900", "value": "1100" },
        { "kind": "meter_installed", "meter_serial": "N1", "value": "0", "dials": 5, "decimals": 0, "multiplier": "1" },
        { "kind": "regular", "meter_serial": "N1", "value": "7" },
    ]);
    let exchange = with(
        &harbour(&ana, 1, 0),
        json!({ "value": null, "kind": null, "exchange": parts }),
    );
    assert_eq!(ana.send_item(&exchange).await.verdict, Accepted);
    let moved = with(
        &harbour(&ana, 2, 9),
        json!({ "kind": "move_out", "meter_serial": "N1", "read_at": "2026-11-26T23:30:00+01:00" }),
    );
    assert_eq!(ana.send_item(&moved).await.verdict, Accepted);
    let told = closed(&rita, HV).await;
    assert_eq!((told.summary.counts.read, told.steps[0].approved), (1, 2));
    let open = "SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE state <> 'approved'";
    assert_eq!(app.number(open).await, 0, "each reading of the exchange");
    let numbers = "SELECT CAST(COUNT(DISTINCT updated_seq) AS BIGINT) FROM item";
    let all = "SELECT CAST(COUNT(*) AS BIGINT) FROM item";
    assert_eq!(app.number(numbers).await, app.number(all).await);
}

async fn what_comes_too_late_is_held_listed_and_booked_after_reopening(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let adam = admin(&app).await;
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    closed(&rita, HV).await;
    let late = with(&harbour(&ana, 2, 1240), json!({ "kind": "check" }));
    let verdict = ana.send_item(&late).await;
    assert_eq!(verdict.verdict, Held);
    let page: LatePage = rita.get(&format!("{HV}/late"), &[]).await.json();
    assert_eq!(
        (page.counts.total, page.counts.waiting, page.rows.len()),
        (1, 1, 1)
    );
    assert_eq!(detail(&rita, HV).await.late, page.counts);
    let refused = reopen(&adam, HV, "").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        reopen(&rita, HV, "A late check").await.status,
        StatusCode::FORBIDDEN
    );
    let told: PeriodDetail = reopen(&adam, HV, "A late check").await.json();
    assert_eq!(
        (told.summary.state.as_str(), told.summary.can_close),
        ("open", false)
    );
    assert_eq!(told.steps[1].reason, "A late check");
    assert_eq!(in_the_way(&rita, HV).await, [("held".to_owned(), 1, 1)]);
    let seq = verdict.receipt.unwrap().seq;
    let body = json!({ "decision": "book", "reason": "It counts" }).to_string();
    let answer = rita
        .post(&format!("/api/inbox/{seq}/decision"), body.into_bytes(), &[])
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let told = closed(&rita, HV).await;
    assert_eq!((told.late.total, told.late.waiting), (1, 0));
    let page: LatePage = rita.get(&format!("{HV}/late"), &[]).await.json();
    assert_eq!(page.rows[0].decision.as_deref(), Some("book"));
    let steps: Vec<_> = told.steps.iter().map(|it| it.step.as_str()).collect();
    assert_eq!(steps, ["close", "reopen", "close"]);
}

async fn closing_and_reopening_again_change_nothing(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let adam = admin(&app).await;
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    let open = reopen(&adam, HV, "Why not").await;
    assert_eq!(
        (open.status, open.problem_code().as_str()),
        (StatusCode::CONFLICT, "period_open")
    );
    closed(&rita, HV).await;
    assert_eq!(closed(&adam, HV).await.steps.len(), 1);
    for _ in 0..2 {
        let answer = reopen(&adam, HV, "A wrong value").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.json::<PeriodDetail>().steps.len(), 2);
    }
}

async fn a_property_is_named_however_its_code_is_typed(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for path in [
        "GC%20A/2026-11",
        "gc%20a/2026-11",
        "%20Gc%20%20a%20/2026-11",
        "gc+a/2026-11",
    ] {
        let answer = rita.get(&format!("/api/periods/{path}"), &[]).await;
        // A plus sign is a space in a query and not in a path.
        if path.contains('+') {
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        } else {
            assert_eq!(answer.json::<PeriodDetail>().summary.property, "GC A", "{path}");
        }
    }
    let wrong = rita.get("/api/periods/HV/november", &[]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

async fn nobody_closes_what_they_may_not_see_or_what_has_not_begun(app: TestApp) {
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    let foreign = "/api/periods/GC%20A/2026-11";
    for path in [
        foreign.to_owned(),
        format!("{foreign}/late"),
        "/api/periods/nowhere/2026-11".into(),
    ] {
        assert_eq!(hugo.get(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(close(&hugo, foreign).await.status, StatusCode::NOT_FOUND);
    let early = close(&hugo, "/api/periods/HV/2026-12").await;
    assert_eq!(
        (early.status, early.problem_code().as_str()),
        (StatusCode::CONFLICT, "period_not_begun")
    );
}

/// Two processes: one closes while readings reach the other. Whatever comes first, nothing stands undecided in a closed period
/// but what came too late, and is held for that.
async fn a_reading_never_passes_the_closing_of_its_period(app: TestApp) {
    let (ana, _rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    let second = app.second_writer().await;
    let order = PeriodOrder {
        property: "hv".into(),
        period: Period::new(2026, 11).unwrap(),
        act: PeriodAct::Close,
        by: "rita".into(),
        access: Access::All,
        at: app.clock.now(),
        by_webhook: false,
    };
    let mut work = tokio::task::JoinSet::new();
    for number in 2..=40_u64 {
        // Each is taken by itself, whatever else there is: only the period can keep it out.
        let check = with(&harbour(&ana, number, 1234 + number), json!({ "kind": "check" }));
        let batch = sent_batch(&ana, &check, &app);
        let writer = if number % 2 == 0 {
            app.state.writer.clone()
        } else {
            second.writer.clone()
        };
        work.spawn(async move {
            writer.take(batch).await.unwrap();
        });
        if number == 20 {
            let (writer, order) = (second.writer.clone(), order.clone());
            work.spawn(async move {
                writer.order_period(order).await.unwrap().unwrap();
            });
        }
    }
    work.join_all().await;
    let count = async |state: &'static str| app.number(state).await;
    let approved = count("SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE state = 'approved'").await;
    let held = count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE state = 'held' AND code = 'period_closed' \
         AND received_at >= (SELECT MIN(at) FROM period_step)",
    )
    .await;
    assert_eq!(approved + held, 40, "{approved} approved, {held} held");
    let step = count("SELECT CAST(SUM(approved) AS BIGINT) FROM period_step").await;
    assert_eq!(step, approved);
    let passed = "SELECT CAST(COUNT(*) AS BIGINT) FROM item a JOIN item h ON h.state = 'held'
        WHERE a.state = 'approved' AND a.receipt_seq > h.receipt_seq";
    assert_eq!(
        count(passed).await,
        0,
        "what is approved came before what is held"
    );
}

async fn the_steps_of_a_period_can_not_be_changed(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    closed(&rita, HV).await;
    for sql in [
        "UPDATE period_step SET actor = 'nobody'",
        "DELETE FROM period_step",
        "INSERT INTO period_step (property_id, period, step, at, actor) VALUES (2, '2026-11', 'reopen', 0, 'adam')",
    ] {
        let refused = server::on!(app.store.writer(), |pool| sqlx::query(sql)
            .execute(pool)
            .await
            .map(drop));
        assert!(refused.is_err(), "{sql}");
    }
    assert_eq!(detail(&rita, HV).await.steps[0].by, "rita");
}
