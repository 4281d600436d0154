//! Tells billing by a webhook that a period was closed or reopened. What is to be told is written into the table
//! `handover_outbox` by the intake's writer, in the transaction that closes or reopens; [`Delivery`] takes it from there until
//! billing has answered. Each event arrives at least once, with the same id each time.

mod body;
mod delivery;
mod endpoint;
mod outbox;
mod secret;
mod standing;
mod step;
mod webhook;

pub use delivery::{Delivery, DeliveryBell, Limits};
pub(crate) use outbox::{Happened, tell};
pub use standing::of_period;
pub use step::{OutboxStep, SendAgain, TryEnded};
pub(crate) use step::{Outcome, carry_out};
pub use webhook::Webhook;

#[cfg(test)]
mod tests;
