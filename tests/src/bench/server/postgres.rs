//! The same load on PostgreSQL: each round on a fresh copy of one database.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};

use super::bodies::Bodies;
use super::seed::Seed;
use super::throughput::{Rounds, Shape, Side, our_round};
use crate::wait::until;

const SEED: &str = "bench_seed";
const COPY: &str = "bench_round";

/// A PostgreSQL server with a database to start from.
pub(super) struct PostgresSeed {
    databases: PgPool,
    url: String,
    seed: Seed,
}

impl PostgresSeed {
    pub(super) async fn new(url: &str) -> Result<Self> {
        let seed_url = empty_database(url, SEED).await?;
        let (server, _) = url.rsplit_once('/').context("the address names a database")?;
        Ok(Self {
            // Only databases are made and dropped here: one connection is enough.
            databases: PgPoolOptions::new().max_connections(1).connect(url).await?,
            url: format!("{server}/{COPY}"),
            seed: Seed::new(Some(&seed_url)).await?,
        })
    }

    /// Ours alone.
    pub(super) async fn measure(&self, shape: Shape, rounds: usize) -> Result<Vec<Side>> {
        let seed = &self.seed;
        let bodies = Bodies::new(
            &seed.points,
            &seed.session,
            seed.first,
            shape.items,
            shape.batch_items,
        )?;
        let mut ours = Rounds::default();
        for _ in 0..rounds {
            self.copy().await?;
            let (mut server, target) = seed.start_on(&self.url).await?;
            our_round(&mut ours, shape, &server, &target, &bodies).await?;
            server.kill()?;
        }
        Ok(vec![ours.side("Meterline")])
    }

    async fn copy(&self) -> Result<()> {
        drop_database(&self.databases, COPY).await?;
        // Refused while connections of a server that was killed are still being cleared away.
        let copied = until(
            "the database is free to be copied",
            Duration::from_secs(30),
            async || {
                let copy = format!("CREATE DATABASE {COPY} TEMPLATE {SEED}");
                execute(&self.databases, &copy).await.is_ok()
            },
        );
        copied.await
    }
}

/// Makes a database without anything in it, in the place of one of that name, and gives its address.
pub(super) async fn empty_database(url: &str, name: &str) -> Result<String> {
    let databases = PgPoolOptions::new().max_connections(1).connect(url).await?;
    drop_database(&databases, name).await?;
    execute(&databases, &format!("CREATE DATABASE {name}")).await?;
    let (server, _) = url.rsplit_once('/').context("the address names a database")?;
    Ok(format!("{server}/{name}"))
}

async fn drop_database(databases: &PgPool, name: &str) -> Result<()> {
    execute(databases, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

async fn execute(databases: &PgPool, statement: &str) -> Result<()> {
    ensure!(statement.is_ascii(), "names are our own constants");
    sqlx::query(AssertSqlSafe(statement)).execute(databases).await?;
    Ok(())
}
