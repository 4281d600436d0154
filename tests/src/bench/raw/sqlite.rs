//! SQLite alone: the rows that the server wrote, by the server's own statements, into a copy of the same database with
//! the same settings. One thread writes; callers hand in batches and wait, as connections do.

use std::collections::VecDeque;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params_from_iter};
use server::database::{SQLITE_PRAGMAS, SQLITE_WRITER_PRAGMAS};
use server::intake::TRANSACTION_JOBS_MAX;
use server::intake::statements::{BODY_INSERT, BulkInsert, ITEM_INSERT};
use tokio::sync::{mpsc, oneshot};

use crate::bench::server::Run;

type Row = Vec<Value>;

/// What the server wrote for one request.
#[derive(Clone, Default)]
pub(in crate::bench) struct RawBatch {
    items: Vec<Row>,
    bodies: Vec<Row>,
}

/// How transactions are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bench) enum Grouping {
    /// Whatever waits shares one, as in the server.
    Shared,
    /// One for each batch.
    Alone,
}

/// Reads what stands in a server's database behind this receipt number, cut into batches in the order of receipts.
pub(in crate::bench) fn written_rows(
    database: &Path,
    after_receipt: i64,
    batch_items: usize,
) -> Result<Vec<RawBatch>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let items = rows(&connection, "item", &ITEM_INSERT, after_receipt)?;
    let bodies = rows(&connection, "sent_item", &BODY_INSERT, after_receipt)?;
    let mut bodies = bodies.chunks(batch_items).map(<[Row]>::to_vec);
    let batches = items.chunks(batch_items).map(|items| RawBatch {
        items: items.to_vec(),
        bodies: bodies.next().unwrap_or_default(),
    });
    Ok(batches.collect())
}

/// The highest receipt number.
pub(in crate::bench) fn last_receipt(database: &Path) -> Result<i64> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    Ok(
        connection.query_row("SELECT COALESCE(MAX(receipt_seq), 0) FROM item", [], |row| {
            row.get(0)
        })?,
    )
}

/// Writes the batches into the database file, handed in by this many callers.
pub(in crate::bench) async fn write(
    database: &Path,
    batches: Vec<RawBatch>,
    callers: usize,
    grouping: Grouping,
) -> Result<Run> {
    let mut connection = open(database)?;
    let (sender, mut receiver) = mpsc::channel::<Job>(1_024);
    let writer = std::thread::spawn(move || -> Result<()> {
        let mut waiting = Vec::new();
        let together = match grouping {
            Grouping::Shared => TRANSACTION_JOBS_MAX,
            Grouping::Alone => 1,
        };
        while receiver.blocking_recv_many(&mut waiting, together) > 0 {
            write_together(&mut connection, &waiting)?;
            for job in waiting.drain(..) {
                let _ = job.answer.send(());
            }
        }
        Ok(())
    });
    let queue = std::sync::Arc::new(std::sync::Mutex::new(VecDeque::from(batches)));
    let began = Instant::now();
    let tasks: Vec<_> = (0..callers)
        .map(|_| tokio::spawn(call(sender.clone(), queue.clone())))
        .collect();
    drop(sender);
    let mut latencies_ms = Vec::new();
    for task in tasks {
        latencies_ms.extend(task.await??);
    }
    let elapsed = began.elapsed();
    writer
        .join()
        .map_err(|_| anyhow::anyhow!("the writing thread failed"))??;
    latencies_ms.sort_by(f64::total_cmp);
    Ok(Run {
        elapsed,
        latencies_ms,
    })
}

struct Job {
    batch: RawBatch,
    answer: oneshot::Sender<()>,
}

async fn call(
    sender: mpsc::Sender<Job>,
    queue: std::sync::Arc<std::sync::Mutex<VecDeque<RawBatch>>>,
) -> Result<Vec<f64>> {
    let mut latencies_ms = Vec::new();
    let next = || {
        queue
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .pop_front()
    };
    while let Some(batch) = next() {
        let (answer, answered) = oneshot::channel();
        let began = Instant::now();
        sender
            .send(Job { batch, answer })
            .await
            .context("the writer has stopped")?;
        answered.await.context("the writer gave no answer")?;
        latencies_ms.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(latencies_ms)
}

fn open(database: &Path) -> Result<Connection> {
    let connection = Connection::open(database)?;
    for (name, value) in SQLITE_PRAGMAS.into_iter().chain(SQLITE_WRITER_PRAGMAS) {
        connection.pragma_update(None, name, value)?;
    }
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

fn write_together(connection: &mut Connection, jobs: &[Job]) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let items: Vec<&Row> = jobs.iter().flat_map(|job| &job.batch.items).collect();
    let bodies: Vec<&Row> = jobs.iter().flat_map(|job| &job.batch.bodies).collect();
    for (insert, rows) in [(&ITEM_INSERT, items), (&BODY_INSERT, bodies)] {
        for (text, chunk) in insert.chunks(&rows) {
            let values = chunk.iter().flat_map(|row| row.iter());
            transaction
                .prepare_cached(text)?
                .execute(params_from_iter(values))?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn rows(connection: &Connection, table: &str, insert: &BulkInsert, after_receipt: i64) -> Result<Vec<Row>> {
    let columns = insert.columns();
    let mut select = connection.prepare(&format!(
        "SELECT {columns} FROM {table} WHERE receipt_seq > ?1 ORDER BY receipt_seq"
    ))?;
    let count = select.column_count();
    let rows = select.query_map([after_receipt], |row| {
        (0..count).map(|index| row.get(index)).collect()
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
