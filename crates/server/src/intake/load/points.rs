//! Meter points with their meters, tenancies and last official values.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;
use shared::code::{CODE_LENGTH_MAX, Code};
use shared::id::ItemId;
use shared::meter_point::{Meter, MeterBefore, MeterPoint, PastValue, PointKey, TakenOver, Tenancy};
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::statistics::{HISTORY_READINGS_MAX, statistics_of};
use shared::timestamp::Timestamp;
use sqlx::{FromRow, Result};

use super::Points;
use super::filed::Replaced;
use super::point_row::{self, PointRow};
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

/// What the rows need of a meter point beside what the rules need.
#[derive(Debug, Clone)]
pub(in crate::intake) struct KnownPoint {
    pub(in crate::intake) id: i64,
    /// Key and serial of the present meter.
    pub(in crate::intake) meter: Option<(i64, Code)>,
    pub(in crate::intake) property_code: String,
    pub(in crate::intake) building: String,
    pub(in crate::intake) unit_no: String,
    pub(in crate::intake) point_code: String,
    pub(in crate::intake) reread: bool,
}

const TENANCIES: &str = "SELECT unit_id, tenant_name, move_in, move_out FROM tenancy
    WHERE unit_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) ORDER BY unit_id, move_in";

/// The points of these keys, and of those where an exchange may be undone also the meter before it. `ids`: whose rows the rules
/// may have to leave out. The values of all others are nobody's.
pub(super) async fn load(
    transaction: &mut Transaction,
    keys: &BTreeSet<PointKey>,
    replaced: &[Replaced],
    ids: &HashMap<i64, ItemId>,
) -> Result<Points> {
    let present: BTreeSet<&PointKey> = keys.iter().chain(replaced.iter().map(|it| &it.point)).collect();
    if present.is_empty() {
        return Ok(Points::default());
    }
    let before = replaced
        .iter()
        .filter_map(|it| Some((&it.point, Some(it.meter_id?))));
    let wanted = present.into_iter().map(|key| (key, None)).chain(before);
    let (keys, parts): (Vec<&PointKey>, Vec<Wanted<'_>>) = wanted
        .filter_map(|(key, meter_id)| Some((key, wanted_of(key, meter_id)?)))
        .unzip();
    let wanted = json_list(parts);
    let mut rows = point_row::load(transaction, &wanted).await?;
    // Of two meters in service at one point, a fault of the portfolio, the one installed last counts: it comes last.
    rows.sort_by(|a, b| (a.id, &a.installed_on).cmp(&(b.id, &b.installed_on)));
    let units = json_list(rows.iter().map(|row| row.unit_id).collect::<BTreeSet<_>>());
    let tenancies: Vec<TenancyRow> = in_transaction!(transaction, |c| sqlx::query_as(TENANCIES)
        .bind(&units)
        .fetch_all(c)
        .await?);
    let mut by_unit: BTreeMap<i64, Vec<Tenancy>> = BTreeMap::new();
    for row in tenancies {
        let unit = row.unit_id;
        by_unit.entry(unit).or_default().extend(row.into_tenancy());
    }
    let (before, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.replaced_id.is_some());
    let mut points = Points::default();
    for row in rows {
        let Some(key) = row.key_in(&keys) else { continue };
        let (point, known) = row.into_parts(&by_unit, ids);
        points.judged.insert(key.clone(), point);
        points.known.insert(key.clone(), known);
    }
    for it in replaced.iter().filter(|it| it.meter_id.is_none()) {
        if let Some(point) = points.judged.get_mut(&it.point) {
            point.before = Some(Box::default());
        }
    }
    for row in before {
        let Some(key) = row.key_in(&keys) else { continue };
        let (earlier, _) = row.into_parts(&by_unit, ids);
        if let Some(point) = points.judged.get_mut(key) {
            point.before = Some(Box::new(MeterBefore {
                meter: earlier.meter,
                past: earlier.past,
                statistics: earlier.statistics,
                before: None,
            }));
        }
    }
    Ok(points)
}

/// The parts of a key as the query compares them, and which meter: without one that in service.
type Wanted<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, Option<i64>);

fn wanted_of(key: &PointKey, meter_id: Option<i64>) -> Option<Wanted<'_>> {
    let [property, building, unit, utility, point] = key.parts()?;
    Some((property, building, unit, utility, point, meter_id))
}

#[derive(FromRow)]
struct TenancyRow {
    unit_id: i64,
    tenant_name: String,
    move_in: String,
    move_out: Option<String>,
}

impl TenancyRow {
    fn into_tenancy(self) -> Option<Tenancy> {
        let to = self.move_out.map(|day| day.parse()).transpose().ok()?;
        Some(Tenancy {
            from: self.move_in.parse().ok()?,
            to,
            name: self.tenant_name,
        })
    }
}

impl PointRow {
    /// The key that this row answers.
    fn key_in<'a>(&self, keys: &[&'a PointKey]) -> Option<&'a PointKey> {
        keys.get(self.wanted).copied()
    }

    fn into_parts(
        self,
        tenancies: &BTreeMap<i64, Vec<Tenancy>>,
        ids: &HashMap<i64, ItemId>,
    ) -> (MeterPoint, KnownPoint) {
        let meter = self.meter();
        let mut past: Vec<(bool, PastValue)> = self
            .past
            .split(' ')
            .filter_map(|entry| past_value(entry, ids))
            .collect();
        past.sort_by_key(|(_, value)| value.read_at);
        let regular: Vec<_> = past
            .iter()
            .filter(|it| it.0)
            .map(|(_, value)| (value.read_at, value.value))
            .collect();
        let recent = &regular[regular.len().saturating_sub(HISTORY_READINGS_MAX)..];
        let statistics = meter
            .as_ref()
            .map(|meter| statistics_of(&meter.register, recent))
            .unwrap_or_default();
        let known_meter = self
            .meter_id
            .zip(meter.as_ref().map(|meter| meter.serial.clone()));
        let point = MeterPoint {
            meter,
            tenancies: tenancies.get(&self.unit_id).cloned().unwrap_or_default(),
            past: past.into_iter().map(|(_, value)| value).collect(),
            statistics,
            before: None,
        };
        let known = KnownPoint {
            id: self.id,
            meter: known_meter,
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            point_code: self.point_code,
            reread: self.reread,
        };
        (point, known)
    }

    fn meter(&self) -> Option<Meter> {
        let multiplier = Decimal::new(self.multiplier_micro?, 6).normalize();
        Some(Meter {
            serial: Code::parse(self.serial.as_deref()?, CODE_LENGTH_MAX).ok()?,
            register: Register::new(self.dials?, self.decimals?, multiplier)?,
            initial_value: ReadingValue::from_micro(self.initial_micro?)?,
            taken_over: self.taken_over_at.map(|at| TakenOver {
                at: Timestamp::from_ms(at),
                carried_micro: self.carried_micro.unwrap_or(0),
            }),
        })
    }
}

// One entry of `past`, and whether it is a regular value.
fn past_value(entry: &str, ids: &HashMap<i64, ItemId>) -> Option<(bool, PastValue)> {
    let kind = entry.find(['r', 'm'])?;
    let (receipt_seq, rest) = entry.split_at_checked(kind)?;
    let (read_at, micro) = rest.get(1..)?.split_once(',')?;
    let value = PastValue {
        id: ids.get(&receipt_seq.parse().ok()?).copied(),
        value: ReadingValue::from_micro(micro.parse().ok()?)?,
        read_at: Timestamp::from_ms(read_at.parse().ok()?),
    };
    Some((rest.starts_with('r'), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_the_past_is_read() {
        let id = ItemId::parse("019ab6a4-7c00-7000-8000-000000000001");
        let ids = HashMap::from([(17, id.unwrap())]);
        let (regular, value) = past_value("17r1795737600000,46211500000", &ids).unwrap();
        assert!(regular);
        assert_eq!(value.id, id);
        assert_eq!(
            (value.read_at.ms(), value.value.to_micro()),
            (1_795_737_600_000, 46_211_500_000)
        );
        let (regular, value) = past_value("18m0,0", &ids).unwrap();
        assert!(!regular);
        assert_eq!(value.id, None, "a row of nobody who matters");
        for broken in ["", "17", "17r", "17r1", "17r1,x", "r1,1"] {
            assert!(past_value(broken, &ids).is_none(), "{broken}");
        }
    }
}
