//! The round: where to go next, what is dangerous there, what is shown of it, in which order it is walked, and what a killed
//! app leaves of it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::wait::until;
use journeys::{cache, outbox};
use serde_json::json;
use shared::wire::list::MeterPointRow;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const WINDOW_TOLD: &str = "[...document.querySelectorAll('[data-testid=property] [data-testid=window]')].some(it => \
    ({ not_yet: /^read from \\S/, open: /^read by \\S/, over: /^$/ })[it.dataset.state]?.test(it.innerText.trim()))";

async fn rows(world: &World) -> Result<Vec<MeterPointRow>> {
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    Ok(ana.list().await?.rows)
}

/// Signed in and installed, with a session that survives a kill.
async fn ana(world: &World) -> Result<Technician> {
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    // A browser keeps a new cookie in memory for half a minute, unless it is closed.
    ana.close().await?;
    opened_again(world).await
}

async fn opened_again(world: &World) -> Result<Technician> {
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser.see("[data-testid=unit-row]").await?;
    Ok(ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_round_says_where_to_go_next_and_what_is_dangerous_there() -> Result<()> {
    let world = World::start().await?;
    let units = "property_code,unit_no,route_seq,access_note,hazard\n\
                 GC A,105,5,Key at the office,Dog in the yard\n";
    let folder = world.folder().join("units");
    std::fs::create_dir(&folder)?;
    std::fs::write(folder.join("units.csv"), units)?;
    world.server.run(&["import", &folder.display().to_string()])?;
    let rows = rows(&world).await?;
    let at = rows
        .iter()
        .position(|row| !row.hazard.is_empty())
        .context("a hazard")?;
    let (before, dangerous) = (&rows[at - 1], &rows[at]);
    let url = world.proxy.url();
    let ana = Technician::open(world.folder(), &url, None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser
        .see(&format!("[data-testid=next-unit][data-point='{}']", rows[0].id))
        .await?;

    // The reading window, as the property's own day says: nothing once the month is over.
    ana.browser.wait_for("when to read", WINDOW_TOLD).await?;

    // The one before could not be read: visited all the same, and the next one is dangerous.
    ana.browser
        .goto(&format!("{url}/read/{}?by=list", before.id))
        .await?;
    ana.browser.tap("[data-testid=cannot-read]").await?;
    ana.browser.tap("[data-testid=skip-no_access]").await?;
    ana.browser.tap("[data-testid=skip-save]").await?;
    let next = format!("[data-testid=next-unit][data-point='{}']", dangerous.id);
    ana.browser.see(&next).await?;
    ana.browser.see(&format!("{next} [data-testid=hazard]")).await?;
    let progress = ana.browser.text_of("[data-testid=progress]").await?;
    ensure!(
        progress.starts_with("1 of ") && progress.contains("1 not read"),
        "{progress}"
    );
    ana.pictures_of_all_sizes("round-next").await?;

    for (filter, shown) in [("not-read", before), ("hazard", dangerous)] {
        ana.browser.tap(&format!("[data-testid=show-{filter}]")).await?;
        ana.browser
            .see(&format!("[data-testid=unit-row][data-point='{}']", shown.id))
            .await?;
        ana.pictures(&format!("round-{filter}")).await?;
    }
    ana.browser.tap("[data-testid=show-all]").await?;
    let okafor = rows
        .iter()
        .find(|row| row.tenancies.iter().any(|it| it.name.ends_with("Okafor")))
        .context("Okafor")?;
    ana.browser.fill("[data-testid=round-search]", "okafro").await?;
    let found = format!("[data-testid=unit-row][data-point='{}']", okafor.id);
    ana.browser.see(&found).await?;
    let first = "document.querySelector('[data-testid=unit-row]').dataset.point";
    ana.browser
        .wait_for(
            "only what the mistyped name finds",
            &format!("{first} === '{}'", okafor.id),
        )
        .await?;
    ana.pictures("round-mistyped").await?;

    ana.browser.goto(&format!("{url}/scan")).await?;
    ana.browser.see(".scan__foot [data-testid=hazard]").await?;
    ana.pictures_of_all_sizes("scan-hazard").await?;
    ana.browser
        .goto(&format!("{url}/read/{}?by=list", dangerous.id))
        .await?;
    ana.browser.see("[data-testid=form] [data-testid=hazard]").await?;
    ana.pictures("reading-hazard").await?;
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_meter_opens_its_form_as_soon_as_the_list_is_there() -> Result<()> {
    let world = World::start().await?;
    let rows = rows(&world).await?;
    let ana = ana(&world).await?;
    ana.browser.goto(&world.beside_the_app()).await?;
    for name in ["list/ana", "list-seen/ana"] {
        cache::lose(&ana.browser, name).await?;
    }
    world.proxy.cut(true);
    ana.browser
        .goto(&format!("{}/read/{}?by=list", world.proxy.url(), rows[0].id))
        .await?;
    ana.browser.see("[data-testid=empty]").await?;
    let says = ana.browser.text_of("[data-testid=empty]").await?;
    ensure!(says.contains("The list comes with the first sync"), "{says}");
    ana.pictures("reading-without-list").await?;

    world.proxy.cut(false);
    ana.network_is_back().await?;
    ana.browser.see("[data-testid=save]").await?;
    ana.close().await
}

/// Unit numbers on the page of the order, from the top.
async fn order(ana: &Technician, count: usize) -> Result<Vec<String>> {
    let script =
        "return [...document.querySelectorAll('[data-testid=order-unit]')].map(it => it.dataset.unit)";
    let units: Vec<String> = serde_json::from_value(ana.browser.js(script).await?)?;
    Ok(units.into_iter().take(count).collect())
}

async fn sees_order(ana: &Technician, expected: &[&str]) -> Result<()> {
    let seen = async || order(ana, expected.len()).await.is_ok_and(|it| it == expected);
    let seen = until("the order", LIMIT, seen).await;
    seen.with_context(|| format!("{expected:?} was expected"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_moved_without_network_stays_there_and_everybody_gets_the_order() -> Result<()> {
    let world = World::start().await?;
    let order_page = format!("{}/order/GC%20A", world.proxy.url());
    let mut ana = ana(&world).await?;
    world.proxy.cut(true);
    ana.browser.tap("[data-testid=change-order]").await?;
    sees_order(&ana, &["101", "102", "103", "104"]).await?;
    ana.browser
        .tap("[data-testid=order-unit][data-unit='101']")
        .await?;
    ana.browser.tap("[data-testid=order-after]").await?;
    ana.pictures("order-after").await?;
    ana.browser
        .tap("[data-testid=order-unit][data-unit='103']")
        .await?;
    sees_order(&ana, &["102", "103", "101", "104"]).await?;
    // By keys as well.
    ana.browser
        .js(
            "document.querySelector('[data-testid=order-unit][data-unit=\"101\"]')
               .dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowUp', altKey: true, bubbles: true}))",
        )
        .await?;
    sees_order(&ana, &["102", "101", "103", "104"]).await?;
    ana.browser.see("[data-testid=order-waits]").await?;
    ana.pictures_of_all_sizes("order-moved").await?;

    ana.browser.kill().await?;
    ana = opened_again(&world).await?;
    let first = format!(
        "document.querySelector('[data-testid=unit-row]').dataset.unit === '{}'",
        102
    );
    ana.browser.wait_for("the order after a kill", &first).await?;

    world.proxy.cut(false);
    ana.network_is_back().await?;
    let arrived = async || {
        let rows = rows(&world).await.unwrap_or_default();
        rows.first().is_some_and(|row| row.unit_no == "102")
    };
    until("the order to arrive", LIMIT, arrived).await?;
    ana.browser.goto(&order_page).await?;
    sees_order(&ana, &["102", "101", "103", "104"]).await?;
    ana.browser
        .wait_for(
            "nothing to wait",
            "!document.querySelector('[data-testid=order-waits]')",
        )
        .await?;
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_survives_a_kill_and_a_move_that_waits_is_said_before_it_is_read_again() -> Result<()> {
    let world = World::start().await?;
    let rows = rows(&world).await?;
    let stops: Vec<Stop> = rows.iter().filter_map(Stop::usual).take(2).collect();
    let [skipped, moved] = &stops[..] else {
        anyhow::bail!("too few meters")
    };
    let mut ana = ana(&world).await?;
    world.proxy.cut(true);
    ana.chooses_from_the_list(skipped).await?;
    ana.browser.tap("[data-testid=cannot-read]").await?;
    ana.browser.tap("[data-testid=skip-dangerous]").await?;
    until("the draft of the reason", LIMIT, async || {
        let draft = outbox::draft(&ana.browser, "ana").await.unwrap_or_default();
        draft["skip_reason"] == json!("dangerous")
    })
    .await?;
    ana.browser.kill().await?;
    ana = opened_again(&world).await?;
    ana.browser.see("[data-testid=half-typed]").await?;
    ana.browser.tap("[data-testid=half-typed-continue]").await?;
    ana.browser
        .see("[data-testid=skip-dangerous][aria-checked=true]")
        .await?;
    ana.pictures("cannot-read-again").await?;
    // It could be read after all: the reason counts no more.
    ana.browser.tap("[data-testid=skip-cancel]").await?;
    ana.types_and_saves(skipped).await?;
    ensure!(outbox::waiting(&ana.browser).await? == 1);

    for again in [false, true] {
        ana.chooses_from_the_list(moved).await?;
        ana.browser.tap("[data-testid=more]").await?;
        ana.browser.tap("[data-testid=kind-move_out]").await?;
        if again {
            ana.browser.see("[data-testid=already-read]").await?;
            let said = ana.browser.text_of("[data-testid=already-read]").await?;
            ensure!(said.contains("ana"), "{said}");
            return ana.pictures("already-moved").await;
        }
        ana.types_and_saves(moved).await?;
    }
    Ok(())
}
