//! The frame: language, colours, and the table of pages. The only file that lists pages.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use shared::wire::session::RoleName;
use ui::look::follow;
use ui::panic_screen::{self, LastResort};

use crate::adapters::invitation;
use crate::components::attention::Attention;
use crate::components::empty::Empty;
use crate::components::icon::Glyph;
use crate::components::run_bar::RunWords;
use crate::components::toast::{ToastPlace, Toasts};
use crate::pages::enrol::EnrolPage;
use crate::pages::find::FindPage;
use crate::pages::me::MePage;
use crate::pages::order::OrderPage;
use crate::pages::outbox::OutboxPage;
use crate::pages::own_password::{FirstPasswordPage, PasswordPage};
use crate::pages::reading::{EditPage, ReadingPage, UnknownLabelPage};
use crate::pages::round::RoundPage;
use crate::pages::scan::ScanPage;
use crate::pages::sign_in::{SignIn, SignInAgain};
use crate::pages::sync::SyncPage;
use crate::pages::to_office::ToOffice;
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::{OwnPassword, SessionState};
use crate::wording::failure::failure_words;
use crate::wording::{use_wording, wording_of};

/// Shows a message when the app has failed.
pub fn install_panic_screen() {
    panic_screen::install(LastResort {
        words: failure_words,
        start: "/",
    });
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let invitation = Invitation(RwSignal::new(invitation::take()));
    provide_context(invitation);
    let runtime = Runtime::start();
    Toasts::provide();
    let settings = runtime.settings();
    let look = Memo::new(move |_| settings.read().look());
    let words = follow(look.into());
    // Another language draws everything again: sentences are not signals.
    move || {
        let words = words.get();
        provide_context(words);
        provide_context(wording_of(words));
        view! { <Frame /> }
    }
}

/// A code of the office that the app was opened by.
#[derive(Clone, Copy)]
struct Invitation(RwSignal<Option<String>>);

/// Who works here decides which pages there are.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    NotKnownYet,
    Nobody,
    Technician,
    /// Somebody whose screens are in the office's program; `signed_in_here` since this page was opened.
    Office {
        signed_in_here: bool,
    },
}

impl Who {
    fn of(session: &SessionState, before: Option<&Self>) -> Self {
        match session {
            SessionState::Opening => Self::NotKnownYet,
            SessionState::SignedOut => Self::Nobody,
            SessionState::SignedIn(person) if person.role == RoleName::Technician => Self::Technician,
            SessionState::SignedIn(_) => Self::Office {
                signed_in_here: match before {
                    None | Some(Self::NotKnownYet) => false,
                    Some(Self::Office { signed_in_here }) => *signed_in_here,
                    Some(Self::Nobody | Self::Technician) => true,
                },
            },
        }
    }
}

#[component]
fn Frame() -> impl IntoView {
    let runtime = use_runtime();
    let session = runtime.session();
    let Invitation(invitation) = expect_context::<Invitation>();
    let is_invited = Memo::new(move |_| invitation.read().is_some());
    let asks_password = Memo::new(move |_| runtime.own_password().get() == OwnPassword::Asked);
    let who = Memo::new(move |before| Who::of(&session.read(), before));
    let pages = move || match who.get() {
        Who::NotKnownYet => ().into_any(),
        _ if is_invited.get() => view! { <EnrolPage invitation /> }.into_any(),
        Who::Nobody => view! { <SignIn /> }.into_any(),
        Who::Technician if asks_password.get() => view! { <FirstPasswordPage /> }.into_any(),
        Who::Technician => view! { <TechnicianPages /> }.into_any(),
        Who::Office { signed_in_here: true } => view! { <ToOffice /> }.into_any(),
        Who::Office {
            signed_in_here: false,
        } => view! { <OfficePages /> }.into_any(),
    };
    view! {
        <Router>
            {pages}
            <RunWords />
            <ToastPlace />
        </Router>
    }
}

#[component]
fn TechnicianPages() -> impl IntoView {
    view! {
        <Attention />
        <Routes fallback=|| view! { <NoSuchPage /> }>
            <Route path=path!("/") view=RoundPage />
            <Route path=path!("/scan") view=ScanPage />
            <Route path=path!("/find") view=FindPage />
            <Route path=path!("/read") view=UnknownLabelPage />
            <Route path=path!("/read/:meter_point") view=ReadingPage />
            <Route path=path!("/edit/:item") view=EditPage />
            <Route path=path!("/order/:property") view=OrderPage />
            <Route path=path!("/outbox") view=OutboxPage />
            <Route path=path!("/sync") view=SyncPage />
            <Route path=path!("/me") view=MePage />
            <Route path=path!("/password") view=PasswordPage />
            <Route path=path!("/sign-in") view=SignInAgain />
        </Routes>
    }
}

/// The office leads here when its session has ended.
#[component]
fn OfficePages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <ToOffice /> }>
            <Route path=path!("/sign-in") view=SignInAgain />
        </Routes>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    let wording = use_wording();
    view! {
        <main class="sign-in">
            <Empty glyph=Glyph::Unknown title=wording.common.page_missing hint="">
                <a class="button" href="/">
                    {wording.common.to_start}
                </a>
            </Empty>
        </main>
    }
}
