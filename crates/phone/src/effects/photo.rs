//! One part of a photo on its way, and the end of a photo on this phone.

use std::rc::Rc;

use gloo_net::http::Method;
use shared::photo::{PartRange, PhotoKey};
use shared::sync::answer::read_photo_answer;
use shared::sync::event::{Input, PhotoResult};
use wasm_bindgen_futures::spawn_local;

use crate::adapters::entropy;
use crate::adapters::http::{self, Outgoing};
use crate::driver::Driver;
use crate::person::Person;

/// What the engine asks for.
pub(super) struct SendPhoto {
    pub(super) attempt: u64,
    pub(super) photo: PhotoKey,
    pub(super) held: Option<u64>,
    pub(super) size_max: u64,
    pub(super) stall_timeout_ms: u64,
}

pub(super) async fn send(driver: &Driver, person: &Person, asked: SendPhoto) -> Input {
    let attempt = asked.attempt;
    let ended = |result, elapsed_ms, bytes_sent| Input::PhotoEnded {
        attempt,
        result,
        elapsed_ms,
        bytes_sent,
    };
    let later = PhotoResult::Later { retry_after_ms: None };
    let bytes = match driver.photos.bytes(&person.username, &asked.photo).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return ended(PhotoResult::Gone, 0, 0),
        Err(_) => return ended(later, 0, 0),
    };
    let range = PartRange::next(asked.held, asked.size_max, u64::from(bytes.length()));
    let part = match range {
        PartRange::Ask { .. } => None,
        PartRange::Part { from, until, .. } => Some(bytes.subarray(from as u32, until as u32)),
    };
    let url = format!("/api/photos/{}", asked.photo.hash);
    let mut outgoing = Outgoing::new(Method::PUT, &url);
    outgoing.body = http::Body::Part {
        range: range.to_header(),
        bytes: part,
    };
    outgoing.stall_timeout_ms = asked.stall_timeout_ms;
    match http::send(outgoing).await {
        Ok(answer) => {
            let result = read_photo_answer(&answer.as_http(), asked.photo.hash, entropy::now());
            ended(result, answer.elapsed_ms, answer.bytes_sent)
        }
        Err(unanswered) => ended(later, unanswered.elapsed_ms, unanswered.bytes_sent),
    }
}

/// Where it can't be deleted it is found again, asked about, and deleted then.
pub(super) fn forget(driver: &Rc<Driver>, photo: PhotoKey) {
    let Some(person) = driver.person() else { return };
    let driver = Rc::clone(driver);
    spawn_local(async move {
        let _ = driver.photos.delete(&person.username, &photo).await;
        driver.note_photo_gone(&person, &photo);
    });
}
