//! The round: the list as the server told it, overlaid with what is on this phone.

use std::collections::HashMap;
use std::sync::Arc;

use shared::day;
use shared::id::ItemId;
use shared::overlay::{OnPhone, phone_wins, takes_out};
use shared::period::{MonthBefore, Period, choose_period};
use shared::reading_window::ReadingWindow;
use shared::timestamp::Timestamp;
use shared::walking_order::next_open;
use shared::wire::list::{Decision, MeterPointRow, OfficialRow, PropertyRow, RuleSettings};
use shared::wire::periods::WindowRow;
use shared::zone::Zone;

use super::queue::{Mark, Queue, Where, codes_of};
use crate::view_state::{PhoneList, PropertyProgress, Round, RoundRow, RowState};

/// The codes of each row of a list: made once a list, asked for whenever the round is drawn.
#[derive(Default)]
pub(crate) struct Codes {
    rows: Vec<(Arc<MeterPointRow>, String)>,
}

impl Codes {
    /// Of this list; rows that stayed where they were keep theirs.
    fn follow(&mut self, list: &PhoneList) {
        self.rows.truncate(list.rows.len());
        for (at, row) in list.rows.iter().enumerate() {
            match self.rows.get_mut(at) {
                Some((known, _)) if Arc::ptr_eq(known, row) => {}
                Some(other) => *other = (Arc::clone(row), codes_of(row)),
                None => self.rows.push((Arc::clone(row), codes_of(row))),
            }
        }
    }
}

/// Builds the round of this moment. `order` are positions of the list's rows as they are walked.
pub(crate) fn build(
    list: &PhoneList,
    order: &[usize],
    codes: &mut Codes,
    queue: &Queue,
    now: Timestamp,
) -> Round {
    codes.follow(list);
    let here = Here {
        queue,
        decisions: list.decisions.iter().map(|it| (it.id, it)).collect(),
        refreshed_at: list.refreshed_at,
    };
    let mut walks: HashMap<&str, Walk<'_>> = list
        .properties
        .iter()
        .map(|property| (property.code.as_str(), Walk::of(property, &list.settings, now)))
        .collect();
    let mut place = String::new();
    let rows: Vec<RoundRow> = order
        .iter()
        .filter_map(|at| {
            let (point, codes) = codes.rows.get(*at)?;
            let walk = walks.get_mut(point.property_code.as_str())?;
            place.clear();
            place.push_str(&walk.period);
            place.push_str(codes);
            let point = walk.with_exchanges(point, queue, list);
            let row = walk.row(&point, &place, &here);
            walk.total += 1;
            let is_visited = is_visited(&row);
            walk.done += usize::from(is_visited);
            walk.not_read += usize::from(is_visited && row.skip_reason.is_some());
            Some(row)
        })
        .collect();
    let properties = list
        .properties
        .iter()
        .filter_map(|property| walks.get(property.code.as_str()))
        .map(Walk::progress)
        .filter(|progress| progress.total > 0)
        .collect();
    // Ids are made when a form opens, so the highest one is the last.
    let last = (0..rows.len())
        .filter(|at| rows[*at].item.is_some())
        .max_by_key(|at| rows[*at].item);
    let next = next_open(rows.iter().map(|row| !is_visited(row)), last);
    Round {
        rows,
        properties,
        last,
        next,
    }
}

/// There is a value or a reason why there is none, and it answers what the office asked for.
pub(crate) fn is_visited(row: &RoundRow) -> bool {
    row.read_at.is_some() && (row.point.reread.is_none() || row.item.is_some())
}

/// What is known of this phone's items.
struct Here<'a> {
    queue: &'a Queue,
    /// The office's last decision on an item.
    decisions: HashMap<ItemId, &'a Decision>,
    refreshed_at: Option<Timestamp>,
}

impl Here<'_> {
    /// What this phone says there, unless the list knows better or the office has taken it out.
    fn mark(&self, place: &str, official: Option<&OfficialRow>) -> Option<(ItemId, &Mark)> {
        let (id, mark) = self.queue.at_place(place)?;
        let on_phone = match mark.at {
            Where::Waiting => OnPhone::Waiting,
            Where::Shelf => OnPhone::Shelf,
            Where::Sent(at) => OnPhone::Sent(at),
        };
        let is_sent = matches!(mark.at, Where::Sent(_));
        let decision = self.decisions.get(&id).filter(|_| is_sent);
        let counts = decision.is_none_or(|it| !takes_out(it, id, mark.revision));
        let wins = counts && phone_wins(on_phone, official.is_some(), self.refreshed_at);
        wins.then_some((id, mark))
    }
}

/// One property at this moment.
struct Walk<'a> {
    property: &'a PropertyRow,
    zone: Zone,
    period: String,
    today: String,
    window: WindowRow,
    done: usize,
    not_read: usize,
    total: usize,
}

impl<'a> Walk<'a> {
    /// Within the late days of an open month the round is still that month's.
    fn of(property: &'a PropertyRow, settings: &RuleSettings, now: Timestamp) -> Self {
        let zone = Zone::of_property(property);
        let before = zone.month_at(now).previous();
        let known = MonthBefore {
            has_reading: false,
            closed: is_closed(property, before),
        };
        let period = choose_period(now, &zone, settings.late_days, known).proposed;
        let today = zone.date_at(now);
        Self {
            property,
            period: period.to_string(),
            window: ReadingWindow::of(period, settings.reading_window_days).row_on(today),
            today: day::text_of(today),
            zone,
            done: 0,
            not_read: 0,
            total: 0,
        }
    }

    /// With the meter that sits there after the exchanges of this phone.
    fn with_exchanges(
        &self,
        point: &Arc<MeterPointRow>,
        queue: &Queue,
        list: &PhoneList,
    ) -> Arc<MeterPointRow> {
        if queue.exchanges.is_empty() {
            return Arc::clone(point);
        }
        queue
            .exchanges
            .row(point, None, list.refreshed_at, &self.zone, &list.settings)
    }

    fn row(&self, point: &Arc<MeterPointRow>, place: &str, here: &Here<'_>) -> RoundRow {
        let official = official_of(point, &self.period);
        let here = here.mark(place, official);
        let blank = RoundRow {
            point: Arc::clone(point),
            tenant: tenant_on(point, &self.today),
            period: self.period.clone(),
            state: if point.reread.is_some() {
                RowState::NeedsAttention
            } else {
                RowState::ToRead
            },
            value: None,
            skip_reason: None,
            read_at: None,
            captured_by: None,
            item: None,
        };
        match (here, official) {
            (Some((_, mark)), _) if mark.void => blank,
            (Some((id, mark)), _) => RoundRow {
                state: state_of(mark),
                value: mark.value.clone(),
                skip_reason: mark.skip_reason.clone(),
                read_at: Some(mark.read_at.clone()),
                captured_by: Some(mark.captured_by.clone()),
                item: Some(id),
                ..blank
            },
            (None, Some(official)) => RoundRow {
                state: match (point.reread.is_some(), official.state.as_str()) {
                    (true, _) => RowState::NeedsAttention,
                    (false, "skipped") => RowState::Skipped,
                    (false, _) => RowState::Received,
                },
                value: official.value.clone(),
                skip_reason: official.skip_reason.clone(),
                read_at: Some(official.read_at.clone()),
                captured_by: Some(official.captured_by.clone()),
                ..blank
            },
            (None, None) => blank,
        }
    }

    fn progress(&self) -> PropertyProgress {
        PropertyProgress {
            code: self.property.code.clone(),
            name: self.property.name.clone(),
            period: self.period.clone(),
            done: self.done,
            not_read: self.not_read,
            total: self.total,
            window: self.window.clone(),
        }
    }
}

fn state_of(mark: &Mark) -> RowState {
    match mark.at {
        Where::Shelf => RowState::NeedsAttention,
        Where::Waiting => RowState::OnThisPhone,
        Where::Sent(_) if mark.skip_reason.is_some() => RowState::Skipped,
        Where::Sent(_) => RowState::Received,
    }
}

fn official_of<'a>(point: &'a MeterPointRow, period: &str) -> Option<&'a OfficialRow> {
    point
        .official
        .iter()
        .find(|it| it.period == period && (it.kind == "regular" || it.kind.is_empty()))
}

fn is_closed(property: &PropertyRow, period: Period) -> bool {
    let period = period.to_string();
    property
        .periods
        .iter()
        .any(|it| it.period == period && it.state == "closed")
}

/// Days are ISO texts, so they compare as they stand.
fn tenant_on(point: &MeterPointRow, today: &str) -> Option<String> {
    let holds = |from: &str, to: Option<&str>| from <= today && to.is_none_or(|to| today <= to);
    let tenancy = point
        .tenancies
        .iter()
        .find(|it| holds(&it.from, it.to.as_deref()))?;
    Some(tenancy.name.clone())
}
