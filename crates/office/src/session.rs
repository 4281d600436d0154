//! Who works in the office, as the server knows it, and how that person wants the pages to look.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use phone::adapters::cache_store::CacheStore;
use phone::document;
use shared::wire::session::{RoleName, Session as Opened};
use ui::address::encode;
use ui::api::{self as shared_api, ApiError};
use ui::look::Look;

use crate::adapters::{api, authenticator, passkeys};

/// The technician's program, which also signs in by name and password.
const START: &str = "/";
const OFFICE: &str = "/office";
const SIGN_IN: &str = "/sign-in";

/// Whether the office is open to somebody.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Access {
    /// The server is asked, or the browser is led elsewhere.
    Opening,
    /// The server did not say.
    Unknown(ApiError),
    /// Nobody is signed in, and here they could be by a passkey.
    SignIn,
    /// It is open to this person as soon as they have a password of their own.
    FirstPassword(Person),
    /// It is open to this person.
    Open(Person),
}

/// Who works here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: RoleName,
}

/// The session; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub(crate) access: RwSignal<Access>,
    pub(crate) look: RwSignal<Look>,
    cache: StoredValue<Rc<CacheStore>, LocalStorage>,
}

/// The session that [`Session::start`] has put into the context.
pub(crate) fn use_session() -> Session {
    expect_context::<Session>()
}

/// Where to sign in by name and password, and from there back to what is shown now.
pub(crate) fn sign_in_address() -> String {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    format!("{SIGN_IN}?next={}", encode(&here))
}

impl Session {
    /// Asks who is signed in, and provides the session as context. Called once, by the program's frame.
    pub(crate) fn start() -> Self {
        let session = Self {
            access: RwSignal::new(Access::Opening),
            look: RwSignal::default(),
            cache: StoredValue::new_local(Rc::default()),
        };
        provide_context(session);
        session.open();
        session
    }

    /// Asks who is signed in. Whoever has no business here is led to where they have.
    pub(crate) fn open(self) {
        self.access.set(Access::Opening);
        spawn_local(async move {
            match api::session().await {
                Ok(session) if session.role == RoleName::Technician => self.lead_technician().await,
                Ok(session) => {
                    let name = document::settings(&session.username);
                    let look: Option<Look> = self.cache.get_value().load(&name).await;
                    self.look.set(look.unwrap_or_default());
                    let person = Person {
                        name: session.username,
                        role: session.role,
                    };
                    self.access.set(if session.must_change_password {
                        Access::FirstPassword(person)
                    } else {
                        Access::Open(person)
                    });
                }
                Err(ApiError::SignInAgain) if has_passkeys().await => self.access.set(Access::SignIn),
                Err(ApiError::SignInAgain) => go(&sign_in_address()),
                Err(error) => self.access.set(Access::Unknown(error)),
            }
        });
    }

    /// Somebody has come in by a passkey. The start page is told, as its own sign-in would have done.
    pub(crate) async fn enter(self, opened: Opened) {
        let person = phone::person::Person {
            username: opened.username,
            role: opened.role,
            device_id: opened.device_id,
        };
        let cache = self.cache.get_value();
        cache.forget(document::SIGNED_OUT).await;
        cache.keep(document::SESSION, &person).await;
        self.open();
    }

    /// The start page leads whoever it takes for one of the office back here: where it does, the sign-in settles it.
    async fn lead_technician(self) {
        let known: Option<phone::person::Person> = self.cache.get_value().load(document::SESSION).await;
        let leads_back = known.is_some_and(|it| it.role != RoleName::Technician);
        go(if leads_back { SIGN_IN } else { START });
    }

    /// Who works here; nobody until the server has said so.
    pub(crate) fn person(self) -> Option<Person> {
        match self.access.get() {
            Access::Open(person) | Access::FirstPassword(person) => Some(person),
            Access::Opening | Access::Unknown(_) | Access::SignIn => None,
        }
    }

    /// Whether who works here may decide about people, phones and settings. The server asks for itself.
    pub(crate) fn is_admin(self) -> bool {
        self.person().is_some_and(|it| it.role == RoleName::Admin)
    }

    /// Shows the pages in another way, and keeps it for this person.
    pub(crate) fn set_look(self, look: Look) {
        self.look.set(look.clone());
        let Some(person) = untrack(move || self.person()) else {
            return;
        };
        spawn_local(async move {
            let name = document::settings(&person.name);
            self.cache.get_value().keep(&name, &look).await;
        });
    }

    /// Signs out, here and at the server, and leads to the sign-in.
    pub(crate) fn sign_out(self) {
        spawn_local(async move {
            let cache = self.cache.get_value();
            // What the server does not hear now it is told when the start page is opened with a network.
            cache.keep(document::SIGNED_OUT, &true).await;
            cache.forget(document::SESSION).await;
            if shared_api::sign_out().await {
                cache.forget(document::SIGNED_OUT).await;
                go(if has_passkeys().await { OFFICE } else { START });
            } else {
                go(START);
            }
        });
    }
}

/// Whether somebody could come in by a passkey, here and at this server.
async fn has_passkeys() -> bool {
    authenticator::is_there() && passkeys::offer().await.is_ok_and(|offer| offer.on)
}

/// Another page, in the place of this one: going back does not lead here again.
fn go(address: &str) {
    // A browser that refuses leaves the page as it is.
    let _ = window().location().replace(address);
}
