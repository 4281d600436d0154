//! A person at the API, without a browser: signs in by the public routes and sends what an app would send.

use anyhow::{Context, Result, ensure};
use shared::id::{BatchId, DeviceId, ItemId};
use shared::timestamp::Timestamp;
use shared::wire::batch::{Batch, WireClock, WireItem};
use shared::wire::list::{MeterPointRow, RoundList};
use shared::wire::office::ReadingsPage;
use shared::wire::receipt::Receipts;
use shared::wire::session::Session;

/// A signed-in person.
pub struct Person {
    client: reqwest::Client,
    url: String,
    /// Who that is, as the server says.
    pub session: Session,
    seq: u64,
}

/// The moment now, as the program's clock has it.
pub fn now() -> Timestamp {
    Timestamp::from_ms(jiff::Timestamp::now().as_millisecond())
}

pub(crate) fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    let source = uuid::Uuid::new_v4();
    bytes.copy_from_slice(&source.as_bytes()[6..]);
    bytes
}

impl Person {
    /// Signs in.
    pub async fn sign_in(url: &str, name: &str, password: &str) -> Result<Self> {
        let client = reqwest::Client::builder().cookie_store(true).build()?;
        let answer = client
            .post(format!("{url}/api/session"))
            .json(&serde_json::json!({"username": name, "password": password}))
            .send()
            .await?;
        ensure!(
            answer.status().is_success(),
            "sign-in of {name}: {}",
            answer.text().await?
        );
        let session = answer.json().await?;
        Ok(Self {
            client,
            url: url.to_owned(),
            session,
            seq: 0,
        })
    }

    /// The connection with the session's cookie, for a [`crate::phone::Phone`] of this person.
    pub fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// The whole list of the person's properties.
    pub async fn list(&self) -> Result<RoundList> {
        self.get("/api/latest-tenant-readings").await
    }

    /// The office's list, by this query string.
    pub async fn readings(&self, query: &str) -> Result<ReadingsPage> {
        self.get(&format!("/api/readings?{query}")).await
    }

    /// The body of a file that this person may see.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await?;
        ensure!(answer.status().is_success(), "GET {path}: {}", answer.status());
        Ok(answer.bytes().await?.to_vec())
    }

    /// What a call answers as JSON.
    pub async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).with_context(|| format!("GET {path}: {text}"))
    }

    /// A reading of this meter point, as an app would make it.
    pub fn reading(&mut self, row: &MeterPointRow, value: &str, period: &str, read_at: &str) -> WireItem {
        self.seq += 1;
        WireItem {
            id: ItemId::new(now(), random()),
            revision: 1,
            device_seq: self.seq,
            property_code: Some(row.property_code.clone()),
            building: Some(row.building.clone()),
            unit_no: Some(row.unit_no.clone()),
            utility: Some(row.utility.clone()),
            point: Some(row.point.clone()),
            meter_serial: Some(row.meter_serial.clone()),
            period: Some(period.to_owned()),
            period_chosen_by: Some("rule".to_owned()),
            value: Some(value.to_owned()),
            read_at: read_at.to_owned(),
            captured_by: self.session.username.clone(),
            clock: Some(WireClock {
                offset_ms: Some(0),
                offset_age_ms: Some(1_000),
                ..WireClock::default()
            }),
            ..WireItem::default()
        }
    }

    /// Sends a reading back: a new one is asked for, and this is why.
    pub async fn send_back(&self, id: ItemId, revision: u32, reason: &str) -> Result<()> {
        let answer = self
            .client
            .post(format!("{}/api/readings/{id}/decision", self.url))
            .json(&serde_json::json!({"decision": "send_back", "revision": revision, "reason": reason}))
            .send()
            .await?;
        let status = answer.status();
        ensure!(status.is_success(), "decision: {status} {}", answer.text().await?);
        Ok(())
    }

    /// Sends items in one batch.
    pub async fn send(&self, readings: Vec<WireItem>) -> Result<Receipts> {
        let device_id = self
            .session
            .device_id
            .unwrap_or_else(|| DeviceId::new(now(), random()));
        let batch = Batch {
            batch_id: BatchId::new(now(), random()),
            device_id,
            device_total: self.seq,
            clock_offset_ms: Some(0),
            readings,
        };
        let answer = self
            .client
            .post(format!("{}/api/readings", self.url))
            .json(&batch)
            .send()
            .await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "POST /api/readings: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    }
}
