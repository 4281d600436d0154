//! What phones send, made before anything is measured: no two items for one official key, none that has to be held.

use anyhow::{Context, Result};
use hyper::body::Bytes;
use shared::id::{BatchId, DeviceId, ItemId};
use shared::period::Period;
use shared::wire::batch::{Batch, WireClock, WireItem};
use shared::wire::list::MeterPointRow;
use shared::wire::session::Session;

use crate::person::{now, random};

/// Use a month that no check finds strange.
const USE: u64 = 100;

/// The requests of one load.
#[derive(Clone)]
pub(super) struct Bodies {
    pub(super) requests: Vec<Bytes>,
    /// Items in each of them.
    pub(super) batch_items: usize,
}

impl Bodies {
    /// `count` readings of these meter points: all of them in the first period, then all in the next, and so on.
    pub(super) fn new(
        points: &[MeterPointRow],
        session: &Session,
        first: Period,
        count: usize,
        batch_items: usize,
    ) -> Result<Self> {
        let device_id = session.device_id.context("a technician's session has a phone")?;
        let rounds = std::iter::successors(Some((first, 1)), |(period, months)| {
            Some((period.next(), months + 1))
        });
        let items = rounds
            .flat_map(|(period, months)| points.iter().map(move |point| (point, period, months)))
            .zip(1..)
            .map(|((point, period, months), seq)| reading(point, period, months, seq, &session.username));
        let items: Vec<WireItem> = items.take(count).collect();
        let requests = items.chunks(batch_items).map(|chunk| request(device_id, chunk));
        Ok(Self {
            requests: requests.collect::<Result<_>>()?,
            batch_items,
        })
    }
}

fn request(device_id: DeviceId, items: &[WireItem]) -> Result<Bytes> {
    let batch = Batch {
        batch_id: BatchId::new(now(), random()),
        device_id,
        device_total: items.last().map_or(0, |it| it.device_seq),
        clock_offset_ms: Some(0),
        readings: items.iter().collect(),
    };
    Ok(serde_json::to_vec(&batch)?.into())
}

/// One of them: the `months`th month after what is known of the meter.
pub(super) fn reading(point: &MeterPointRow, period: Period, months: u64, seq: u64, name: &str) -> WireItem {
    let known = point.latest.as_ref().map_or(&point.initial_value, |it| &it.value);
    let (whole, fraction) = known.split_once('.').unwrap_or((known, ""));
    // A register that is full begins anew.
    let dial = 10_u64.saturating_pow(point.dials);
    let value = (whole.parse::<u64>().unwrap_or(0) + months * USE) % dial;
    let dot = if fraction.is_empty() { "" } else { "." };
    WireItem {
        id: ItemId::new(now(), random()),
        revision: 1,
        device_seq: seq,
        property_code: Some(point.property_code.clone()),
        building: Some(point.building.clone()),
        unit_no: Some(point.unit_no.clone()),
        utility: Some(point.utility.clone()),
        point: Some(point.point.clone()),
        meter_serial: Some(point.meter_serial.clone()),
        period: Some(period.to_string()),
        period_chosen_by: Some("rule".into()),
        kind: Some("regular".into()),
        value: Some(format!("{value}{dot}{fraction}")),
        // In the middle of the month in every zone.
        read_at: format!("{period}-15T12:00:00Z"),
        captured_by: name.to_owned(),
        identified_by: Some("scan".into()),
        previous_value: Some(known.to_owned()),
        rule_version: Some(1),
        clock: Some(WireClock {
            offset_ms: Some(0),
            offset_age_ms: Some(60_000),
            page_session: Some("bench".into()),
            monotonic_ms: Some(1_000_000),
        }),
        ..WireItem::default()
    }
}
