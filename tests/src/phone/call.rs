//! The phone's calls: HTTP in, engine inputs out, by the same reading of answers as in the browser.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::id::{BatchId, DeviceId};
use shared::sync::answer;
use shared::sync::event::{CheckResult, Entry, Input, PingResult, PostResult, RefreshResult};
use shared::wire::batch::Batch;
use shared::wire::check::DeviceReport;
use tokio::sync::mpsc::UnboundedSender;

use super::Arrived;
use crate::person::{now, random};

type Inputs = UnboundedSender<Arrived>;

/// How the calls of one phone went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    /// All of them.
    pub sent: usize,
    /// Answered "too many requests, come back later".
    pub too_many: usize,
    /// Answered by another error, or not at all.
    pub failed: usize,
}

/// The server as this phone reaches it.
pub(crate) struct Server {
    client: reqwest::Client,
    url: String,
    device_id: DeviceId,
    known: Arc<Mutex<Known>>,
}

/// What the phone remembers from call to call.
#[derive(Default)]
struct Known {
    calls: Calls,
    /// How far its list goes; absent before the first.
    cursor: Option<String>,
}

#[derive(serde::Deserialize)]
struct ListHead {
    cursor: String,
}

impl Server {
    pub(crate) fn new(client: reqwest::Client, url: &str, device_id: DeviceId) -> Self {
        Self {
            client,
            url: url.to_owned(),
            device_id,
            known: Arc::default(),
        }
    }

    pub(crate) fn calls(&self) -> Calls {
        known(&self.known).calls
    }

    pub(crate) fn know_list(&self, cursor: String) {
        known(&self.known).cursor = Some(cursor);
    }

    pub(crate) fn ping(&self, nonce: u64, timeout_ms: u64, inputs: &Inputs) {
        let request = self.client.get(format!("{}/api/ping?nonce={nonce}", self.url));
        let request = request.timeout(Duration::from_millis(timeout_ms));
        let began = tokio::time::Instant::now();
        let (inputs, known) = (inputs.clone(), Arc::clone(&self.known));
        tokio::spawn(async move {
            let result = match text_of(request, &known).await {
                Some(got) => answer::read_ping_answer(&got.answer(), nonce, elapsed_ms(began), now()),
                None => PingResult::Failed,
            };
            let _ = inputs.send(Arrived::Input(Input::PingEnded { nonce, result }));
        });
    }

    pub(crate) fn refresh(&self, inputs: &Inputs) {
        let since = known(&self.known).cursor.clone();
        let query = since.map(|cursor| format!("?since={cursor}")).unwrap_or_default();
        let request = self
            .client
            .get(format!("{}/api/latest-tenant-readings{query}", self.url));
        let (inputs, remembered) = (inputs.clone(), Arc::clone(&self.known));
        tokio::spawn(async move {
            let result = match text_of(request, &remembered).await {
                Some(got) if got.status == 200 => match serde_json::from_slice::<ListHead>(&got.body) {
                    Ok(list) => {
                        known(&remembered).cursor = Some(list.cursor);
                        RefreshResult::Done
                    }
                    Err(_) => RefreshResult::Failed,
                },
                Some(got) if got.status == 401 => RefreshResult::SignInAgain,
                Some(_) | None => RefreshResult::Failed,
            };
            let _ = inputs.send(Arrived::Input(Input::RefreshEnded(result)));
        });
    }

    pub(crate) fn post(
        &self,
        attempt: u64,
        items: Vec<(Entry, String)>,
        device_total: u64,
        stall_timeout_ms: u64,
        inputs: &Inputs,
    ) {
        let batch_id = BatchId::new(now(), random());
        let (entries, bodies): (Vec<Entry>, Vec<String>) = items.into_iter().unzip();
        let readings = bodies
            .into_iter()
            .filter_map(|it| serde_json::value::RawValue::from_string(it).ok())
            .collect();
        let batch = Batch {
            batch_id,
            device_id: self.device_id,
            device_total,
            clock_offset_ms: Some(0),
            readings,
        };
        let request = self
            .client
            .post(format!("{}/api/readings", self.url))
            .json(&batch);
        let request = request.timeout(Duration::from_millis(stall_timeout_ms));
        let (inputs, known) = (inputs.clone(), Arc::clone(&self.known));
        let began = tokio::time::Instant::now();
        tokio::spawn(async move {
            let (result, receipts) = match text_of(request, &known).await {
                Some(got) => {
                    let read = answer::read_batch_answer(&got.answer(), &entries, batch_id, now());
                    (read.result, read.verdicts)
                }
                None => (
                    PostResult::Later {
                        retry_after_ms: None,
                        stalled: false,
                    },
                    Vec::new(),
                ),
            };
            let elapsed_ms = elapsed_ms(began);
            let input = Input::PostEnded {
                attempt,
                result,
                elapsed_ms,
                bytes_sent: 0,
            };
            let _ = inputs.send(Arrived::Posted { input, receipts });
        });
    }

    pub(crate) fn check(&self, device_total: u64, waiting: usize, inputs: &Inputs) {
        let report = DeviceReport {
            device_total,
            waiting: u64::try_from(waiting).unwrap_or(u64::MAX),
            ..DeviceReport::default()
        };
        let request = self
            .client
            .post(format!("{}/api/devices/{}/check", self.url, self.device_id))
            .json(&report);
        let (inputs, known) = (inputs.clone(), Arc::clone(&self.known));
        tokio::spawn(async move {
            let result = match text_of(request, &known).await {
                Some(got) => answer::read_check_answer(&got.answer()),
                None => CheckResult::Failed,
            };
            let _ = inputs.send(Arrived::Input(Input::CheckEnded(result)));
        });
    }
}

struct Got {
    status: u16,
    content_type: String,
    retry_after: Option<String>,
    body: Vec<u8>,
}

impl Got {
    fn answer(&self) -> answer::HttpAnswer<'_> {
        answer::HttpAnswer {
            status: self.status,
            content_type: &self.content_type,
            retry_after: self.retry_after.as_deref(),
            redirected: false,
            body: &self.body,
        }
    }
}

fn elapsed_ms(began: tokio::time::Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}

fn known(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn text_of(request: reqwest::RequestBuilder, remembered: &Mutex<Known>) -> Option<Got> {
    let got = answer_of(request).await;
    let calls = &mut known(remembered).calls;
    calls.sent += 1;
    match got.as_ref().map(|got| got.status) {
        Some(429) => calls.too_many += 1,
        Some(200..400) => {}
        Some(_) | None => calls.failed += 1,
    }
    got
}

async fn answer_of(request: reqwest::RequestBuilder) -> Option<Got> {
    let answer = request.send().await.ok()?;
    let header = |name: &str| {
        answer
            .headers()
            .get(name)
            .and_then(|it| it.to_str().ok())
            .map(str::to_owned)
    };
    let content_type = header("content-type").unwrap_or_default();
    let retry_after = header("retry-after");
    let status = answer.status().as_u16();
    Some(Got {
        status,
        content_type,
        retry_after,
        body: answer.bytes().await.ok()?.to_vec(),
    })
}
