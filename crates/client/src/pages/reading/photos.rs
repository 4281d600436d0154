//! Photos of a reading: taken or chosen, shown small, removed again.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::actions::PhotoError;
use crate::adapters::picture;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, Tone};
use crate::components::toast::use_toasts;
use crate::runtime::use_runtime;
use crate::view_state::ItemForm;
use crate::wording::photos::PhotoWords;
use crate::wording::use_wording;

/// The form that photos belong to; copied freely.
#[derive(Clone, Copy)]
pub(super) struct PhotoDesk {
    pub(super) form: RwSignal<ItemForm>,
    /// A value is typed blind: nothing may give it away.
    pub(super) hidden: Signal<bool>,
    /// A photo is made small; the form does not name it yet.
    pub(super) busy: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<&'static str>>,
    /// The item is on this phone already.
    pub(super) editing: bool,
}

impl PhotoDesk {
    pub(super) fn new(form: RwSignal<ItemForm>, hidden: Signal<bool>, editing: bool) -> Self {
        Self {
            form,
            hidden,
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            editing,
        }
    }
}

/// Two chips: the camera, and what was taken before.
#[component]
pub(super) fn PhotoChips(desk: PhotoDesk) -> impl IntoView {
    let words = use_wording().photos();
    view! {
        <FileChip desk word=words.take glyph=Glyph::Camera camera=true test_id="photo-take" />
        <FileChip desk word=words.choose glyph=Glyph::Photo camera=false test_id="photo-choose" />
    }
}

#[component]
fn FileChip(
    desk: PhotoDesk,
    word: &'static str,
    glyph: Glyph,
    /// Opens the camera at once, where there is one.
    camera: bool,
    test_id: &'static str,
) -> impl IntoView {
    let add = adder(desk);
    let input = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let file = input.files().and_then(|files| files.get(0));
        // Without this, choosing the same photo again would be no change.
        input.set_value("");
        if let Some(file) = file {
            add(file);
        }
    };
    view! {
        <label class="chip chip--file">
            <Icon glyph small=true />
            {word}
            <input
                node_ref=input
                class="unseen"
                type="file"
                accept="image/*"
                capture=camera.then_some("environment")
                data-testid=test_id
                on:change=chosen
            />
        </label>
    }
}

/// Stores a photo, and only then lets the form name it.
fn adder(desk: PhotoDesk) -> impl Fn(File) + Copy {
    let runtime = use_runtime();
    let words = use_wording().photos();
    move |file: File| {
        if desk.busy.get_untracked() {
            return;
        }
        desk.busy.set(true);
        desk.trouble.set(None);
        spawn_local(async move {
            let added = runtime.add_photo(&desk.form.get_untracked(), &file).await;
            // The form may be gone by now; then the photo is swept.
            desk.busy.try_set(false);
            match added {
                Ok(hash) => {
                    desk.form.try_update(|form| {
                        if !form.photos.contains(&hash) {
                            form.photos.push(hash);
                        }
                    });
                }
                Err(error) => _ = desk.trouble.try_set(Some(trouble(error, words))),
            }
        });
    }
}

fn trouble(error: PhotoError, words: &PhotoWords) -> &'static str {
    match error {
        PhotoError::NoRoom => words.no_room,
        PhotoError::NotAPicture => words.not_a_picture,
        PhotoError::TooLarge => words.too_large,
        PhotoError::TooMany => words.too_many,
        PhotoError::StoreFailed => words.store_failed,
    }
}

/// The photos of the form, and what went wrong with the last one.
#[component]
pub(super) fn Photos(desk: PhotoDesk) -> impl IntoView {
    let words = use_wording().photos();
    let hashes = Memo::new(move |_| desk.form.read().photos.clone());
    let hidden = move || desk.hidden.get();
    let notice = move || {
        desk.trouble
            .get()
            .map(|text| view! { <Notice tone=Tone::Warn alert=true test_id="photo-trouble">{text}</Notice> })
    };
    let preparing = move || {
        desk.busy.get().then(|| {
            view! {
                <p class="line soft small" role="status">
                    <Icon glyph=Glyph::Spinner small=true />
                    {words.preparing}
                </p>
            }
        })
    };
    view! {
        {notice}
        {preparing}
        <ul class="photos" hidden=move || hidden() || hashes.read().is_empty() data-testid="photos">
            <For each=move || hashes.get().into_iter().enumerate() key=|(_, hash)| hash.clone() let((index, hash))>
                <Thumbnail desk hash number=index + 1 />
            </For>
        </ul>
    }
}

#[component]
fn Thumbnail(desk: PhotoDesk, hash: String, number: usize) -> impl IntoView {
    let words = use_wording().photos();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let item = desk.form.with_untracked(|form| form.id);
    let url = RwSignal::new(None::<String>);
    let wanted = hash.clone();
    spawn_local(async move {
        if let Some(found) = runtime.photo_url(item, &wanted).await
            && let Some(Some(late)) = url.try_set(Some(found))
        {
            picture::revoke(&late);
        }
    });
    on_cleanup(move || {
        if let Some(Some(url)) = url.try_get_untracked() {
            picture::revoke(&url);
        }
    });
    let remove = move |_| {
        let hash = hash.clone();
        desk.form.update(|form| form.photos.retain(|it| *it != hash));
        toasts.say(words.removed);
        if desk.editing {
            // The revision that was saved before still names it.
            return;
        }
        spawn_local(async move {
            // First the draft, so that it never names what is gone.
            runtime.save_draft(desk.form.get_untracked()).await;
            runtime.remove_photo(item, &hash).await;
        });
    };
    let shown = move || match url.get() {
        Some(url) => view! { <img class="photo__picture" src=url alt=(words.photo)(number) /> }.into_any(),
        None => {
            view! { <span class="photo__picture photo__picture--gone small soft">{words.not_here}</span> }
                .into_any()
        }
    };
    view! {
        <li class="photo" data-testid="photo">
            {shown}
            <button
                class="photo__remove"
                type="button"
                aria-label=(words.remove)(number)
                data-testid="photo-remove"
                on:click=remove
            >
                <span class="photo__cross"><Icon glyph=Glyph::Close small=true /></span>
            </button>
        </li>
    }
}
