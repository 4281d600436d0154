//! What the page shows: the people that were loaded, the one that is looked at, and what is done about them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::labels::LabelProperty;
use shared::wire::people::{EnrolmentCode, FirstPassword, PeoplePage, PeopleQuery, PersonMembers, PersonRow};
use ui::api::ApiError;

use crate::adapters::{passkeys, people};
use crate::components::outcome::Outcome;
use crate::wording::{Wording, use_wording};

/// What lies over the list.
#[derive(Clone)]
pub(super) enum Shown {
    /// The form for somebody new.
    New,
    /// The form for somebody who is there.
    Change(Arc<PersonRow>),
    /// A first password, which the server told this once.
    Password(Arc<FirstPassword>),
    /// A code for a phone.
    Code(Arc<PersonRow>, Arc<EnrolmentCode>),
}

/// What has to be agreed to first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Reset,
    Passkeys,
    Deactivate,
}

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<PeopleQuery>,
    pub(super) rows: RwSignal<Vec<Arc<PersonRow>>>,
    next: RwSignal<Option<String>>,
    pub(super) properties: RwSignal<Vec<LabelProperty>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Who is looked at.
    pub(super) cursor: RwSignal<Option<String>>,
    pub(super) shown: RwSignal<Option<Shown>>,
    pub(super) asking: RwSignal<Option<(Ask, Arc<PersonRow>)>>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// What handlers of events say: they run where no context is.
    wording: &'static Wording,
}

impl Store {
    /// Loads the first page, and again whenever the filters change.
    pub(super) fn begin(query: Memo<PeopleQuery>) -> Self {
        let store = Self {
            query,
            rows: RwSignal::default(),
            next: RwSignal::default(),
            properties: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            shown: RwSignal::default(),
            asking: RwSignal::default(),
            outcome: RwSignal::default(),
            wording: use_wording(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.load(None);
        });
        store
    }

    /// Who is looked at.
    pub(super) fn chosen(self) -> Option<Arc<PersonRow>> {
        let cursor = self.cursor.get_untracked()?;
        self.rows
            .with_untracked(|rows| rows.iter().find(|it| it.id == cursor).cloned())
    }

    /// Looks at another row.
    pub(super) fn step(self, by: isize) {
        let next = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            let now = rows.iter().position(|it| Some(&it.id) == cursor.as_ref())?;
            let place = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
            rows.get(place).map(|it| it.id.clone())
        });
        if next.is_some() {
            self.cursor.set(next);
        }
    }

    /// There is more below.
    pub(super) fn has_more(self) -> bool {
        self.next.read().is_some()
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        if let Some(after) = self.next.get_untracked() {
            self.load(Some(after));
        }
    }

    /// Loads from the top, or behind a row.
    pub(super) fn load(self, after: Option<String>) {
        self.loading.set(true);
        let asked = self.query.get_untracked();
        let query = PeopleQuery {
            after,
            ..asked.clone()
        };
        spawn_local(async move {
            let answer = people::people(&query).await;
            // The page was left, or the filters are others by now.
            if self.query.try_get_untracked() != Some(asked) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => self.take(query.after.is_some(), page),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    fn take(self, below: bool, page: PeoplePage) {
        self.trouble.set(None);
        self.next.set(page.next);
        self.properties.set(page.properties);
        let new = page.rows.into_iter().map(Arc::new);
        if below {
            self.rows.update(|rows| rows.extend(new));
            return;
        }
        let new: Vec<Arc<PersonRow>> = new.collect();
        let cursor = self.cursor.get_untracked();
        if !new.iter().any(|it| Some(&it.id) == cursor.as_ref()) {
            self.cursor.set(new.first().map(|it| it.id.clone()));
        }
        self.rows.set(new);
    }

    /// Somebody was added, or has a new password: it is shown this once.
    pub(super) fn tell_password(self, told: FirstPassword) {
        self.cursor.set(Some(told.person.id.clone()));
        self.shown.set(Some(Shown::Password(Arc::new(told))));
        self.load(None);
    }

    /// Gives the person a new first password.
    pub(super) fn reset_password(self, row: Arc<PersonRow>) {
        self.outcome.set(None);
        spawn_local(async move {
            match people::reset_password(&row.id).await {
                Ok(told) => self.tell_password(told),
                Err(error) => drop(self.outcome.try_set(Some(Err(error)))),
            }
        });
    }

    /// Takes the person's passkeys away.
    pub(super) fn remove_passkeys(self, row: Arc<PersonRow>) {
        self.outcome.set(None);
        spawn_local(async move {
            let words = self.wording.passkeys();
            let answer = passkeys::remove_all_of(&row.id).await;
            let said = answer.map(|()| (words.of_person_removed)(&row.username));
            if self.outcome.try_set(Some(said)).is_none() {
                self.load(None);
            }
        });
    }

    /// Makes the person active, or not.
    pub(super) fn set_active(self, row: Arc<PersonRow>, active: bool) {
        let members = PersonMembers {
            active,
            ..super::draft::members_of(&row)
        };
        self.outcome.set(None);
        spawn_local(async move {
            let words = self.wording.people();
            let said = if active {
                words.reactivated
            } else {
                words.deactivated
            };
            let answer = people::change(&row.id, &members).await;
            let is_gone = self.outcome.try_set(Some(answer.map(|it| said(&it.username))));
            if is_gone.is_none() {
                self.load(None);
            }
        });
    }

    /// Shows a code for a phone of this person.
    pub(super) fn show_code(self, row: Arc<PersonRow>) {
        self.outcome.set(None);
        spawn_local(async move {
            match people::show_code(&row.id).await {
                Ok(code) => drop(self.shown.try_set(Some(Shown::Code(row, Arc::new(code))))),
                Err(error) => drop(self.outcome.try_set(Some(Err(error)))),
            }
        });
    }

    /// The code that is shown is no good any more.
    pub(super) fn take_code_back(self, row: Arc<PersonRow>) {
        self.shown.set(None);
        spawn_local(async move {
            let words = self.wording.people();
            let answer = people::take_code_back(&row.id).await;
            self.outcome
                .try_set(Some(answer.map(|()| (words.taken_back)(&row.username))));
        });
    }
}
