//! The server is put back to a backup, and the phone gives again what the books have lost (situation 26).

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::phone::Phone;
use journeys::server::Server;
use shared::sync::event::Hint;

use crate::books::{LIMIT, PASSWORD, compare_with_the_books, readings_of_past_months};

const BEFORE: usize = 200;
const AFTER: usize = 300;

/// 200 readings, a backup of the serving process, 300 more, a restore: the phone notices at its end check, offers what it keeps
/// and ends with "all received"; every reading stands in the books once, under the receipt that the phone has.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_the_phone_gives_again_what_is_missing() -> Result<()> {
    let mut server = Server::new()?;
    server.import_customer()?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.start().await?;
    let mut ana = Person::sign_in(&server.url(), "ana", PASSWORD).await?;
    let device_id = ana
        .session
        .device_id
        .context("a technician's phone is enrolled")?;
    let items = readings_of_past_months(&mut ana, BEFORE + AFTER).await?;
    let (before, after) = items.split_at(BEFORE);
    let mut phone = Phone::new(ana.client(), &server.url(), device_id, 26);
    save(&mut phone, before)?;
    phone.open();
    phone.run_until(LIMIT, |it| all_received(it) == BEFORE).await?;
    let backup = server.folder().join("backup.db").display().to_string();
    let told = server.run(&["backup", &backup])?;
    ensure!(told.contains("It was read through and is whole"), "{told}");
    save(&mut phone, after)?;
    phone.open();
    phone
        .run_until(LIMIT, |it| all_received(it) == items.len())
        .await?;
    compare_with_the_books(&server, &phone, &items)?;

    // Not over a server that runs.
    let refused = server
        .run(&["restore", &backup])
        .err()
        .context("it was restored")?;
    ensure!(refused.to_string().contains("stop the server"), "{refused}");
    server.kill()?;
    let told = server.run(&["restore", &backup])?;
    ensure!(told.contains("They are kept as"), "{told}");
    ensure!(rows(&server)? == BEFORE, "the books are not those of the backup");
    server.start().await?;
    phone.hint(Hint::SyncNow);
    phone
        .run_until(LIMIT, |it| {
            all_received(it) == items.len() && rows(&server).is_ok_and(|rows| rows == items.len())
        })
        .await?;
    compare_with_the_books(&server, &phone, &items)
}

fn save(phone: &mut Phone, items: &[shared::wire::batch::WireItem]) -> Result<()> {
    for item in items {
        phone.store_mut().save(item)?;
    }
    Ok(())
}

/// How many "all N received" says.
fn all_received(phone: &Phone) -> usize {
    let count = phone.status().all_received.unwrap_or(0);
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn rows(server: &Server) -> Result<usize> {
    let books = rusqlite::Connection::open(server.database())?;
    let count: i64 = books.query_row("SELECT COUNT(*) FROM item WHERE source = 'phone'", [], |row| {
        row.get(0)
    })?;
    Ok(usize::try_from(count)?)
}
