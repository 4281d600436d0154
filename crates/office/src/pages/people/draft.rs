//! What is typed into the form about a person.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::wire::people::{NewPerson, PersonMembers, PersonRow};
use shared::wire::session::RoleName;

/// The fields; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) username: RwSignal<String>,
    pub(super) full_name: RwSignal<String>,
    pub(super) role: RwSignal<RoleName>,
    pub(super) all_properties: RwSignal<bool>,
    pub(super) properties: RwSignal<BTreeSet<String>>,
    active: bool,
}

impl Draft {
    /// As the person is now, or of nobody.
    pub(super) fn of(row: Option<&PersonRow>) -> Self {
        let text = |get: fn(&PersonRow) -> &String| RwSignal::new(row.map(get).cloned().unwrap_or_default());
        let properties = row.map(|it| it.properties.iter().cloned().collect());
        Self {
            username: text(|it| &it.username),
            full_name: text(|it| &it.full_name),
            role: RwSignal::new(row.map_or(RoleName::Technician, |it| it.role)),
            all_properties: RwSignal::new(row.is_some_and(|it| it.all_properties)),
            properties: RwSignal::new(properties.unwrap_or_default()),
            active: row.is_none_or(|it| it.active),
        }
    }

    pub(super) fn members(self) -> PersonMembers {
        PersonMembers {
            full_name: self.full_name.get_untracked().trim().to_owned(),
            role: self.role.get_untracked(),
            active: self.active,
            all_properties: self.all_properties.get_untracked(),
            properties: self.properties.get_untracked().into_iter().collect(),
        }
    }

    pub(super) fn new_person(self) -> NewPerson {
        NewPerson {
            username: self.username.get_untracked().trim().to_owned(),
            members: self.members(),
        }
    }
}

/// What of a person can be changed, as it is now.
pub(super) fn members_of(row: &PersonRow) -> PersonMembers {
    PersonMembers {
        full_name: row.full_name.clone(),
        role: row.role,
        active: row.active,
        all_properties: row.all_properties,
        properties: row.properties.clone(),
    }
}
