//! The form at the meter.

mod already;
mod answers;
mod cannot_read;
mod desk;
mod exchange;
mod facts;
mod form;
mod last;
mod more;
mod period;
mod photos;
mod place;
mod remark;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::id::ItemId;
use shared::names::Flag;

use crate::components::empty::Empty;
use crate::components::icon::Glyph;
use crate::components::phone_page::PhonePage;
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::{ExchangeForm, ItemForm, SessionState};
use crate::wording::use_wording;
use exchange::Exchange;
use facts::Facts;
use form::Form;

/// What the form begins with.
#[derive(Clone)]
struct Start {
    form: ItemForm,
    /// The form was left half typed before.
    from_draft: bool,
    /// The item is in the outbox or on the shelf already.
    editing: bool,
}

impl Start {
    /// A label needs no list, a meter point has to be in it.
    fn has_form(&self, runtime: Runtime) -> bool {
        let is_listed = |point: &String| runtime.list().read_untracked().row(point).is_some();
        self.form.label_text.is_some() || self.form.point_id.as_ref().is_some_and(is_listed)
    }

    /// The form goes on under the same id: as that of an exchange.
    fn exchange(form: ItemForm) -> Self {
        Self::again(ItemForm {
            value: String::new(),
            kind: String::new(),
            answers: Vec::new(),
            flags: Vec::new(),
            exchange: Some(ExchangeForm::default()),
            ..form
        })
    }

    /// Or as that of a plain reading.
    fn again(form: ItemForm) -> Self {
        Self {
            form,
            from_draft: false,
            editing: false,
        }
    }
}

/// `/read/:meter_point?by=scan|typed|list`: a meter of the list.
#[component]
pub(crate) fn ReadingPage() -> impl IntoView {
    let params = use_params_map();
    let address = use_query_map();
    move || {
        let point = params.read().get("meter_point").unwrap_or_default();
        let by = address.read().get("by").unwrap_or_else(|| "list".to_owned());
        view! { <Opened wanted=Wanted::Point(point) by /> }
    }
}

/// `/read?label=TEXT&by=scan|typed`: a label that is not in the list.
#[component]
pub(crate) fn UnknownLabelPage() -> impl IntoView {
    let address = use_query_map();
    move || {
        let label = address.read().get("label").unwrap_or_default();
        let by = address.read().get("by").unwrap_or_else(|| "typed".to_owned());
        view! { <Opened wanted=Wanted::Label(label) by /> }
    }
}

/// `/edit/:item`: an item of the outbox or the shelf.
#[component]
pub(crate) fn EditPage() -> impl IntoView {
    let params = use_params_map();
    move || {
        let item = params.read().get("item").unwrap_or_default();
        view! { <Opened wanted=Wanted::Item(item) by=String::new() /> }
    }
}

#[derive(Clone, PartialEq)]
enum Wanted {
    Point(String),
    Label(String),
    Item(String),
}

/// Opens the form once the device's store has said whether one was left half typed.
#[component]
fn Opened(wanted: Wanted, by: String) -> impl IntoView {
    let runtime = use_runtime();
    if !matches!(wanted, Wanted::Item(_)) {
        // What is edited stays where it was read.
        runtime.locate_while_open();
    }
    let begun = RwSignal::new(None::<Option<Start>>);
    let has_form = RwSignal::new(false);
    // Whoever comes by a link may be here before the list is: each list that comes is looked at, until a form is open.
    Effect::new(move |_| {
        if has_form.get_untracked() {
            return;
        }
        runtime.list().track();
        let (asked, by) = (wanted.clone(), by.clone());
        spawn_local(async move {
            let start = begin(runtime, asked, by).await;
            // The page may be gone by now, or another look have opened the form.
            if has_form.try_get_untracked() == Some(false) {
                has_form.set(start.as_ref().is_some_and(|start| start.has_form(runtime)));
                begun.set(Some(start));
            }
        });
    });
    let open = Memo::new(move |_| matches!(*runtime.session().read(), SessionState::SignedIn(_)));
    move || match begun.get().filter(|_| open.get()) {
        None => ().into_any(),
        Some(None) => view! { <Gone /> }.into_any(),
        Some(Some(start)) => {
            let facts = Facts::gather(runtime, &start.form);
            match (facts, &start.form.label_text) {
                (None, None) => view! { <Gone /> }.into_any(),
                (Some(facts), _) if start.form.exchange.is_some() => {
                    let on_plain = move |form| begun.set(Some(Some(Start::again(form))));
                    view! { <Exchange start facts on_plain /> }.into_any()
                }
                (facts, _) => {
                    let on_exchange = move |form| begun.set(Some(Some(Start::exchange(form))));
                    view! { <Form start facts on_exchange=Callback::new(on_exchange) /> }.into_any()
                }
            }
        }
    }
}

async fn begin(runtime: Runtime, wanted: Wanted, by: String) -> Option<Start> {
    let fresh = |form: ItemForm| Start {
        form: ItemForm {
            id: runtime.new_item_id(),
            identified_by: by.clone(),
            ..form
        },
        from_draft: false,
        editing: false,
    };
    match wanted {
        Wanted::Item(item) => {
            let form = runtime.form_of(ItemId::parse(&item)?).await?;
            Some(Start {
                form,
                from_draft: false,
                editing: true,
            })
        }
        Wanted::Point(point) => {
            let draft = runtime
                .load_draft()
                .await
                .filter(|form| form.point_id.as_ref() == Some(&point));
            let new = || {
                fresh(ItemForm {
                    point_id: Some(point.clone()),
                    ..ItemForm::default()
                })
            };
            Some(draft.map_or_else(new, from_draft))
        }
        Wanted::Label(label) => {
            let label = Some(label).filter(|label| !label.is_empty())?;
            let draft = runtime
                .load_draft()
                .await
                .filter(|form| form.label_text.as_ref() == Some(&label));
            let flags = vec![Flag::UnknownLabel.name().to_owned()];
            let new = || {
                fresh(ItemForm {
                    label_text: Some(label.clone()),
                    flags,
                    ..ItemForm::default()
                })
            };
            Some(draft.map_or_else(new, from_draft))
        }
    }
}

fn from_draft(form: ItemForm) -> Start {
    Start {
        form,
        from_draft: true,
        editing: false,
    }
}

/// The meter point is not in the list (any more), or no list has come yet.
#[component]
fn Gone() -> impl IntoView {
    let wording = use_wording();
    let has_list = use_runtime().list().read_untracked().refreshed_at.is_some();
    let (title, hint) = if has_list {
        (wording.reading.gone_title, wording.reading.gone_hint)
    } else {
        (wording.round.empty_title, wording.round.empty_hint)
    };
    view! {
        <PhonePage title back="/">
            <Empty glyph=Glyph::Unknown title hint>
                <a class="button" href="/find">
                    {wording.find.title}
                </a>
            </Empty>
        </PhonePage>
    }
}
