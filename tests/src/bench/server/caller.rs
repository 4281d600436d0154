//! A signed-in person whose cookie the load can use.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use shared::wire::list::{MeterPointRow, RoundList};
use shared::wire::session::Session;

/// The whole list of the caller's properties.
const LIST: &str = "/api/latest-tenant-readings";

/// Everybody's password in an installation that lives for minutes.
pub(super) const PASSWORD: &str = "long enough for a bench";

/// Who calls.
pub(super) struct Caller {
    client: reqwest::Client,
    url: String,
    pub(super) cookie: String,
    pub(super) session: Session,
}

impl Caller {
    pub(super) async fn sign_in(url: &str, name: &str) -> Result<Self> {
        let client = reqwest::Client::new();
        let request = client
            .post(format!("{url}/api/session"))
            .json(&serde_json::json!({"username": name, "password": PASSWORD}));
        let answer = request.send().await?.error_for_status()?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .context("a session cookie")?
            .to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Self {
            client,
            url: url.to_owned(),
            cookie,
            session: answer.json().await?,
        })
    }

    /// The meter points of the whole list.
    pub(super) async fn points(&self) -> Result<Vec<MeterPointRow>> {
        let list: RoundList = serde_json::from_slice(&self.get(LIST).await?)?;
        Ok(list.rows)
    }

    /// How long the whole list takes, in seconds, and its size in millions of bytes.
    pub(super) async fn whole_list(&self) -> Result<(f64, f64)> {
        let began = Instant::now();
        let bytes = self.get(LIST).await?.len();
        Ok((began.elapsed().as_secs_f64(), bytes as f64 / 1e6))
    }

    /// The body of a successful answer.
    pub(super) async fn get(&self, path: &str) -> Result<Vec<u8>> {
        let request = self
            .client
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie);
        let answer = request.send().await?;
        ensure!(answer.status().is_success(), "GET {path}: {}", answer.status());
        Ok(answer.bytes().await?.to_vec())
    }
}
