//! The photos of a reading: small beside it, large in a tab of their own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::photo::NamedPhoto;
use ui::components::icon::{Glyph, Icon};

use crate::adapters::api;
use crate::wording::use_wording;

/// Nothing at all where the reading names none.
#[component]
pub(super) fn Photos(item: ItemId) -> impl IntoView {
    let words = &use_wording().readings;
    let photos = RwSignal::new(Vec::<NamedPhoto>::new());
    spawn_local(async move {
        if let Ok(named) = api::photos(item).await {
            // The panel may be closed by now.
            photos.try_set(named);
        }
    });
    move || {
        let photos = photos.get();
        (!photos.is_empty()).then(|| {
            view! {
                <section class="stack" data-testid="detail-photos">
                    <h3>{words.photos}</h3>
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
    let words = &use_wording().readings;
    let address = format!("/api/photos/{}", photo.sha256);
    let picture = address.clone();
    let shown = if photo.arrived {
        view! {
            <a class="photo__open" href=address target="_blank" rel="noopener" title=(words.photo_open)(number)>
                <img class="photo__picture" src=picture alt=(words.photo)(number) loading="lazy" />
            </a>
        }
        .into_any()
    } else {
        view! {
            <span class="photo__picture photo__picture--gone small soft">
                <Icon glyph=Glyph::Phone small=true />
                {words.photo_not_arrived}
            </span>
        }
        .into_any()
    };
    view! { <li class="photo" data-testid="detail-photo" data-arrived=photo.arrived.to_string()>{shown}</li> }
}
