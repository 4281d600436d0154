//! The photos of a reading: small beside it, large in a tab of their own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::photo::NamedPhoto;

use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// Nothing at all where the reading names none.
#[component]
pub(super) fn Photos(item: ItemId) -> impl IntoView {
    let words = use_wording().photos();
    let runtime = use_runtime();
    let photos = RwSignal::new(Vec::<NamedPhoto>::new());
    spawn_local(async move {
        if let Ok(named) = runtime.load_photos(item).await {
            // The panel may be closed by now.
            photos.try_set(named);
        }
    });
    move || {
        let photos = photos.get();
        (!photos.is_empty()).then(|| {
            view! {
                <section class="stack" data-testid="detail-photos">
                    <h3>{words.title}</h3>
                    <ul class="photos">
                        {photos
                            .into_iter()
                            .enumerate()
                            .map(|(index, photo)| view! { <Thumbnail photo number=index + 1 /> })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Thumbnail(photo: NamedPhoto, number: usize) -> impl IntoView {
    let words = use_wording().photos();
    let address = format!("/api/photos/{}", photo.sha256);
    let picture = address.clone();
    let shown = if photo.arrived {
        view! {
            <a class="photo__open" href=address target="_blank" rel="noopener" title=(words.open)(number)>
                <img class="photo__picture" src=picture alt=(words.photo)(number) loading="lazy" />
            </a>
        }
        .into_any()
    } else {
        view! {
            <span class="photo__picture photo__picture--gone small soft">
                <Icon glyph=Glyph::Phone small=true />
                {words.not_arrived}
            </span>
        }
        .into_any()
    };
    view! { <li class="photo" data-testid="detail-photo" data-arrived=photo.arrived.to_string()>{shown}</li> }
}
