//! The end of a month, by keyboard alone: what is in the way is decided, the period is closed, the workbook is downloaded and
//! read as billing would; what comes afterwards is late, and an admin reopens the period for a reason.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use journeys::billing::{Billing, SECRET};
use journeys::person::Person;
use serde_json::json;
use shared::wire::batch::WireItem;
use shared::wire::handover::BillingEvent;
use shared::wire::list::MeterPointRow;
use shared::wire::missing::MissingPage;
use shared::wire::periods::{PeriodDetail, PeriodsPage};

use super::office::Office;
use super::technician::Stop;
use super::world::{PASSWORD, World};

const ENTER: &str = "\u{e007}";
const NOBODY: &str = "Nobody at home twice";
const WHY: &str = "A reading of the caretaker came too late";

/// What the month of one property is made of.
struct Month {
    property: String,
    period: String,
    /// Read twice, with two values.
    twice: Stop,
    /// Nobody could read it.
    skipped: Stop,
    /// Nobody was there.
    missing: Stop,
    points: usize,
}

impl Month {
    fn api(&self) -> String {
        format!(
            "/api/periods/{}/{}",
            self.property.replace(' ', "%20"),
            self.period
        )
    }

    fn page(&self, name: &str) -> String {
        let property = self.property.replace(' ', "%20");
        format!("{name}?property={property}&period={}", self.period)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_is_dealt_with_closed_handed_over_and_reopened() -> Result<()> {
    let mut world = World::start().await?;
    let billing = Billing::start().await?;
    world.server.kill()?;
    world.server.set_webhook(&billing.url(), SECRET);
    world.server.start().await?;
    for (name, role) in [("ben", "technician"), ("adam", "admin")] {
        world.server.add_user(name, role, PASSWORD)?;
    }
    let month = reads_nearly_everything(&world).await?;
    let rita = Office::open(&world, "rita", &format!("periods?period={}", month.period)).await?;
    opens_from_the_list(&world, &rita, &month).await?;
    deals_with_everything(&rita, &world, &month).await?;
    closes(&rita, &world, &month).await?;
    is_handed_over(&rita, &billing, &month).await?;
    let file = downloads(&rita, &world, &month).await?;
    is_what_billing_needs(&file, &month)?;
    comes_too_late(&world, &rita, &month).await?;
    reopens(&world, &rita, &month).await?;
    rita.close().await
}

/// All of the smallest property but four meters; what the checks flag is decided, but for one.
async fn reads_nearly_everything(world: &World) -> Result<Month> {
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let mut ben = Person::sign_in(&world.server.url(), "ben", PASSWORD).await?;
    let rows = ana.list().await?.rows;
    let of = |code: &str| {
        rows.iter()
            .filter(|it| it.property_code == code)
            .collect::<Vec<_>>()
    };
    let usual = |code: &str| of(code).into_iter().filter_map(Stop::usual).collect::<Vec<_>>();
    let codes = rows.iter().map(|it| it.property_code.clone());
    let property = codes
        .filter(|it| usual(it).len() > 4)
        .min_by_key(|it| of(it).len())
        .context("a property with steady meters")?;
    let mut stops = usual(&property).into_iter();
    let mut next = || stops.next().context("a steady meter");
    let (twice, flagged, skipped, missing) = (next()?, next()?, next()?, next()?);
    let (period, at) = (twice.period(), twice.read_at());
    let mut items = Vec::new();
    for row in of(&property) {
        let mut item = ana.reading(row, &value_of(row), &period, &at);
        if row.id == missing.row.id {
            continue;
        }
        if row.id == skipped.row.id {
            (item.value, item.skip_reason) = (None, Some("no_access".into()));
        }
        if row.id == flagged.row.id {
            item.flags = vec!["high".into()];
        }
        items.push(item);
    }
    ana.send(items).await?;
    let rival = ben.reading(&twice.row, &twice.rival_value(), &period, &at);
    ben.send(vec![rival]).await?;
    let month = Month {
        points: of(&property).len(),
        property,
        period,
        twice,
        skipped,
        missing,
    };
    approves_flagged_but(world, &month, &flagged).await?;
    Ok(month)
}

fn value_of(row: &MeterPointRow) -> String {
    let latest = row.latest.as_ref().map(|it| it.value.clone());
    Stop::usual(row).map_or_else(
        || latest.unwrap_or_else(|| row.initial_value.clone()),
        |it| it.value(),
    )
}

async fn approves_flagged_but(world: &World, month: &Month, flagged: &Stop) -> Result<()> {
    let query = format!(
        "property={}&period={}&state=received&flag=any&limit=200",
        month.property, month.period
    );
    for row in world.rita.readings(&query).await?.rows {
        if row.meter_serial == flagged.row.meter_serial {
            continue;
        }
        let url = format!("{}/api/readings/{}/decision", world.server.url(), row.id);
        let body = json!({"decision": "approve", "revision": row.revision});
        let answer = world.rita.client().post(url).json(&body).send().await?;
        ensure!(answer.status().is_success(), "{}", answer.text().await?);
    }
    Ok(())
}

async fn opens_from_the_list(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let page: PeriodsPage = world
        .rita
        .get(&format!("/api/periods?period={}", month.period))
        .await?;
    let place = page.rows.iter().position(|it| it.property == month.property);
    let row = |property: &str| format!("[data-testid=period-row][data-property='{property}']");
    rita.browser
        .see(&format!("{}[aria-selected=true]", row(&page.rows[0].property)))
        .await?;
    for _ in 0..place.context("the property")? {
        rita.browser.keys("j").await?;
    }
    rita.browser
        .see(&format!("{}[aria-selected=true]", row(&month.property)))
        .await?;
    tells_windows(rita, &page).await?;
    rita.browser.see("[data-testid=limits]:not(:has(input))").await?;
    rita.pictures("periods").await?;
    rita.browser.keys(ENTER).await?;
    for kind in ["conflict", "flagged", "skip", "missing"] {
        in_the_way(rita, kind).await?;
    }
    rita.pictures("period-in-the-way").await
}

async fn in_the_way(rita: &Office, kind: &str) -> Result<()> {
    let group = format!("[data-testid=in-the-way][data-kind={kind}][data-total='1']");
    rita.browser.see(&group).await
}

/// The first kind is dealt with on its own page, then the next one is the first.
async fn deals_with_everything(rita: &Office, world: &World, month: &Month) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    // Closing is not offered yet.
    keys("c").await?;
    keys(ENTER).await?;
    rita.browser
        .see("[data-testid=conflict] [data-testid=reading-card]")
        .await?;
    keys("1").await?;
    rita.is_told("conflicts-outcome", "First value kept").await?;

    rita.goes_to(&month.page("periods")).await?;
    first_is(rita, "flagged").await?;
    keys(ENTER).await?;
    rita.browser.see("[data-testid=reading-row]").await?;
    keys("j").await?;
    keys("a").await?;
    rita.is_told("readings-outcome", "is approved").await?;

    rita.goes_to(&month.page("missing")).await?;
    let page: MissingPage = world.rita.get(&format!("/api/{}", month.page("missing"))).await?;
    rita.looks_at_missing(&page, &month.skipped.row.id).await?;
    keys("a").await?;
    rita.is_told("missing-outcome", "stays without a value").await?;
    rita.browser.see("[data-testid=row-accepted]").await?;
    rita.pictures("missing-accepted").await?;
    rita.goes_to(&month.page("missing")).await?;
    rita.looks_at_missing(&page, &month.missing.row.id).await?;
    keys("m").await?;
    rita.has_focus_on("missing-reason").await?;
    keys(&format!("{NOBODY}{ENTER}")).await?;
    rita.is_told("missing-outcome", "is estimated at").await
}

async fn first_is(rita: &Office, kind: &str) -> Result<()> {
    let first = format!("[data-testid=in-the-way][data-kind={kind}][aria-current=true]");
    rita.browser.see(&first).await
}

async fn closes(rita: &Office, world: &World, month: &Month) -> Result<()> {
    rita.goes_to(&month.page("periods")).await?;
    rita.browser.see("[data-testid=nothing-in-the-way]").await?;
    rita.pictures("period-ready").await?;
    rita.browser.keys("c").await?;
    rita.has_focus_on("close-send").await?;
    rita.pictures("period-close").await?;
    rita.browser.keys(ENTER).await?;
    rita.is_told("period-outcome", "is closed").await?;
    rita.browser.see("[data-testid=period-values] tbody tr").await?;
    rita.pictures("period-closed").await?;
    let detail: PeriodDetail = world.rita.get(&month.api()).await?;
    ensure!(detail.summary.state == "closed", "{detail:?}");
    let open = format!(
        "property={}&period={}&state=received",
        month.property, month.period
    );
    let open = world.rita.readings(&open).await?;
    ensure!(open.total == 0, "{open:?}");
    on_paper(rita).await
}

/// Billing can't take it at first; nobody has to wait until it is tried again.
async fn is_handed_over(rita: &Office, billing: &Billing, month: &Month) -> Result<()> {
    rita.browser
        .see("[data-testid=delivery][data-state=waiting] button")
        .await?;
    rita.pictures("period-not-handed-over").await?;
    rita.browser.keys("s").await?;
    rita.browser
        .see("[data-testid=delivery][data-state=delivered]")
        .await?;
    rita.pictures("period-handed-over").await?;
    let bodies = billing.bodies();
    ensure!(
        bodies.len() == 2 && bodies[0] == bodies[1],
        "{} requests",
        bodies.len()
    );
    let event: BillingEvent = serde_json::from_slice(&bodies[1])?;
    let rows = event.handover.context("a hand-over")?.rows;
    ensure!(event.property == month.property && rows.len() == month.points);
    Ok(())
}

/// What a printer would be given.
async fn on_paper(rita: &Office) -> Result<()> {
    let media = async |media: &str| {
        let media = json!({"media": media});
        let cdp = rita.browser.driver().cdp();
        cdp.send_raw("Emulation.setEmulatedMedia", media).await
    };
    media("print").await?;
    let rail = "getComputedStyle(document.querySelector('.rail')).display === 'none'";
    rita.browser.wait_for("the page without its rail", rail).await?;
    let white =
        "getComputedStyle(document.querySelector('.office')).backgroundColor === 'rgb(255, 255, 255)'";
    rita.browser.wait_for("white paper", white).await?;
    rita.browser.picture("period-report").await?;
    media("").await?;
    Ok(())
}

async fn downloads(rita: &Office, world: &World, month: &Month) -> Result<std::path::PathBuf> {
    let property = month.property.replace(' ', "-");
    let name = format!("handover-{property}-{}.xlsx", month.period);
    let file = rita
        .downloads("x", &world.folder().join("downloads"), &name)
        .await?;
    // The page stays where it was.
    rita.browser.see("[data-testid=handover-xlsx]").await?;
    Ok(file)
}

fn is_what_billing_needs(file: &Path, month: &Month) -> Result<()> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let range = book.worksheet_range_at(0).context("a sheet")??;
    let rows: Vec<&[Data]> = range.rows().collect();
    ensure!(
        rows.len() == month.points + 1,
        "{} rows for {} meters",
        rows.len(),
        month.points
    );
    let column = |name: &str| {
        let place = rows[0].iter().position(|it| it.get_string() == Some(name));
        place.context(name.to_owned())
    };
    let (serial, source, detail, value) = (
        column("meter_serial")?,
        column("source")?,
        column("detail")?,
        column("value")?,
    );
    let of = |stop: &Stop| {
        let row = rows
            .iter()
            .find(|it| it[serial].get_string() == Some(&stop.row.meter_serial));
        row.context(stop.row.meter_serial.clone())
    };
    let text = |row: &[Data], column: usize| row[column].get_string().unwrap_or_default().to_owned();
    let estimated = of(&month.missing)?;
    ensure!(text(estimated, source) == "estimate" && text(estimated, detail) == "mean");
    ensure!(estimated[value].get_float().is_some(), "{:?}", estimated[value]);
    let skipped = rows.iter().find(|it| it[source].get_string() == Some("skip"));
    let skipped = skipped.context("the skip")?;
    ensure!(text(skipped, detail) == "no_access" && skipped[value].is_empty());
    let read = of(&month.twice)?;
    let expected: f64 = month.twice.value().parse()?;
    ensure!(read[value].get_float() == Some(expected), "{:?}", read[value]);
    Ok(())
}

async fn comes_too_late(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let mut ben = Person::sign_in(&world.server.url(), "ben", PASSWORD).await?;
    // The next numbers of his phone.
    let rows = ben.list().await?.rows;
    let row = rows.iter().find(|it| it.id == month.missing.row.id);
    let late = ben.reading(
        row.context("the meter")?,
        &month.missing.rival_value(),
        &month.period,
        &month.missing.read_at(),
    );
    let late = WireItem {
        device_seq: 2,
        ..late
    };
    ben.send(vec![late]).await?;
    // By itself: the page is told.
    rita.browser
        .see("[data-testid=late-row][data-state=held]")
        .await?;
    rita.pictures("period-late").await
}

async fn reopens(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let adam = Office::open(world, "adam", &month.page("periods")).await?;
    adam.browser.see("[data-testid=reopen]").await?;
    adam.browser.keys("o").await?;
    adam.has_focus_on("reopen-reason").await?;
    adam.browser.keys(ENTER).await?;
    let empty = "document.querySelector('[data-testid=period-wrong]').innerText !== ''";
    adam.browser
        .wait_for("a word on the missing reason", empty)
        .await?;
    adam.browser.keys(WHY).await?;
    adam.pictures("period-reopen").await?;
    adam.browser.keys(ENTER).await?;
    adam.is_told("period-outcome", "is open again").await?;
    adam.pictures("period-reopened").await?;
    in_the_way(rita, "held").await?;
    let detail: PeriodDetail = world.rita.get(&month.api()).await?;
    let last = detail.steps.last().context("the step")?;
    ensure!(last.by == "adam" && last.reason == WHY, "{last:?}");
    sets_the_window(world, &adam, month).await?;
    adam.close().await
}

/// Beside each property, as its own days say.
async fn tells_windows(office: &Office, page: &PeriodsPage) -> Result<()> {
    for row in &page.rows {
        let window = row.window.as_ref().context("a window")?;
        let cell = format!(
            "[data-testid=period-row][data-property='{}'] [data-testid=window][data-state={}]",
            row.property, window.state
        );
        office.browser.see(&cell).await?;
    }
    Ok(())
}

/// An admin sets it beside the late days: a month's whole length is the most, and phones and lists say so at once.
async fn sets_the_window(world: &World, adam: &Office, month: &Month) -> Result<()> {
    let list = format!("/api/periods?period={}", month.period);
    adam.goes_to(&format!("periods?period={}", month.period)).await?;
    adam.browser.fill("[data-testid=window-days-field]", "32").await?;
    adam.browser.keys(ENTER).await?;
    adam.has_focus_on("window-days-field").await?;
    let refused = "document.querySelector('[data-testid=limits-wrong]').innerText.includes('From 1 to 31')";
    adam.browser.wait_for("what would be right", refused).await?;
    adam.browser.fill("[data-testid=window-days-field]", "31").await?;
    adam.browser.keys(ENTER).await?;
    adam.is_told("periods-outcome", "the last 31 days of the month")
        .await?;
    let page: PeriodsPage = world.rita.get(&list).await?;
    ensure!((page.reading_window_days, page.late_days) == (31, 5), "{page:?}");
    let first = format!("{}-01", month.period);
    let whole = page.rows.iter().filter_map(|it| it.window.as_ref());
    ensure!(
        whole.clone().count() > 0 && whole.clone().all(|it| it.first_day == first),
        "{page:?}"
    );
    tells_windows(adam, &page).await?;
    adam.pictures("periods-limits").await
}
