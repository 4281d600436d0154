//! Photos: in parts, whole only with the right hash, seen only by those whose business it is.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use shared::photo::PhotoHash;
use shared::wire::photo::{NamedPhoto, PHOTO_STATE_MEDIA_TYPE, PhotoState};
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp, caller::Answer};

contract!(
    a_photo_arrives_in_parts_and_is_whole_only_with_its_hash,
    a_part_that_is_sent_again_changes_nothing,
    a_wrong_hash_drops_the_parts_and_says_so,
    only_pictures_are_kept,
    a_photo_that_no_item_names_is_not_taken,
    only_a_technician_sends_photos,
    what_is_too_large_or_contradicts_itself_is_refused,
    a_photo_is_seen_by_its_technician_and_the_office_of_its_property,
    a_picture_can_do_nothing_in_a_browser,
    a_photo_that_the_books_have_forgotten_is_found_again,
    unfinished_photos_of_one_person_are_bounded,
);

/// A JPEG by its first bytes; the rest is this number.
fn picture(number: u8, size: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.resize(size, number);
    bytes
}

fn name_of(bytes: &[u8]) -> String {
    PhotoHash::of(bytes).to_string()
}

fn naming(caller: &Caller, unit: u32, photos: &[String]) -> Value {
    with(
        &reading(caller, u64::from(unit), unit, 1234),
        json!({ "photos": photos }),
    )
}

/// Sends the bytes from `from` to `until`.
async fn put(caller: &Caller, name: &str, bytes: &[u8], from: usize, until: usize) -> Answer {
    let range = format!("bytes {from}-{}/{}", until - 1, bytes.len());
    put_as(caller, name, &range, bytes[from..until].to_vec()).await
}

async fn put_as(caller: &Caller, name: &str, range: &str, body: Vec<u8>) -> Answer {
    let headers = [("content-range", range)];
    caller
        .send(Method::PUT, &format!("/api/photos/{name}"), body, &headers)
        .await
}

fn held(answer: &Answer) -> (u64, bool) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_TYPE], PHOTO_STATE_MEDIA_TYPE);
    let state: PhotoState = answer.json();
    (state.received, state.complete)
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.problem_code())
}

/// A technician who has sent a reading with this photo.
async fn with_reading(app: &TestApp, bytes: &[u8]) -> (Caller, String) {
    let ana = app.technician("ana").await;
    let name = name_of(bytes);
    ana.send_item(&naming(&ana, 101, std::slice::from_ref(&name)))
        .await;
    (ana, name)
}

async fn a_photo_arrives_in_parts_and_is_whole_only_with_its_hash(app: TestApp) {
    let bytes = picture(1, 150_000);
    let (ana, name) = with_reading(&app, &bytes).await;
    let ask = put_as(&ana, &name, "bytes */150000", Vec::new()).await;
    assert_eq!(held(&ask), (0, false));
    assert_eq!(held(&put(&ana, &name, &bytes, 0, 65_536).await), (65_536, false));
    assert_eq!(
        ana.get(&format!("/api/photos/{name}"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    let ask = put_as(&ana, &name, "bytes */150000", Vec::new()).await;
    assert_eq!(
        held(&ask),
        (65_536, false),
        "what is held survives the connection"
    );
    assert_eq!(
        held(&put(&ana, &name, &bytes, 65_536, 131_072).await),
        (131_072, false)
    );
    let last = put(&ana, &name, &bytes, 131_072, 150_000).await;
    assert_eq!(held(&last), (150_000, true));
    let shown = ana.get(&format!("/api/photos/{name}"), &[]).await;
    assert_eq!((shown.status, &shown.body), (StatusCode::OK, &bytes));
    assert_eq!(app.number("SELECT size_bytes FROM photo").await, 150_000);
    assert_eq!(
        std::fs::read_dir(app.photos.path().join("parts")).map_or(0, |it| it.count()),
        0
    );
}

async fn a_part_that_is_sent_again_changes_nothing(app: TestApp) {
    let bytes = picture(2, 1_000);
    let (ana, name) = with_reading(&app, &bytes).await;
    for _ in 0..2 {
        assert_eq!(held(&put(&ana, &name, &bytes, 0, 400).await), (400, false));
    }
    assert_eq!(
        held(&put(&ana, &name, &bytes, 700, 1_000).await),
        (400, false),
        "a gap is not filled"
    );
    for _ in 0..2 {
        assert_eq!(held(&put(&ana, &name, &bytes, 400, 1_000).await), (1_000, true));
    }
    assert_eq!(
        held(&put(&ana, &name, &bytes, 0, 400).await),
        (1_000, true),
        "whole stays whole"
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM photo").await, 1);
}

async fn a_wrong_hash_drops_the_parts_and_says_so(app: TestApp) {
    let bytes = picture(3, 900);
    let (ana, name) = with_reading(&app, &bytes).await;
    let damaged = picture(4, 900);
    assert_eq!(held(&put(&ana, &name, &damaged, 0, 500).await), (500, false));
    let last = put(&ana, &name, &damaged, 500, 900).await;
    assert_eq!(refused(&last), (422, "photo_hash_differs".into()));
    let ask = put_as(&ana, &name, "bytes */900", Vec::new()).await;
    assert_eq!(held(&ask), (0, false));
    assert_eq!(held(&put(&ana, &name, &bytes, 0, 900).await), (900, true));
}

async fn only_pictures_are_kept(app: TestApp) {
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let (ana, name) = with_reading(&app, &page).await;
    let answer = put(&ana, &name, &page, 0, page.len()).await;
    assert_eq!(refused(&answer), (422, "photo_no_picture".into()));
    assert_eq!(app.number("SELECT COUNT(*) FROM photo").await, 0);
}

async fn a_photo_that_no_item_names_is_not_taken(app: TestApp) {
    let bytes = picture(5, 300);
    let (_, name) = with_reading(&app, &bytes).await;
    let ben = app.technician("ben").await;
    let other = name_of(b"other");
    for name in [&name, &other] {
        let answer = put(&ben, name, &bytes, 0, 300).await;
        assert_eq!(
            refused(&answer),
            (409, "photo_unexpected".into()),
            "of another person, or of nobody"
        );
    }
}

async fn only_a_technician_sends_photos(app: TestApp) {
    let bytes = picture(10, 300);
    let (_, name) = with_reading(&app, &bytes).await;
    let path = format!("/api/photos/{name}");
    let request = || {
        Request::put(&path)
            .header(header::CONTENT_RANGE, "bytes 0-299/300")
            .body(Body::from(bytes.clone()))
            .unwrap()
    };
    let rita = app.rita().await;
    assert_eq!(rita.send(request()).await.problem(), (403, "not_allowed".into()));
    assert_eq!(
        app.send(request()).await.problem(),
        (401, "sign_in_needed".into())
    );
}

async fn what_is_too_large_or_contradicts_itself_is_refused(app: TestApp) {
    let bytes = picture(6, 300);
    let (ana, name) = with_reading(&app, &bytes).await;
    for (range, expected) in [
        ("bytes 0-299/300001", (413, "photo_too_large")),
        ("bytes */0", (413, "photo_too_large")),
        ("bytes 0-199/300", (400, "bad_request")),
        ("bytes 299-0/300", (400, "bad_request")),
        ("", (400, "bad_request")),
    ] {
        let answer = put_as(&ana, &name, range, bytes.clone()).await;
        assert_eq!(refused(&answer), (expected.0, expected.1.into()), "{range}");
    }
    let answer = put(&ana, "abc", &bytes, 0, 300).await;
    assert_eq!(refused(&answer), (404, "not_found".into()));
}

async fn a_photo_is_seen_by_its_technician_and_the_office_of_its_property(app: TestApp) {
    let bytes = picture(7, 300);
    let name = name_of(&bytes);
    let ana = app.technician("ana").await;
    let item = naming(&ana, 101, std::slice::from_ref(&name));
    ana.send_item(&item).await;
    let path = format!("/api/photos/{name}");
    let photos = format!("/api/readings/{}/photos", item["id"].as_str().unwrap());
    let rita = app.person("rita", RoleName::Reviewer, &["GC A"]).await;
    let eva = app.person("eva", RoleName::Reviewer, &["HV"]).await;
    let ben = app.technician("ben").await;
    let arrived = |list: Vec<NamedPhoto>| {
        list.into_iter()
            .map(|it| (it.sha256, it.arrived))
            .collect::<Vec<_>>()
    };
    assert_eq!(arrived(rita.get(&photos).await.json()), [(name.clone(), false)]);
    put(&ana, &name, &bytes, 0, 300).await;
    assert_eq!(arrived(rita.get(&photos).await.json()), [(name.clone(), true)]);
    assert_eq!(rita.get(&path).await.body, bytes);
    assert_eq!(ana.get(&path, &[]).await.body, bytes);
    for status in [
        app.get(&path).await.status,
        eva.get(&path).await.status,
        eva.get(&photos).await.status,
        ben.get(&path, &[]).await.status,
        ben.get(&photos, &[]).await.status,
    ] {
        assert!(status == 401 || status == 404, "{status}");
    }
}

async fn a_picture_can_do_nothing_in_a_browser(app: TestApp) {
    let bytes = picture(8, 300);
    let (ana, name) = with_reading(&app, &bytes).await;
    put(&ana, &name, &bytes, 0, 300).await;
    let shown = ana.get(&format!("/api/photos/{name}"), &[]).await;
    let header = |name: header::HeaderName| shown.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE), "image/jpeg");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    assert!(header(header::CONTENT_DISPOSITION).starts_with("inline; filename="));
    assert_eq!(header(header::CACHE_CONTROL), "no-store");
}

/// As after a restore of the books alone.
async fn a_photo_that_the_books_have_forgotten_is_found_again(app: TestApp) {
    let bytes = picture(9, 300);
    let (ana, name) = with_reading(&app, &bytes).await;
    put(&ana, &name, &bytes, 0, 300).await;
    app.execute("DELETE FROM photo").await;
    let ask = put_as(&ana, &name, "bytes */300", Vec::new()).await;
    assert_eq!(held(&ask), (300, true));
    assert_eq!(app.number("SELECT size_bytes FROM photo").await, 300);
}

async fn unfinished_photos_of_one_person_are_bounded(app: TestApp) {
    let ana = app.technician("ana").await;
    let pictures: Vec<Vec<u8>> = (0..30).map(|number| picture(number, 100)).collect();
    let names: Vec<String> = pictures.iter().map(|bytes| name_of(bytes)).collect();
    for (unit, some) in (101..).zip(names.chunks(10)) {
        ana.send_item(&naming(&ana, unit, some)).await;
    }
    for (name, bytes) in names.iter().zip(&pictures) {
        assert_eq!(held(&put(&ana, name, bytes, 0, 50).await), (50, false));
    }
    let account = std::fs::read_dir(app.photos.path().join("parts"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(std::fs::read_dir(account.path()).unwrap().count(), 20);
    assert_eq!(
        held(&put(&ana, &names[29], &pictures[29], 50, 100).await),
        (100, true)
    );
}
