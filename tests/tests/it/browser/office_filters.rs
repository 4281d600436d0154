//! The office finds what was captured beyond a plain reading: by one tap, by a link, and what it is stands in the row.

use anyhow::{Context, Result, ensure};
use journeys::person::{Person, now};
use shared::timestamp::LocalTime;
use shared::wire::batch::{WireExchangePart, WireItem};
use shared::wire::list::MeterPointRow;

use super::dashboard::{TODAY, chooses_day};
use super::office::Office;
use super::world::{PASSWORD, World};

const NEW_SERIAL: &str = "N-4711";
const REMARK: &str = "Dog in the yard";

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_read_and_what_is_unusual_is_found_by_a_tap_and_by_a_link() -> Result<()> {
    let world = World::start().await?;
    captures_one_of_each(&world).await?;
    // A link from somewhere else: the list and the fields show what it says.
    let rita = Office::open(
        &world,
        "rita",
        "readings?technician=ana&source=phone&skip=no_access",
    )
    .await?;
    shows(&rita, 1, "[data-skip=no_access]").await?;
    let chosen = "document.querySelector('[data-testid=filter-skip]').value === 'no_access'";
    rita.browser.wait_for("the reason in its field", chosen).await?;
    rita.browser.tap("[data-testid=reading-row]").await?;
    rita.browser
        .wait_for(
            "the reason and the remark beside the list",
            &format!(
                "['No access', '{REMARK}'].every(it => document.querySelector('[data-testid=detail]')?.innerText.includes(it))"
            ),
        )
        .await?;
    rita.pictures("readings-skipped").await?;
    rita.browser.keys("\u{e00c}").await?;
    rita.browser.tap("[data-testid=clear-filters]").await?;

    rita.goes_to("readings?technician=ana&source=phone").await?;
    shows(&rita, 6, "[data-kind]").await?;
    rita.pictures("readings-of-each").await?;
    for (chip, filter, count, rows) in [
        ("skip-any", "skip=any", 1, "[data-skip=no_access]"),
        (
            "flag-rolled_over",
            "flag=rolled_over",
            1,
            "[data-kind=regular][data-value='5']",
        ),
        ("flag-any", "flag=any", 5, "[data-kind]"),
        ("kind-exchange", "kind=exchange", 2, "[data-kind^=meter_]"),
        ("kind-move", "kind=move", 1, "[data-kind=move_in]"),
        ("photo-any", "photo=any", 1, "[data-kind=move_in]"),
        ("state-held", "state=held", 1, "[data-state=held]"),
    ] {
        let chip = format!("[data-testid=quick-{chip}]");
        rita.browser.tap(&chip).await?;
        let pressed = format!("{chip}[aria-pressed=true]");
        rita.browser.see(&pressed).await?;
        let address = format!("location.search.split(/[?&]/).includes('{filter}')");
        rita.browser.wait_for(filter, &address).await?;
        shows(&rita, count, rows).await?;
        rita.browser.tap(&pressed).await?;
        shows(&rita, 6, "[data-kind]").await?;
    }
    narrows_a_day_down(&rita).await?;
    tells_of_an_exchange(&rita).await?;
    rita.close().await
}

/// The day of arrival stands beside the other filters, and each is taken away alone.
async fn narrows_a_day_down(rita: &Office) -> Result<()> {
    let chip = |name: &str, pressed: bool| format!("[data-testid=quick-{name}][aria-pressed={pressed}]");
    chooses_day(rita, TODAY).await?;
    rita.browser
        .wait_for("the day in the address", "location.search.includes('arrived=')")
        .await?;
    shows(rita, 6, "[data-kind]").await?;
    rita.browser.tap(&chip("skip-any", false)).await?;
    let both = "['skip=any', 'arrived=', 'source=phone'].every(it => location.search.includes(it))";
    rita.browser.wait_for("both in the address", both).await?;
    shows(rita, 1, "[data-skip=no_access]").await?;
    rita.pictures("readings-skipped-today").await?;
    chooses_day(rita, "''").await?;
    rita.browser
        .wait_for("no day in the address", "!location.search.includes('arrived=')")
        .await?;
    rita.browser.tap(&chip("skip-any", true)).await?;
    shows(rita, 6, "[data-kind]").await
}

/// An exchange opens with both meters, whichever of its rows is chosen.
async fn tells_of_an_exchange(rita: &Office) -> Result<()> {
    rita.browser
        .tap("[data-testid=reading-row][data-kind=meter_removed]")
        .await?;
    let parts = format!(
        "['meter_removed', 'meter_installed'].every(it => document.querySelector(`[data-testid=exchange-part][data-kind=${{it}}]`))
            && document.querySelector('[data-testid=detail-exchange]').innerText.includes('{NEW_SERIAL}')"
    );
    rita.browser.wait_for("both meters", &parts).await?;
    rita.pictures("readings-exchange").await
}

async fn shows(rita: &Office, count: usize, rows: &str) -> Result<()> {
    let shown = format!(
        "document.querySelector('[data-testid=total]')?.dataset.total === '{count}'
            && document.querySelectorAll(`[data-testid=reading-row]{rows}`).length === {count}
            && document.querySelectorAll('[data-testid=reading-row]').length === {count}"
    );
    rita.browser
        .wait_for(&format!("{count} rows {rows}"), &shown)
        .await
}

/// A skip, a roll-over (the reading before it is a move), an exchange, and an unknown label: six rows.
async fn captures_one_of_each(world: &World) -> Result<()> {
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let rows = ana.list().await?.rows;
    let steady = |row: &&MeterPointRow| {
        let held = row.tenancies.last().is_some_and(|it| it.to.is_none());
        held && row.utility == "electricity" && row.dials == 5 && row.decimals == 0 && row.latest.is_some()
    };
    let [skipped, rolled, exchanged] = &rows.iter().filter(steady).take(3).collect::<Vec<_>>()[..] else {
        anyhow::bail!("too few meters")
    };
    let at = |days: i64| {
        let at = LocalTime {
            at: now().plus_ms(-86_400_000 * days),
            offset_s: 0,
        };
        at.to_rfc3339()
    };
    let (today, yesterday) = (at(0), at(1));
    let mut make = |row: &MeterPointRow, value: &str, when: &str| ana.reading(row, value, &when[..7], when);
    let last = exchanged.latest.clone().context("a value")?.value;
    let items = vec![
        WireItem {
            value: None,
            skip_reason: Some("no_access".into()),
            remarks: Some(REMARK.into()),
            ..make(skipped, "", &today)
        },
        WireItem {
            kind: Some("move_in".into()),
            answers: vec!["verified".into()],
            photos: vec!["a".repeat(64)],
            ..make(rolled, "99999", &yesterday)
        },
        WireItem {
            answers: vec!["rolled_over".into()],
            ..make(rolled, "5", &today)
        },
        WireItem {
            value: None,
            exchange: vec![
                part("meter_removed", &exchanged.meter_serial, &last),
                part("meter_installed", NEW_SERIAL, "3"),
            ],
            ..make(exchanged, "", &today)
        },
        unknown_label(make(skipped, "12", &today)),
    ];
    let receipts = ana.send(items).await?;
    let verdicts: Vec<String> = receipts
        .verdicts
        .iter()
        .map(|it| format!("{:?}", it.verdict))
        .collect();
    ensure!(
        verdicts == ["Accepted", "Accepted", "Accepted", "Accepted", "Held"],
        "{receipts:?}"
    );
    Ok(())
}

fn part(kind: &str, serial: &str, value: &str) -> WireExchangePart {
    WireExchangePart {
        kind: kind.into(),
        meter_serial: serial.into(),
        value: value.into(),
        ..WireExchangePart::default()
    }
}

fn unknown_label(item: WireItem) -> WireItem {
    WireItem {
        property_code: None,
        building: None,
        unit_no: None,
        utility: None,
        point: None,
        meter_serial: None,
        label_text: Some("GCX|7".into()),
        ..item
    }
}
