//! From rows and books to what has to be written, and writing it.

mod changes;
mod check;
mod fingerprint;
mod insert;
mod meters;
mod readings;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use shared::timestamp::Timestamp;

use self::changes::Changes;
pub(super) use self::meters::{Meter, Meters};
use super::books::Books;
use super::fault::Faults;
use super::read::Rows;
use super::records::{
    ItemRecord, LabelRecord, MeterRecord, PointRecord, PropertyRecord, Record, Row, TenancyRecord, UnitRecord,
};
use super::transaction::Work;
use super::{ImportReport, Mode, labels};
use crate::audit::AuditEntry;
use crate::store::json_list::json_list;
use crate::tenant_words;

/// Rows a statement: some megabytes of JSON at most.
const STATEMENT_ROWS_MAX: usize = 5_000;

/// What has to be written.
#[derive(Debug)]
pub(super) struct Plan {
    properties: Changes<PropertyRecord>,
    units: Changes<UnitRecord>,
    points: Changes<PointRecord>,
    meters: Changes<MeterRecord>,
    tenancies: Changes<TenancyRecord>,
    labels: Changes<LabelRecord>,
    readings: Vec<ItemRecord>,
    readings_unchanged: usize,
    /// Meter points that the phones have to hear of, by key.
    touched_units: BTreeSet<String>,
}

impl Plan {
    /// Compares; what doesn't fit the books or the other files is noted as a fault.
    pub(super) fn make(rows: Rows, books: &Books, now: Timestamp, faults: &mut Faults) -> Self {
        check::places(&rows, books, faults);
        let points = points(&rows.meters);
        let readings = readings::new_items(&rows, books, now, faults);
        let properties = Changes::find(&rows.properties, &books.properties);
        let units = Changes::find(&rows.units, &books.units);
        let points = Changes::find(&points, &books.points);
        let meters = Changes::find(&rows.meters, &books.meters);
        let tenancies = Changes::find(&rows.tenancies, &books.tenancies);
        let labels = label_changes(&rows.labels, &points, books);
        let mut plan = Self {
            properties,
            units,
            points,
            meters,
            tenancies,
            labels,
            readings: readings.items,
            readings_unchanged: readings.unchanged,
            touched_units: BTreeSet::new(),
        };
        plan.note_touched(&rows.meters, books);
        plan
    }

    /// Whether the books hold all of it already.
    pub(super) fn is_empty(&self) -> bool {
        self.report(Mode::DryRun).is_unchanged()
    }

    /// In numbers.
    pub(super) fn report(&self, mode: Mode) -> ImportReport {
        let added = super::Counts {
            added: self.readings.len(),
            unchanged: self.readings_unchanged,
            ..super::Counts::default()
        };
        ImportReport {
            mode,
            properties: self.properties.counts(),
            units: self.units.counts(),
            meter_points: self.points.counts(),
            meters: self.meters.counts(),
            tenancies: self.tenancies.counts(),
            readings: added,
            labels: self.labels.counts(),
            differences: [
                self.properties.differences("properties.csv"),
                self.units.differences("units.csv"),
                self.meters.differences("meters.csv"),
                self.tenancies.differences("tenancies.csv"),
            ]
            .concat(),
            additions: [
                self.properties.additions("properties.csv"),
                self.units.additions("units.csv"),
                self.meters.additions("meters.csv"),
                self.tenancies.additions("tenancies.csv"),
                readings::additions(&self.readings),
            ]
            .concat(),
            fingerprint: String::new(),
        }
    }

    fn note_touched(&mut self, meters: &[Row<MeterRecord>], books: &Books) {
        let touched = &mut self.touched_units;
        touched.extend(self.units.records().map(UnitRecord::key));
        touched.extend(self.points.records().map(PointRecord::unit_key));
        touched.extend(self.meters.records().map(|meter| meter.point_record().unit_key()));
        touched.extend(self.labels.records().map(LabelRecord::unit_key));
        for tenancy in self.tenancies.records() {
            touched.insert(tenancy.unit_key());
            // A tenant who moved house leaves a unit as well.
            touched.extend(books.tenancies.get(&tenancy.key()).map(TenancyRecord::unit_key));
        }
        let serials: HashSet<&str> = self.readings.iter().map(|item| item.serial.normal()).collect();
        let meters = meters.iter().map(|row| &row.record).chain(books.meters.values());
        touched.extend(
            meters
                .filter(|meter| serials.contains(meter.serial_normal.as_str()))
                .map(|meter| meter.point_record().unit_key()),
        );
    }
}

/// Writes the plan.
pub(super) async fn write(work: &mut Work, now: Timestamp, plan: &Plan) -> sqlx::Result<()> {
    let change = work.take_numbers("change", 1).await?;
    upsert(work, &plan.properties, None).await?;
    upsert(work, &plan.units, None).await?;
    upsert(work, &plan.points, None).await?;
    upsert(work, &plan.meters, None).await?;
    upsert(work, &plan.tenancies, None).await?;
    write_tenant_words(work, plan).await?;
    upsert(work, &plan.labels, Some(&now.ms().to_string())).await?;
    insert::readings(work, &plan.readings, now, change).await?;
    tell_phones(work, plan, &change.to_string()).await
}

/// What the audit keeps of an import.
pub(super) fn audit_entry(plan: &Plan, at: Timestamp, actor: &str) -> AuditEntry {
    let report = plan.report(Mode::Take);
    let detail = serde_json::json!({ "properties": report.properties.added + report.properties.changed,
        "units": report.units.added + report.units.changed, "meters": report.meters.added + report.meters.changed,
        "tenancies": report.tenancies.added + report.tenancies.changed, "readings": report.readings.added });
    AuditEntry {
        at,
        actor: actor.to_owned(),
        action: "import",
        subject: "portfolio".to_owned(),
        detail,
    }
}

async fn write_tenant_words(work: &mut Work, plan: &Plan) -> sqlx::Result<()> {
    let tenants: Vec<_> = plan
        .tenancies
        .records()
        .map(|it| (&it.tenant_normal, &it.tenant_name))
        .collect();
    for chunk in tenants.chunks(STATEMENT_ROWS_MAX) {
        let codes = json_list(chunk.iter().map(|(code, _)| code));
        work.execute(tenant_words::FORGET, &[&codes]).await?;
        let words = chunk
            .iter()
            .flat_map(|(code, name)| tenant_words::rows_of(code, name));
        work.execute(tenant_words::KEEP, &[&json_list(words)]).await?;
    }
    Ok(())
}

async fn upsert<R: Record>(work: &mut Work, changes: &Changes<R>, extra: Option<&str>) -> sqlx::Result<()> {
    let records: Vec<&R> = changes.records().collect();
    for chunk in records.chunks(STATEMENT_ROWS_MAX) {
        let list = json_list(chunk);
        let binds: Vec<&str> = std::iter::once(list.as_str()).chain(extra).collect();
        work.execute(R::UPSERT, &binds).await?;
    }
    Ok(())
}

async fn tell_phones(work: &mut Work, plan: &Plan, change_seq: &str) -> sqlx::Result<()> {
    const TOUCH_UNITS: &str = "UPDATE meter_point SET changed_seq = CAST($1 AS BIGINT) WHERE unit_id IN ( \
         SELECT u.id FROM json_each($2) AS list JOIN property p ON p.code_normal = value->>'property' \
         JOIN unit u ON u.property_id = p.id AND u.building_normal = value->>'building' \
         AND u.unit_normal = value->>'unit')";
    const TOUCH_PROPERTIES: &str = "UPDATE meter_point SET changed_seq = CAST($1 AS BIGINT) WHERE unit_id IN ( \
         SELECT u.id FROM json_each($2) AS list JOIN property p ON p.code_normal = atom \
         JOIN unit u ON u.property_id = p.id)";
    let units: Vec<_> = plan
        .touched_units
        .iter()
        .map(|key| {
            let mut parts = key.split('\u{1f}');
            let mut part = || parts.next().unwrap_or_default();
            serde_json::json!({ "property": part(), "building": part(), "unit": part() })
        })
        .collect();
    for chunk in units.chunks(STATEMENT_ROWS_MAX) {
        work.execute(TOUCH_UNITS, &[change_seq, &json_list(chunk)])
            .await?;
    }
    let properties = json_list(plan.properties.records().map(PropertyRecord::key));
    work.execute(TOUCH_PROPERTIES, &[change_seq, &properties]).await
}

/// The meter points that the meters sit at, each once.
fn points(meters: &[Row<MeterRecord>]) -> Vec<Row<PointRecord>> {
    let mut points = BTreeMap::new();
    for row in meters {
        let record = row.record.point_record();
        points.entry(record.key()).or_insert(Row {
            line: row.line,
            record,
        });
    }
    points.into_values().collect()
}

/// The printed labels, and a new one for each meter point that has none.
fn label_changes(
    printed: &[Row<LabelRecord>],
    new_points: &Changes<PointRecord>,
    books: &Books,
) -> Changes<LabelRecord> {
    let mut changes = Changes::find(printed, &books.labels);
    // Whoever edits a unit has not asked for labels.
    if books.is_part {
        return changes;
    }
    let all = || books.labels.values().chain(printed.iter().map(|row| &row.record));
    let labelled: BTreeSet<String> = all().map(LabelRecord::point_key).collect();
    let mut taken: BTreeSet<String> = all().map(|label| label.code.clone()).collect();
    taken.extend(books.revoked_codes.iter().cloned());
    for point in books.points.values().chain(new_points.records()) {
        if !labelled.contains(&point.key()) {
            changes
                .added
                .push(LabelRecord::of_point(labels::new_code(&mut taken), point));
        }
    }
    changes
}
