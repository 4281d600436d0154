//! What a person is told who does not look at the app: notifications of the kinds that were chosen, and the number on
//! the icon. Draws nothing; stands once in the technician's frame.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::notice::NoticeWatch;

use crate::adapters::{badge, entropy, notifications};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// A queue grows old without anything else happening.
const LOOK_EVERY: Duration = Duration::from_secs(15 * 60);

/// Watches the status for as long as somebody is signed in.
#[component]
pub(crate) fn Attention() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let outbox = runtime.outbox();
    let number = Memo::new(move |_| outbox.with(|it| it.waiting + it.shelf));
    // The icon and the notifications lie outside of the document.
    Effect::new(move || badge::show(number.get()));
    let watch = StoredValue::new(NoticeWatch::default());
    let look = move || {
        let wanted = runtime.settings().read_untracked().notices;
        let status = runtime.status().read_untracked();
        let oldest = runtime.oldest_waiting();
        let told = watch.try_update_value(|watch| watch.look(&status, oldest, entropy::now(), wanted));
        for notice in told.unwrap_or_default() {
            // Whoever looks at the app sees it there.
            if notifications::is_hidden() {
                let (title, text) = phone::wording::notice(wording.tag, notice);
                spawn_local(async move {
                    notifications::show(notice.tag(), title, &text, wording.tag).await;
                });
            }
        }
    };
    Effect::new(move || {
        runtime.status().track();
        look();
    });
    let clock = set_interval_with_handle(look, LOOK_EVERY);
    on_cleanup(move || {
        badge::show(0);
        if let Ok(clock) = clock {
            clock.clear();
        }
    });
}
