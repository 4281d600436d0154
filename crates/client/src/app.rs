//! The frame: language, colours, and the table of pages. The only file that lists pages.

use leptos::prelude::*;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;
use shared::wire::session::RoleName;

use crate::components::attention::Attention;
use crate::components::empty::Empty;
use crate::components::icon::Glyph;
use crate::components::look::follow_settings;
use crate::components::run_bar::RunWords;
use crate::components::toast::{ToastPlace, Toasts};
use crate::pages::find::FindPage;
use crate::pages::me::MePage;
use crate::pages::outbox::OutboxPage;
use crate::pages::phones::PhonesPage;
use crate::pages::reading::{EditPage, ReadingPage, UnknownLabelPage};
use crate::pages::readings::ReadingsPage;
use crate::pages::round::RoundPage;
use crate::pages::scan::ScanPage;
use crate::pages::sign_in::{SignIn, SignInAgain};
use crate::pages::sync::SyncPage;
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::SessionState;
use crate::wording::use_wording;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let runtime = Runtime::start();
    Toasts::provide();
    let wording = follow_settings(runtime);
    // Another language draws everything again: sentences are not signals.
    move || {
        provide_context(wording.get());
        view! { <Frame /> }
    }
}

/// Who works here decides which pages there are.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    NotKnownYet,
    Nobody,
    Technician,
    Office,
}

#[component]
fn Frame() -> impl IntoView {
    let session = use_runtime().session();
    let who = Memo::new(move |_| match &*session.read() {
        SessionState::Opening => Who::NotKnownYet,
        SessionState::SignedOut => Who::Nobody,
        SessionState::SignedIn(person) if person.role == RoleName::Technician => Who::Technician,
        SessionState::SignedIn(_) => Who::Office,
    });
    let pages = move || match who.get() {
        Who::NotKnownYet => ().into_any(),
        Who::Nobody => view! { <SignIn /> }.into_any(),
        Who::Technician => view! { <TechnicianPages /> }.into_any(),
        Who::Office => view! { <OfficePages /> }.into_any(),
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
            <Route path=path!("/outbox") view=OutboxPage />
            <Route path=path!("/sync") view=SyncPage />
            <Route path=path!("/me") view=MePage />
            <Route path=path!("/sign-in") view=SignInAgain />
        </Routes>
    }
}

#[component]
fn OfficePages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <NoSuchPage /> }>
            <Route path=path!("/") view=|| view! { <Redirect path="/readings" /> } />
            <Route path=path!("/readings") view=ReadingsPage />
            <Route path=path!("/phones") view=PhonesPage />
            <Route path=path!("/me") view=MePage />
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
