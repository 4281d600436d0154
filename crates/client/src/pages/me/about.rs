//! How to install the app, and which one this is.

use leptos::prelude::*;

use crate::adapters::surroundings;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The guide and the version.
#[component]
pub(super) fn About() -> impl IntoView {
    let wording = use_wording();
    let words = &wording.me;
    let session = use_runtime().session();
    let phone = move || {
        session
            .read()
            .person()
            .and_then(|it| it.device_id)
            .map(|id| id.to_string())
    };
    view! {
        <section class="card stack" data-testid="install-guide">
            <h2>{words.install}</h2>
            <p class="soft">{words.install_why}</p>
            <p>{words.install_android}</p>
            <p>{words.install_ios}</p>
        </section>
        <section class="card">
            <dl class="facts">
                <dt>{wording.account.version}</dt>
                <dd class="number" data-testid="version">
                    {version()}
                </dd>
                {move || phone().map(|phone| view! { <dt>{words.phone_id}</dt> <dd class="small">{phone}</dd> })}
            </dl>
        </section>
    }
}

/// The version, and the hash of the build where the page names it.
fn version() -> String {
    match surroundings::build().get(..8) {
        Some(build) => format!("{} · {build}", env!("CARGO_PKG_VERSION")),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    }
}
