//! Whom a passkey is made for: this server, by the address that people type. Without one there are no passkeys. What a browser
//! is asked and what it answers is made and checked here; what is kept of it stands in `accounts::passkeys`.

use std::sync::Arc;

use serde_json::Value;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::accounts::AccountError;
use crate::accounts::passkeys::Holder;
use crate::config::{PublicUrl, ServerConfig};
use crate::problem::ApiError;

/// What the person's device shows beside the name.
const NAME: &str = "Meterline";

/// Asks for passkeys and checks them; or nothing, where they are off.
#[derive(Clone)]
pub struct RelyingParty(Option<Arc<Webauthn>>);

/// A passkey that a browser shows, not checked yet.
pub struct ShownPasskey {
    credential: PublicKeyCredential,
    /// Whom it says it is of.
    pub user_handle: Uuid,
}

/// Why a shown passkey is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyFault {
    /// It has counted no further than it had before: one of two that use it is a copy.
    Copy,
    /// It does not fit what was asked, or is not the one that was kept.
    Unfit,
}

impl RelyingParty {
    /// Bound to the configured public address.
    pub fn of(config: &ServerConfig) -> Self {
        Self(config.public_url.as_ref().and_then(checker).map(Arc::new))
    }

    /// Whether there are passkeys here.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// What to ask the browser for a new passkey of `holder`, and what its answer is checked against.
    pub fn ask_for_new(&self, holder: &Holder) -> Result<(Value, PasskeyRegistration), ApiError> {
        let known = (!holder.credentials.is_empty()).then(|| holder.credentials.clone());
        let (mut asked, state) = self
            .checker()?
            .start_passkey_registration(holder.user_handle, &holder.username, holder.shown_name(), known)
            .map_err(ApiError::internal)?;
        // Whoever signs in types no name, so the device has to know for whom the passkey is.
        if let Some(selection) = &mut asked.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        let options = serde_json::to_value(&asked.public_key).map_err(ApiError::internal)?;
        Ok((options, state))
    }

    /// The passkey that the browser has made.
    pub fn made(&self, credential: Value, asked: &PasskeyRegistration) -> Result<Passkey, AccountError> {
        let credential: RegisterPublicKeyCredential =
            serde_json::from_value(credential).map_err(|_| AccountError::PasskeyRefused)?;
        self.checker()?
            .finish_passkey_registration(&credential, asked)
            .map_err(|error| {
                tracing::debug!(%error, "a new passkey was not taken");
                AccountError::PasskeyRefused
            })
    }

    /// What to ask the browser for any passkey of anybody, and what its answer is checked against.
    pub fn ask_for_any(&self) -> Result<(Value, DiscoverableAuthentication), ApiError> {
        let (asked, state) = self
            .checker()?
            .start_discoverable_authentication()
            .map_err(ApiError::internal)?;
        let options = serde_json::to_value(&asked.public_key).map_err(ApiError::internal)?;
        Ok((options, state))
    }

    /// Whether what is shown answers what was asked, with the passkey that was kept.
    pub fn check(
        &self,
        shown: &ShownPasskey,
        asked: DiscoverableAuthentication,
        kept: &Passkey,
    ) -> Result<AuthenticationResult, PasskeyFault> {
        let checker = self.checker().map_err(|_| PasskeyFault::Unfit)?;
        checker
            .finish_discoverable_authentication_v2(&shown.credential, asked, kept)
            .map_err(|error| {
                tracing::debug!(%error, "a passkey was refused");
                match error {
                    WebauthnError::CredentialPossibleCompromise => PasskeyFault::Copy,
                    _ => PasskeyFault::Unfit,
                }
            })
    }

    fn checker(&self) -> Result<&Webauthn, AccountError> {
        self.0.as_deref().ok_or(AccountError::PasskeysOff)
    }
}

impl ShownPasskey {
    /// Out of what a browser sent; `None` for what no passkey for any name can be.
    pub fn parse(credential: Value) -> Option<Self> {
        let credential: PublicKeyCredential = serde_json::from_value(credential).ok()?;
        let user_handle = Uuid::from_slice(credential.get_user_unique_id()?).ok()?;
        Some(Self {
            credential,
            user_handle,
        })
    }

    /// By what it is kept.
    pub fn credential_id(&self) -> &[u8] {
        self.credential.get_credential_id()
    }
}

fn checker(public_url: &PublicUrl) -> Option<Webauthn> {
    let host = public_url.passkey_host()?;
    let origin = Url::parse(public_url.origin()).ok()?;
    // It takes no bare addresses of machines, as no browser does.
    let builder = WebauthnBuilder::new(host, &origin).ok()?;
    builder.rp_name(NAME).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_on(public_url: Option<&str>) -> bool {
        let config = ServerConfig {
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: public_url.map(|url| url.parse().unwrap()),
            tls: None,
        };
        RelyingParty::of(&config).is_on()
    }

    #[test]
    fn passkeys_are_on_where_browsers_have_them() {
        for url in [
            "https://meters.example.org",
            "https://meters.example.org:8443",
            "http://localhost:8080",
            "http://meters.localhost",
        ] {
            assert!(is_on(Some(url)), "{url}");
        }
    }

    #[test]
    fn without_https_or_without_a_name_they_are_off() {
        assert!(!is_on(None));
        for url in [
            "http://meters.example.org",
            "http://localhost.example.org",
            "https://192.168.1.5",
            "http://127.0.0.1:8080",
            "https://[::1]:8080",
        ] {
            assert!(!is_on(Some(url)), "{url}");
        }
    }
}
