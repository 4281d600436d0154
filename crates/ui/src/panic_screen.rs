//! What is shown when the app has failed: saved work is safe in the device's store, and reloading helps.

use web_sys::{Document, Element};

/// The words of the last resort.
pub struct FailureWords {
    /// What happened and what is safe.
    pub message: &'static str,
    /// The way out.
    pub reload: &'static str,
}

/// What a program says and where its way out leads.
#[derive(Clone, Copy)]
pub struct LastResort {
    /// The words for the browser's language tag.
    pub words: fn(&str) -> &'static FailureWords,
    /// The address of the program's first page.
    pub start: &'static str,
}

/// Shows the message on a panic, and tells the browser's console where it was.
pub fn install(resort: LastResort) {
    std::panic::set_hook(Box::new(move |panic| {
        web_sys::console::error_1(&panic.to_string().into());
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            show(&document, resort);
        }
    }));
}

fn show(document: &Document, resort: LastResort) -> Option<()> {
    // A second panic has nothing to add.
    if document.get_element_by_id("app-failed").is_some() {
        return None;
    }
    let language = web_sys::window().and_then(|window| window.navigator().language());
    let words = (resort.words)(&language.unwrap_or_default());
    let panel = element(document, "div", "app-failed")?;
    panel.set_id("app-failed");
    panel.set_attribute("role", "alert").ok()?;
    let text = element(document, "p", "app-failed-text")?;
    text.set_text_content(Some(words.message));
    // A link and no handler: nothing of the app may be needed to leave it.
    let reload = element(document, "a", "app-failed-reload")?;
    reload.set_attribute("href", resort.start).ok()?;
    reload.set_text_content(Some(words.reload));
    panel.append_child(&text).ok()?;
    panel.append_child(&reload).ok()?;
    document.body()?.append_child(&panel).ok()?;
    Some(())
}

fn element(document: &Document, tag: &str, class: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_class_name(class);
    Some(element)
}
