//! A camera that may not be used: why, what to tap, and the ways without it, of which one is a photo of the label.

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::video;
use serde_json::json;
use thirtyfour::prelude::*;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

/// Agents of the phones whose settings are told apart.
const PHONES: [(&str, &str); 3] = [
    (
        "android",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    ),
    (
        "iphone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    ),
    (
        "firefox",
        "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_for_the_camera_the_way_to_it_is_shown_and_a_photo_of_the_label_is_read() -> Result<()>
{
    let world = World::start().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a usual meter")?;
    let browser = Browser::open_without_leave(&world.folder().join("ana"), Screen::Phone).await?;
    let ana = Technician::with(browser, &world.proxy.url());
    ana.sign_in("ana", PASSWORD).await?;
    let cdp = ana.browser.driver().cdp();
    for (phone, agent) in PHONES {
        cdp.send_raw("Emulation.setUserAgentOverride", json!({"userAgent": agent}))
            .await?;
        ana.opens_the_camera_anew().await?;
        ana.browser.see("[data-testid=camera-help] .guide li").await?;
        ana.pictures(&format!("camera-help-{phone}")).await?;
    }

    let photo = world.folder().join("label.bmp");
    std::fs::write(&photo, photo_of(&stop.label)?)?;
    let input = ana
        .browser
        .driver()
        .find(By::Css("[data-testid=scan-photo]"))
        .await?;
    input.send_keys(photo.display().to_string()).await?;
    ana.scans_by_itself(&stop).await?;
    ana.types_and_saves(&stop).await?;
    ensure!(ana.waiting().await? <= 1);
    ana.close().await
}

/// A frame of the film with this label, as a grey bitmap.
fn photo_of(label: &str) -> Result<Vec<u8>> {
    let gray = video::still(label)?;
    let (width, height) = (video::WIDTH, video::HEIGHT);
    let offset = 54 + 1024;
    let mut bytes = Vec::from(*b"BM");
    for number in [offset + width * height, 0, offset, 40, width, height] {
        bytes.extend_from_slice(&u32::try_from(number)?.to_le_bytes());
    }
    bytes.extend_from_slice(&[1, 0, 8, 0]);
    bytes.extend_from_slice(&[0; 24]);
    for shade in 0..=255 {
        bytes.extend_from_slice(&[shade, shade, shade, 0]);
    }
    // Bitmaps begin with their lowest row.
    for row in gray.chunks(width).rev() {
        bytes.extend_from_slice(row);
    }
    Ok(bytes)
}
