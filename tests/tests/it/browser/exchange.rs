//! What a technician captures beyond a plain reading: a meter that was replaced, one that rolled over, a value that was
//! mistyped, and a meter that could not be read and is read later.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::outbox;
use journeys::person::{Person, now};
use journeys::wait::until;
use shared::timestamp::LocalTime;
use shared::wire::batch::WireItem;
use shared::wire::list::MeterPointRow;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
pub(super) const NEW_SERIAL: &str = "N-4711";

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_captured_without_network_is_one_item_and_the_portfolio_has_the_new_meter() -> Result<()>
{
    let world = World::start().await?;
    let stop = stops_in_use(&world)
        .await?
        .into_iter()
        .next()
        .context("a meter")?;
    let mut ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    // A browser keeps a new cookie in memory for half a minute, unless it is closed.
    ana.close().await?;
    ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    world.proxy.cut(true);

    ana.chooses_from_the_list(&stop).await?;
    ana.browser.tap("[data-testid=more]").await?;
    ana.pictures("reading-more").await?;
    ana.browser.tap("[data-testid=replace-meter]").await?;
    at_step(&ana, "last_value").await?;
    mistypes_and_types(&ana, &stop).await?;
    at_step(&ana, "new_meter").await?;
    ana.browser.fill("[data-testid=new-serial]", NEW_SERIAL).await?;
    ana.browser.tap("[data-testid=new-dials-6]").await?;
    ana.browser.tap("[data-testid=new-decimals-1]").await?;
    ana.pictures("exchange-new").await?;

    // The app is killed in mid-typing: everything that was typed is there again.
    until("the draft of the last tap", LIMIT, async || {
        let draft = outbox::draft(&ana.browser, "ana").await.unwrap_or_default();
        draft["exchange"]["serial"] == NEW_SERIAL && draft["exchange"]["decimals"] == 1
    })
    .await?;
    ana.browser.kill().await?;
    ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser.see("[data-testid=half-typed]").await?;
    ana.browser.tap("[data-testid=half-typed-continue]").await?;
    at_step(&ana, "first_value").await?;
    ana.types_digits("35").await?;
    ana.browser.tap("[data-testid=today-toggle]").await?;
    ana.pictures("exchange-first").await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    at_step(&ana, "today_value").await?;
    ana.pictures("exchange-today").await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=toast]").await?;
    ensure!(outbox::waiting(&ana.browser).await? == 1, "not one item");

    // The phone's own list has the new meter at once: the next reading compares with it.
    ana.chooses_from_the_list(&stop).await?;
    let compares = format!(
        "document.querySelector('[data-testid=last-reading]')?.dataset.value === '3.5'
            && document.querySelector('[data-testid=meter-serial]').innerText.includes('{NEW_SERIAL}')"
    );
    ana.browser
        .wait_for("the new meter in the form", &compares)
        .await?;
    ana.types_digits("95").await?;
    let used = "document.querySelector('[data-testid=use-line]')?.innerText.startsWith('6 ')";
    ana.browser.wait_for("6 used", used).await?;
    ana.pictures("exchange-next-reading").await?;
    ana.browser.goto(&format!("{}/outbox", world.proxy.url())).await?;
    ana.browser.see("[data-testid=outbox-row]").await?;
    ana.pictures("exchange-outbox").await?;
    edit_keeps_everything(&ana).await?;

    world.proxy.cut(false);
    ana.network_is_back().await?;
    let row = until_row(&world, |row| {
        row.id == stop.row.id && row.meter_serial == NEW_SERIAL
    })
    .await?;
    ensure!((row.dials, row.decimals) == (6, 1), "register of {row:?}");
    let latest = row.latest.context("the reading of today")?;
    ensure!(latest.value == "3.5" && latest.kind == "regular", "{latest:?}");
    let page = world
        .rita
        .readings("technician=ana&source=phone&limit=500")
        .await?;
    let mut kinds: Vec<&str> = page
        .rows
        .iter()
        .filter(|row| row.state == "received")
        .map(|row| row.kind.as_str())
        .collect();
    kinds.sort_unstable();
    ensure!(
        kinds == ["meter_installed", "meter_removed", "regular"],
        "{kinds:?}"
    );
    let removed = page
        .rows
        .iter()
        .find(|row| row.kind == "meter_removed" && row.state == "received");
    let last = removed.and_then(|row| row.value.clone());
    ensure!(last == Some(stop.value()), "the old meter ended at {last:?}");
    let ids: std::collections::BTreeSet<_> = page.rows.iter().map(|row| row.id).collect();
    ensure!(ids.len() == 1, "{} items", ids.len());
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollover_a_mistyped_value_and_a_skip_find_their_way() -> Result<()> {
    let world = World::start().await?;
    let stops = stops_in_use(&world).await?;
    let [rolled, mistyped, skipped] = &stops[..3] else {
        anyhow::bail!("too few meters")
    };
    let digit = just_below_the_top(&world, rolled).await?;
    let before = world.received().await?.len();
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;

    ana.chooses_from_the_list(rolled).await?;
    ana.types_digits(&digit).await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=check-lower]").await?;
    ana.pictures("rollover").await?;
    ana.browser.tap("[data-testid=answer-rolled-over]").await?;
    saved(&ana, before + 1, &world).await?;

    // Two digits too many: the second entry is typed without seeing the first, and differs.
    ana.chooses_from_the_list(mistyped).await?;
    let wrong = (mistyped.digits().parse::<u64>()? + 20_000).to_string();
    ana.types_digits(&wrong).await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=check-again]").await?;
    ensure!(
        ana.browser
            .js("return document.querySelector('[data-testid=value]').value")
            .await?
            == ""
    );
    ana.types(mistyped).await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=check-differs]").await?;
    ana.pictures("blind-differs").await?;
    ana.types(mistyped).await?;
    ana.browser.tap("[data-testid=save]").await?;
    saved(&ana, before + 2, &world).await?;
    ensure!(value_of(&world, mistyped).await?.as_deref() == Some(mistyped.value().as_str()));

    // Could not be read: visited all the same, with its reason, and read later.
    ana.chooses_from_the_list(skipped).await?;
    ana.browser.tap("[data-testid=cannot-read]").await?;
    ana.browser.tap("[data-testid=skip-no_access]").await?;
    ana.pictures("cannot-read").await?;
    ana.browser.tap("[data-testid=skip-save]").await?;
    saved(&ana, before + 3, &world).await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser
        .fill("[data-testid=round-search]", &skipped.row.meter_serial)
        .await?;
    ana.browser
        .see(&format!("[data-point='{}'][data-state=skipped]", skipped.row.id))
        .await?;
    ana.pictures("round-skipped").await?;
    let of_skips = world
        .rita
        .readings("technician=ana&source=phone&state=received")
        .await?;
    let reasons: Vec<_> = of_skips
        .rows
        .iter()
        .filter_map(|row| row.skip_reason.as_deref())
        .collect();
    ensure!(reasons == ["no_access"], "{reasons:?}");
    ana.chooses_from_the_list(skipped).await?;
    ana.types(skipped).await?;
    ana.browser.tap("[data-testid=save]").await?;
    saved(&ana, before + 4, &world).await?;
    ensure!(value_of(&world, skipped).await?.as_deref() == Some(skipped.value().as_str()));
    ana.close().await
}

/// Electricity meters without decimals, in steady use.
pub(super) async fn stops_in_use(world: &World) -> Result<Vec<Stop>> {
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let rows = ana.list().await?.rows;
    let wanted = |row: &&MeterPointRow| {
        let per_day = row.statistics.mean_per_day_micro / 1_000_000;
        row.decimals == 0 && row.dials == 5 && (2..60).contains(&per_day) && row.utility == "electricity"
    };
    Ok(rows.iter().filter(wanted).filter_map(Stop::usual).collect())
}

/// The meter was read yesterday, at a move, just below its highest number; today it shows as much as it uses in a day.
pub(super) async fn just_below_the_top(world: &World, stop: &Stop) -> Result<String> {
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let yesterday = now().plus_ms(-86_400_000);
    let read_at = LocalTime {
        at: yesterday,
        offset_s: 0,
    };
    let period = read_at.to_rfc3339()[..7].to_owned();
    let reading = ana.reading(&stop.row, "99999", &period, &read_at.to_rfc3339());
    let moved = WireItem {
        kind: Some("move_in".to_owned()),
        answers: vec!["verified".to_owned()],
        ..reading
    };
    let receipts = ana.send(vec![moved]).await?;
    let verdict = serde_json::to_value(receipts.verdicts[0].verdict)?;
    ensure!(verdict == "accepted", "{receipts:?}");
    let per_day = stop.row.statistics.mean_per_day_micro / 1_000_000;
    Ok((per_day - 1).to_string())
}

pub(super) async fn at_step(ana: &Technician, step: &str) -> Result<()> {
    ana.browser
        .see(&format!("[data-testid=exchange][data-step={step}]"))
        .await
}

/// The final value is far too high, the second entry is another one, and that is confirmed.
pub(super) async fn mistypes_and_types(ana: &Technician, stop: &Stop) -> Result<()> {
    let wrong = (stop.digits().parse::<u64>()? + 20_000).to_string();
    ana.types_digits(&wrong).await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    ana.browser.see("[data-testid=check-again]").await?;
    ana.types_digits(&stop.digits()).await?;
    ana.pictures("exchange-old").await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    ana.browser.see("[data-testid=check-differs]").await?;
    ana.types_digits(&stop.digits()).await?;
    ana.browser.tap("[data-testid=exchange-next]").await
}

/// An item of the outbox opens with everything that was typed.
async fn edit_keeps_everything(ana: &Technician) -> Result<()> {
    ana.browser.tap("[data-testid=outbox-row]").await?;
    ana.browser.tap("[data-testid=outbox-edit]").await?;
    at_step(ana, "last_value").await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    at_step(ana, "new_meter").await?;
    let serial = format!("document.querySelector('[data-testid=new-serial]').value === '{NEW_SERIAL}'");
    ana.browser.wait_for("the new serial", &serial).await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    ana.browser.tap("[data-testid=exchange-next]").await?;
    at_step(ana, "today_value").await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser
        .see("[data-testid=outbox-row][data-revision='2']")
        .await
}

async fn until_row(world: &World, wanted: impl Fn(&MeterPointRow) -> bool) -> Result<MeterPointRow> {
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let mut found = None;
    until("the list to have it", LIMIT, async || {
        found = match ana.list().await {
            Ok(list) => list.rows.into_iter().find(&wanted),
            Err(_) => None,
        };
        found.is_some()
    })
    .await?;
    found.context("a row")
}

async fn saved(ana: &Technician, count: usize, world: &World) -> Result<()> {
    ana.browser.see("[data-testid=toast]").await?;
    until("the office to have it", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == count)
    })
    .await
}

/// The official value of the meter in the office's list.
async fn value_of(world: &World, stop: &Stop) -> Result<Option<String>> {
    let page = world
        .rita
        .readings("technician=ana&source=phone&state=received")
        .await?;
    let row = page
        .rows
        .into_iter()
        .find(|row| row.meter_serial == stop.row.meter_serial);
    Ok(row.and_then(|row| row.value))
}
