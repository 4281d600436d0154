//! An installation that every round starts from: a portfolio, a technician, a reviewer, one phone, sessions.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use shared::period::Period;
use shared::wire::list::MeterPointRow;
use shared::wire::session::Session;

use super::caller::{Caller, PASSWORD};
use super::load::Target;
use super::portfolio::Portfolio;
use crate::server::Server;

/// Meter points enough for a month of readings each, and history enough for the checks.
const UNITS: usize = 5_000;
const MONTHS: usize = 12;
/// Months after the history that readings are sent for.
const MONTHS_SENT: usize = 12;

/// What is copied for each round.
pub(super) struct Seed {
    server: Server,
    cookie: String,
    pub(super) session: Session,
    pub(super) points: Vec<MeterPointRow>,
    /// The first period without readings.
    pub(super) first: Period,
}

impl Seed {
    /// Made on SQLite, or in this PostgreSQL database.
    pub(super) async fn new(database_url: Option<&str>) -> Result<Self> {
        let mut server = Server::new()?;
        if let Some(url) = database_url {
            server.set_database_url(url);
        }
        let first = first_period();
        let folder = server.folder().join("portfolio");
        let portfolio = Portfolio {
            units: UNITS,
            months: MONTHS,
            last: first.previous(),
        };
        portfolio.write(&folder)?;
        server.run(&["import", &folder.display().to_string()])?;
        server.add_user("ana", "technician", PASSWORD)?;
        server.start().await?;
        let caller = Caller::sign_in(&server.url(), "ana").await?;
        let points = caller.points().await?;
        server.kill()?;
        if database_url.is_none() {
            fold_log(&server.database())?;
        }
        Ok(Self {
            server,
            cookie: caller.cookie,
            session: caller.session,
            points,
            first,
        })
    }

    /// The database file.
    pub(super) fn file(&self) -> std::path::PathBuf {
        self.server.database()
    }

    /// A server on a fresh copy, running.
    pub(super) async fn start_copy(&self) -> Result<(Server, Target)> {
        let server = Server::new()?;
        fs::copy(self.file(), server.database())?;
        self.started(server).await
    }

    /// A server on a copy that stands in PostgreSQL already, running.
    pub(super) async fn start_on(&self, database_url: &str) -> Result<(Server, Target)> {
        let mut server = Server::new()?;
        server.set_database_url(database_url);
        self.started(server).await
    }

    async fn started(&self, mut server: Server) -> Result<(Server, Target)> {
        server.start().await?;
        let target = Target {
            address: server.address(),
            cookie: self.cookie.clone(),
        };
        Ok((server, target))
    }
}

/// The copy of a file has to be whole without its write-ahead log.
pub(super) fn fold_log(database: &Path) -> Result<()> {
    let connection = rusqlite::Connection::open(database)?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    anyhow::ensure!(busy == 0, "somebody holds the database");
    Ok(())
}

/// So far back that all that is sent was read in the past.
pub(super) fn first_period() -> Period {
    let today = Period::of_date(jiff::Zoned::now().date());
    (0..=MONTHS_SENT).fold(today, |period, _| period.previous())
}

/// The process that serves.
pub(super) fn process_id(server: &Server) -> Result<u32> {
    server.process_id().context("the server runs")
}
