//! What the edge needs beside the parts of `AppState`.

use std::sync::Arc;

use axum::extract::FromRef;
use tokio::sync::watch;

use crate::auth::password::{PasswordChecker, PasswordError};
use crate::auth::relying_party::RelyingParty;
use crate::auth::sign_in_limit::SignInLimit;
use crate::config::ServerConfig;
use crate::state::AppState;

/// The router's state; handlers take the part that they use.
#[derive(Clone, FromRef)]
pub struct Edge {
    /// Books, writer, events, clock.
    pub app: AppState,
    /// What the operator decided.
    pub config: Arc<ServerConfig>,
    /// Checks passwords.
    pub passwords: PasswordChecker,
    /// Checks passkeys, where there are any.
    pub relying_party: RelyingParty,
    /// Counts sign-ins.
    pub sign_in_limit: Arc<SignInLimit>,
    /// Tells when the server stops, so that open streams end.
    pub stop: StopSignal,
}

impl Edge {
    /// The edge of `app`; it stops with `stop`.
    pub fn new(app: AppState, config: ServerConfig, stop: StopSignal) -> Result<Self, PasswordError> {
        Ok(Self {
            app,
            relying_party: RelyingParty::of(&config),
            config: Arc::new(config),
            passwords: PasswordChecker::new()?,
            sign_in_limit: Arc::new(SignInLimit::new()),
            stop,
        })
    }
}

/// Told once, heard by every open stream.
#[derive(Debug, Clone)]
pub struct StopSignal(watch::Receiver<bool>);

impl StopSignal {
    /// A signal and the way to give it; dropping the sender gives it as well.
    pub fn new() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Waits for the signal.
    pub async fn given(mut self) {
        // An error means that the sender is gone: the server is over.
        let _ = self.0.wait_for(|stopped| *stopped).await;
    }
}
