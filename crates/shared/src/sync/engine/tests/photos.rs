//! Photos go after the items, never delay one, are sent in parts, and leave the phone only when the server names them.

use super::rig::{Rig, entry};
use crate::id::ItemId;
use crate::photo::{PhotoHash, PhotoKey};
use crate::sync::event::{Effect, Hint, Input, Network, PhotoResult, QuietHours, SyncSettings};
use crate::sync::status::{Outcome, PhotosWait};
use crate::timestamp::Timestamp;

fn photo(item: ItemId, number: u8) -> PhotoKey {
    PhotoKey {
        item,
        hash: PhotoHash::of(&[number]),
    }
}

/// So many items, each with a photo.
fn with_photos(items: u64) -> (Rig, Vec<PhotoKey>) {
    let rig = Rig::new(items);
    let photos = rig
        .items
        .iter()
        .map(|item| photo(item.id, item.seq as u8))
        .collect();
    (rig, photos)
}

fn open(rig: &mut Rig, photos: &[PhotoKey]) {
    rig.open();
    rig.tell(Input::Photos(photos.to_vec()));
}

fn is_photo(effect: &Effect) -> bool {
    matches!(effect, Effect::SendPhoto { .. })
}

fn place(rig: &Rig, is_it: impl Fn(&Effect) -> bool) -> Option<usize> {
    rig.seen.iter().position(is_it)
}

fn forgotten(rig: &Rig) -> Vec<PhotoKey> {
    let seen = rig.seen.iter().filter_map(|effect| match effect {
        Effect::ForgetPhoto { photo } => Some(*photo),
        _ => None,
    });
    seen.collect()
}

#[test]
fn photos_go_after_all_items_and_after_the_end_check() {
    let (mut rig, photos) = with_photos(60);
    open(&mut rig, &photos);
    rig.wait(10_000);
    let last_batch = rig
        .seen
        .iter()
        .rposition(|effect| matches!(effect, Effect::Post { .. }));
    let check = place(&rig, |effect| matches!(effect, Effect::Check { .. }));
    let first_photo = place(&rig, is_photo);
    assert!(
        last_batch < check && check < first_photo,
        "{last_batch:?} {check:?} {first_photo:?}"
    );
    assert_eq!((forgotten(&rig), rig.status().photos), (photos, 0));
    assert_eq!(rig.status().all_received, Some(60));
    let last = rig
        .status()
        .last
        .clone()
        .map(|last| (last.outcome, last.photos_sent, last.photos_left));
    assert_eq!(last, Some((Outcome::AllReceived, 60, 0)));
}

#[test]
fn an_item_that_is_saved_while_a_part_is_on_its_way_does_not_wait_for_it() {
    let (mut rig, photos) = with_photos(1);
    rig.holds = is_photo;
    open(&mut rig, &photos);
    rig.wait(10_000);
    assert_eq!(rig.held.len(), 1);
    rig.save(entry(2, 1));
    assert_eq!(
        (rig.batches(), rig.status().waiting),
        (vec![1, 1], 0),
        "sent, while the part still travels"
    );
    assert_eq!(rig.status().all_received, Some(2));
}

/// The link becomes known as steady on the way, and photos then cost nothing of the minute's requests.
#[test]
fn five_hundred_photos_go_in_one_run() {
    let (mut rig, one) = with_photos(1);
    let photos: Vec<PhotoKey> = (0..500_u32)
        .map(|number| PhotoKey {
            item: one[0].item,
            hash: PhotoHash::of(&number.to_le_bytes()),
        })
        .collect();
    open(&mut rig, &photos);
    rig.wait(20_000);
    assert_eq!(rig.status().photos, 0);
    assert_eq!(rig.count(|effect| matches!(effect, Effect::Record(_))), 1);
}

#[test]
fn the_photo_of_an_item_that_still_waits_is_not_sent() {
    let (mut rig, photos) = with_photos(2);
    rig.posts = Box::new(|_| super::rig::later());
    open(&mut rig, &photos);
    rig.wait(60_000);
    assert_eq!(rig.count(is_photo), 0);
    assert_eq!(rig.status().photos, 2);
}

#[test]
fn the_server_is_asked_first_and_goes_on_where_it_stopped() {
    let (mut rig, photos) = with_photos(1);
    let mut held = 64;
    rig.sends_photo = Box::new(move |_, from| {
        held += if from.is_some() { 50 } else { 0 };
        PhotoResult::Held {
            received: held,
            complete: held >= 150,
        }
    });
    open(&mut rig, &photos);
    rig.wait(10_000);
    let sent: Vec<Option<u64>> = rig
        .seen
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendPhoto { held, .. } => Some(*held),
            _ => None,
        })
        .collect();
    assert_eq!(sent, [None, Some(64), Some(114)]);
    assert_eq!(forgotten(&rig), photos);
}

#[test]
fn a_photo_stays_until_the_server_names_it_as_complete() {
    for result in [
        PhotoResult::Held {
            received: 0,
            complete: false,
        },
        PhotoResult::Later { retry_after_ms: None },
        PhotoResult::Foreign,
        PhotoResult::Refused,
        PhotoResult::Unexpected,
        PhotoResult::SignInAgain,
    ] {
        let (mut rig, mut photos) = with_photos(1);
        // Just taken, by the rig's clock.
        photos[0].item = ItemId::new(Timestamp::from_ms(rig.now_ms), [1; 10]);
        rig.sends_photo = Box::new(move |_, _| result);
        open(&mut rig, &photos);
        rig.wait(3_600_000);
        assert_eq!((forgotten(&rig), rig.status().photos), (vec![], 1), "{result:?}");
        assert!(
            rig.count(is_photo) < 40,
            "{result:?} is not asked for again and again"
        );
    }
}

#[test]
fn what_no_item_names_is_forgotten_after_35_days() {
    let (mut rig, mut photos) = with_photos(1);
    photos[0].item = ItemId::new(Timestamp::from_ms(rig.now_ms), [1; 10]);
    rig.now_ms += 36 * 24 * 60 * 60 * 1_000;
    rig.sends_photo = Box::new(|_, _| PhotoResult::Unexpected);
    open(&mut rig, &photos);
    rig.wait(10_000);
    assert_eq!(forgotten(&rig), [], "told once is not enough");
    rig.wait(2 * 60 * 60 * 1_000);
    assert_eq!(forgotten(&rig), photos);
}

#[test]
fn a_link_that_fails_on_photos_is_tried_again_and_the_items_are_still_received() {
    let (mut rig, photos) = with_photos(1);
    let mut failures = 3;
    rig.sends_photo = Box::new(move |_, _| {
        failures -= 1;
        match failures {
            0.. => PhotoResult::Later { retry_after_ms: None },
            _ => PhotoResult::Held {
                received: 150,
                complete: true,
            },
        }
    });
    open(&mut rig, &photos);
    rig.wait(5_000);
    assert_eq!(rig.status().all_received, Some(1));
    rig.wait(300_000);
    assert_eq!(rig.status().photos, 0);
}

#[test]
fn one_photo_that_the_server_does_not_want_holds_up_no_other() {
    let (mut rig, photos) = with_photos(3);
    let bad = photos[0];
    rig.sends_photo = Box::new(move |photo, _| match photo == bad {
        true => PhotoResult::Refused,
        false => PhotoResult::Held {
            received: 150,
            complete: true,
        },
    });
    open(&mut rig, &photos);
    rig.wait(10_000);
    assert_eq!(forgotten(&rig), photos[1..]);
    assert_eq!(
        rig.count(|effect| matches!(effect, Effect::SendPhoto { photo, .. } if *photo == bad)),
        1
    );
}

#[test]
fn on_wifi_only_photos_wait_for_it_and_items_do_not() {
    let (mut rig, photos) = with_photos(2);
    rig.tell(Input::Settings(SyncSettings {
        photos_on_wifi_only: true,
        ..SyncSettings::default()
    }));
    rig.tell(Input::Network(Network::Cellular));
    open(&mut rig, &photos);
    rig.wait(10_000);
    rig.hint(Hint::SyncNow);
    rig.wait(10_000);
    assert_eq!((rig.status().waiting, rig.count(is_photo)), (0, 0));
    assert_eq!(rig.status().photos_wait, Some(PhotosWait::Wifi));
    assert_eq!(rig.wakes_in_ms(), None, "nothing is tried in vain");
    rig.tell(Input::Network(Network::Wifi));
    // The runs before have used requests of the minute, and items are left theirs.
    rig.wait(70_000);
    assert_eq!((rig.status().photos, rig.status().photos_wait), (0, None));
}

#[test]
fn where_the_browser_does_not_tell_the_network_a_tap_sends_photos() {
    let (mut rig, photos) = with_photos(1);
    rig.tell(Input::Settings(SyncSettings {
        photos_on_wifi_only: true,
        ..SyncSettings::default()
    }));
    open(&mut rig, &photos);
    rig.wait(10_000);
    assert_eq!(
        (rig.count(is_photo), rig.status().photos_wait),
        (0, Some(PhotosWait::Tap))
    );
    rig.hint(Hint::SyncNow);
    rig.wait(10_000);
    assert_eq!(rig.status().photos, 0);
}

#[test]
fn photos_stop_when_quiet_hours_begin_and_go_on_afterwards() {
    let (mut rig, photos) = with_photos(2);
    // The rig's clock shows 00:16:40; quiet from 00:17.
    rig.tell(Input::Settings(SyncSettings {
        quiet: Some(QuietHours {
            from_min: 17,
            until_min: 30,
            offset_s: 0,
        }),
        ..SyncSettings::default()
    }));
    rig.holds = is_photo;
    open(&mut rig, &photos);
    rig.wait(19_000);
    rig.wait(5_000);
    rig.holds = |_| false;
    let held: Vec<Effect> = rig.held.drain(..).collect();
    held.into_iter().for_each(|effect| rig.release(effect));
    rig.wait(60_000);
    assert_eq!(rig.status().photos, 1);
    rig.wait(15 * 60_000);
    assert_eq!(rig.status().photos, 0);
}

#[test]
fn stop_ends_photos_too_and_they_go_on_later() {
    let (mut rig, photos) = with_photos(3);
    rig.holds = is_photo;
    open(&mut rig, &photos);
    rig.wait(10_000);
    rig.tell(Input::Stop);
    rig.holds = |_| false;
    let held: Vec<Effect> = rig.held.drain(..).collect();
    held.into_iter().for_each(|effect| rig.release(effect));
    rig.wait(60_000);
    assert_eq!(rig.status().photos, 2);
    rig.wait(6 * 60_000);
    assert_eq!(rig.status().photos, 0);
}

#[test]
fn another_persons_photos_are_not_sent() {
    let (mut rig, photos) = with_photos(1);
    rig.holds = is_photo;
    open(&mut rig, &photos);
    rig.wait(10_000);
    rig.tell(Input::Closed);
    rig.items.clear();
    rig.open();
    rig.holds = |_| false;
    let held: Vec<Effect> = rig.held.drain(..).collect();
    held.into_iter().for_each(|effect| rig.release(effect));
    rig.wait(60_000);
    assert_eq!(
        (rig.count(is_photo), forgotten(&rig), rig.status().photos),
        (1, vec![], 0)
    );
}
