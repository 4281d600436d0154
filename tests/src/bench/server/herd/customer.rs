//! An installation with as many technicians as there are phones, each signed in before and with a property of their own.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use server::accounts::{self, NewAccount};
use server::store::Store;
use shared::id::DeviceId;
use shared::wire::batch::WireItem;
use shared::wire::list::RoundList;
use shared::wire::session::{RoleName, Session};

use super::few_at_a_time;
use crate::bench::server::bodies::reading;
use crate::bench::server::caller::PASSWORD;
use crate::bench::server::seed::{first_period, fold_log};
use crate::person::now;
use crate::server::Server;

/// What each round starts from.
pub(super) struct Customer {
    server: Server,
    pub(super) holders: Vec<Holder>,
}

/// A technician with a phone.
pub(super) struct Holder {
    pub(super) device_id: DeviceId,
    cookie: String,
    /// How far the phone's list goes.
    pub(super) cursor: String,
    /// A reading of each unit, in the order of capture.
    pub(super) items: Vec<WireItem>,
}

impl Customer {
    pub(super) async fn new(technicians: usize, units: usize) -> Result<Self> {
        let mut server = Server::new()?;
        // Behind a proxy each phone has an address of its own, as sign-ins are counted by address.
        let url = server.url();
        server.set_public_url(&url);
        let folder = server.folder().join("portfolio");
        write_portfolio(&folder, technicians, units)?;
        server.run(&["import", &folder.display().to_string()])?;
        add_accounts(&server, technicians).await?;
        server.start().await?;
        let holders = (0..technicians).map(|index| Holder::sign_in(&url, index));
        let holders = few_at_a_time(holders).await?;
        server.kill()?;
        fold_log(&server.database())?;
        Ok(Self { server, holders })
    }

    /// A server on a fresh copy, running, and each phone's connection to it.
    pub(super) async fn start_copy(&self, cores: usize) -> Result<(Server, Vec<reqwest::Client>)> {
        let mut server = Server::new()?;
        server.limit_to_cores(cores);
        fs::copy(self.server.database(), server.database())?;
        server.start().await?;
        let clients = self.holders.iter().map(Holder::client);
        Ok((server, clients.collect::<Result<_>>()?))
    }
}

impl Holder {
    async fn sign_in(url: &str, index: usize) -> Result<Self> {
        let client = reqwest::Client::new();
        let request = client
            .post(format!("{url}/api/session"))
            .header(
                "x-forwarded-for",
                format!("10.0.{}.{}", index / 250, index % 250 + 1),
            )
            .json(&serde_json::json!({"username": name(index), "password": PASSWORD}));
        let answer = request.send().await?.error_for_status()?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .context("a session cookie")?
            .to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let session: Session = answer.json().await?;
        let list: RoundList = client
            .get(format!("{url}/api/latest-tenant-readings"))
            .header("cookie", &cookie)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let rows = list.rows.iter().zip(1..);
        let items = rows.map(|(point, seq)| reading(point, first_period(), 1, seq, &session.username));
        Ok(Self {
            device_id: session.device_id.context("a technician's phone is enrolled")?,
            items: items.collect(),
            cursor: list.cursor,
            cookie,
        })
    }

    fn client(&self) -> Result<reqwest::Client> {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert(reqwest::header::COOKIE, self.cookie.parse()?);
        Ok(reqwest::Client::builder().default_headers(headers).build()?)
    }
}

fn name(index: usize) -> String {
    format!("tech{index:03}")
}

fn property(index: usize) -> String {
    format!("P{index:03}")
}

/// Past the command line, which would start a process for each.
async fn add_accounts(server: &Server, count: usize) -> Result<()> {
    let store = Store::open(&format!("sqlite://{}", server.database().display())).await?;
    for index in 0..count {
        let account = NewAccount {
            name: &name(index),
            role: RoleName::Technician,
            property_codes: Some(&[property(index)]),
            password: PASSWORD,
        };
        accounts::add(&store, now(), account).await?;
    }
    store.close().await;
    Ok(())
}

fn write_portfolio(folder: &Path, properties: usize, units: usize) -> Result<()> {
    let mut files = [
        (
            "properties.csv",
            String::from("property_code,name,timezone,kind\n"),
        ),
        (
            "units.csv",
            String::from("property_code,building,unit_no,unit_type,route_seq,access_note\n"),
        ),
        (
            "meters.csv",
            String::from(
                "serial,property_code,building,unit_no,utility,dials,decimals,multiplier,installed_on,initial_value,\
                 removed_on,final_value\n",
            ),
        ),
        (
            "readings.csv",
            String::from("serial,period,kind,value,read_at,read_by,remarks\n"),
        ),
    ];
    let [of_properties, of_units, of_meters, of_readings] = &mut files;
    let before = first_period().previous();
    for index in 0..properties {
        let code = property(index);
        writeln!(of_properties.1, "{code},Property {code},Pacific/Guam,residential")?;
        for unit in 0..units {
            let (number, serial) = (101 + unit, format!("E{index:03}{unit:03}"));
            writeln!(of_units.1, "{code},,{number},2 BR,{},", unit + 1)?;
            writeln!(
                of_meters.1,
                "{serial},{code},,{number},electricity,5,0,1,2015-01-31,1000,,"
            )?;
            writeln!(
                of_readings.1,
                "{serial},{before},regular,{},{before}-27T09:30:00,{},",
                1_100 + unit,
                name(index)
            )?;
        }
    }
    fs::create_dir_all(folder)?;
    for (name, text) in files {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
