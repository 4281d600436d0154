//! A PostgreSQL of our own: on a free port, in a temporary folder, gone with the value.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use anyhow::{Context, Result, bail};

use crate::process::{Guarded, describe, find_program};

const START_LIMIT: Duration = Duration::from_secs(60);
/// Debian keeps the server's programs here, one folder a version.
const DEBIAN_FOLDER: &str = "/usr/lib/postgresql";

/// What a crash of the machine may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing, as in production.
    Full,
    /// Everything; for tests.
    None,
}

/// A running server.
pub struct Postgres {
    url: String,
    _process: Guarded,
}

impl Postgres {
    /// Starts a server of the installation in this folder, see [`find_postgres`].
    pub fn start(programs: &Path, durability: Durability) -> Result<Self> {
        let folder = env::temp_dir().join(format!("meterline-postgres-{}", process::id()));
        fs::create_dir_all(&folder)?;
        let started = start_in(programs, &folder, durability);
        if started.is_err() {
            let _ = fs::remove_dir_all(&folder);
        }
        started
    }

    /// An address with the right to make databases.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// The folder of `initdb` and `postgres`.
pub fn find_postgres() -> Option<PathBuf> {
    let on_path = find_program("initdb").and_then(|path| fs::canonicalize(path).ok());
    let mut folders: Vec<PathBuf> = on_path
        .iter()
        .filter_map(|path| path.parent())
        .map(Path::to_owned)
        .collect();
    let mut versions: Vec<PathBuf> = fs::read_dir(DEBIAN_FOLDER)
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path().join("bin"))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn start_in(programs: &Path, folder: &Path, durability: Durability) -> Result<Postgres> {
    let owner = Owner::find()?;
    owner.give(folder)?;
    let data = folder.join("data");
    let mut initdb = owner.command(&programs.join("initdb"), folder);
    initdb.arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]);
    let output = initdb.output().with_context(|| describe(&initdb))?;
    if !output.status.success() {
        bail!("initdb: {}", String::from_utf8_lossy(&output.stderr));
    }
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let log = fs::File::create(folder.join("log"))?;
    let mut server = owner.command(&programs.join("postgres"), folder);
    server
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(folder)
        .args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    server.args(["-c", "max_connections=400"]);
    if durability == Durability::None {
        server.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
    }
    server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let mut process = Guarded::start(&mut server, Some(folder))?;
    wait_until_ready(&mut process, port, folder)?;
    Ok(Postgres {
        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        _process: process,
    })
}

/// The last line of the start is the one that says so; the port alone answers a little earlier.
fn wait_until_ready(process: &mut Guarded, port: u16, folder: &Path) -> Result<()> {
    let start = Instant::now();
    loop {
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        let listens = TcpStream::connect(("127.0.0.1", port)).is_ok();
        if listens && log.contains("ready to accept connections") {
            return Ok(());
        }
        if process.child().try_wait()?.is_some() || start.elapsed() > START_LIMIT {
            bail!("PostgreSQL did not start: {log}");
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// PostgreSQL refuses to run as root: then it runs as a user without rights.
struct Owner {
    user: Option<(u32, u32)>,
}

impl Owner {
    fn find() -> Result<Self> {
        if !is_root() {
            return Ok(Self { user: None });
        }
        let accounts = fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
        let user = ["postgres", "nobody"]
            .iter()
            .find_map(|name| ids_of(&accounts, name));
        Ok(Self {
            user: Some(user.context("there is neither a user postgres nor nobody to run PostgreSQL as")?),
        })
    }

    fn give(&self, folder: &Path) -> Result<()> {
        #[cfg(unix)]
        if let Some((user, group)) = self.user {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).env("LC_ALL", "C");
        #[cfg(unix)]
        if let Some((user, group)) = self.user {
            std::os::unix::process::CommandExt::uid(&mut command, user);
            std::os::unix::process::CommandExt::gid(&mut command, group);
        }
        command
    }
}

/// Whether this process may do everything.
pub fn is_root() -> bool {
    #[cfg(unix)]
    return fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0);
    #[cfg(not(unix))]
    return false;
}

fn ids_of(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = accounts
        .lines()
        .find(|line| line.split(':').next() == Some(name))?
        .split(':')
        .skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_name() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533::/:/bin/false\n";
        assert_eq!(ids_of(accounts, "nobody"), Some((65534, 65533)));
        assert_eq!(ids_of(accounts, "postgres"), None);
    }
}
