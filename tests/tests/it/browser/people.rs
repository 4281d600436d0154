//! An admin adds a technician by keyboard alone; the technician signs in with the first password, has to choose another, and
//! reads; the admin finds all of it in the audit, and deactivates the account again.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::wait::until;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const SPACE: &str = " ";
const OWN_PASSWORD: &str = "three words of eva";

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_is_added_by_keyboard_chooses_a_password_reads_and_is_in_the_audit() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("admin", "admin", PASSWORD)?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a meter")?;

    let admin = Office::open(&world, "admin", "people").await?;
    let first_password = adds_eva(&admin, &stop.row.property_code).await?;
    let eva = chooses_a_password(&world, &first_password).await?;
    reads(&world, &eva, &stop).await?;
    looks_at_the_audit(&admin).await?;
    deactivates_eva(&admin, &eva).await?;
    changes_the_own_password(&admin).await?;
    eva.close().await?;
    admin.close().await
}

async fn adds_eva(admin: &Office, property: &str) -> Result<String> {
    let keys = async |text: &str| admin.browser.keys(text).await;
    admin
        .browser
        .see("[data-testid=person-row][data-person=rita]")
        .await?;
    admin.pictures("people").await?;
    keys("n").await?;
    admin.has_focus_on("person-username").await?;
    keys(&format!("eva{TAB}Eva Ríos{TAB}")).await?;
    admin.has_focus_on("role-technician").await?;
    keys(TAB).await?;
    admin.has_focus_on("properties-some").await?;
    keys(&format!("{TAB}{property}{TAB}")).await?;
    admin.has_focus_on("property-tick").await?;
    keys(SPACE).await?;
    let chosen =
        format!("document.querySelector(\"[data-testid=property-tick][data-code='{property}']\").checked");
    admin.browser.wait_for("the property", &chosen).await?;
    admin.pictures("people-new").await?;
    // From the tick past what else was found to the button.
    for _ in 0..12 {
        let at = "return document.activeElement.dataset.testid";
        if admin.browser.js(at).await? == "person-save" {
            break;
        }
        keys(TAB).await?;
    }
    admin.has_focus_on("person-save").await?;
    keys(ENTER).await?;
    admin.browser.see("[data-testid=first-password]").await?;
    admin.has_focus_on("secret-done").await?;
    admin.pictures("people-first-password").await?;
    let first_password = admin.browser.text_of("[data-testid=first-password]").await?;
    keys(ENTER).await?;
    admin.is_told("people-outcome", "eva is added").await?;
    let row = "[data-testid=person-row][data-person=eva][aria-selected=true]";
    admin.browser.see(row).await?;
    ensure!(
        admin.browser.count("[data-testid=first-password]").await? == 0,
        "the password is still shown"
    );
    Ok(first_password)
}

async fn chooses_a_password(world: &World, first_password: &str) -> Result<Technician> {
    let url = world.proxy.url();
    let browser = Browser::open(&world.folder().join("eva"), Screen::Phone, None).await?;
    browser.goto(&url).await?;
    browser.fill("[data-testid=username]", "eva").await?;
    browser.fill("[data-testid=password]", first_password).await?;
    browser.tap("[data-testid=sign-in]").await?;
    browser.see("[data-testid=own-password]").await?;
    let eva = Technician::with(browser, &url);
    eva.pictures("own-password").await?;

    // It can be put off: nothing stands between a technician and a meter.
    eva.browser.tap("[data-testid=password-later]").await?;
    eva.browser.see("[data-testid=choose-password]").await?;
    eva.pictures("own-password-later").await?;
    eva.browser.tap("[data-testid=choose-password-now]").await?;

    eva.browser
        .fill("[data-testid=password-present]", first_password)
        .await?;
    eva.browser.fill("[data-testid=password-new]", "short").await?;
    eva.browser.tap("[data-testid=password-submit]").await?;
    eva.browser.see("[data-testid=password-error]").await?;
    eva.pictures("own-password-short").await?;
    eva.browser
        .fill("[data-testid=password-new]", OWN_PASSWORD)
        .await?;
    eva.browser.tap("[data-testid=password-submit]").await?;
    eva.browser.see("[data-testid=unit-row]").await?;
    Ok(eva)
}

async fn reads(world: &World, eva: &Technician, stop: &Stop) -> Result<()> {
    eva.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    eva.browser
        .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
        .await?;
    eva.types_and_saves(stop).await?;
    until("the office to have it", LIMIT, async || {
        let page = world.rita.readings("technician=eva").await;
        page.is_ok_and(|it| it.total == 1)
    })
    .await
}

async fn looks_at_the_audit(admin: &Office) -> Result<()> {
    admin.goes_to("audit").await?;
    let newest = "[data-testid=audit-row][aria-selected=true]";
    admin
        .browser
        .see(&format!("{newest}[data-actor=eva][data-action=password_change]"))
        .await?;
    admin.pictures("audit").await?;
    // One down is who made the account; then nothing but what was done to it.
    admin.browser.keys("j").await?;
    admin
        .browser
        .see(&format!("{newest}[data-actor=admin][data-action=account_add]"))
        .await?;
    admin.browser.keys("t").await?;
    admin
        .browser
        .wait_for("the filter in the address", "location.search === '?subject=eva'")
        .await?;
    let rows = "document.querySelectorAll('[data-testid=audit-row]').length === 2";
    admin.browser.wait_for("two lines", rows).await?;
    let file = admin
        .browser
        .js_async(
            "const link = document.querySelector('[data-testid=audit-export]');
             return (await (await fetch(link.href)).text()).trim().split('\\r\\n');",
        )
        .await?;
    let lines = file.as_array().context("lines")?;
    ensure!(lines.len() == 3, "{lines:?}");
    admin.pictures("audit-filtered").await?;
    admin.browser.keys("c").await?;
    admin
        .browser
        .wait_for(
            "all of it again",
            "location.search === '' || location.search === '?'",
        )
        .await
}

async fn deactivates_eva(admin: &Office, eva: &Technician) -> Result<()> {
    admin.goes_to("people?q=eva").await?;
    let row = "[data-testid=person-row][data-person=eva][aria-selected=true]";
    admin.browser.see(row).await?;
    admin.browser.keys("d").await?;
    admin.has_focus_on("confirm-no").await?;
    admin.pictures("people-deactivate").await?;
    admin.browser.keys(&format!("{TAB}{ENTER}")).await?;
    admin.is_told("people-outcome", "not active any more").await?;
    admin.browser.see(&format!("{row}[data-active=false]")).await?;
    // To the phone it is a session that ended: the round stays.
    eva.browser.tap("a[href='/sync']").await?;
    eva.browser.tap("[data-testid=sync-now]").await?;
    eva.browser.see("[data-testid=sign-in-again]").await
}

async fn changes_the_own_password(admin: &Office) -> Result<()> {
    admin.goes_to("me").await?;
    admin.browser.tap("[data-testid=password-change]").await?;
    admin.browser.see("[data-testid=password-form]").await?;
    admin.pictures("office-password").await?;
    admin.browser.keys(TAB).await?;
    admin.has_focus_on("password-present").await?;
    admin
        .browser
        .keys(&format!("{PASSWORD}{TAB}another-{PASSWORD}{ENTER}"))
        .await?;
    admin.browser.see("[data-testid=toast]").await?;
    // The same session goes on.
    admin.goes_to("people").await?;
    admin.browser.see("[data-testid=person-row]").await
}
