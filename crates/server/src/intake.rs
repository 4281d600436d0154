//! Taking in what phones send: one writer task, one transaction for all batches that wait.
//!
//! The rules stand in `shared::intake`. Here a ledger is loaded in bulk, the rules decide on it, and what they say is written
//! in bulk; verdicts are told after the commit is on disk.

pub mod arrivals;
pub mod batch_body;
mod decision;
mod estimated;
mod job;
mod load;
mod noted;
mod period;
mod play;
mod publish;
mod rewritten;
mod rows;
pub mod statements;
mod write;
mod writer;

pub use job::{Decision, QueueReport, Refused, SentBatch};
pub use period::{PeriodAct, PeriodOrder, PeriodRefusal};
pub use writer::{TRANSACTION_JOBS_MAX, WriterHandle};
