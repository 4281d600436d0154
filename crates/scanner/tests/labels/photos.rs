//! Real photos with the text that each shows, from a folder beside the workspace that need not be there.

use std::path::Path;

use pictures::photos::{self, Photo, Set};
use scanner::{Gray, decode_all, filter};

#[test]
fn no_photo_is_misread_however_it_is_turned_and_nearly_all_are_read() {
    let Some(sets) = photos::sets(Path::new(photos::DEFAULT_FOLDER)).unwrap() else {
        println!("skipped: no folder of photos");
        return;
    };
    for Set { name, photos } in sets {
        let mut read = [0; 4];
        for photo in &photos {
            let mut gray = gray(photo);
            for count in &mut read {
                let found = decode_all(&gray);
                assert!(
                    found.as_ref().is_none_or(|found| *found == photo.text),
                    "{name}/{}: read {found:?} instead of {:?}",
                    photo.name,
                    photo.text
                );
                *count += usize::from(found.is_some());
                gray = filter::turn(&gray);
            }
        }
        println!("{name}: {read:?} of {}", photos.len());
        assert!(
            read.iter().all(|&count| count * 5 >= photos.len() * 4),
            "{name}: reads fewer than four of five: {read:?}"
        );
    }
}

fn gray(photo: &Photo) -> Gray {
    Gray::from_rgba(photo.width, photo.height, &photo.rgba).unwrap()
}
