//! A form at the right of a page: fields, what is wrong with them, and what sends them. Escape leaves it, and the focus goes
//! back to where it was opened.

use std::pin::Pin;
use std::rc::Rc;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Form as FormElement;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::imports::{ImportChange, ImportFault};
use ui::api::ApiError;
use ui::components::notice::{Notice, Tone};
use wasm_bindgen::JsCast;

use super::form_field::{Field, FormField};
use super::outcome::Outcome;
use super::trouble::office_error;
use crate::adapters::imports::Told;
use crate::wording::use_wording;

/// What sending a form comes to: the words for what was done, or what is wrong.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<Told<String>, ApiError>>>>;

/// A form that is opened.
#[derive(Clone)]
pub(crate) struct FormSpec {
    pub(crate) title: String,
    /// What stands above the fields.
    pub(crate) hint: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) send_word: &'static str,
    /// Sends what was typed.
    pub(crate) send: Rc<dyn Fn(&Form) -> Sending>,
    /// What stands below the first field and changes with what is typed.
    pub(crate) below: Option<Rc<dyn Fn(Form) -> AnyView>>,
}

/// What is typed into an open form; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// Column and text, in the order of the fields.
    pub(crate) values: StoredValue<Vec<(Field, RwSignal<String>)>>,
    pub(crate) faults: RwSignal<Vec<ImportFault>>,
    /// What was answered to a check.
    pub(crate) answer: RwSignal<String>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Form {
    fn open(fields: &[Field]) -> Self {
        let values = fields
            .iter()
            .map(|it| (it.clone(), RwSignal::new(it.before.clone())));
        Self {
            values: StoredValue::new(values.collect()),
            faults: RwSignal::default(),
            answer: RwSignal::default(),
            busy: RwSignal::default(),
            trouble: RwSignal::default(),
        }
    }

    /// What is typed into a field.
    pub(crate) fn text(&self, column: &str) -> String {
        let signal = self.values.with_value(|values| {
            values
                .iter()
                .find(|(field, _)| field.column == column)
                .map(|(_, it)| *it)
        });
        signal.map(|it| it.get()).unwrap_or_default()
    }

    /// The fields that hold something else than when the form opened.
    pub(crate) fn changes(&self) -> Vec<ImportChange> {
        let change = |(field, value): &(Field, RwSignal<String>)| ImportChange {
            column: field.column.to_owned(),
            before: field.before.clone(),
            after: value.get_untracked().trim().to_owned(),
        };
        let changes = self
            .values
            .with_value(|values| values.iter().map(change).collect::<Vec<_>>());
        changes.into_iter().filter(|it| it.before != it.after).collect()
    }
}

/// Where forms are opened on a page; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct FormPlace {
    pub(crate) open: RwSignal<Option<FormSpec>, LocalStorage>,
    pub(crate) outcome: RwSignal<Option<Outcome>>,
    /// What had the focus when the form was opened: its button may be drawn anew by then.
    returns_to: StoredValue<String>,
    on_done: Callback<()>,
}

impl FormPlace {
    /// With nothing open; `on_done` hears each time something was done.
    pub(crate) fn new(on_done: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            open: RwSignal::new_local(None),
            outcome: RwSignal::default(),
            returns_to: StoredValue::default(),
            on_done: Callback::new(move |()| on_done()),
        }
    }

    /// Opens a form in the place of what is open.
    pub(crate) fn show(self, spec: FormSpec) {
        let focused = document().active_element();
        self.returns_to
            .set_value(focused.map(|it| selector_of(&it)).unwrap_or_default());
        self.outcome.set(None);
        self.open.set(Some(spec));
    }

    /// Gives the focus back, unless somebody has gone elsewhere.
    pub(crate) fn return_focus(self) {
        let selector = self.returns_to.get_value();
        let is_nowhere = document()
            .active_element()
            .is_none_or(|it| it.tag_name() == "BODY");
        if selector.is_empty() || !is_nowhere || self.open.with_untracked(Option::is_some) {
            return;
        }
        let element = document().query_selector(&selector).ok().flatten();
        if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // It can only fail when the element has left the document.
            let _ = element.focus();
        }
    }

    fn close(self) {
        self.open.set(None);
        request_animation_frame(move || self.return_focus());
    }
}

/// What finds a button again when it was drawn anew: its name for tests, within its meter point or row.
fn selector_of(element: &web_sys::Element) -> String {
    let Some(own) = element.get_attribute("data-testid") else {
        return String::new();
    };
    let around = ["data-point", "data-code"].iter().find_map(|name| {
        let around = element.closest(&format!("[{name}]")).ok().flatten()?;
        Some(format!("[{name}={:?}] ", around.get_attribute(name)?))
    });
    format!("{}[data-testid={own:?}]", around.unwrap_or_default())
}

/// The open form.
#[component]
pub(crate) fn FormPanel(place: FormPlace) -> impl IntoView {
    move || place.open.get().map(|spec| view! { <Opened spec place /> })
}

#[component]
fn Opened(spec: FormSpec, place: FormPlace) -> impl IntoView {
    let wording = use_wording();
    let form = Form::open(&spec.fields);
    let element = NodeRef::<FormElement>::new();
    Effect::new(move || {
        let first = element
            .get()
            .and_then(|it| it.query_selector("input, select, textarea").ok().flatten());
        if let Some(first) = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = first.focus();
        }
    });
    let send = Rc::clone(&spec.send);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.busy.get_untracked() {
            carry_out(form, place, send(&form));
        }
    };
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            place.close();
        }
    };
    let below = spec.below.as_ref().map(|below| below(form));
    let mut fields = spec.fields.iter().cloned().enumerate();
    let draw = move |(place, field): (usize, Field)| view! { <FormField field place form /> };
    let first = fields.next().map(draw);
    let others = fields.map(draw).collect_view();
    view! {
        <aside class="detail" aria-label=spec.title.clone()>
            <form class="stack form-panel" node_ref=element novalidate=true on:submit=submit on:keydown=leave data-testid="form">
                <h2>{spec.title.clone()}</h2>
                {(!spec.hint.is_empty()).then(|| view! { <p class="small soft">{spec.hint.clone()}</p> })}
                {first}
                {below}
                {others}
                <Wrong form fields=spec.fields />
                <div class="buttons">
                    <button class="button" type="button" data-testid="form-cancel" on:click=move |_| place.close()>
                        {wording.common.cancel}
                    </button>
                    <button class="button button--main" type="submit" aria-disabled=move || form.busy.get().to_string() data-testid="form-send">
                        {spec.send_word}
                    </button>
                </div>
            </form>
        </aside>
    }
}

/// What is wrong with no field of the form, and why it could not be sent.
#[component]
fn Wrong(form: Form, fields: Vec<Field>) -> impl IntoView {
    let wording = use_wording();
    let columns: Vec<&str> = fields.iter().map(|it| it.column).collect();
    let others = move || {
        let faults = form.faults.read();
        let others = faults.iter().filter(|it| !columns.contains(&it.column.as_str()));
        let say = |it: &ImportFault| format!("{}: {}", it.column, wording.import_fault(it));
        others.map(say).collect::<Vec<_>>().join(" ")
    };
    let words = Memo::new(move |_| match form.trouble.get() {
        Some(error) => office_error(&error, wording),
        None => others(),
    });
    let notice = move || {
        let text = words.get();
        (!text.is_empty())
            .then(|| view! { <Notice tone=Tone::Bad alert=true test_id="form-error">{text}</Notice> })
    };
    view! { <div>{notice}</div> }
}

fn carry_out(form: Form, place: FormPlace, sending: Sending) {
    form.busy.set(true);
    form.trouble.set(None);
    form.faults.set(Vec::new());
    spawn_local(async move {
        let answer = sending.await;
        if form.busy.try_set(false).is_some() {
            // The page is gone.
            return;
        }
        match answer {
            Ok(Told::Done(words)) => {
                place.close();
                place.outcome.set(Some(Ok(words)));
                place.on_done.run(());
            }
            Ok(Told::Faulty(problem)) => form.faults.set(problem.faults),
            Err(error) => {
                let is_stale = matches!(&error, ApiError::Refused { code, .. } if code == "books_changed");
                form.trouble.set(Some(error));
                if is_stale {
                    place.on_done.run(());
                }
            }
        }
    });
}
