//! The writer task: takes whatever waits into one transaction and answers after the commit.

use std::sync::Arc;

use shared::intake::DecisionError;
use shared::wire::receipt::WireVerdict;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::play::{Answer, Outcome, Player};
use super::publish::Publisher;
use super::{Decision, PeriodOrder, PeriodRefusal, QueueReport, Refused, SentBatch};
use crate::billing::OutboxStep;
use crate::database::Checkpointer;
use crate::events::EventHub;
use crate::store::Store;

/// Jobs that may wait; beyond that the caller is asked to come again.
const QUEUE_JOBS_MAX: usize = 1_024;
/// Memory that waiting batches may take, in KiB.
const QUEUE_KIB_MAX: usize = 96 * 1_024;
/// Jobs that share one transaction: enough to share its cost, few enough that nobody waits long for its end.
pub const TRANSACTION_JOBS_MAX: usize = 64;
/// Items beyond which a transaction takes no further job. More would share little, and while one transaction is written,
/// those who wait for the next one are read and those of the last one answered on another processor.
const TRANSACTION_ITEMS_MAX: usize = 1_000;

/// Hands jobs to the writer; cheap to clone. The task ends when the last handle is gone.
#[derive(Debug, Clone)]
pub struct WriterHandle {
    sender: mpsc::Sender<Job>,
    memory: Arc<Semaphore>,
}

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Task {
    Batch(SentBatch),
    Report(QueueReport),
    /// All in one transaction, each carried out or refused for itself.
    Decisions(Vec<Decision>),
    Period(PeriodOrder),
    Outbox(OutboxStep),
}

impl Task {
    fn items(&self) -> usize {
        match self {
            Self::Batch(batch) => batch.arrivals.len(),
            Self::Decisions(decisions) => decisions.len(),
            Self::Report(_) | Self::Period(_) | Self::Outbox(_) => 0,
        }
    }
}

#[derive(Debug)]
struct Job {
    task: Task,
    answer: oneshot::Sender<Result<Answer, Refused>>,
    /// Given back when the job is dropped.
    _memory: OwnedSemaphorePermit,
}

impl WriterHandle {
    /// Starts the task. One task a database and process.
    pub fn start(store: Store, events: EventHub) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE_JOBS_MAX);
        let checkpointer = Checkpointer::start(store.reader());
        let publisher = Publisher::start(store.clone(), events);
        tokio::spawn(run(Player::new(store), publisher, checkpointer, receiver));
        Self {
            sender,
            memory: Arc::new(Semaphore::new(QUEUE_KIB_MAX)),
        }
    }

    /// Hands in a batch and waits until its verdicts are durable: one for each arrival, in its order.
    pub async fn take(&self, batch: SentBatch) -> Result<Vec<WireVerdict>, Refused> {
        let size_kib = batch.size_bytes() / 1_024 + 1;
        match self.hand_in(Task::Batch(batch), size_kib).await? {
            Answer::Verdicts(verdicts) => Ok(verdicts),
            Answer::Decided(_) | Answer::Period(_) | Answer::Outbox(_) => Ok(Vec::new()),
        }
    }

    /// Hands in what the office decided and waits until it is durable: for each whether it was carried out, or why the rules
    /// have refused it.
    pub async fn decide(&self, decisions: Vec<Decision>) -> Result<Vec<Result<(), DecisionError>>, Refused> {
        let size_kib = decisions.len() / 2 + 1;
        match self.hand_in(Task::Decisions(decisions), size_kib).await? {
            Answer::Decided(decided) => Ok(decided),
            Answer::Verdicts(_) | Answer::Period(_) | Answer::Outbox(_) => Ok(Vec::new()),
        }
    }

    /// Hands in what is to become of a period and waits until it is durable, or why the rules have refused it.
    pub async fn order_period(&self, order: PeriodOrder) -> Result<Result<(), PeriodRefusal>, Refused> {
        match self.hand_in(Task::Period(order), 1).await? {
            Answer::Period(outcome) => Ok(outcome),
            Answer::Verdicts(_) | Answer::Decided(_) | Answer::Outbox(_) => Ok(Ok(())),
        }
    }

    /// Hands in what becomes of something that billing is told and waits until it is durable. `false`: there is nothing to tell.
    pub async fn step_outbox(&self, step: OutboxStep) -> Result<bool, Refused> {
        match self.hand_in(Task::Outbox(step), 1).await? {
            Answer::Outbox(done) => Ok(done),
            Answer::Verdicts(_) | Answer::Decided(_) | Answer::Period(_) => Ok(false),
        }
    }

    /// Hands in what a phone said of itself and waits until it is durable.
    pub async fn note(&self, report: QueueReport) -> Result<(), Refused> {
        self.hand_in(Task::Report(report), 1).await.map(drop)
    }

    async fn hand_in(&self, task: Task, size_kib: usize) -> Result<Answer, Refused> {
        let permits = u32::try_from(size_kib).unwrap_or(u32::MAX);
        let memory = Arc::clone(&self.memory)
            .try_acquire_many_owned(permits)
            .map_err(|_| Refused::QueueFull)?;
        let (answer, answered) = oneshot::channel();
        self.sender
            .try_send(Job {
                task,
                answer,
                _memory: memory,
            })
            .map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => Refused::QueueFull,
                mpsc::error::TrySendError::Closed(_) => Refused::Stopped,
            })?;
        answered.await.unwrap_or(Err(Refused::Stopped))
    }
}

async fn run(
    mut player: Player,
    publisher: Publisher,
    checkpointer: Checkpointer,
    mut jobs: mpsc::Receiver<Job>,
) {
    while let Some(first) = jobs.recv().await {
        let together = together(first, &mut jobs);
        let tasks: Vec<&Task> = together.iter().map(|job| &job.task).collect();
        match player.play(&tasks).await {
            Ok(outcome) => {
                let answers = tell(&publisher, outcome);
                for (job, answer) in together.into_iter().zip(answers) {
                    let _ = job.answer.send(Ok(answer));
                }
            }
            Err(error) => {
                tracing::warn!(%error, jobs = together.len(), "transaction failed, its jobs are played one by one");
                for job in together {
                    let answer = match player.play_alone(&job.task).await {
                        Ok(outcome) => tell(&publisher, outcome).pop().ok_or(Refused::Stopped),
                        Err(error) => Err(Refused::Database(error)),
                    };
                    let _ = job.answer.send(answer);
                }
            }
        }
        checkpointer.committed();
    }
}

/// The first job and those that wait behind it, as far as they share a transaction.
fn together(first: Job, jobs: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut items = first.task.items();
    let mut together = vec![first];
    while together.len() < TRANSACTION_JOBS_MAX
        && items < TRANSACTION_ITEMS_MAX
        && let Ok(job) = jobs.try_recv()
    {
        items += job.task.items();
        together.push(job);
    }
    together
}

fn tell(publisher: &Publisher, outcome: Outcome) -> Vec<Answer> {
    publisher.tell(outcome.committed);
    outcome.answers
}
