//! The frame: language, colours, and the table of pages. The only file that lists pages.

use leptos::prelude::*;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;
use ui::api::ApiError;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;
use ui::components::toast::{ToastPlace, Toasts};
use ui::look::follow;
use ui::panic_screen::{self, LastResort};

use crate::components::trouble::office_error;
use crate::open_counts::OpenCounts;
use crate::pages::audit::AuditPage;
use crate::pages::conflicts::ConflictsPage;
use crate::pages::dashboard::DashboardPage;
use crate::pages::import::ImportPage;
use crate::pages::inbox::InboxPage;
use crate::pages::labels::LabelsPage;
use crate::pages::me::MePage;
use crate::pages::missing::MissingPage;
use crate::pages::own_password::OwnPassword;
use crate::pages::people::PeoplePage;
use crate::pages::periods::PeriodsPage;
use crate::pages::phones::PhonesPage;
use crate::pages::portfolio::PortfolioPage;
use crate::pages::readings::ReadingsPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::unit::UnitPage;
use crate::session::{Access, Session, use_session};
use crate::wording::failure::failure_words;
use crate::wording::{use_wording, wording_of};

/// Shows a message when the program has failed.
pub fn install_panic_screen() {
    panic_screen::install(LastResort {
        words: failure_words,
        start: "/office",
    });
}

/// The office.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    Toasts::provide();
    OpenCounts::provide();
    let words = follow(session.look.into());
    // Another language draws everything again: sentences are not signals.
    move || {
        let words = words.get();
        provide_context(words);
        provide_context(wording_of(words));
        view! { <Frame /> }
    }
}

#[component]
fn Frame() -> impl IntoView {
    let session = use_session();
    let access = Memo::new(move |_| session.access.get());
    let pages = move || match access.get() {
        Access::Opening => ().into_any(),
        Access::Unknown(error) => view! { <NotOpen error /> }.into_any(),
        Access::SignIn => view! { <SignInPage /> }.into_any(),
        Access::FirstPassword(_) => view! { <OwnPassword /> }.into_any(),
        Access::Open(_) => view! { <Pages /> }.into_any(),
    };
    view! {
        <Router>
            {pages}
            <ToastPlace />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <NoSuchPage /> }>
            <Route path=path!("/office") view=|| view! { <Redirect path="/office/dashboard" /> } />
            <Route path=path!("/office/dashboard") view=DashboardPage />
            <Route path=path!("/office/readings") view=ReadingsPage />
            <Route path=path!("/office/conflicts") view=ConflictsPage />
            <Route path=path!("/office/inbox") view=InboxPage />
            <Route path=path!("/office/missing") view=MissingPage />
            <Route path=path!("/office/portfolio") view=PortfolioPage />
            <Route path=path!("/office/portfolio/units/:id") view=UnitPage />
            <Route path=path!("/office/import") view=ImportPage />
            <Route path=path!("/office/periods") view=PeriodsPage />
            <Route path=path!("/office/labels") view=LabelsPage />
            <Route path=path!("/office/phones") view=PhonesPage />
            <Route path=path!("/office/people") view=PeoplePage />
            <Route path=path!("/office/audit") view=AuditPage />
            <Route path=path!("/office/me") view=MePage />
        </Routes>
    }
}

/// Nobody can work here without the server.
#[component]
fn NotOpen(error: ApiError) -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    let hint = match &error {
        ApiError::NoConnection => wording.frame.no_network.to_owned(),
        error => office_error(error, wording),
    };
    view! {
        <main class="sign-in" data-testid="office-closed">
            <Empty glyph=Glyph::Offline title=wording.trouble.no_connection hint="">
                <p>{hint}</p>
                <button class="button" type="button" on:click=move |_| session.open()>
                    {wording.trouble.try_again}
                </button>
            </Empty>
        </main>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    let wording = use_wording();
    view! {
        <main class="sign-in">
            <Empty glyph=Glyph::Unknown title=wording.common.page_missing hint="">
                <a class="button" href="/office/dashboard">
                    {wording.common.to_start}
                </a>
            </Empty>
        </main>
    }
}
