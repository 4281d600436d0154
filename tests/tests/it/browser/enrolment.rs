//! A phone is set up by a code of the office: one tap and no password; whoever worked with it before keeps what waits.

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::outbox;
use journeys::person::Person;

use super::office::Office;
use super::technician::Technician;
use super::world::{PASSWORD, World};

const READINGS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_code_sets_up_the_phone_of_somebody_else_once_and_keeps_the_queue_that_is_there() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("ben", "technician", PASSWORD)?;
    world.server.add_user("admin", "admin", PASSWORD)?;
    let phone = world.phone().await?;
    phone.goto(&world.beside_the_app()).await?;
    outbox::fill(&phone, &world.readings(READINGS).await?).await?;
    // Ana's session ends, so that her queue waits for her.
    let admin = Office::open(&world, "admin", "people?q=ana").await?;
    ends_the_session_of(&admin, "ana").await?;

    admin.goes_to("people?q=ben").await?;
    let link = shows_a_code(&admin, "ben").await?;
    phone.goto(&link).await?;
    phone.see("[data-testid=enrol-other]").await?;
    ensure!(
        phone.js("return location.pathname + location.hash").await? == "/",
        "the code is still in the address"
    );
    let url = world.proxy.url();
    let phone = Technician::with(phone, &url);
    phone.pictures("enrol").await?;
    phone.browser.tap("[data-testid=enrol-yes]").await?;
    phone.browser.see("[data-testid=unit-row]").await?;
    phone.browser.goto(&format!("{url}/me")).await?;
    phone
        .browser
        .wait_for(
            "ben",
            "document.querySelector('[data-testid=me-name]')?.innerText === 'ben'",
        )
        .await?;
    let of_ana = format!("[data-testid=unsent-of-other][data-person=ana][data-count='{READINGS}']");
    phone.browser.see(&of_ana).await?;
    let waiting = outbox::waiting(&phone.browser).await?;
    ensure!(waiting == READINGS as u64, "{waiting} wait");

    is_no_good_any_more(&world, &link).await?;
    is_in_the_audit(&admin).await?;
    phone.close().await?;
    admin.close().await
}

async fn ends_the_session_of(admin: &Office, name: &str) -> Result<()> {
    let row = format!("[data-testid=person-row][data-person={name}][aria-selected=true]");
    admin.browser.see(&row).await?;
    admin.browser.keys("p").await?;
    admin.browser.tap("[data-testid=confirm-yes]").await?;
    admin.browser.see("[data-testid=first-password]").await?;
    admin.browser.tap("[data-testid=secret-done]").await
}

async fn shows_a_code(admin: &Office, name: &str) -> Result<String> {
    let row = format!("[data-testid=person-row][data-person={name}][aria-selected=true]");
    admin.browser.see(&row).await?;
    admin.browser.keys("q").await?;
    admin.browser.see("[data-testid=enrol-code]").await?;
    admin
        .browser
        .wait_for(
            "the picture",
            "document.querySelector('[data-testid=enrol-code]').naturalWidth > 0",
        )
        .await?;
    admin.has_focus_on("code-done").await?;
    admin.pictures("people-code").await?;
    let link = admin
        .browser
        .js("return document.querySelector('[data-testid=enrol-code]').dataset.link")
        .await?;
    admin.browser.tap("[data-testid=code-done]").await?;
    Ok(link.as_str().context("a link")?.to_owned())
}

async fn is_no_good_any_more(world: &World, link: &str) -> Result<()> {
    let stranger = Browser::open(&world.folder().join("stranger"), Screen::Phone, None).await?;
    stranger.goto(link).await?;
    stranger.tap("[data-testid=enrol-yes]").await?;
    stranger.see("[data-testid=enrol-error]").await?;
    stranger.picture("enrol-used").await?;
    stranger.tap("[data-testid=enrol-no]").await?;
    stranger.see("[data-testid=username]").await?;
    stranger.close().await
}

async fn is_in_the_audit(admin: &Office) -> Result<()> {
    admin.goes_to("audit").await?;
    for (actor, action) in [
        ("nobody", "enrolment_failed"),
        ("ben", "enrolment_use"),
        ("admin", "enrolment_code"),
        ("admin", "password_reset"),
    ] {
        let line = format!("[data-testid=audit-row][data-actor={actor}][data-action={action}]");
        admin.browser.see(&line).await?;
    }
    Ok(())
}

/// A first password in the office: the same page stands before all others.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_the_office_chooses_a_password_before_anything_else() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("admin", "admin", PASSWORD)?;
    let admin = Person::sign_in(&world.server.url(), "admin", PASSWORD).await?;
    let body = serde_json::json!({ "username": "zoe", "role": "reviewer", "all_properties": true });
    let answer = admin
        .client()
        .post(format!("{}/api/people", world.server.url()))
        .json(&body)
        .send()
        .await?;
    let told: serde_json::Value = serde_json::from_str(&answer.text().await?)?;
    let first = told["first_password"].as_str().context("a password")?;

    let zoe = Browser::open(&world.folder().join("zoe"), Screen::Laptop, None).await?;
    zoe.goto(&format!("{}/office/missing", world.proxy.url())).await?;
    zoe.fill("[data-testid=username]", "zoe").await?;
    zoe.fill("[data-testid=password]", first).await?;
    zoe.tap("[data-testid=sign-in]").await?;
    zoe.see("[data-testid=own-password]").await?;
    zoe.picture("office-own-password-light").await?;
    zoe.fill("[data-testid=password-present]", first).await?;
    zoe.fill("[data-testid=password-new]", "zoe-reviews-all").await?;
    zoe.tap("[data-testid=password-submit]").await?;
    // Where she wanted to go; what only admins do is not offered.
    zoe.see("[data-testid=missing-total]").await?;
    ensure!(
        zoe.count("[data-testid=rail-people], [data-testid=rail-audit]")
            .await?
            == 0,
        "a reviewer is led to people or the audit"
    );
    zoe.close().await
}
