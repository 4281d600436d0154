//! The secrets that billing knows as well, and what is signed with them (Standard Webhooks, `v1`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const PREFIX: &str = "whsec_";
/// As the specification has it: shorter ones could be guessed.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// The present one and the one before: both sign while billing changes from one to the other.
const SECRETS_MAX: usize = 2;

/// One secret, or two while one takes the other's place.
#[derive(Clone)]
pub(super) struct WebhookSecrets(Vec<Hmac<Sha256>>);

impl WebhookSecrets {
    /// One a line; the error does not hold them.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let secrets = lines
            .map(parse_one)
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default();
        if (1..=SECRETS_MAX).contains(&secrets.len()) {
            return Ok(Self(secrets));
        }
        Err(
            "the webhook's secret has to be whsec_ and 24 to 64 bytes in base64, such as \
             whsec_$(openssl rand -base64 32) makes; at most two of them, one a line"
                .into(),
        )
    }

    /// Signs a text that comes in parts.
    pub(super) fn signer(&self, id: &str, timestamp_s: i64) -> Signer {
        let mut signer = Signer(self.0.clone());
        signer.update(format!("{id}.{timestamp_s}.").as_bytes());
        signer
    }
}

/// What was signed so far.
pub(super) struct Signer(Vec<Hmac<Sha256>>);

impl Signer {
    /// The next part.
    pub(super) fn update(&mut self, part: &[u8]) {
        self.0.iter_mut().for_each(|it| it.update(part));
    }

    /// `webhook-signature`: one for each secret.
    pub(super) fn signature(self) -> String {
        let one = |it: Hmac<Sha256>| format!("v1,{}", STANDARD.encode(it.finalize().into_bytes()));
        self.0.into_iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

fn parse_one(text: &str) -> Option<Hmac<Sha256>> {
    let bytes = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
    if !BYTES.contains(&bytes.len()) {
        return None;
    }
    Hmac::new_from_slice(&bytes).ok()
}
