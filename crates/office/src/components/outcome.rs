//! What came of what somebody just did: stays until the next thing is done, and is said by screen readers.

use leptos::prelude::*;

use super::trouble::office_error;
use crate::wording::use_wording;
use ui::api::ApiError;
use ui::components::notice::{Notice, Tone};

/// It is done, in words; or why not.
pub(crate) type Outcome = Result<String, ApiError>;

/// The place for it; always in the document, so that screen readers notice what appears in it.
#[component]
pub(crate) fn OutcomePlace(
    /// Nothing before anything was done, and while it is under way.
    outcome: RwSignal<Option<Outcome>>,
    /// The name by which tests find it.
    test_id: &'static str,
) -> impl IntoView {
    let wording = use_wording();
    let notice = move || {
        outcome.get().map(|outcome| match outcome {
            Ok(text) => view! { <Notice tone=Tone::Ok>{text}</Notice> }.into_any(),
            Err(error) => {
                view! { <Notice tone=Tone::Bad test_id="outcome-error">{office_error(&error, wording)}</Notice> }.into_any()
            }
        })
    };
    view! {
        <div class="outcome" role="status" aria-live="polite" data-testid=test_id>
            {notice}
        </div>
    }
}
