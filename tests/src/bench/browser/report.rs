//! The section of the document, as Markdown.

use super::cold_start::Start;
use super::drain::Drain;
use super::hands::{Gesture, SLOWED};
use super::label::{Labels, TAP_MS};
use super::save::{Figure, Saves};
use super::slow_link::{READINGS, SlowLink};
use crate::bench::figures::{Spread, short};

const SAVE_TIMES_RAW_AIM: f64 = 1.5;
const SAVE_P95_AIM_MS: f64 = 200.0;
const FORM_AIM_MS: f64 = 1_500.0;
const SAVED_AIM_MS: f64 = 6_000.0;
const DRAIN_TIMES_FLOOR_AIM: f64 = 3.0;
const BYTES_SHARE_AIM: f64 = 0.35;
const SLOW_LINK_AIM_S: f64 = 60.0;
const LONG_TASK_AIM_MS: f64 = 100.0;
const GESTURE_TASK_AIM_MS: f64 = 50.0;

pub(super) fn saves(all: &[Saves]) -> String {
    let mut text = String::from(
        "### Save to durable\n\nMilliseconds. The transaction is the strict one that gives the number, keeps the reading and drops \
         its draft; the action runs from the tap until screen and engine know. A raw strict put of a record of the same size \
         follows each save in the same page.\n\n\
         | processor | transaction, median | p95 | action, median | p95 | raw put, median | p95 | transaction / raw (aim 1.5) |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for it in all {
        let speed = speed(it.slowed);
        let times = it.store.median.median / it.raw.median.median;
        let cells = [&it.store, &it.action, &it.raw].map(cells);
        text.push_str(&format!(
            "| {speed} | {} | {} ({}) |\n",
            cells.join(" | "),
            short(times),
            verdict(times, SAVE_TIMES_RAW_AIM)
        ));
    }
    if let Some(slowed) = all.last() {
        text.push_str(&format!(
            "\np95 of the action with the processor slowed: aim {SAVE_P95_AIM_MS} ms, {}.\n",
            verdict(slowed.action.p95.median, SAVE_P95_AIM_MS)
        ));
    }
    text
}

pub(super) fn labels(all: &[Labels]) -> String {
    let mut text = format!(
        "### From label to saved\n\nMilliseconds from the first frame of the camera that shows the label, 20 labels a round, each with \
         a page that was opened anew: the worker that reads is started and its wasm compiled within the time. The hand is a script \
         that taps every {TAP_MS} ms. Slowing down counts for the page, not for the worker that reads.\n\n\
         | processor | form, median (aim {FORM_AIM_MS}) | p95 | saved, median | p95 (aim {SAVED_AIM_MS}) |\n|---|---|---|---|---|\n"
    );
    for it in all {
        let ([form, form_p95], [saved, saved_p95]) = (&it.to_form, &it.to_saved);
        text.push_str(&format!(
            "| {} | {form} ({}) | {form_p95} | {saved} | {saved_p95} ({}) |\n",
            speed(it.slowed),
            verdict(form.median, FORM_AIM_MS),
            verdict(saved_p95.median, SAVED_AIM_MS),
        ));
    }
    text
}

fn speed(slowed: u32) -> String {
    if slowed == 1 {
        "as it is".to_owned()
    } else {
        format!("slowed {slowed}-fold")
    }
}

fn cells(figure: &Figure) -> String {
    format!("{} | {}", figure.median, figure.p95)
}

pub(super) fn drains(all: &[Drain]) -> String {
    let mut text = String::from(
        "### Drain\n\nFrom the end of the stability check until every receipt is stored and the outbox is empty: list, batches, \
         all rules on the server, 1,000 units on the phone. Every row was counted on the server afterwards. The floor: read all \
         from IndexedDB, one POST, one SQLite transaction, clear the store. The steps: what the protocol asks for at least, by a \
         bare script with the floor's server: batches of 25 and then 500, one in flight, packed, each with a transaction of its own \
         at both ends and kept in the store of what was sent; no list, no rules, no receipts, nothing drawn.\n\n\
         | readings | drain, ms | floor, ms | drain / floor (aim 3) | steps, ms | drain / steps | batches | bytes sent / bare JSON (aim 0.35) |\n\
         |---:|---|---|---|---|---|---|---|\n",
    );
    for it in all {
        text.push_str(&format!(
            "| {} | {} | {} | {} ({}) | {} | {} | {} | {} ({}) |\n",
            short(it.count as f64),
            it.elapsed_ms,
            it.floor_ms,
            it.times_floor,
            verdict(it.times_floor.median, DRAIN_TIMES_FLOOR_AIM),
            it.steps_ms,
            it.times_steps,
            short(it.batches.median),
            it.bytes_share,
            verdict(it.bytes_share.median, BYTES_SHARE_AIM),
        ));
    }
    text.push_str(
        "\nBytes are counted at the socket, heads of requests, pings and end check included. Where the time goes, in milliseconds \
         (storing receipts overlaps with the next batch):\n\n\
         | readings | list | batches | receipts | drawing the round |\n|---:|---|---|---|---|\n",
    );
    for it in all {
        let parts = it.parts_ms.map(|spread: Spread| spread.to_string());
        text.push_str(&format!(
            "| {} | {} |\n",
            short(it.count as f64),
            parts.join(" | ")
        ));
    }
    text
}

pub(super) fn starts(all: &[Start]) -> String {
    let mut text = String::from(
        "### Offline cold start\n\nThe server is stopped, the browser's process is new. Milliseconds from the begin of the navigation \
         to the frame with the first row of the round; beside it a page with a service worker and nothing else.\n\n\
         | units | queued | first row | empty shell | |\n|---:|---:|---|---|---|\n",
    );
    for it in all {
        let aim = if it.units > 1_000 { 1_000.0 } else { 500.0 };
        text.push_str(&format!(
            "| {} | {} | {} | {} | aim {}: {} |\n",
            short(it.units as f64),
            short(it.queued as f64).replace("0.00", "0"),
            it.first_row_ms,
            it.shell_ms,
            short(aim),
            verdict(it.first_row_ms.median, aim)
        ));
    }
    text
}

pub(super) fn slow_link(it: &SlowLink) -> String {
    let [at_begin, at_most, afterwards] = &it.memory_mb;
    format!(
        "### {} readings through 1 Mbit/s up and 300 ms there and back\n\nFrom the end of the stability check until every receipt \
         is stored; every row was counted on the server afterwards. A task counts from 50 ms on, as the browser reports it. Memory is \
         that of the page's objects and of its wasm, asked twice a second.\n\n\
         | what | figure | aim |\n|---|---|---|\n\
         | drain, s | {} | under {SLOW_LINK_AIM_S}: {} |\n| batches | {} | |\n\
         | longest task of the page, ms | {} | at most {LONG_TASK_AIM_MS}: {} |\n\
         | memory when the drain begins, MB | {at_begin} | |\n| at most meanwhile, MB | {at_most} | |\n\
         | afterwards, MB | {afterwards} | |\n",
        short(READINGS as f64),
        it.elapsed_s,
        verdict(it.elapsed_s.median, SLOW_LINK_AIM_S),
        it.batches,
        it.longest_task_ms,
        verdict(it.longest_task_ms.max, LONG_TASK_AIM_MS),
    )
}

pub(super) fn gestures(all: &[Gesture]) -> String {
    let mut text = format!(
        "### The page under a thumb\n\n10,000 readings wait, the list has 5,000 units, the server is away, the processor is slowed \
         {SLOWED}-fold. A task counts from 50 ms on, as the browser reports it; a step is one push of 400 px, one digit or one letter, \
         until the second frame after it.\n\n\
         | what | longest task, ms (aim: none over 50) | p95 of a step, ms |\n|---|---|---|\n"
    );
    for it in all {
        text.push_str(&format!(
            "| {} | {} ({}) | {} |\n",
            it.name,
            it.longest_task_ms,
            verdict(it.longest_task_ms.median, GESTURE_TASK_AIM_MS),
            it.step_p95_ms
        ));
    }
    text
}

fn verdict(value: f64, aim: f64) -> &'static str {
    if value <= aim { "reached" } else { "missed" }
}
