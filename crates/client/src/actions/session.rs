//! Signing in and out.

use std::rc::Rc;

use leptos::prelude::Set;
use shared::sync::event::Hint;
use shared::wire::people::Enrolment;
use shared::wire::session::{Session, SignIn};

use super::SignInError;
use crate::adapters::{api, cookie};
use crate::runtime::core::Core;
use crate::runtime::{Runtime, document, session};
use crate::view_state::OwnPassword;

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
        enter(&core, &session).await
    }

    /// Signs in by a code of the office. Another person's queue stays on the phone, as at any change of person.
    pub async fn enrol(self, token: String) -> Result<(), SignInError> {
        let core = self.core();
        let stored = core.outbox.device_id().await;
        let device_id = stored.map_err(|_| SignInError::StoreFailed)?;
        let session = api::enrol(&Enrolment { token, device_id }).await?;
        enter(&core, &session).await
    }

    /// The person has a password of their own now: what waited is sent.
    pub fn own_password_chosen(self) {
        let core = self.core();
        core.view.own_password.set(OwnPassword::Chosen);
        core.hint(Hint::SignedInAgain);
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

/// Opens what belongs to the person that the server has signed in.
async fn enter(core: &Rc<Core>, session: &Session) -> Result<(), SignInError> {
    let before = core.person();
    let person = session::adopt(core, session)
        .await
        .map_err(|()| SignInError::StoreFailed)?;
    if before.as_ref() == Some(&person) {
        tell_own_password(core, session);
        core.hint(Hint::SignedInAgain);
        return Ok(());
    }
    if before.is_some() {
        session::close(core);
    }
    // Before the pages are drawn: whoever has to choose a password is asked first.
    tell_own_password(core, session);
    session::open(core, person).await;
    Ok(())
}

fn tell_own_password(core: &Core, session: &Session) {
    core.view.own_password.set(if session.must_change_password {
        OwnPassword::Asked
    } else {
        OwnPassword::Chosen
    });
}
