//! The portfolio by keyboard alone: a faulty import is told row by row and changes nothing, a good one is taken as it was looked
//! at; a unit is found, its note changed, its meter replaced, a reading entered; and the phone has the new meter.

use anyhow::{Context, Result, bail, ensure};
use journeys::person::Person;
use shared::wire::list::MeterPointRow;
use thirtyfour::By;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const ESCAPE: &str = "\u{e00c}";
/// More than any page has before the thing that is looked for.
const TABS_MAX: usize = 120;
const NOTE: &str = "Ring at the caretaker";
const SERIAL: &str = "E99000001";

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_imports_edits_a_unit_replaces_its_meter_and_enters_a_reading_by_keyboard() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("adam", "admin", PASSWORD)?;
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let rows = ana.list().await?.rows;
    let stop = rows
        .iter()
        .filter_map(Stop::usual)
        .find(|it| it.row.utility == "electricity" && it.row.decimals == 0);
    let stop = stop.context("a usual meter")?;
    let adam = Office::open(&world, "adam", "import").await?;

    tells_the_faults(&world, &adam).await?;
    takes_what_was_looked_at(&world, &adam).await?;
    ensure!(
        ana.list()
            .await?
            .rows
            .iter()
            .any(|it| it.meter_serial == "E88000001"),
        "the imported meter is not on the list"
    );
    finds_the_unit(&adam, &stop.row).await?;
    changes_the_note(&adam).await?;
    replaces_the_meter(&adam, &stop.row).await?;
    enters_a_reading(&adam).await?;
    enters_what_was_missing(&adam).await?;

    let row = ana
        .list()
        .await?
        .rows
        .into_iter()
        .find(|it| it.meter_serial == SERIAL)
        .context("the new meter")?;
    let latest = row.latest.as_ref().context("its reading")?;
    ensure!(
        (row.access_note.as_str(), latest.value.as_str()) == (NOTE, "17"),
        "{row:?}"
    );
    let entered = world.rita.readings("source=office").await?;
    let of_tenant = |it: &&shared::wire::office::ReadingRow| it.remarks == "Phoned in by the tenant";
    ensure!(entered.rows.iter().filter(of_tenant).count() == 1, "{entered:?}");
    adam.close().await?;
    sees_it_on_the_phone(&world).await
}

/// Goes on by Tab until this has the focus.
async fn tab_to(office: &Office, selector: &str) -> Result<()> {
    let there = format!("document.activeElement?.matches(\"{selector}\") === true");
    office.browser.see(selector).await?;
    for _ in 0..TABS_MAX {
        if office.browser.js(&format!("return {there}")).await?.as_bool() == Some(true) {
            return Ok(());
        }
        office.browser.keys(TAB).await?;
    }
    bail!("no Tab leads to {selector}")
}

async fn press(office: &Office, test_id: &str) -> Result<()> {
    tab_to(office, &format!("[data-testid={test_id}]")).await?;
    office.browser.keys(ENTER).await
}

/// Types into fields of the open form, from the one that has the focus on.
async fn type_into(office: &Office, fields: &[(&str, &str)]) -> Result<()> {
    for (column, text) in fields {
        tab_to(office, &format!("[data-testid=field-{column}]")).await?;
        office.browser.js("document.activeElement.select?.()").await?;
        office.browser.keys(text).await?;
    }
    Ok(())
}

async fn chooses(world: &World, office: &Office, folder: &str, files: &[(&str, &str)]) -> Result<()> {
    let folder = world.folder().join(folder);
    std::fs::create_dir_all(&folder)?;
    let mut paths = Vec::new();
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::write(&path, content)?;
        paths.push(path.display().to_string());
    }
    let field = office
        .driver()
        .find(By::Css("[data-testid=import-files]"))
        .await?;
    field.send_keys(paths.join("\n")).await?;
    Ok(())
}

async fn tells_the_faults(world: &World, adam: &Office) -> Result<()> {
    adam.browser.see("[data-testid=import-files]").await?;
    adam.pictures("import").await?;
    let units = "property_code,unit_no,route_seq,access_note\nGC A,901,soon,=HYPERLINK(1)\nNOWHERE,902,1,\n";
    let meters = "serial,property_code,unit_no,utility,dials,installed_on,initial_value\nE88000001,GC A,901,steam,5,2026-13-01,7\n";
    chooses(
        world,
        adam,
        "faulty",
        &[("units.csv", units), ("meters.csv", meters), ("unit.csv", "x")],
    )
    .await?;
    // A file of another name is told before any row is read.
    adam.browser
        .see("[data-testid=import-fault][data-file='unit.csv'][data-code=unknown_file]")
        .await?;
    chooses(
        world,
        adam,
        "faulty2",
        &[("units.csv", units), ("meters.csv", meters)],
    )
    .await?;
    for (file, line, code) in [
        ("units.csv", 2, "no_number"),
        ("units.csv", 2, "formula"),
        ("units.csv", 3, "no_such_property"),
        ("meters.csv", 2, "none_of"),
        ("meters.csv", 2, "no_day"),
    ] {
        let fault =
            format!("[data-testid=import-fault][data-file='{file}'][data-line='{line}'][data-code={code}]");
        adam.browser.see(&fault).await?;
    }
    ensure!(
        adam.browser.count("[data-testid=import-take]").await? == 0,
        "there is nothing to take"
    );
    adam.pictures("import-faults").await
}

async fn takes_what_was_looked_at(world: &World, adam: &Office) -> Result<()> {
    let units =
        "property_code,unit_no,unit_type,route_seq,access_note\nGC A,901,Studio,901,Behind the gate\n";
    let meters = "serial,property_code,unit_no,utility,dials,installed_on,initial_value\nE88000001,GC A,901,electricity,5,2026-01-01,7\n";
    chooses(
        world,
        adam,
        "good",
        &[("units.csv", units), ("meters.csv", meters)],
    )
    .await?;
    adam.browser
        .see("[data-testid=import-report][data-stage=told][data-changes='4']")
        .await?;
    adam.browser
        .see("[data-testid=import-counts][data-things=units][data-added='1']")
        .await?;
    adam.pictures("import-told").await?;
    press(adam, "import-take").await?;
    adam.browser.see("[data-testid=import-taken]").await?;
    adam.pictures("import-taken").await
}

async fn finds_the_unit(adam: &Office, row: &MeterPointRow) -> Result<()> {
    press(adam, "rail-portfolio").await?;
    adam.browser
        .see("[data-testid=property-row][data-code='GC A']")
        .await?;
    adam.pictures("portfolio-properties").await?;
    tab_to(adam, "[data-testid=property-row][data-code='GC A'] a").await?;
    adam.browser.keys(ENTER).await?;
    adam.browser.see("[data-testid=unit-row][data-no='101']").await?;
    adam.browser.keys("jj").await?;
    let second = "document.activeElement?.closest('[data-testid=unit-row]')?.dataset.no === '102'";
    adam.browser.wait_for("the second unit", second).await?;
    adam.pictures("portfolio-units").await?;
    tab_to(adam, "[data-testid=filter-q]").await?;
    adam.browser.keys(&format!("zzzz{ENTER}")).await?;
    adam.browser.see("[data-testid=empty]").await?;
    adam.browser.js("document.activeElement.select()").await?;
    let beginning: String = row.meter_serial.chars().take(7).collect();
    adam.browser.keys(&format!("{beginning}{ENTER}")).await?;
    let found = format!("[data-testid=unit-row][data-no='{}'] a", row.unit_no);
    tab_to(adam, &found).await?;
    adam.pictures("portfolio-found").await?;
    adam.browser.keys(ENTER).await?;
    adam.browser.see("[data-testid=unit-name]").await?;
    adam.browser
        .see(&format!(
            "[data-testid=meter-row][data-serial='{}'][data-state=present]",
            row.meter_serial
        ))
        .await?;
    adam.pictures("unit").await
}

async fn changes_the_note(adam: &Office) -> Result<()> {
    press(adam, "edit-unit").await?;
    adam.has_focus_on("field-access_note").await?;
    type_into(adam, &[("access_note", "=1+1")]).await?;
    press(adam, "form-send").await?;
    let told = "document.querySelector('[data-testid=wrong-access_note]').innerText !== ''";
    adam.browser.wait_for("a word on what is wrong", told).await?;
    adam.pictures("unit-edit-wrong").await?;
    adam.browser.keys(ESCAPE).await?;
    adam.has_focus_on("edit-unit").await?;
    adam.browser.keys(ENTER).await?;
    adam.has_focus_on("field-access_note").await?;
    type_into(adam, &[("access_note", NOTE)]).await?;
    press(adam, "form-send").await?;
    adam.is_told("unit-outcome", "Saved").await?;
    let shown = format!("document.querySelector('[data-testid=unit-note]')?.innerText === '{NOTE}'");
    adam.browser.wait_for("the new note", &shown).await
}

async fn replaces_the_meter(adam: &Office, row: &MeterPointRow) -> Result<()> {
    let point = format!(
        "[data-testid=point][data-point='{}'] [data-testid=replace-meter]",
        row.id
    );
    tab_to(adam, &point).await?;
    adam.browser.keys(ENTER).await?;
    adam.has_focus_on("field-final_value").await?;
    // Lower than the last value: it is asked for.
    type_into(adam, &[("final_value", "1")]).await?;
    adam.browser.see("[data-testid=value-lower]").await?;
    adam.pictures("unit-replace-lower").await?;
    let last = row.latest.as_ref().context("a last value")?.value.clone();
    type_into_again(adam, "final_value", &last).await?;
    type_into(
        adam,
        &[
            ("serial", SERIAL),
            ("initial_value", "12"),
            ("reason", "Glass broken"),
        ],
    )
    .await?;
    adam.pictures("unit-replace").await?;
    press(adam, "form-send").await?;
    adam.is_told("unit-outcome", "is in service").await?;
    adam.browser
        .see(&format!(
            "[data-testid=meter-row][data-serial='{SERIAL}'][data-state=present]"
        ))
        .await?;
    adam.browser
        .see(&format!(
            "[data-testid=meter-row][data-serial='{}'][data-state=past]",
            row.meter_serial
        ))
        .await?;
    adam.pictures("unit-replaced").await
}

/// The field has the focus already.
async fn type_into_again(adam: &Office, column: &str, text: &str) -> Result<()> {
    adam.has_focus_on(&format!("field-{column}")).await?;
    adam.browser.js("document.activeElement.select()").await?;
    adam.browser.keys(text).await
}

async fn enters_a_reading(adam: &Office) -> Result<()> {
    let new = format!("[data-testid=point]:has([data-serial='{SERIAL}']) [data-testid=enter-reading]");
    tab_to(adam, &new).await?;
    adam.browser.keys(ENTER).await?;
    adam.has_focus_on("field-value").await?;
    type_into(adam, &[("value", "17"), ("reason", "Phoned in by the tenant")]).await?;
    adam.pictures("unit-reading").await?;
    press(adam, "form-send").await?;
    adam.is_told("unit-outcome", "in the books").await?;
    adam.pictures("unit-read").await
}

/// From the list of what is missing to the form, and back.
async fn enters_what_was_missing(adam: &Office) -> Result<()> {
    adam.goes_to("missing?property=GCB").await?;
    adam.browser.see("[data-testid=missing-row]").await?;
    let before = adam.browser.count("[data-testid=missing-row]").await?;
    adam.browser.keys("e").await?;
    adam.has_focus_on("field-value").await?;
    let last = adam.browser.js("return document.querySelector('[data-testid=value-check]').innerText.replace(/[^0-9.]/g, '').replace(/[.]$/, '')").await?;
    let last = last.as_str().context("the last value")?.to_owned();
    type_into(adam, &[("value", &last), ("reason", "By letter")]).await?;
    press(adam, "form-send").await?;
    adam.is_told("unit-outcome", "in the books of").await?;
    press(adam, "unit-back").await?;
    let gone = format!(
        "document.querySelectorAll('[data-testid=missing-row]').length === {}",
        before - 1
    );
    adam.browser.wait_for("one missing less", &gone).await
}

async fn sees_it_on_the_phone(world: &World) -> Result<()> {
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.fill("[data-testid=round-search]", SERIAL).await?;
    ana.browser.see("[data-testid=unit-row]").await?;
    ana.pictures("round-new-meter").await?;
    ana.close().await
}
