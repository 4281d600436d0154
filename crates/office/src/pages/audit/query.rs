//! The address and the filters: a link shows the same list.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use shared::wire::audit::AuditQuery;
use ui::local_day;

use crate::filter_address;

/// What is asked for; days as the reader's clock cuts them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// The filters of an address.
pub(super) fn query_of(address: &ParamsMap) -> Query {
    let part = |name: &str| address.get(name).unwrap_or_default();
    Query {
        actor: part("actor"),
        action: part("action"),
        subject: part("subject"),
        from: part("from"),
        to: part("to"),
    }
}

impl Query {
    /// As the server is asked for it.
    pub(super) fn to_wire(&self) -> AuditQuery {
        let some = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
        AuditQuery {
            actor: some(&self.actor),
            action: some(&self.action),
            subject: some(&self.subject),
            from: local_day::begins(&self.from).map(|it| it.to_rfc3339()),
            to: local_day::ends(&self.to).map(|it| it.to_rfc3339()),
            ..AuditQuery::default()
        }
    }

    pub(super) fn is_set(&self) -> bool {
        *self != Self::default()
    }

    fn address(&self) -> String {
        let parts = [
            ("actor", &self.actor),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        filter_address::address_of("/office/audit", parts.map(|(name, value)| (name, value.clone())))
    }
}

/// Puts filters into the address, in the place of the earlier ones.
pub(super) fn goes_to() -> impl Fn(Query) + Clone {
    let go = filter_address::goes_to();
    move |query: Query| go(&query.address())
}

/// The query with another filter.
pub(super) fn changed(query: Memo<Query>, change: impl FnOnce(&mut Query)) -> Query {
    let mut query = query.get_untracked();
    change(&mut query);
    query
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn an_address_holds_what_is_set_and_a_day_ends_with_its_last_moment() {
        let query = Query {
            actor: "ana".into(),
            from: "2026-11-27".into(),
            to: "2026-11-27".into(),
            ..Query::default()
        };
        assert_eq!(
            query.address(),
            "/office/audit?actor=ana&from=2026-11-27&to=2026-11-27"
        );
        let wire = query.to_wire();
        assert!(wire.from < wire.to, "{wire:?}");
    }
}
