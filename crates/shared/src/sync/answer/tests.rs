use super::*;
use crate::wire::receipt::{Receipt, Receipts};

const BATCH: &str = "018f0000-0000-7000-8000-000000000001";

fn batch_id() -> BatchId {
    BatchId::parse(BATCH).unwrap()
}

fn entry(seq: u64, revision: u32) -> Entry {
    Entry {
        seq,
        id: ItemId(uuid::Uuid::from_u128(u128::from(seq))),
        revision,
    }
}

fn verdict(entry: Entry, verdict: VerdictName) -> WireVerdict {
    let receipt = Receipt {
        seq: 91_822,
        received_at: String::from("2026-11-27T00:00:00Z"),
    };
    WireVerdict {
        id: entry.id,
        revision: entry.revision,
        hash: None,
        verdict,
        code: None,
        period: None,
        receipt: (verdict != VerdictName::Retry).then_some(receipt),
        existing: None,
    }
}

fn receipts(verdicts: Vec<WireVerdict>) -> Vec<u8> {
    let receipts = Receipts {
        server_id: String::from("s"),
        batch_id: batch_id(),
        verdicts,
    };
    serde_json::to_vec(&receipts).unwrap()
}

fn http<'a>(status: u16, content_type: &'a str, body: &'a [u8]) -> HttpAnswer<'a> {
    HttpAnswer {
        status,
        content_type,
        retry_after: None,
        redirected: false,
        body,
    }
}

fn read(answer: &HttpAnswer) -> PostResult {
    let sent = [entry(1, 1), entry(2, 3)];
    read_batch_answer(answer, &sent, batch_id(), Timestamp::from_ms(0)).result
}

/// The entries that a body with the right media type settles.
fn settled_by(body: &[u8]) -> Vec<(Entry, VerdictName)> {
    match read(&http(200, RECEIPTS_MEDIA_TYPE, body)) {
        PostResult::Verdicts(verdicts) => verdicts.into_iter().map(|it| (it.entry, it.verdict)).collect(),
        other => panic!("no receipt: {other:?}"),
    }
}

/// What the store is given of a body with the right media type.
fn kept_of(body: &[u8]) -> Vec<VerdictText> {
    let sent = [entry(1, 1), entry(2, 3)];
    let answer = http(200, RECEIPTS_MEDIA_TYPE, body);
    read_batch_answer(&answer, &sent, batch_id(), Timestamp::from_ms(0)).verdicts
}

fn problem(status: u16, code: &str) -> PostResult {
    let body = format!(r#"{{"type":"about:blank","title":"t","status":{status},"code":"{code}"}}"#);
    read(&http(status, PROBLEM_MEDIA_TYPE, body.as_bytes()))
}

#[test]
fn a_receipt_names_id_and_revision_of_what_was_sent() {
    let body = receipts(vec![
        verdict(entry(2, 3), VerdictName::Conflict),
        verdict(entry(1, 1), VerdictName::Accepted),
        verdict(entry(1, 2), VerdictName::Accepted),
        verdict(entry(9, 1), VerdictName::Accepted),
    ]);
    let expected = [
        (entry(2, 3), VerdictName::Conflict),
        (entry(1, 1), VerdictName::Accepted),
    ];
    assert_eq!(settled_by(&body), expected);
}

#[test]
fn the_store_is_given_the_verdicts_in_the_same_order() {
    let body = receipts(vec![
        verdict(entry(9, 1), VerdictName::Accepted),
        verdict(entry(2, 3), VerdictName::Held),
        verdict(entry(1, 1), VerdictName::Retry),
    ]);
    let named: Vec<_> = kept_of(&body).into_iter().map(|it| it.entry).collect();
    assert_eq!(named, [entry(2, 3), entry(1, 1)]);
}

#[test]
fn the_store_is_given_what_the_server_wrote_in_one_line() {
    let written = r#"{"id":"00000000-0000-0000-0000-000000000001","revision":1,"verdict":"accepted","news":"two\nlines",
        "receipt":{"seq":7,"received_at":"2026-11-27T00:00:00Z"}}"#;
    let body = format!(r#"{{"server_id":"s","batch_id":"{BATCH}","verdicts":[{written}]}}"#);
    let kept: Vec<_> = kept_of(body.as_bytes()).into_iter().map(|it| it.json).collect();
    assert_eq!(kept, [written.replace('\n', " ")]);
    assert!(serde_json::from_str::<WireVerdict>(&kept[0]).is_ok());
}

#[test]
fn a_verdict_without_a_receipt_settles_nothing_but_retry_needs_none() {
    let without = WireVerdict {
        receipt: None,
        ..verdict(entry(1, 1), VerdictName::Accepted)
    };
    let body = receipts(vec![without, verdict(entry(2, 3), VerdictName::Retry)]);
    assert_eq!(settled_by(&body), [(entry(2, 3), VerdictName::Retry)]);
}

#[test]
fn an_item_is_settled_once_however_often_it_is_named() {
    let body = receipts(vec![
        verdict(entry(1, 1), VerdictName::Accepted),
        verdict(entry(1, 1), VerdictName::Rejected),
    ]);
    assert_eq!(settled_by(&body), [(entry(1, 1), VerdictName::Accepted)]);
}

#[test]
fn a_verdict_of_a_newer_server_leaves_the_others_valid() {
    let known = serde_json::to_string(&verdict(entry(1, 1), VerdictName::Accepted)).unwrap();
    let body = format!(
        r#"{{"server_id":"s","batch_id":"{BATCH}","news":1,"verdicts":[
            {{"id":"00000000-0000-0000-0000-000000000002","revision":3,"verdict":"postponed","receipt":null}},
            {{"verdict":"accepted"}},
            {known}]}}"#
    );
    assert_eq!(
        settled_by(body.as_bytes()),
        [(entry(1, 1), VerdictName::Accepted)]
    );
}

#[test]
fn status_200_alone_is_no_receipt() {
    let body = receipts(vec![verdict(entry(1, 1), VerdictName::Accepted)]);
    assert_eq!(read(&http(200, "application/json", &body)), PostResult::Refused);
    assert_eq!(
        read(&http(200, "text/html; charset=utf-8", &body)),
        PostResult::Foreign
    );
    assert_eq!(read(&http(201, RECEIPTS_MEDIA_TYPE, &body)), PostResult::Refused);
    assert_eq!(read(&http(200, RECEIPTS_MEDIA_TYPE, b"")), PostResult::Refused);
    let redirected = HttpAnswer {
        redirected: true,
        ..http(200, RECEIPTS_MEDIA_TYPE, &body)
    };
    assert_eq!(read(&redirected), PostResult::Foreign);
}

#[test]
fn the_answer_to_another_batch_is_no_receipt() {
    let body = String::from_utf8(receipts(vec![verdict(entry(1, 1), VerdictName::Accepted)])).unwrap();
    let other = body.replace(BATCH, "018f0000-0000-7000-8000-000000000002");
    assert_eq!(
        read(&http(200, RECEIPTS_MEDIA_TYPE, other.as_bytes())),
        PostResult::Refused
    );
}

#[test]
fn our_own_refusals_are_told_by_status_and_code() {
    assert_eq!(problem(401, "sign_in"), PostResult::SignInAgain);
    assert_eq!(problem(403, "wrong_person"), PostResult::WrongPerson);
    assert_eq!(problem(403, "not_allowed"), PostResult::Refused);
    assert_eq!(problem(426, "too_old"), PostResult::TooOld);
    assert_eq!(problem(413, "too_large"), PostResult::Refused);
    assert_eq!(problem(422, "not_understood"), PostResult::Refused);
}

#[test]
fn a_page_in_the_servers_place_never_signs_out_and_never_refuses() {
    for status in [200, 302, 401, 403, 404, 426, 511] {
        assert_eq!(
            read(&http(status, "text/html", b"<html>")),
            PostResult::Foreign,
            "{status}"
        );
    }
    assert_eq!(read(&http(0, "", b"")), PostResult::Foreign);
}

#[test]
fn trouble_on_the_way_is_later_whatever_it_looks_like() {
    let later = PostResult::Later {
        retry_after_ms: None,
        stalled: false,
    };
    for status in [408, 425, 429, 500, 502, 503, 504, 520] {
        assert_eq!(read(&http(status, "text/html", b"<html>")), later, "{status}");
    }
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let after = |text| {
        let answer = HttpAnswer {
            retry_after: Some(text),
            ..http(429, PROBLEM_MEDIA_TYPE, b"")
        };
        let noon = Timestamp::from_ms(1_796_126_400_000);
        match read_batch_answer(&answer, &[], batch_id(), noon).result {
            PostResult::Later { retry_after_ms, .. } => retry_after_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(after("30"), Some(30_000));
    assert_eq!(after("Tue, 01 Dec 2026 12:00:45 GMT"), Some(45_000));
    assert_eq!(after("Tue, 01 Dec 2026 11:00:00 GMT"), Some(0));
    assert_eq!(after("soon"), None);
    assert_eq!(after("99999999999999999999"), None);
}

fn ping(service: &str, nonce: &str) -> String {
    format!(
        r#"{{"service":"{service}","nonce":"{nonce}","time":"2026-12-01T12:00:10Z","server_id":"s","epoch":"e","min_client":"0"}}"#
    )
}

#[test]
fn a_ping_counts_only_with_our_name_and_our_nonce() {
    let read = |status, body: &str| {
        let answer = http(status, "application/json", body.as_bytes());
        read_ping_answer(&answer, 7, 400, Timestamp::from_ms(1_796_126_400_000))
    };
    let ours = PingResult::Ours {
        round_trip_ms: 400,
        clock_offset_ms: 10_200,
    };
    assert_eq!(read(200, &ping("meterline", "7")), ours);
    assert_eq!(read(200, &ping("meterline", "8")), PingResult::Foreign);
    assert_eq!(read(200, &ping("other", "7")), PingResult::Foreign);
    assert_eq!(read(200, "<html>"), PingResult::Foreign);
    assert_eq!(read(302, ""), PingResult::Foreign);
    assert_eq!(read(502, "<html>"), PingResult::Failed);
}

#[test]
fn an_end_check_is_believed_only_as_json_of_ours() {
    let body = br#"{"received":3,"missing":[[2,2]],"news":true}"#;
    let answered = CheckResult::Answered {
        received: 3,
        missing: vec![(2, 2)],
    };
    assert_eq!(
        read_check_answer(&http(200, "application/json; charset=utf-8", body)),
        answered
    );
    assert_eq!(
        read_check_answer(&http(200, "text/html", body)),
        CheckResult::Failed
    );
    assert_eq!(
        read_check_answer(&http(200, "application/json", b"{}")),
        CheckResult::Failed
    );
    assert_eq!(
        read_check_answer(&http(500, "application/json", body)),
        CheckResult::Failed
    );
    let sign_in = br#"{"type":"about:blank","title":"t","status":401,"code":"sign_in"}"#;
    assert_eq!(
        read_check_answer(&http(401, PROBLEM_MEDIA_TYPE, sign_in)),
        CheckResult::SignInAgain
    );
    assert_eq!(
        read_check_answer(&http(401, "text/html", b"")),
        CheckResult::Failed
    );
}

#[test]
fn only_our_own_403_with_its_code_says_that_the_phone_was_revoked() {
    let revoked = br#"{"type":"about:blank","code":"device_revoked","title":"","status":403}"#;
    let said = |status, content_type, body| {
        says_revoked(&HttpAnswer {
            status,
            content_type,
            retry_after: None,
            redirected: false,
            body,
        })
    };
    assert!(said(403, PROBLEM_MEDIA_TYPE, &revoked[..]));
    assert!(!said(403, "application/json", &revoked[..]));
    assert!(!said(401, PROBLEM_MEDIA_TYPE, &revoked[..]));
    assert!(!said(
        403,
        PROBLEM_MEDIA_TYPE,
        &br#"{"type":"about:blank","code":"not_allowed","title":"","status":403}"#[..]
    ));
}

#[test]
fn only_an_answer_that_names_the_photo_says_anything_of_it() {
    let photo = PhotoHash::of(b"photo");
    let state = |hash: PhotoHash| {
        let text = format!(r#"{{"sha256":"{hash}","received":150,"complete":true}}"#);
        text.into_bytes()
    };
    let (right, other) = (state(photo), state(PhotoHash::of(b"other")));
    let held = PhotoResult::Held {
        received: 150,
        complete: true,
    };
    let read = |answer: &HttpAnswer| read_photo_answer(answer, photo, Timestamp::from_ms(0));
    assert_eq!(read(&http(200, PHOTO_STATE_MEDIA_TYPE, &right)), held);
    for answer in [
        http(200, PHOTO_STATE_MEDIA_TYPE, &other),
        http(200, "application/json", &right),
        http(200, "text/html", &right),
        http(200, PHOTO_STATE_MEDIA_TYPE, b""),
        http(201, PHOTO_STATE_MEDIA_TYPE, &right),
        HttpAnswer {
            redirected: true,
            ..http(200, PHOTO_STATE_MEDIA_TYPE, &right)
        },
    ] {
        assert!(!matches!(read(&answer), PhotoResult::Held { .. }), "{answer:?}");
    }
}

#[test]
fn a_photo_that_no_item_names_is_told_from_one_that_is_refused_and_from_trouble_on_the_way() {
    let problem = |status: u16, code: &str| {
        let body = format!(r#"{{"type":"about:blank","title":"t","status":{status},"code":"{code}"}}"#);
        let answer = http(status, PROBLEM_MEDIA_TYPE, body.as_bytes());
        read_photo_answer(&answer, PhotoHash::of(b""), Timestamp::from_ms(0))
    };
    assert_eq!(problem(409, PHOTO_UNEXPECTED), PhotoResult::Unexpected);
    assert_eq!(problem(422, "photo_hash_differs"), PhotoResult::Refused);
    assert_eq!(problem(401, "sign_in_needed"), PhotoResult::SignInAgain);
    let later = PhotoResult::Later { retry_after_ms: None };
    assert_eq!(problem(503, "unavailable"), later);
    let page = http(200, "text/html", b"<html>");
    assert_eq!(
        read_photo_answer(&page, PhotoHash::of(b""), Timestamp::from_ms(0)),
        PhotoResult::Foreign
    );
}
