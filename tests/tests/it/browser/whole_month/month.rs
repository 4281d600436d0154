//! What the technicians have left for the office at the end of the month.

use anyhow::{Context, Result, ensure};
use journeys::person::{Person, now};
use shared::id::ItemId;
use shared::timestamp::LocalTime;
use shared::wire::batch::{WireExchangePart, WireItem};
use shared::wire::list::MeterPointRow;
use shared::wire::missing::MissingPage;
use shared::wire::office::ReadingRow;

use super::super::technician::Stop;
use super::super::world::{PASSWORD, World};

/// So many readings come from other properties.
const ELSEWHERE: usize = 40;
pub(super) const NEW_SERIAL: &str = "N-2611";
/// What the new meter showed when it came, and what it shows now.
const NEW_VALUES: [&str; 2] = ["5", "12"];

/// The month of one property.
pub(super) struct Month {
    pub(super) property: String,
    pub(super) period: String,
    pub(super) points: Vec<MeterPointRow>,
    /// Read twice, with two values.
    pub(super) twice: Vec<Stop>,
    /// Nobody could read it.
    pub(super) skipped: Stop,
    /// Nobody was there, and the office estimates.
    pub(super) estimated: Stop,
    /// Nobody was there, and the office asks.
    pub(super) asked: Stop,
    /// Has a new meter since this month.
    pub(super) exchanged: Stop,
    pub(super) exchange: ItemId,
    /// Somebody moved out.
    pub(super) moved: Stop,
}

impl Month {
    pub(super) async fn begin(world: &World) -> Result<Self> {
        let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
        let mut ben = Person::sign_in(&world.server.url(), "ben", PASSWORD).await?;
        let rows = ana.list().await?.rows;
        let points = property_of(&rows)?;
        let mut stops = points.iter().filter_map(Stop::usual);
        let mut next = || stops.next().context("a steady meter");
        let twice = vec![next()?, next()?, next()?];
        let flagged = [next()?, next()?];
        let (skipped, estimated, asked) = (next()?, next()?, next()?);
        let (exchanged, moved) = (next()?, next()?);
        let (period, at) = (skipped.period(), skipped.read_at());

        let mut items = elsewhere(&mut ana, &rows, &points[0].property_code);
        items.push(move_out(&mut ana, &moved));
        let mut exchange = None;
        for row in &points {
            let is = |stop: &Stop| row.id == stop.row.id;
            if is(&estimated) || is(&asked) {
                continue;
            }
            let mut item = ana.reading(row, &value_of(row), &period, &at);
            if is(&skipped) {
                (item.value, item.skip_reason) = (None, Some("no_access".into()));
            } else if is(&exchanged) {
                (item.value, item.exchange) = (None, parts(&exchanged));
                exchange = Some(item.id);
            } else if flagged.iter().any(is) {
                item.flags = vec!["high".into()];
            }
            items.push(item);
        }
        sends(&ana, items).await?;
        let rivals = twice
            .iter()
            .map(|it| ben.reading(&it.row, &it.rival_value(), &period, &at));
        let rivals = rivals.collect();
        ben.send(rivals).await?;
        Ok(Self {
            property: points[0].property_code.clone(),
            period,
            twice,
            skipped,
            estimated,
            asked,
            exchange: exchange.context("the exchange")?,
            exchanged,
            moved,
            points,
        })
    }

    /// What the office's list has of this month, by more of a query.
    pub(super) async fn books(&self, world: &World, query: &str) -> Result<Vec<ReadingRow>> {
        let query = format!(
            "property={}&period={}&limit=500&{query}",
            self.property, self.period
        );
        let page = world.rita.readings(&query).await?;
        ensure!(page.next.is_none(), "more than a page");
        Ok(page.rows)
    }

    /// Whether it is of a meter that was read twice.
    pub(super) fn is_rival(&self, row: &ReadingRow) -> bool {
        self.twice
            .iter()
            .any(|it| it.row.meter_serial == row.meter_serial)
    }

    pub(super) fn api(&self) -> String {
        let property = self.property.replace(' ', "%20");
        format!("/api/periods/{property}/{}", self.period)
    }

    /// What has no value yet.
    pub(super) async fn missing(&self, world: &World) -> Result<MissingPage> {
        let property = self.property.replace(' ', "%20");
        let query = format!("property={property}&period={}", self.period);
        world.rita.get(&format!("/api/missing?{query}")).await
    }
}

/// The property with the most steady meters.
fn property_of(rows: &[MeterPointRow]) -> Result<Vec<MeterPointRow>> {
    let of = |code: &str| {
        let own = rows.iter().filter(|it| it.property_code == code);
        own.cloned().collect::<Vec<_>>()
    };
    let mut codes: Vec<&str> = rows.iter().map(|it| it.property_code.as_str()).collect();
    codes.dedup();
    let steady = |it: &Vec<MeterPointRow>| it.iter().filter_map(Stop::usual).count();
    codes.into_iter().map(of).max_by_key(steady).context("a property")
}

/// Plain readings at the other properties.
fn elsewhere(ana: &mut Person, rows: &[MeterPointRow], property: &str) -> Vec<WireItem> {
    let others = rows.iter().filter(|it| it.property_code != property);
    let read = |it: Stop| ana.reading(&it.row, &it.value(), &it.period(), &it.read_at());
    others.filter_map(Stop::usual).take(ELSEWHERE).map(read).collect()
}

fn value_of(row: &MeterPointRow) -> String {
    let latest = row.latest.as_ref().map(|it| it.value.clone());
    Stop::usual(row).map_or_else(
        || latest.unwrap_or_else(|| row.initial_value.clone()),
        |it| it.value(),
    )
}

/// A minute before the others.
fn move_out(ana: &mut Person, stop: &Stop) -> WireItem {
    let at = LocalTime {
        at: now().plus_ms(-60_000),
        offset_s: 0,
    };
    let reading = ana.reading(&stop.row, &stop.value(), &stop.period(), &at.to_rfc3339());
    WireItem {
        kind: Some("move_out".into()),
        ..reading
    }
}

fn parts(stop: &Stop) -> Vec<WireExchangePart> {
    let part = |kind: &str, serial: &str, value: &str| WireExchangePart {
        kind: kind.into(),
        meter_serial: serial.into(),
        value: value.into(),
        ..WireExchangePart::default()
    };
    let [first, now] = NEW_VALUES;
    vec![
        part("meter_removed", &stop.row.meter_serial, &stop.value()),
        WireExchangePart {
            dials: Some(stop.row.dials),
            decimals: Some(stop.row.decimals),
            ..part("meter_installed", NEW_SERIAL, first)
        },
        part("regular", NEW_SERIAL, now),
    ]
}

async fn sends(person: &Person, items: Vec<WireItem>) -> Result<()> {
    let receipts = person.send(items).await?;
    for it in &receipts.verdicts {
        let verdict = serde_json::to_value(it.verdict)?;
        ensure!(verdict == "accepted", "{it:?}");
    }
    Ok(())
}
