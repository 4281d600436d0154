//! Signing in and out.

use shared::sync::event::Hint;
use shared::wire::session::SignIn;

use super::SignInError;
use crate::adapters::{api, cookie};
use crate::runtime::{Runtime, document, session};

impl Runtime {
    /// Signs in and opens the person's queue, list and settings. The same person again resumes a paused queue.
    pub async fn sign_in(self, username: String, password: String) -> Result<(), SignInError> {
        let core = self.core();
        let stored = core
            .outbox
            .device_id()
            .await
            .map_err(|_| SignInError::StoreFailed)?;
        let device_id = stored.or_else(|| cookie::read(&username).device_id);
        let session = api::sign_in(&SignIn {
            username,
            password,
            device_id,
        })
        .await?;
        let before = core.person();
        let person = session::adopt(&core, &session)
            .await
            .map_err(|()| SignInError::StoreFailed)?;
        if before.as_ref() == Some(&person) {
            core.hint(Hint::SignedInAgain);
            return Ok(());
        }
        if before.is_some() {
            session::close(&core);
        }
        session::open(&core, person).await;
        Ok(())
    }

    /// Signs out, erases the cached list and keeps the outbox; returns how many items stay on the phone.
    pub async fn sign_out(self) -> usize {
        let core = self.core();
        let Some(person) = core.person() else { return 0 };
        let kept = core.outbox.load(&person.username).await;
        let kept = kept.unwrap_or_else(|_| core.stored_as_known());
        session::close(&core);
        core.cache.keep(document::SIGNED_OUT, &true).await;
        core.cache.forget(document::SESSION).await;
        core.cache.forget(&document::list(&person.username)).await;
        core.cache.forget(&document::list_seen(&person.username)).await;
        session::finish_sign_out(&core).await;
        kept.entries.len() + kept.shelf
    }
}
