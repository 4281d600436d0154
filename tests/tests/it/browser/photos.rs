//! A photo from the phone's gallery to the office: stored with the reading while there is no server, sent after it and in
//! parts, taken up again where the link broke.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::photos;
use journeys::proxy::{Exchange, Fault};
use journeys::wait::until;
use shared::photo::{MediaType, PHOTO_BYTES_MAX, PHOTO_EDGE_MAX, PhotoHash};
use shared::wire::photo::NamedPhoto;
use thirtyfour::prelude::*;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_follows_its_reading_in_parts_and_the_office_sees_it() -> Result<()> {
    let mut world = World::start().await?;
    let stop = usual_stop(&world).await?;
    let picture = picture_file(world.folder())?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;

    world.server.kill()?;
    ana.chooses_from_the_list(&stop).await?;
    choose(&ana.browser, &picture).await?;
    ana.types_and_saves(&stop).await?;
    ensure!(photos::count(&ana.browser).await? == 1, "the photo is stored");
    sees_in_the_outbox(&ana, &world.proxy.url()).await?;

    // The first part arrives, its answer does not.
    world.proxy.plan_photos(&[Fault::LoseAnswer]);
    world.server.start().await?;
    ana.browser.js("dispatchEvent(new Event('online'))").await?;
    until("the photo to leave the phone", LIMIT, async || {
        photos::count(&ana.browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    ensure!(world.proxy.photo_faults_left() == 0, "the link did not break");
    let parts = parts_sent_after_the_reading(&world.proxy.exchanges())?;

    let item = *world.received().await?.first().context("the reading")?;
    let named: Vec<NamedPhoto> = world.rita.get(&format!("/api/readings/{item}/photos")).await?;
    let [named] = &named[..] else {
        anyhow::bail!("{named:?}");
    };
    let bytes = world.rita.bytes(&format!("/api/photos/{}", named.sha256)).await?;
    ensure!(
        PhotoHash::of(&bytes).to_string() == named.sha256,
        "other bytes arrived"
    );
    // A browser repeats by itself a request whose connection was closed over it; the phone asks what is there.
    let sent: usize = parts.iter().sum();
    ensure!(
        sent <= bytes.len() + parts[0],
        "{parts:?} sent for {}",
        bytes.len()
    );
    ensure!(MediaType::of(&bytes) == Some(MediaType::Jpeg), "no JPEG");
    ensure!(bytes.len() as u64 <= PHOTO_BYTES_MAX, "{} bytes", bytes.len());
    ana.browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    ana.browser.see("[data-testid=verdict]").await?;
    ana.browser.picture("photos-sync-done").await?;
    office_sees_it(&world).await?;
    ana.close().await
}

async fn usual_stop(world: &World) -> Result<Stop> {
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let list = ana.list().await?;
    list.rows.iter().find_map(Stop::usual).context("a usual meter")
}

pub(super) async fn choose(browser: &Browser, picture: &Path) -> Result<()> {
    let input = browser
        .driver()
        .find(By::Css("[data-testid=photo-choose]"))
        .await?;
    input.send_keys(picture.display().to_string()).await?;
    let shown = "document.querySelector('[data-testid=photo] img')?.naturalWidth > 0";
    browser.wait_for("the photo to be shown", shown).await?;
    let sides = browser
        .js("const it = document.querySelector('[data-testid=photo] img'); return Math.max(it.naturalWidth, it.naturalHeight)")
        .await?;
    ensure!(
        sides.as_u64().is_some_and(|it| it <= u64::from(PHOTO_EDGE_MAX)),
        "the longer side has {sides}"
    );
    browser.picture("photos-form").await?;
    browser.prefer("dark").await?;
    browser.picture("photos-form-dark").await?;
    browser.prefer("light").await
}

async fn sees_in_the_outbox(ana: &Technician, url: &str) -> Result<()> {
    ana.browser.goto(&format!("{url}/outbox")).await?;
    ana.browser.see("[data-testid=row-photos]").await?;
    ana.browser.picture("photos-outbox").await?;
    ana.browser.goto(&format!("{url}/sync")).await?;
    ana.browser.see("[data-testid=photos-line]").await?;
    ana.browser.picture("photos-sync-waiting").await
}

/// How long each part was; there are several.
fn parts_sent_after_the_reading(exchanges: &[Exchange]) -> Result<Vec<usize>> {
    let is_photo = |it: &&Exchange| it.path.starts_with("/api/photos/") && it.method == "PUT";
    let first_photo = exchanges.iter().position(|it| is_photo(&it)).context("a photo")?;
    let reading = exchanges
        .iter()
        .position(|it| it.path == "/api/readings" && it.status == Some(200))
        .context("a reading")?;
    ensure!(reading < first_photo, "the photo went first");
    let parts: Vec<usize> = exchanges
        .iter()
        .filter(is_photo)
        .map(|it| it.body.len())
        .filter(|size| *size > 0)
        .collect();
    ensure!(parts.len() >= 2, "{parts:?}");
    Ok(parts)
}

async fn office_sees_it(world: &World) -> Result<()> {
    let browser = Browser::open(&world.folder().join("rita"), Screen::Laptop, None).await?;
    browser
        .goto(&format!("{}/office/readings", world.proxy.url()))
        .await?;
    browser.fill("[data-testid=username]", "rita").await?;
    browser.fill("[data-testid=password]", PASSWORD).await?;
    browser.tap("[data-testid=sign-in]").await?;
    browser.see("[data-testid=reading-row]").await?;
    browser.tap("[data-testid=reading-row]").await?;
    let shown =
        "document.querySelector('[data-testid=detail-photo][data-arrived=true] img')?.naturalWidth > 0";
    browser.wait_for("the photo beside the reading", shown).await?;
    browser.picture("photos-office").await?;
    browser.prefer("dark").await?;
    browser.picture("photos-office-dark").await?;
    browser.close().await
}

/// A picture of 12 megabytes, as a camera makes them: a BMP of coarse blocks over a slope.
pub(super) fn picture_file(folder: &Path) -> Result<PathBuf> {
    let (width, height) = (2_400_u32, 1_800_u32);
    let mut bytes = Vec::new();
    let size = 54 + width * height * 3;
    bytes.extend_from_slice(b"BM");
    for number in [size, 0, 54, 40, width, height] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&[1, 0, 24, 0]);
    bytes.extend_from_slice(&[0; 24]);
    for y in 0..height {
        for x in 0..width {
            let block = (x / 20).wrapping_mul(2_654_435_761) ^ (y / 20).wrapping_mul(40_503);
            let slope = (x + y) * 120 / (width + height);
            let value = u8::try_from(slope + block.wrapping_mul(2_246_822_519) % 100).unwrap_or(u8::MAX);
            bytes.extend_from_slice(&[value, value / 2 + 60, 255 - value]);
        }
    }
    let path = folder.join("meter.bmp");
    std::fs::write(&path, bytes)?;
    Ok(path)
}
