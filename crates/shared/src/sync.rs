//! The sync engine: one pure state machine, `Engine::step(now, input) -> effects`.
//!
//! ```text
//!  hint (start, online, visible, saved, timer, Sync now)
//!    -> ask for the drain lock -> read the outbox inside the lock
//!    -> stability check: three pings of ours in a row, 1.5 s apart   (skipped while an earlier proof is fresh)
//!    -> cache refresh                                                (its failure does not stop the drain)
//!    -> drain: one batch in flight, settle by receipts that name (id, revision)
//!    -> end check: the server names the running numbers it has not got; those are offered again
//!    -> photos: in parts, one at a time; an item that is saved meanwhile goes first
//!    -> release the lock; sleep until the next hint or the next scheduled attempt
//! ```
//!
//! Invariants, held by the simulation:
//! - An item is sent only after the device's store holds it.
//! - An item leaves the outbox only on a receipt that names its id and revision.
//! - One batch in flight, and none without the lock.
//! - A photo leaves the phone only when the server names its hash as complete, and never delays an item.
//! - Whatever went wrong, something is scheduled: after each step there is a request under way or a wake-up asked for,
//!   unless nothing waits or a person has to sign in.
//! - Connectivity shortens a wait; it never forbids an attempt.
//!
//! What the runtime promises in return:
//! - `Closed` or a new `Opened` comes before anything of another person's. `Settings` best come before `Opened`.
//! - Each request is answered by exactly one input. After `Closed` the answers to earlier requests may be passed on or
//!   dropped; the engine waits for them, but not for ever.
//! - The timer of `WakeAt` counts elapsed time. A phone's clock that jumps delays nothing.
//! - A batch holds only what the store holds at that moment; a settled batch is one transaction.

pub mod answer;
mod backoff;
pub mod batch;
mod budget;
mod chance;
mod clock;
pub mod engine;
pub mod event;
pub mod history;
mod journal;
pub mod notice;
mod outbox;
mod photos;
mod quality;
mod ranges;
mod run;
mod settings;
mod stability;
pub mod status;
