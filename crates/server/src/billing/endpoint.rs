//! One request to billing's server.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Body, Client};
use shared::delivery::{Failure, Tried};
use shared::retry_after;
use shared::timestamp::Timestamp;

use super::body;
use super::outbox::Due;
use super::webhook::Webhook;
use crate::store::Store;

/// Nobody is there who has not taken the connection by then.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(10);

/// Where billing is told, and with what.
pub(super) struct Endpoint {
    client: Client,
    webhook: Webhook,
}

impl Endpoint {
    /// Certificates are checked against those that the machine trusts.
    pub(super) fn new(webhook: Webhook) -> Result<Self, String> {
        // The first one that is installed stays; a second time it is already ours.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("meterline/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIME_MAX)
            // An address that is given here is the one that is meant: others are somebody else's.
            .redirect(Policy::none())
            .referer(false)
            // An event is sent by the schedule and by nothing else.
            .retry(reqwest::retry::never())
            .https_only(!webhook.is_loopback())
            .http1_only()
            // Hours lie between two requests.
            .pool_max_idle_per_host(0);
        // No proxy stands between a machine and itself.
        let client = if webhook.is_loopback() {
            client.no_proxy()
        } else {
            client
        };
        let client = client
            .build()
            .map_err(|error| format!("the webhook: {}", causes(&error)))?;
        Ok(Self { client, webhook })
    }

    /// Sends it. Of the answer only its status and `Retry-After` are looked at.
    pub(super) async fn post(&self, store: &Store, due: &Due, now: Timestamp) -> Tried {
        let request = match self.request(store, due, now).await {
            Ok(request) => request,
            Err(error) => {
                tracing::warn!(%error, "a hand-over could not be made");
                return Tried::Failed(Failure::NotMade);
            }
        };
        match request.send().await {
            Ok(answer) => {
                let asked = answer.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok());
                Tried::Answered {
                    status: answer.status().as_u16(),
                    retry_after_ms: asked.and_then(|it| retry_after::wait_ms(it, now)),
                }
            }
            Err(error) => {
                // The address may hold a token.
                let error = error.without_url();
                tracing::warn!(error = causes(&error), "billing can't be reached");
                let no_connection = error.is_connect();
                Tried::Failed(if no_connection {
                    Failure::NoConnection
                } else {
                    Failure::BrokeOff
                })
            }
        }
    }

    async fn request(
        &self,
        store: &Store,
        due: &Due,
        now: Timestamp,
    ) -> Result<reqwest::RequestBuilder, crate::handover::BoxError> {
        let timestamp_s = now.ms().div_euclid(1_000);
        let signer = self.webhook.secrets.signer(&due.event_id, timestamp_s);
        let signed = body::sign(body::parts(store, due).await?, signer).await?;
        let parts = body::parts(store, due).await?;
        Ok(self
            .client
            .post(self.webhook.url.clone())
            .header(CONTENT_TYPE, "application/json")
            // With it, a text that breaks off can't be taken for a whole one.
            .header(CONTENT_LENGTH, signed.length)
            .header("webhook-id", &due.event_id)
            .header("webhook-timestamp", timestamp_s)
            .header("webhook-signature", &signed.signature)
            .body(Body::wrap_stream(body::same(parts, &signed))))
    }
}

/// An error of the client says little; what is behind it says why.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
