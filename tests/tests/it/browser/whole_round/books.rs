//! What the office has of the round.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use shared::wire::office::ReadingRow;
use shared::wire::photo::NamedPhoto;

use super::super::exchange::NEW_SERIAL;
use super::super::technician::Stop;
use super::super::world::World;
use super::{OF_ANA, STRANGE_LABEL};

/// What the office has of the round, by meter.
pub(super) struct Books {
    by_serial: BTreeMap<String, Vec<ReadingRow>>,
    strange: Vec<ReadingRow>,
}

impl Books {
    pub(super) async fn of(world: &World) -> Result<Self> {
        let page = world.rita.readings(OF_ANA).await?;
        let (strange, usual): (Vec<_>, Vec<_>) =
            page.rows.into_iter().partition(|row| row.label_text.is_some());
        let mut by_serial: BTreeMap<String, Vec<ReadingRow>> = BTreeMap::new();
        for row in usual {
            by_serial.entry(row.meter_serial.clone()).or_default().push(row);
        }
        Ok(Self { by_serial, strange })
    }

    fn of_kind(&self, stop: &Stop, kind: &str) -> Result<&ReadingRow> {
        let rows = self.by_serial.get(&stop.row.meter_serial);
        let mut found = rows
            .into_iter()
            .flatten()
            .filter(|row| row.kind == kind && row.value.is_some());
        let row = found
            .next()
            .with_context(|| format!("no {kind} of {}", stop.row.meter_serial))?;
        ensure!(found.next().is_none(), "twice: {row:?}");
        ensure!(row.state == "received", "{row:?}");
        Ok(row)
    }

    pub(super) fn has_usual_readings_of(&self, stops: &[Stop]) -> Result<()> {
        for stop in stops {
            let row = self.of_kind(stop, "regular")?;
            ensure!(row.value.as_ref() == Some(&stop.value()), "{row:?}");
            ensure!(row.identified_by == "scan" && row.flags.is_empty(), "{row:?}");
        }
        Ok(())
    }

    pub(super) fn has_flags(&self, stop: &Stop, kind: &str, flags: &[&str]) -> Result<()> {
        let row = self.of_kind(stop, kind)?;
        ensure!(
            flags.iter().all(|flag| row.flags.iter().any(|it| it == flag)),
            "{row:?}"
        );
        Ok(())
    }

    /// It is shown as rolled over, and the use was counted through zero.
    pub(super) fn has_rolled_over(&self, stop: &Stop, digits: &str) -> Result<()> {
        let row = self.of_kind(stop, "regular")?;
        let used = (digits.parse::<u64>()? + 1).to_string();
        ensure!(row.flags == ["rolled_over"], "{row:?}");
        ensure!(row.consumption == Some(used), "{row:?}");
        Ok(())
    }

    pub(super) fn has_exchange_of(&self, stop: &Stop) -> Result<()> {
        let removed = self.of_kind(stop, "meter_removed")?;
        ensure!(removed.value.as_ref() == Some(&stop.value()), "{removed:?}");
        let installed = self.by_serial.get(NEW_SERIAL).and_then(|rows| rows.first());
        let installed = installed.context("the new meter")?;
        ensure!(
            installed.value.as_deref() == Some("12") && installed.id == removed.id,
            "{installed:?}"
        );
        Ok(())
    }

    pub(super) fn has_skip_and_reading_of(&self, stop: &Stop) -> Result<()> {
        self.of_kind(stop, "regular")?;
        let rows = self.by_serial.get(&stop.row.meter_serial).context("rows")?;
        let reasons: Vec<_> = rows.iter().filter_map(|row| row.skip_reason.as_deref()).collect();
        ensure!(reasons == ["no_access"], "{rows:?}");
        Ok(())
    }

    pub(super) async fn has_photo_of(&self, world: &World, stop: &Stop) -> Result<()> {
        let row = self.of_kind(stop, "regular")?;
        let named: Vec<NamedPhoto> = world
            .rita
            .get(&format!("/api/readings/{}/photos", row.id))
            .await?;
        let photo = named.first().context("a photo")?;
        let bytes = world.rita.bytes(&format!("/api/photos/{}", photo.sha256)).await?;
        ensure!(!bytes.is_empty());
        Ok(())
    }

    pub(super) fn has_strange_label(&self) -> Result<()> {
        let [row] = &self.strange[..] else {
            anyhow::bail!("{:?}", self.strange)
        };
        ensure!(
            row.state == "held" && row.code.as_deref() == Some("unknown_label"),
            "{row:?}"
        );
        ensure!(row.label_text.as_deref() == Some(STRANGE_LABEL), "{row:?}");
        Ok(())
    }
}
