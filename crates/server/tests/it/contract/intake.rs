//! What becomes of one item after another.

use serde_json::json;
use shared::wire::receipt::VerdictName::{Accepted, Conflict, Duplicate, Held, Rejected};

use super::contract;
use crate::util::TestApp;
use crate::util::items::{reading, with};

contract!(
    a_reading_of_the_last_evening_sent_three_days_later_is_booked_to_its_month,
    a_replay_gets_the_first_receipt_and_adds_nothing,
    a_replay_of_a_conflict_stays_a_conflict,
    one_id_and_revision_with_other_content_is_a_conflict_and_both_are_kept,
    the_same_value_from_another_phone_confirms,
    an_edit_takes_the_place_of_what_it_edits,
    an_older_revision_that_comes_late_is_history,
    a_void_takes_the_reading_back_and_frees_its_key,
    an_approved_reading_is_not_edited_without_the_office,
    a_value_takes_the_place_of_a_skip,
    an_exchange_stands_with_one_receipt_and_a_row_a_reading,
    what_the_office_has_to_decide_is_held,
    a_reread_request_is_answered_by_the_new_value,
    an_uncertain_clock_is_bounded_by_its_neighbours,
    consumption_and_previous_value_are_stored,
    an_edit_is_not_compared_with_what_it_takes_the_place_of,
    rows_of_one_batch_see_each_other,
);

async fn a_reading_of_the_last_evening_sent_three_days_later_is_booked_to_its_month(app: TestApp) {
    app.set_clock("2026-12-03T08:00:00+10:00");
    let ana = app.technician("ana").await;
    // 21:30 in Guam on November 30 is 11:30 UTC of the same day; the phone was set to another zone.
    let item = with(
        &reading(&ana, 1, 101, 1234),
        json!({ "read_at": "2026-11-30T13:30:00+02:00" }),
    );
    let verdict = ana.send_item(&item).await;
    assert_eq!(
        (verdict.verdict, verdict.period.as_deref()),
        (Accepted, Some("2026-11"))
    );
    // 00:30 in Guam on December 1 is still November 30 in UTC. Beyond the late days the month before is not kept.
    app.set_clock("2026-12-20T08:00:00+10:00");
    let item = with(
        &reading(&ana, 2, 102, 1234),
        json!({ "read_at": "2026-11-30T14:30:00Z", "period": "2026-12" }),
    );
    assert_eq!(ana.send_item(&item).await.period.as_deref(), Some("2026-12"));
    assert_eq!(
        app.texts("SELECT period FROM item ORDER BY receipt_seq").await,
        ["2026-11", "2026-12"]
    );
}

async fn a_replay_gets_the_first_receipt_and_adds_nothing(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    let first = ana.send_item(&item).await;
    app.set_clock("2026-11-28T10:00:00+10:00");
    // Other evidence, same content.
    let again = ana
        .send_item(&with(
            &item,
            json!({ "identified_by": "list", "value": "1234.0" }),
        ))
        .await;
    assert_eq!(first, again);
    assert_eq!(
        app.number("SELECT value FROM counter WHERE name = 'receipt'")
            .await,
        1
    );
}

async fn a_replay_of_a_conflict_stays_a_conflict(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    let official = ben.send_item(&reading(&ben, 1, 101, 1200)).await;
    let item = reading(&ana, 1, 101, 1234);
    let first = ana.send_item(&item).await;
    assert_eq!(first.verdict, Conflict);
    let existing = first.existing.clone().unwrap();
    assert_eq!(
        (
            existing.id,
            existing.value.as_str(),
            existing.captured_by.as_str()
        ),
        (official.id, "1200", "ben")
    );
    assert_eq!(ana.send_item(&item).await, first);
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY receipt_seq").await,
        ["received", "conflict"]
    );
}

async fn one_id_and_revision_with_other_content_is_a_conflict_and_both_are_kept(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    let first = ana.send_item(&item).await;
    let other = with(&item, json!({ "value": "1235" }));
    let rival = ana.send_item(&other).await;
    assert_eq!(
        (rival.verdict, rival.code.as_deref()),
        (Conflict, Some("same_revision_differs"))
    );
    assert_ne!(rival.receipt, first.receipt);
    assert_eq!(ana.send_item(&other).await, rival);
    assert_eq!(ana.send_item(&item).await, first);
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY variant").await,
        ["received", "conflict"]
    );
    let bodies = app.texts("SELECT body FROM sent_item ORDER BY receipt_seq").await;
    assert_eq!(bodies, [item.to_string(), other.to_string()]);
}

async fn the_same_value_from_another_phone_confirms(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    assert_eq!(
        ben.send_item(&reading(&ben, 1, 101, 1234)).await.verdict,
        Duplicate
    );
    let skip = with(
        &reading(&ben, 2, 101, 0),
        json!({ "value": null, "skip_reason": "no_access" }),
    );
    assert_eq!(ben.send_item(&skip).await.verdict, Duplicate);
}

async fn an_edit_takes_the_place_of_what_it_edits(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let edited = ana
        .send_item(&with(&item, json!({ "revision": 2, "value": "1243" })))
        .await;
    assert_eq!((edited.verdict, edited.revision), (Accepted, 2));
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY revision").await,
        ["superseded", "received"]
    );
    let keys = app
        .texts("SELECT COALESCE(official_key, '') FROM item ORDER BY revision")
        .await;
    assert!(keys[0].is_empty() && !keys[1].is_empty());
}

async fn an_older_revision_that_comes_late_is_history(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&with(&item, json!({ "revision": 2, "value": "1243" })))
        .await;
    let late = ana.send_item(&item).await;
    assert_eq!(
        (late.verdict, late.code.as_deref()),
        (Accepted, Some("older_revision"))
    );
    assert!(late.receipt.is_some());
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY revision").await,
        ["superseded", "received"]
    );
}

async fn a_void_takes_the_reading_back_and_frees_its_key(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let void = with(&item, json!({ "revision": 2, "void": true, "value": null }));
    assert_eq!(ana.send_item(&void).await.verdict, Accepted);
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY revision").await,
        ["voided", "voided"]
    );
    assert_eq!(
        ana.send_item(&reading(&ana, 2, 101, 1250)).await.verdict,
        Accepted
    );
}

async fn an_approved_reading_is_not_edited_without_the_office(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    app.execute("UPDATE item SET state = 'approved'").await;
    let edited = ana
        .send_item(&with(&item, json!({ "revision": 2, "value": "1243" })))
        .await;
    assert_eq!(
        (edited.verdict, edited.code.as_deref()),
        (Held, Some("already_approved"))
    );
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY revision").await,
        ["approved", "held"]
    );
}

async fn a_value_takes_the_place_of_a_skip(app: TestApp) {
    let ana = app.technician("ana").await;
    let skip = with(
        &reading(&ana, 1, 101, 0),
        json!({ "value": null, "skip_reason": "no_access" }),
    );
    assert_eq!(ana.send_item(&skip).await.verdict, Accepted);
    assert_eq!(
        ana.send_item(&reading(&ana, 2, 101, 1234)).await.verdict,
        Accepted
    );
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY receipt_seq").await,
        ["superseded", "received"]
    );
}

async fn an_exchange_stands_with_one_receipt_and_a_row_a_reading(app: TestApp) {
    let ana = app.technician("ana").await;
    let exchange = with(
        &reading(&ana, 1, 101, 0),
        json!({ "value": null, "exchange": [
            { "kind": "meter_removed", "meter_serial": "E101", "value": "1100" },
            { "kind": "meter_installed", "meter_serial": "N101", "value": "3", "dials": 5, "decimals": 0 },
        ] }),
    );
    let verdict = ana.send_item(&exchange).await;
    assert_eq!(verdict.verdict, Accepted, "{verdict:?}");
    let kinds = app.texts("SELECT kind FROM item ORDER BY receipt_seq").await;
    assert_eq!(kinds, ["meter_removed", "meter_installed"]);
    assert_eq!(ana.send_item(&exchange).await, verdict);
    // The next receipt does not collide with the second row.
    let next = ana.send_item(&reading(&ana, 2, 102, 1234)).await;
    assert_eq!((next.verdict, next.receipt.unwrap().seq), (Accepted, 3));
}

async fn what_the_office_has_to_decide_is_held(app: TestApp) {
    app.execute("INSERT INTO period_state VALUES (1, '2026-10', 'closed', 0, 'rita')")
        .await;
    let ben = app.technician_of("ben", "GC A").await;
    let base = reading(&ben, 1, 101, 1234);
    let fresh = |seq: u64, changes| {
        with(
            &with(
                &reading(&ben, seq, 101, 1234),
                json!({ "id": uuid::Uuid::now_v7() }),
            ),
            changes,
        )
    };
    let unit = json!({ "property_code": null, "unit_no": null, "utility": null, "label_text": "??" });
    for (item, code) in [
        (
            fresh(
                1,
                json!({ "read_at": "2026-10-20T09:00:00+10:00", "period": "2026-10" }),
            ),
            "period_closed",
        ),
        (fresh(2, unit), "unknown_label"),
        (fresh(3, json!({ "unit_no": "777" })), "unknown_unit"),
        (
            fresh(
                4,
                json!({ "property_code": "HV", "unit_no": "9", "meter_serial": "E900" }),
            ),
            "not_assigned",
        ),
        (fresh(5, json!({ "meter_serial": "X1" })), "meter_mismatch"),
    ] {
        let verdict = ben.send_item(&item).await;
        assert_eq!(
            (verdict.verdict, verdict.code.as_deref()),
            (Held, Some(code)),
            "{item}"
        );
        assert!(verdict.receipt.is_some() && verdict.existing.is_none());
    }
    app.execute("UPDATE device SET revoked_at = 1").await;
    let verdict = ben.send_item(&base).await;
    assert_eq!(
        (verdict.verdict, verdict.code.as_deref()),
        (Held, Some("device_revoked"))
    );
    app.execute("UPDATE device SET revoked_at = NULL").await;
    let wrong = with(&reading(&ben, 8, 102, 0), json!({ "value": "123456" }));
    assert_eq!(ben.send_item(&wrong).await.verdict, Rejected);
    assert_eq!(
        app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE official_key IS NOT NULL")
            .await,
        0
    );
}

async fn a_reread_request_is_answered_by_the_new_value(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let cursor = ana.list(None).await.cursor;
    app.execute("UPDATE meter_point SET reread_reason = 'looks wrong' WHERE id = 101")
        .await;
    assert_eq!(
        ana.send_item(&reading(&ana, 2, 101, 1240)).await.verdict,
        Accepted
    );
    assert_eq!(
        app.texts("SELECT state FROM item ORDER BY receipt_seq").await,
        ["superseded", "received"]
    );
    let list = ana.list(Some(&cursor)).await;
    assert_eq!((list.rows.len(), list.rows[0].reread.as_deref()), (1, None));
}

async fn an_uncertain_clock_is_bounded_by_its_neighbours(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_items(&[reading(&ana, 1, 101, 1234), reading(&ana, 3, 103, 1234)])
        .await;
    let lost = with(
        &reading(&ana, 2, 102, 1234),
        json!({ "clock": null, "read_at": "2019-01-01T00:00:00+10:00", "period": "2019-01" }),
    );
    let verdict = ana.send_item(&lost).await;
    assert_eq!(
        (verdict.verdict, verdict.period.as_deref()),
        (Accepted, Some("2026-11"))
    );
    assert_eq!(
        app.texts("SELECT flags FROM item WHERE device_seq = 2").await,
        [r#"["clock"]"#]
    );
}

/// Although it counts as read later: the phone's clock turned out to be slow.
async fn an_edit_is_not_compared_with_what_it_takes_the_place_of(app: TestApp) {
    let ana = app.technician("ana").await;
    let first = reading(&ana, 1, 101, 1100);
    ana.send_item(&first).await;
    let clock = json!({ "offset_ms": 240_000, "offset_age_ms": 1000 });
    let edit = json!({ "revision": 2, "value": "1120", "clock": clock });
    assert_eq!(ana.send_item(&with(&first, edit)).await.verdict, Accepted);
    let counted_later = "SELECT CAST(MAX(corrected_at) - MIN(corrected_at) AS BIGINT) FROM item";
    assert_eq!(app.number(counted_later).await, 240_000);
    let of_edit = "SELECT previous_micro FROM item WHERE revision = 2";
    assert_eq!(app.number(of_edit).await, 1_000_000_000);
}

async fn consumption_and_previous_value_are_stored(app: TestApp) {
    let ana = app.technician("ana").await;
    let october = json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" });
    ana.send_item(&with(&reading(&ana, 1, 101, 1100), october)).await;
    ana.send_item(&reading(&ana, 2, 101, 1237)).await;
    assert_eq!(
        app.number("SELECT previous_micro FROM item WHERE device_seq = 1")
            .await,
        1_000_000_000
    );
    // A first reading has no consumption.
    assert_eq!(
        app.number("SELECT CAST(COUNT(consumption_micro) AS BIGINT) FROM item WHERE device_seq = 1")
            .await,
        0
    );
    assert_eq!(
        app.number("SELECT previous_micro FROM item WHERE device_seq = 2")
            .await,
        1_100_000_000
    );
    assert_eq!(
        app.number("SELECT consumption_micro FROM item WHERE device_seq = 2")
            .await,
        137_000_000
    );
    assert_eq!(
        app.number("SELECT meter_point_id FROM item WHERE device_seq = 2")
            .await,
        101
    );
}

async fn rows_of_one_batch_see_each_other(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    let edit = with(&item, json!({ "revision": 2, "value": "1240" }));
    let rival = reading(&ana, 2, 101, 1250);
    let void = with(&item, json!({ "revision": 3, "void": true, "value": null }));
    let after = reading(&ana, 3, 101, 1260);
    let verdicts = ana
        .send_items(&[item.clone(), item, edit, rival, void, after])
        .await;
    let names: Vec<_> = verdicts.iter().map(|it| it.verdict).collect();
    assert_eq!(
        names,
        [Accepted, Accepted, Accepted, Conflict, Accepted, Accepted]
    );
    assert_eq!(verdicts[0], verdicts[1]);
    let states = app.texts("SELECT state FROM item ORDER BY receipt_seq").await;
    assert_eq!(states, ["superseded", "voided", "conflict", "voided", "received"]);
    assert_eq!(
        app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE official_key IS NOT NULL")
            .await,
        1
    );
}
