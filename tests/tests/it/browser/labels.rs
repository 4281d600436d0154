//! Labels from the office to the meter: printed, replaced, scanned when they are valid no more, and read although nobody
//! knows them.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::video::{self, Shot};
use journeys::wait::until;
use scanner::Gray;
use serde_json::json;
use shared::label::ShortCode;
use shared::wire::labels::LabelsPage;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
/// What stands on somebody else's label; in the office it has to be text and nothing else.
const STRANGE: &str = "<b>ACME</b> 7&8";

#[tokio::test(flavor = "multi_thread")]
async fn the_office_prints_sheets_that_fit_the_paper_and_can_be_scanned() -> Result<()> {
    let world = World::start().await?;
    let office = open_office(&world).await?;
    let all: LabelsPage = world.rita.get("/api/labels?state=active&limit=500").await?;
    let codes: Vec<String> = all.rows.into_iter().filter_map(|row| row.code).collect();
    office.picture("office-labels-light").await?;
    office.prefer("dark").await?;
    office.picture("office-labels-dark").await?;
    office.prefer("light").await?;

    office.tap("[data-testid=print-all]").await?;
    let sheets = codes.len().div_ceil(24);
    let page = printed(&office, &codes, "labels-a4-3x8").await?;
    ensure!(page.0 == sheets && is_about(&page.1, 595.3, 841.9), "{page:?}");

    // Three on a sheet of 65 of which 64 are used.
    back(&office).await?;
    for place in 1..=3 {
        let tick = format!("[data-testid=label-row]:nth-child({place}) [data-testid=select-label]");
        office.tap(&tick).await?;
    }
    choose(&office, "print-layout", "a4-5x13").await?;
    office.fill("[data-testid=print-place]", "65").await?;
    office.picture("office-labels-selected").await?;
    office.tap("[data-testid=print-selected]").await?;
    let page = printed(&office, &codes[..3], "labels-a4-5x13").await?;
    ensure!(page.0 == 2, "{page:?}");

    back(&office).await?;
    choose(&office, "print-layout", "roll-62x29").await?;
    office.tap("[data-testid=print-selected]").await?;
    let page = printed(&office, &codes[..3], "labels-roll").await?;
    ensure!(page.0 == 3 && is_about(&page.1, 175.7, 82.2), "{page:?}");
    office.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_was_replaced_leads_nowhere_and_says_so_and_the_new_one_leads_to_the_meter() -> Result<()>
{
    let world = World::start().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a meter")?;
    let film = world.folder().join("film.y4m");
    video::write(&film, &[Shot::label(&format!("M:{}", stop.label), 5)])?;
    let office = open_office(&world).await?;
    let new = replace(&office, &stop.label).await?;
    office
        .see(&format!(
            "[data-testid=label-row][data-code='{new}'][data-state=active]"
        ))
        .await?;

    let ana = Technician::open(world.folder(), &world.proxy.url(), Some(&film)).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.tap("[data-testid=scan]").await?;
    ana.browser
        .see("[data-testid=scan-unknown][data-revoked=true]")
        .await?;
    ana.pictures("scan-revoked").await?;
    ana.browser.goto(&format!("{}/find", world.proxy.url())).await?;
    ana.browser.fill("[data-testid=find-field]", &stop.label).await?;
    ana.browser.see("[data-testid=find-revoked]").await?;
    ana.browser.picture("find-revoked").await?;
    video::replace(&film, &[Shot::label(&format!("M:{new}"), 5)])?;
    ana.opens_the_camera_anew().await?;
    ana.scans_by_itself(&stop).await?;

    // Revoked while the phone holds a list in which it is valid: the next list says so.
    office
        .goto(&format!("{}/office/labels?q={new}", world.proxy.url()))
        .await?;
    office.tap("[data-testid=label-revoke]").await?;
    office
        .fill("[data-testid=change-reason]", "on the wrong meter")
        .await?;
    office.picture("office-label-revoke").await?;
    office.tap("[data-testid=change-yes]").await?;
    office.see("[data-testid=toast]").await?;
    ana.browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=sync-now]").await?;
    ana.browser.goto(&format!("{}/find", world.proxy.url())).await?;
    ana.browser.fill("[data-testid=find-field]", &new).await?;
    ana.browser.see("[data-testid=find-revoked]").await?;
    office.close().await?;
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_at_a_label_that_nobody_knows_is_kept_on_the_phone_and_held_for_the_office() -> Result<()> {
    let world = World::start().await?;
    let film = world.folder().join("film.y4m");
    video::write(&film, &[Shot::label(STRANGE, 5)])?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), Some(&film)).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    world.proxy.cut(true);
    ana.browser.tap("[data-testid=scan]").await?;
    ana.browser
        .see("[data-testid=scan-unknown][data-revoked=false]")
        .await?;
    ana.pictures("scan-unknown").await?;
    ana.browser.tap("[data-testid=keep-unknown]").await?;
    ana.browser.see("[data-testid=unknown-label]").await?;
    ana.types_digits("4711").await?;
    ana.browser
        .fill("[data-testid=remark-field]", "boiler room, left wall")
        .await?;
    ana.pictures("reading-unknown").await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=toast]").await?;
    ensure!(ana.waiting().await? == 1, "it waits on the phone");

    world.proxy.cut(false);
    ana.network_is_back().await?;
    until("the office to have it", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == 1)
    })
    .await?;
    let office = open_office(&world).await?;
    office
        .goto(&format!("{}/office/readings?state=held", world.proxy.url()))
        .await?;
    let row = "[data-testid=reading-row][data-state=held]";
    office.see(row).await?;
    let shown = office.text_of(row).await?;
    ensure!(shown.contains(STRANGE), "shown as text: {shown}");
    office.tap(row).await?;
    office.see("[data-testid=detail]").await?;
    let detail = office.text_of("[data-testid=detail]").await?;
    ensure!(
        detail.contains(STRANGE) && detail.contains("boiler room, left wall"),
        "{detail}"
    );
    office.picture("office-unknown-label").await?;
    office.close().await?;
    ana.close().await
}

async fn open_office(world: &World) -> Result<Browser> {
    let office = Browser::open(&world.folder().join("rita"), Screen::Laptop, None).await?;
    office
        .goto(&format!("{}/office/labels", world.proxy.url()))
        .await?;
    office.fill("[data-testid=username]", "rita").await?;
    office.fill("[data-testid=password]", PASSWORD).await?;
    office.tap("[data-testid=sign-in]").await?;
    office.see("[data-testid=label-row]").await?;
    Ok(office)
}

/// Replaces a label, with a reason only at the second attempt; gives the new code.
async fn replace(office: &Browser, code: &str) -> Result<String> {
    office.fill("[data-testid=filter-q]", code).await?;
    office.keys("\u{e007}").await?;
    let row = format!("[data-testid=label-row][data-code='{code}']");
    office
        .wait_for(
            "only this label",
            "document.querySelectorAll('[data-testid=label-row]').length === 1",
        )
        .await?;
    office.tap(&format!("{row} [data-testid=label-reissue]")).await?;
    office.tap("[data-testid=change-yes]").await?;
    office.see("[data-testid=change-error]").await?;
    office.fill("[data-testid=change-reason]", "torn off").await?;
    office.picture("office-label-replace").await?;
    office.tap("[data-testid=change-yes]").await?;
    office.see("[data-testid=toast]").await?;
    let said = office.text_of("[data-testid=toast]").await?;
    office.picture("office-label-replaced").await?;
    let words = said.replace(',', " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    let pairs = words.windows(2).map(|pair| pair.concat());
    pairs
        .filter_map(|text| ShortCode::parse(&text))
        .map(|code| code.to_string())
        .next()
        .with_context(|| format!("no code in {said:?}"))
}

async fn choose(office: &Browser, field: &str, value: &str) -> Result<()> {
    office
        .tap(&format!("[data-testid={field}] option[value='{value}']"))
        .await
}

/// Closes the sheets and goes back to the office's tab.
async fn back(office: &Browser) -> Result<()> {
    let driver = office.driver();
    driver.close_window().await?;
    let windows = driver.windows().await?;
    driver
        .switch_to_window(windows.first().context("the office's tab")?.clone())
        .await?;
    Ok(())
}

/// Goes to the sheets: each label reads as its code. Gives how many pages a printer makes of them, and their size.
async fn printed(office: &Browser, codes: &[String], name: &str) -> Result<(usize, String)> {
    let driver = office.driver();
    until("the sheets in another tab", LIMIT, async || {
        driver.windows().await.is_ok_and(|it| it.len() == 2)
    })
    .await?;
    let windows = driver.windows().await?;
    driver
        .switch_to_window(windows.last().context("the sheets")?.clone())
        .await?;
    office.see("figure svg").await?;
    office.picture(name).await?;
    let paths = office
        .js("return [...document.querySelectorAll('figure svg path')].map(it => it.getAttribute('d'))")
        .await?;
    let paths: Vec<String> = serde_json::from_value(paths)?;
    ensure!(paths.len() == codes.len(), "{} labels", paths.len());
    for (path, code) in paths.iter().zip(codes) {
        let read = scanner::decode_all(&drawn(path)?);
        ensure!(read == Some(format!("M:{code}")), "{read:?} is not {code}");
    }
    pages_on_paper(office, name).await
}

/// A picture of the modules, of 8 pixels each.
fn drawn(path: &str) -> Result<Gray> {
    const SIDE: usize = 29;
    const PIXELS: usize = 8;
    let mut pixels = vec![255; (SIDE * PIXELS).pow(2)];
    for module in path.split('M').skip(1) {
        let place = module.split('h').next().context("a place")?;
        let (x, y) = place.split_once(' ').context("two numbers")?;
        let (x, y): (usize, usize) = (x.parse()?, y.parse()?);
        for row in y * PIXELS..(y + 1) * PIXELS {
            pixels[row * SIDE * PIXELS..][x * PIXELS..(x + 1) * PIXELS].fill(0);
        }
    }
    let side = u32::try_from(SIDE * PIXELS)?;
    Gray::new(side, side, pixels).context("a square")
}

/// A size as the document has it, in points; printing rounds to whole pixels.
fn is_about(size: &str, width: f64, height: f64) -> bool {
    let numbers: Vec<f64> = size.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    numbers.len() == 2 && (numbers[0] - width).abs() < 1.0 && (numbers[1] - height).abs() < 1.0
}

async fn pages_on_paper(office: &Browser, name: &str) -> Result<(usize, String)> {
    let wanted = json!({"preferCSSPageSize": true, "printBackground": false});
    let answer = office.driver().cdp().send_raw("Page.printToPDF", wanted).await?;
    let data = answer["data"].as_str().context("a document")?;
    if let Some(folder) = std::env::var_os("METERLINE_PICTURES") {
        std::fs::write(
            std::path::Path::new(&folder).join(format!("{name}.pdf.base64")),
            data,
        )?;
    }
    let script = format!(
        "const text = atob('{data}');
         return [text.match(/\\/Type\\s*\\/Page\\b(?!s)/g).length, text.match(/MediaBox\\s*\\[0 0 ([^\\]]*)\\]/)[1]]"
    );
    Ok(serde_json::from_value(office.js(&script).await?)?)
}
