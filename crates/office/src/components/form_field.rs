//! A field of a form of the portfolio: what it is called, how it is typed, and what is wrong with it.

use leptos::prelude::*;
use shared::wire::imports::ImportFault;

use super::form_panel::Form;
use crate::wording::use_wording;

/// How it is typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FieldKind {
    /// A line, of at most so many characters.
    Line(u32),
    /// Several lines.
    Text(u32),
    /// A value or a count.
    Number,
    /// A day.
    Day,
    /// A time of the day.
    Time,
    /// One of these: name and word.
    Choice(Vec<(&'static str, String)>),
}

/// A field. The column is its name at the server, and that of the import's files.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) column: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: FieldKind,
    pub(crate) hint: String,
    /// What it held when the form opened.
    pub(crate) before: String,
}

impl Field {
    /// One that holds this.
    pub(crate) fn new(column: &'static str, label: &'static str, kind: FieldKind, before: &str) -> Self {
        Self {
            column,
            label,
            kind,
            hint: String::new(),
            before: before.to_owned(),
        }
    }

    /// With a word on what to type.
    pub(crate) fn hinted(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }
}

/// The field with its label, hint and faults.
#[component]
pub(crate) fn FormField(field: Field, place: usize, form: Form) -> impl IntoView {
    let wording = use_wording();
    let column = field.column;
    let wrong_id = format!("wrong-{column}");
    let wrong = move || {
        let faults = form.faults.read();
        let own = faults.iter().filter(|it| it.column == column);
        own.map(|it: &ImportFault| wording.import_fault(it))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let hint =
        (!field.hint.is_empty()).then(|| view! { <span class="small soft">{field.hint.clone()}</span> });
    let described = wrong_id.clone();
    let test_id = format!("field-{column}");
    let control = control(&field, place, form, described, test_id);
    view! {
        <label class="field">
            <span class="field__label">{field.label}</span>
            {control}
            {hint}
            <span id=wrong_id class="small strong tone-bad" role="alert" data-testid=format!("wrong-{column}")>{wrong}</span>
        </label>
    }
}

fn control(field: &Field, place: usize, form: Form, described: String, test_id: String) -> AnyView {
    let Some(value) = form
        .values
        .with_value(|values| values.get(place).map(|(_, value)| *value))
    else {
        return ().into_any();
    };
    let column = field.column;
    let type_in = move |text: String| {
        form.faults
            .update(|faults| faults.retain(|it| it.column != column));
        value.set(text);
    };
    let invalid = move || {
        form.faults
            .read()
            .iter()
            .any(|it| it.column == column)
            .to_string()
    };
    let (kind, mode, most) = match &field.kind {
        FieldKind::Choice(choices) => {
            let options = choices
                .iter()
                .map(|(name, word)| view! { <option value=*name>{word.clone()}</option> })
                .collect_view();
            return view! {
                <select class="input" aria-describedby=described aria-invalid=invalid data-testid=test_id prop:value=move || value.get()
                    on:change:target=move |event| type_in(event.target().value())>
                    {options}
                </select>
            }
            .into_any();
        }
        FieldKind::Text(most) => {
            return view! {
                <textarea class="input" maxlength=most.to_string() aria-describedby=described aria-invalid=invalid data-testid=test_id
                    prop:value=move || value.get() on:input:target=move |event| type_in(event.target().value())></textarea>
            }
            .into_any();
        }
        FieldKind::Line(most) => ("text", "text", *most),
        FieldKind::Number => ("text", "decimal", 20),
        FieldKind::Day => ("date", "numeric", 10),
        FieldKind::Time => ("time", "numeric", 5),
    };
    let class = if field.kind == FieldKind::Number {
        "input number"
    } else {
        "input"
    };
    view! {
        <input class=class type=kind inputmode=mode maxlength=most.to_string() autocomplete="off" aria-describedby=described
            aria-invalid=invalid data-testid=test_id prop:value=move || value.get()
            on:input:target=move |event| type_in(event.target().value()) />
    }
    .into_any()
}
