//! What goes over the network for the engine: ping, refresh, batch, end check.

use std::rc::Rc;
use std::sync::Arc;

use gloo_net::http::Method;
use shared::sync::answer::{
    read_batch_answer, read_check_answer, read_ping_answer, read_refresh_refusal, says_revoked,
};
use shared::sync::event::{CheckResult, Entry, Input, PingResult, PostResult, RefreshResult};
use shared::timestamp::Timestamp;
use shared::wire::check::DeviceReport;
use shared::wire::json;
use shared::wire::list::RoundList;

use super::prepared::{PreparedBatch, entries_of};
use super::settle::InFlight;
use super::{keep, read_ahead};
use crate::adapters::entropy;
use crate::adapters::http::{self, NetworkError, Outgoing, Unanswered};
use crate::adapters::marks::{self, Measure};
use crate::adapters::persist;
use crate::driver::Driver;
use crate::list;
use crate::person::Person;

/// A batch to be sent.
pub(super) struct Post {
    pub(super) attempt: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) device_total: u64,
    pub(super) stall_timeout_ms: u64,
}

pub(super) async fn ping(nonce: u64, timeout_ms: u64) -> PingResult {
    let url = format!("/api/ping?nonce={nonce}");
    let mut outgoing = Outgoing::new(Method::GET, &url);
    outgoing.stall_timeout_ms = timeout_ms;
    match http::send(outgoing).await {
        Ok(answer) => read_ping_answer(&answer.as_http(), nonce, answer.elapsed_ms, entropy::now()),
        Err(_) => PingResult::Failed,
    }
}

pub(super) async fn refresh(driver: &Rc<Driver>, person: &Person) -> RefreshResult {
    let _measure = Measure::start(marks::REFRESH);
    read_ahead::start_first(driver, person);
    let url = match driver.cursor.borrow().as_deref() {
        Some(cursor) => {
            let cursor = String::from(js_sys::encode_uri_component(cursor));
            format!("/api/latest-tenant-readings?since={cursor}")
        }
        None => String::from("/api/latest-tenant-readings"),
    };
    let asked_at = entropy::now();
    let Ok(answer) = http::send(Outgoing::new(Method::GET, &url)).await else {
        return RefreshResult::Failed;
    };
    let news = match answer.status {
        304 => None,
        200 if !answer.redirected => match json::read::<RoundList>(&answer.body) {
            Some(news) => Some(news),
            None => return RefreshResult::Failed,
        },
        _ => {
            if says_revoked(&answer.as_http()) && driver.person().as_ref() == Some(person) {
                driver.revoked(person).await;
            }
            return read_refresh_refusal(&answer.as_http());
        }
    };
    if driver.person().as_ref() != Some(person) {
        return RefreshResult::Failed;
    }
    let known = Arc::clone(&driver.list.borrow());
    if let Some(news) = &news {
        driver.cursor.replace(Some(news.cursor.clone()));
    }
    let list = Arc::new(list::merge(&known, news, asked_at));
    driver.list.replace(Arc::clone(&list));
    driver.listener.list(&list);
    keep::start(driver, person, !list::is_same(&known, &list));
    RefreshResult::Done
}

pub(super) async fn post(driver: &Rc<Driver>, person: &Person, post: Post) -> Input {
    let _measure = Measure::start(marks::POST);
    let attempt = post.attempt;
    let ended = |result, elapsed_ms, bytes_sent| Input::PostEnded {
        attempt,
        result,
        elapsed_ms,
        bytes_sent,
    };
    let later = || PostResult::Later {
        retry_after_ms: None,
        stalled: false,
    };
    let prepared = read_ahead::prepared(driver, person, &post.entries, post.device_total).await;
    let Some(PreparedBatch {
        id: batch_id,
        bodies,
        packed,
        ..
    }) = prepared
    else {
        return ended(later(), 0, 0);
    };
    if bodies.is_empty() {
        return ended(PostResult::Verdicts(Vec::new()), 0, 0);
    }
    let mut outgoing = Outgoing::new(Method::POST, "/api/readings");
    outgoing.body = http::Body::Packed(packed);
    outgoing.stall_timeout_ms = post.stall_timeout_ms;
    read_ahead::start(driver, person, &post.entries, post.device_total);
    match http::send(outgoing).await {
        Ok(answer) => {
            let sent = entries_of(&bodies);
            let read = read_batch_answer(&answer.as_http(), &sent, batch_id, entropy::now());
            let answered = InFlight {
                person: person.username.clone(),
                batch_id,
                bodies,
                verdicts: read.verdicts,
            };
            driver.in_flight.borrow_mut().insert(attempt, answered);
            ended(read.result, answer.elapsed_ms, answer.bytes_sent)
        }
        Err(Unanswered {
            error,
            elapsed_ms,
            bytes_sent,
        }) => {
            let stalled = error == NetworkError::Stalled;
            ended(
                PostResult::Later {
                    retry_after_ms: None,
                    stalled,
                },
                elapsed_ms,
                bytes_sent,
            )
        }
    }
}

pub(super) async fn check(
    person: &Person,
    device_total: u64,
    waiting: usize,
    oldest_read_at: Option<Timestamp>,
) -> CheckResult {
    let Some(device_id) = person.device_id else {
        return CheckResult::Failed;
    };
    let report = DeviceReport {
        device_total,
        waiting: waiting as u64,
        oldest_read_at: oldest_read_at.map(Timestamp::to_rfc3339),
        app_version: String::from(env!("CARGO_PKG_VERSION")),
        storage: String::from(persist::protection().await.wire_name()),
    };
    let Ok(text) = serde_json::to_string(&report) else {
        return CheckResult::Failed;
    };
    let url = format!("/api/devices/{device_id}/check");
    match http::send(Outgoing::new(Method::POST, &url).with_json(&text)).await {
        Ok(answer) => read_check_answer(&answer.as_http()),
        Err(_) => CheckResult::Failed,
    }
}
