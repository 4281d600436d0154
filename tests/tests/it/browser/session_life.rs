//! Sessions that end while readings wait: nothing leaves the phone, the phone says what to do, and the same person
//! goes on where it stopped.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::Browser;
use journeys::outbox;
use journeys::server::Server;
use journeys::wait::until;

use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const NEW_PASSWORD: &str = "another-round-tomorrow";
const READINGS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_password_changed_meanwhile_pauses_the_queue_until_the_same_person_signs_in_again() -> Result<()> {
    let world = World::start().await?;
    let phone = world.phone().await?;
    let url = world.proxy.url();
    phone.goto(&world.beside_the_app()).await?;
    outbox::fill(&phone, &world.readings(READINGS).await?).await?;
    set_password(&world.server, "ana", NEW_PASSWORD)?;

    phone.goto(&url).await?;
    phone.see("[data-testid=sign-in-again]").await?;
    phone.picture("signed-out-by-the-office").await?;
    ensure!(waiting(&phone).await? == READINGS, "the 401 took something away");
    ensure!(
        world.received().await?.is_empty(),
        "something was sent without a session"
    );
    // The round is still there to go on with.
    phone.see("[data-testid=unit-row]").await?;

    phone.tap("[data-testid=sign-in-again] a").await?;
    phone.see("[data-testid=own-work]").await?;
    phone.fill("[data-testid=password]", NEW_PASSWORD).await?;
    phone.tap("[data-testid=sign-in]").await?;
    empties(&phone).await?;
    ensure!(world.received().await?.len() == READINGS, "not all of it arrived");
    phone.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_out_leaves_the_queue_and_another_person_neither_sees_nor_sends_it() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("ben", "technician", PASSWORD)?;
    let phone = world.phone().await?;
    let url = world.proxy.url();
    phone.goto(&world.beside_the_app()).await?;
    outbox::fill(&phone, &world.readings(READINGS).await?).await?;
    world.proxy.cut(true);

    phone.goto(&format!("{url}/me")).await?;
    phone.tap("[data-testid=sign-out]").await?;
    let question = phone.text_of("[data-testid=confirm]").await?;
    ensure!(
        question.contains(&READINGS.to_string()),
        "the question says {question}"
    );
    phone.tap("[data-testid=confirm-yes]").await?;
    let of_ana = format!("[data-testid=unsent-of-other][data-person=ana][data-count='{READINGS}']");
    phone.see(&of_ana).await?;
    phone.picture("sign-in-with-queue").await?;

    world.proxy.cut(false);
    sign_in(&phone, &url, "ben").await?;
    phone.goto(&format!("{url}/sync")).await?;
    phone.tap("[data-testid=sync-now]").await?;
    phone.see("[data-testid=history-row]").await?;
    phone.goto(&format!("{url}/outbox")).await?;
    phone.see("[data-testid=empty]").await?;
    ensure!(
        waiting(&phone).await? == READINGS,
        "ben's session took something away"
    );
    ensure!(world.received().await?.is_empty(), "ben sent what is ana's");
    phone.goto(&format!("{url}/me")).await?;
    phone.see(&of_ana).await?;

    phone.tap("[data-testid=sign-out]").await?;
    phone.tap("[data-testid=confirm-yes]").await?;
    phone.see("[data-testid=username]").await?;
    sign_in(&phone, &url, "ana").await?;
    empties(&phone).await?;
    ensure!(world.received().await?.len() == READINGS, "not all of it arrived");
    phone.close().await
}

async fn sign_in(phone: &Browser, url: &str, name: &str) -> Result<()> {
    phone.goto(url).await?;
    phone.fill("[data-testid=username]", name).await?;
    phone.fill("[data-testid=password]", PASSWORD).await?;
    phone.tap("[data-testid=sign-in]").await?;
    phone.see("[data-testid=unit-row]").await
}

async fn waiting(phone: &Browser) -> Result<usize> {
    Ok(usize::try_from(outbox::waiting(phone).await?)?)
}

async fn empties(phone: &Browser) -> Result<()> {
    until("an empty outbox", LIMIT, async || {
        outbox::waiting(phone).await.is_ok_and(|it| it == 0)
    })
    .await
}

fn set_password(server: &Server, name: &str, password: &str) -> Result<()> {
    let mut child = server
        .command()?
        .args(["user", "set-password", name, "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    let mut stdin = child.stdin.take().context("stdin is piped")?;
    stdin.write_all(password.as_bytes())?;
    drop(stdin);
    ensure!(
        child.wait()?.success(),
        "meterline user set-password {name} failed"
    );
    Ok(())
}
