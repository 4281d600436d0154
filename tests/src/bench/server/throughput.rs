//! How many readings become durable, ours and raw in turn, each on a fresh copy of the same database.

use std::fs;

use anyhow::Result;

use super::load::{Run, Target, post_all};
use super::process::cpu_s;
use super::seed::{Seed, process_id};
use super::{bodies::Bodies, say};
use crate::bench::figures::{Spread, percentile};
use crate::bench::raw::sqlite::{self, Grouping, RawBatch};
use crate::server::Server;

/// One measurement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) items: usize,
    pub(super) batch_items: usize,
    pub(super) connections: usize,
}

/// What one side gave in all rounds.
pub(super) struct Side {
    pub(super) name: &'static str,
    pub(super) rows_per_s: Spread,
    pub(super) p50_ms: Spread,
    pub(super) p99_ms: Spread,
    /// Time on the processor of the side itself, for one row.
    pub(super) cpu_us: Spread,
    /// Likewise of what makes the load; raw has none beside itself.
    pub(super) load_cpu_us: Option<Spread>,
}

/// Figures of one side, one a round.
#[derive(Default)]
pub(super) struct Rounds {
    rows_per_s: Vec<f64>,
    p50_ms: Vec<f64>,
    p99_ms: Vec<f64>,
    cpu_us: Vec<f64>,
    load_cpu_us: Vec<f64>,
}

/// Ours beside raw, in turn; `raw` are the ways to make transactions that are shown.
pub(super) async fn beside_raw(
    seed: &Seed,
    shape: Shape,
    rounds: usize,
    raw: &[(&'static str, Grouping)],
) -> Result<Vec<Side>> {
    let bodies = Bodies::new(
        &seed.points,
        &seed.session,
        seed.first,
        shape.items,
        shape.batch_items,
    )?;
    let before = sqlite::last_receipt(&seed.file())?;
    let mut ours = Rounds::default();
    let mut theirs: Vec<Rounds> = raw.iter().map(|_| Rounds::default()).collect();
    let mut rows: Vec<RawBatch> = Vec::new();
    for _ in 0..rounds {
        let (mut server, target) = seed.start_copy().await?;
        our_round(&mut ours, shape, &server, &target, &bodies).await?;
        server.kill()?;
        if rows.is_empty() {
            rows = sqlite::written_rows(&server.database(), before, shape.batch_items)?;
        }
        for ((name, grouping), theirs) in raw.iter().zip(&mut theirs) {
            let folder = tempfile::tempdir()?;
            let copy = folder.path().join("raw.db");
            fs::copy(seed.file(), &copy)?;
            let batches = rows.clone();
            let cpu_before = cpu_s(std::process::id())?;
            let run = sqlite::write(&copy, batches, shape.connections, *grouping).await?;
            theirs.note(shape, &run, cpu_s(std::process::id())? - cpu_before, None);
            say(&theirs.last(name));
        }
    }
    let mut sides = vec![ours.side("Meterline")];
    sides.extend(
        raw.iter()
            .zip(theirs)
            .map(|((name, _), rounds)| rounds.side(name)),
    );
    Ok(sides)
}

/// One round of ours: the load on a server that was started for it.
pub(super) async fn our_round(
    rounds: &mut Rounds,
    shape: Shape,
    server: &Server,
    target: &Target,
    bodies: &Bodies,
) -> Result<()> {
    let (of_server, of_load) = (process_id(server)?, std::process::id());
    let [server_before, load_before] = [cpu_s(of_server)?, cpu_s(of_load)?];
    let run = post_all(target, bodies, shape.connections).await?;
    let load_cpu_s = cpu_s(of_load)? - load_before;
    rounds.note(shape, &run, cpu_s(of_server)? - server_before, Some(load_cpu_s));
    say(&rounds.last("ours"));
    Ok(())
}

impl Rounds {
    fn last(&self, name: &str) -> String {
        let rows_per_s = self.rows_per_s.last().copied().unwrap_or_default();
        let cpu_us = self.cpu_us.last().copied().unwrap_or_default();
        format!("  {name}: {rows_per_s:.0} rows/s, {cpu_us:.1} µs of processor a row")
    }

    fn note(&mut self, shape: Shape, run: &Run, cpu_s: f64, load_cpu_s: Option<f64>) {
        let rows = shape.items as f64;
        self.rows_per_s.push(rows / run.elapsed.as_secs_f64());
        self.p50_ms.push(percentile(&run.latencies_ms, 0.5));
        self.p99_ms.push(percentile(&run.latencies_ms, 0.99));
        self.cpu_us.push(cpu_s * 1e6 / rows);
        self.load_cpu_us.extend(load_cpu_s.map(|it| it * 1e6 / rows));
    }

    pub(super) fn side(self, name: &'static str) -> Side {
        Side {
            name,
            rows_per_s: Spread::of(self.rows_per_s),
            p50_ms: Spread::of(self.p50_ms),
            p99_ms: Spread::of(self.p99_ms),
            cpu_us: Spread::of(self.cpu_us),
            load_cpu_us: (!self.load_cpu_us.is_empty()).then(|| Spread::of(self.load_cpu_us)),
        }
    }
}
