//! What an admin sets of periods: late days, and the reading window that is told to everybody and keeps nothing out.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use shared::wire::audit::AuditPage;
use shared::wire::periods::{PeriodDetail, PeriodsPage, WindowRow};
use shared::wire::receipt::VerdictName::Accepted;

use super::contract;
use crate::util::items::reading;
use crate::util::{Caller, TestApp};

contract!(
    late_days_are_set_by_an_admin_and_reach_the_phones,
    the_reading_window_is_set_by_an_admin_told_to_all_and_keeps_nothing_out,
    what_an_admin_sets_is_noted_once_for_each_setting_that_changed,
);

fn window_of(first_day: &str, state: &str) -> WindowRow {
    WindowRow {
        first_day: first_day.into(),
        last_day: "2026-11-30".into(),
        state: state.into(),
    }
}

async fn set_limits(admin: &Caller, limits: Value) -> StatusCode {
    let body = limits.to_string().into_bytes();
    let answer = admin.send(Method::PUT, "/api/settings/periods", body, &[]);
    answer.await.status
}

async fn the_reading_window_is_set_by_an_admin_told_to_all_and_keeps_nothing_out(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let adam = app.admin("adam").await;
    let list = ana.list(None).await;
    assert_eq!(list.settings.reading_window_days, 5);
    for days in [0, 32] {
        let limits = json!({ "late_days": 5, "reading_window_days": days });
        assert_eq!(set_limits(&adam, limits).await, StatusCode::BAD_REQUEST);
    }
    // It is the 27th.
    let limits = json!({ "late_days": 5, "reading_window_days": 2 });
    assert_eq!(set_limits(&rita, limits.clone()).await, StatusCode::FORBIDDEN);
    assert_eq!(set_limits(&adam, limits).await, StatusCode::NO_CONTENT);
    let again = ana.list(Some(&list.cursor)).await;
    assert_eq!(
        (again.settings.reading_window_days, again.settings.late_days),
        (2, 5)
    );
    assert_ne!(again.cursor, list.cursor);
    let page: PeriodsPage = rita.get("/api/periods", &[]).await.json();
    assert_eq!(page.reading_window_days, 2);
    let windows: Vec<_> = page.rows.iter().map(|it| it.window.clone()).collect();
    let not_yet = Some(window_of("2026-11-29", "not_yet"));
    assert_eq!(windows, [not_yet.clone(), not_yet.clone()]);
    let one: PeriodDetail = rita.get("/api/periods/HV/2026-11", &[]).await.json();
    assert_eq!(one.summary.window, not_yet);
    let past: PeriodsPage = rita.get("/api/periods?period=2026-10", &[]).await.json();
    let state = past.rows[0].window.as_ref().map(|it| it.state.as_str());
    assert_eq!(state, Some("over"));
    assert_eq!(
        ana.send_item(&reading(&ana, 1, 101, 1234)).await.verdict,
        Accepted
    );
    // As offices ask that know nothing of it.
    assert_eq!(
        set_limits(&adam, json!({ "late_days": 4 })).await,
        StatusCode::NO_CONTENT
    );
    let page: PeriodsPage = rita.get("/api/periods", &[]).await.json();
    assert_eq!((page.late_days, page.reading_window_days), (4, 2));
}

async fn what_an_admin_sets_is_noted_once_for_each_setting_that_changed(app: TestApp) {
    let adam = app.admin("adam").await;
    let noted = async |subject: &str| {
        let path = format!("/api/audit?action=setting_change&subject={subject}");
        let page: AuditPage = adam.get(&path, &[]).await.json();
        let told = page.rows.into_iter().map(|it| it.detail.to_string());
        told.collect::<Vec<_>>()
    };
    let both = json!({ "late_days": 3, "reading_window_days": 7 });
    for _ in 0..2 {
        assert_eq!(set_limits(&adam, both.clone()).await, StatusCode::NO_CONTENT);
    }
    set_limits(&adam, json!({ "late_days": 3, "reading_window_days": 8 })).await;
    assert_eq!(noted("late_days").await, [r#"{"late_days":3}"#]);
    assert_eq!(
        noted("reading_window_days").await,
        [r#"{"reading_window_days":8}"#, r#"{"reading_window_days":7}"#]
    );
}

async fn late_days_are_set_by_an_admin_and_reach_the_phones(app: TestApp) {
    let ana = app.technician("ana").await;
    let adam = app.admin("adam").await;
    let cursor = ana.list(None).await.cursor;
    let set = async |days: u32| set_limits(&adam, json!({ "late_days": days })).await;
    assert_eq!(set(28).await, StatusCode::BAD_REQUEST);
    assert_eq!(set(3).await, StatusCode::NO_CONTENT);
    let list = ana.list(Some(&cursor)).await;
    assert_eq!((list.settings.late_days, list.settings.high_permille), (3, 2_500));
    assert_ne!(list.cursor, cursor);
    let page: PeriodsPage = adam.get("/api/periods", &[]).await.json();
    assert_eq!(page.late_days, 3);
}
