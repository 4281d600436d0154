//! One transaction: load what the rules need, let them decide, write what they say, commit.

use shared::intake::{DecisionError, Taken};
use shared::wire::event::OfficeEvent;
use shared::wire::receipt::WireVerdict;

use super::decision::{self, Decided};
use super::load::{self, Loaded, ZoneCache};
use super::noted::audit_of;
use super::publish::Committed;
use super::rows::Writes;
use super::writer::Task;
use super::{Decision, PeriodRefusal, SentBatch, period, write};
use crate::billing;
use crate::database::{Counters, Transaction};
use crate::store::Store;

/// How often a job is tried when another process on the same database was quicker.
const TRIES_MAX: usize = 4;

/// Plays tasks on the database.
pub(super) struct Player {
    store: Store,
    zones: ZoneCache,
}

/// What a committed transaction did.
#[derive(Debug)]
pub(super) struct Outcome {
    /// One for each task.
    pub(super) answers: Vec<Answer>,
    /// What listeners are told.
    pub(super) committed: Committed,
}

/// What the caller of a task is told.
#[derive(Debug)]
pub(super) enum Answer {
    /// One for each arrival of a batch; none for a report.
    Verdicts(Vec<WireVerdict>),
    /// Whether the office's decisions were carried out, each.
    Decided(Vec<Result<(), DecisionError>>),
    /// Whether a period was closed or reopened.
    Period(Result<(), PeriodRefusal>),
    /// Whether there is something that billing is told.
    Outbox(bool),
}

impl Player {
    pub(super) fn new(store: Store) -> Self {
        Self {
            store,
            zones: ZoneCache::default(),
        }
    }

    /// All tasks in one transaction: all or nothing.
    pub(super) async fn play(&mut self, tasks: &[&Task]) -> sqlx::Result<Outcome> {
        let mut transaction = Transaction::begin(self.store.writer()).await?;
        match self.play_in(&mut transaction, tasks).await {
            Ok(outcome) => {
                transaction.commit().await?;
                Ok(outcome)
            }
            Err(error) => {
                // The first error tells what happened; that the undoing failed too would hide it.
                let _ = transaction.rollback().await;
                Err(error)
            }
        }
    }

    /// One task in a transaction of its own; again on what is true then, if somebody else was quicker.
    pub(super) async fn play_alone(&mut self, task: &Task) -> sqlx::Result<Outcome> {
        let mut tries = 1;
        loop {
            match self.play(&[task]).await {
                Err(error) if tries < TRIES_MAX && is_race(&error) => tries += 1,
                outcome => return outcome,
            }
        }
    }

    async fn play_in(&mut self, transaction: &mut Transaction, tasks: &[&Task]) -> sqlx::Result<Outcome> {
        let counters = transaction.lock_counters().await?;
        let batches: Vec<&SentBatch> = tasks.iter().filter_map(|task| task.batch()).collect();
        let decisions: Vec<&Decision> = tasks.iter().flat_map(|task| task.decisions()).collect();
        let Loaded {
            mut ledger,
            known,
            rewritten,
        } = load::load(transaction, &batches, &decisions, counters, &mut self.zones).await?;
        let mut rewritten = rewritten.iter();
        let mut writes = Writes::new(counters.change);
        let mut told = Vec::new();
        let mut audit = Vec::new();
        let mut decided = Vec::new();
        let mut answers = Vec::with_capacity(tasks.len());
        for task in tasks {
            let answer = match task {
                Task::Batch(batch) => {
                    let taken = ledger.take_batch(&batch.delivery, &batch.arrivals);
                    audit.extend(audit_of(batch, &taken));
                    let fold = |(index, taken): (usize, Taken)| {
                        writes.add(taken.changes, batch, index, &ledger, &known);
                        taken.verdict
                    };
                    Answer::Verdicts(taken.into_iter().enumerate().map(fold).collect())
                }
                Task::Decisions(decisions) => {
                    let mut outcomes = Vec::with_capacity(decisions.len());
                    let mut done = Vec::with_capacity(decisions.len());
                    for (decision, new) in decisions.iter().zip(&mut rewritten) {
                        let outcome = decision::carry_out(&mut ledger, decision, new);
                        outcomes.push(outcome.as_ref().map(|_| ()).map_err(|error| *error));
                        let Some(changes) = outcome.ok().filter(|it| !it.is_empty()) else {
                            continue;
                        };
                        done.push(decision);
                        decided.extend(Decided::of(decision, &changes, writes.next_change()));
                        match new {
                            Ok(Some(batch)) => writes.add(changes, batch, 0, &ledger, &known),
                            _ => changes.into_iter().for_each(|it| writes.apply(it, &known)),
                        }
                    }
                    audit.extend(decision::audit_of(&done));
                    Answer::Decided(outcomes)
                }
                Task::Report(report) => {
                    write::report(transaction, report).await?;
                    let event = OfficeEvent::Device {
                        device_id: report.device_id.to_string(),
                        username: report.username.clone(),
                        waiting: report.waiting,
                    };
                    told.push((writes.next_change(), event));
                    Answer::Verdicts(Vec::new())
                }
                Task::Outbox(step) => {
                    let outcome = billing::carry_out(transaction, step).await?;
                    let refused = matches!(outcome, billing::Outcome::Refused);
                    if let billing::Outcome::Done(event) = outcome {
                        told.push((writes.next_change(), event));
                    }
                    Answer::Outbox(!refused)
                }
                // Comes last, below.
                Task::Period(_) => Answer::Period(Ok(())),
            };
            answers.push(answer);
        }
        write::items(transaction, &mut writes).await?;
        decision::write(transaction, &decided).await?;
        for entry in &audit {
            entry.write(transaction).await?;
        }
        let mut last = writes.last_change();
        // After everything else has been written: what is in this transaction has arrived before.
        for (task, answer) in tasks.iter().zip(&mut answers) {
            let Task::Period(order) = task else { continue };
            let outcome = period::carry_out(transaction, order, &mut self.zones, last).await?;
            *answer = Answer::Period(outcome.map(|done| {
                last = done.last_change;
                told.extend(done.event);
            }));
        }
        transaction
            .store_counters(Counters {
                receipt: ledger.next_receipt_seq - 1,
                change: last,
            })
            .await?;
        let committed = Committed {
            after: counters.change,
            last,
            told,
        };
        Ok(Outcome { answers, committed })
    }
}

impl Task {
    fn batch(&self) -> Option<&SentBatch> {
        match self {
            Self::Batch(batch) => Some(batch),
            Self::Report(_) | Self::Decisions(_) | Self::Period(_) | Self::Outbox(_) => None,
        }
    }

    fn decisions(&self) -> &[Decision] {
        match self {
            Self::Decisions(decisions) => decisions,
            Self::Batch(_) | Self::Report(_) | Self::Period(_) | Self::Outbox(_) => &[],
        }
    }
}

// A key that another process took first, or a conflict of transactions that the database resolved against us.
fn is_race(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else {
        return false;
    };
    let code = error.code();
    error.is_unique_violation() || matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "517"))
}
