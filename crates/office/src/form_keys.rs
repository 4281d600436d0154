//! The keys of a form that asks why: a reason is a sentence, so Enter sends it.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};

/// Escape leaves; Enter sends from a field of several lines too, where Shift with it begins a line.
pub(crate) fn on_form_key(event: &KeyboardEvent, leave: impl FnOnce()) {
    match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            leave();
        }
        "Enter" if !event.shift_key() && !event.is_composing() && is_in_lines(event) => {
            event.prevent_default();
            send(event);
        }
        _ => {}
    }
}

fn is_in_lines(event: &KeyboardEvent) -> bool {
    let target = event.target();
    target.is_some_and(|it| it.has_type::<HtmlTextAreaElement>())
}

fn send(event: &KeyboardEvent) {
    let form = event
        .current_target()
        .and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    if let Some(form) = form {
        // It can only fail for a button that is not the form's.
        let _ = form.request_submit();
    }
}
