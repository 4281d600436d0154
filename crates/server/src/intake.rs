//! Taking in what phones send: one writer task, one transaction for all batches that wait.

mod job;
mod writer;

pub use job::{Refused, SentBatch, SentItem};
pub use writer::WriterHandle;
