//! 500 phones come back at the same moment: the real engine on each, a real server process limited to two cores.

mod books;
mod customer;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use futures_util::future::try_join_all;

use super::process::cpu_s;
use super::say;
use super::seed::process_id;
use crate::bench::figures::{Spread, percentile, short};
use crate::phone::Phone;
use crate::phone::call::Calls;
use books::check_books;
use customer::{Customer, Holder};

const PHONES: usize = 500;
/// From a handful to some dozens, as after a morning in the cellars.
const READINGS_MIN: usize = 5;
const READINGS_MAX: usize = 40;
const CORES: usize = 2;
/// Only bounds a run that is broken.
const LIMIT: Duration = Duration::from_secs(300);

/// Measures and gives the section's part.
pub(super) async fn measure(rounds: usize) -> Result<String> {
    say("making 500 technicians, each with a property and a phone");
    let customer = Customer::new(PHONES, READINGS_MAX).await?;
    let mut found = Vec::new();
    for _ in 0..rounds {
        let round = one_round(&customer).await?;
        say(&format!(
            "  {} readings, the last phone after {:.1} s, {} answers 429",
            round.readings, round.empty_s.2, round.calls.too_many
        ));
        found.push(round);
    }
    text(&found)
}

/// So many phones come back at once, for a test: fails unless every reading stands in the books once, under the receipt that its
/// phone keeps, and every phone was told that nothing is missing. Gives the number of readings.
pub async fn come_back(phones: usize) -> Result<usize> {
    let customer = Customer::new(phones, READINGS_MAX).await?;
    Ok(one_round(&customer).await?.readings)
}

struct Round {
    readings: usize,
    /// From the moment when all came back to the empty queue: median, p99, last phone.
    empty_s: (f64, f64, f64),
    /// Likewise to "all received".
    sure_s: (f64, f64, f64),
    /// From the first receipt of any phone to the last queue that emptied.
    readings_per_s: f64,
    calls: Calls,
    server_cpu_s: f64,
}

async fn one_round(customer: &Customer) -> Result<Round> {
    let (mut server, clients) = customer.start_copy(CORES).await?;
    let url = server.url();
    let holders = customer.holders.iter().zip(&clients).enumerate();
    let phones = holders
        .map(|(index, (holder, client))| phone(index, holder, client, &url))
        .collect::<Result<Vec<Phone>>>()?;
    let readings = phones.iter().map(|it| it.store().waiting()).sum();
    let process = process_id(&server)?;
    let cpu_before = cpu_s(process)?;
    let came_back = Instant::now();
    let driven = phones.into_iter().map(|phone| drive(phone, came_back));
    let driven = try_join_all(driven).await?;
    let server_cpu_s = cpu_s(process)? - cpu_before;
    server.kill()?;
    let phones: Vec<&Phone> = driven.iter().map(|it| &it.phone).collect();
    check_books(&server.database(), &phones, readings)?;
    let times = |of: fn(&Driven) -> Duration| {
        let mut sorted: Vec<f64> = driven.iter().map(|it| of(it).as_secs_f64()).collect();
        sorted.sort_by(f64::total_cmp);
        sorted
    };
    let ends = |sorted: &[f64]| {
        (
            percentile(sorted, 0.5),
            percentile(sorted, 0.99),
            percentile(sorted, 1.0),
        )
    };
    let empty_s = ends(&times(|it| it.empty));
    let first_s = times(|it| it.first).first().copied().unwrap_or_default();
    let mut calls = Calls::default();
    for phone in phones {
        let of_phone = phone.calls();
        calls.sent += of_phone.sent;
        calls.too_many += of_phone.too_many;
        calls.failed += of_phone.failed;
    }
    Ok(Round {
        readings,
        empty_s,
        sure_s: ends(&times(|it| it.sure)),
        readings_per_s: readings as f64 / (empty_s.2 - first_s),
        calls,
        server_cpu_s,
    })
}

fn phone(index: usize, holder: &Holder, client: &reqwest::Client, url: &str) -> Result<Phone> {
    let seed = u64::try_from(index)? + 1;
    let mut phone = Phone::new(client.clone(), url, holder.device_id, seed);
    let count = READINGS_MIN + index * 7 % (READINGS_MAX - READINGS_MIN + 1);
    for item in holder.items.get(..count).context("meter points for each phone")? {
        phone.store_mut().save(item)?;
    }
    phone.know_list(holder.cursor.clone());
    Ok(phone)
}

struct Driven {
    phone: Phone,
    /// The first receipt.
    first: Duration,
    /// The queue is empty.
    empty: Duration,
    /// The server said that nothing is missing.
    sure: Duration,
}

async fn drive(mut phone: Phone, came_back: Instant) -> Result<Driven> {
    let all = phone.store().waiting();
    phone.open();
    phone.run_until(LIMIT, |it| it.store().waiting() < all).await?;
    let first = came_back.elapsed();
    phone.run_until(LIMIT, |it| it.store().waiting() == 0).await?;
    let empty = came_back.elapsed();
    phone
        .run_until(LIMIT, |it| it.status().all_received.is_some())
        .await?;
    let sure = came_back.elapsed();
    Ok(Driven {
        phone,
        first,
        empty,
        sure,
    })
}

/// Signs in so many at a time: each costs the server a password hash.
async fn few_at_a_time<T>(work: impl IntoIterator<Item = impl Future<Output = Result<T>>>) -> Result<Vec<T>> {
    let done: Vec<Result<T>> = futures_util::stream::iter(work).buffered(4).collect().await;
    done.into_iter().collect()
}

fn text(rounds: &[Round]) -> Result<String> {
    let first = rounds.first().context("at least one round")?;
    ensure!(rounds.iter().all(|it| it.readings == first.readings));
    let of = |figure: fn(&Round) -> f64| Spread::of(rounds.iter().map(figure));
    Ok(format!(
        "### {PHONES} phones come back at the same moment, SQLite\n\n\
         {count} rounds. Each phone runs the engine of the app over HTTP and holds {READINGS_MIN} to {READINGS_MAX} readings \
         ({readings} in all) of a property of its own; its session and its list are from before. Times run from the moment when \
         all of them come back, so the stability check of 3 s is in them. The server may use {CORES} cores; the phones run \
         on the same machine. After each round every reading was found in the books exactly once, accepted, under the receipt \
         that its phone keeps.\n\n\
         | what | figure |\n|---|---|\n\
         | queue empty, half of the phones, s | {empty_p50} |\n\
         | queue empty, 99 of 100 phones, s | {empty_p99} |\n\
         | queue empty, the last phone, s | {empty_max} |\n\
         | \"all received\", half of the phones, s | {sure_p50} |\n\
         | \"all received\", 99 of 100 phones, s | {sure_p99} |\n\
         | \"all received\", the last phone, s | {sure_max} |\n\
         | readings/s from the first receipt to the last empty queue (aim 412) | {per_s} |\n\
         | calls | {calls} |\n\
         | answered 429 | {too_many} |\n\
         | failed otherwise | {failed} |\n\
         | processor time of the server, s | {cpu} |\n",
        count = rounds.len(),
        readings = short(first.readings as f64),
        empty_p50 = of(|it| it.empty_s.0),
        empty_p99 = of(|it| it.empty_s.1),
        empty_max = of(|it| it.empty_s.2),
        sure_p50 = of(|it| it.sure_s.0),
        sure_p99 = of(|it| it.sure_s.1),
        sure_max = of(|it| it.sure_s.2),
        per_s = of(|it| it.readings_per_s),
        calls = of(|it| it.calls.sent as f64),
        too_many = of(|it| it.calls.too_many as f64),
        failed = of(|it| it.calls.failed as f64),
        cpu = of(|it| it.server_cpu_s),
    ))
}
