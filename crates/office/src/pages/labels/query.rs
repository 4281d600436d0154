//! The address and the filters: a link shows the same list.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use shared::wire::labels::LabelsQuery;

use crate::filter_address;

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Code of the property; empty for all.
    pub(super) property: String,
    /// `revoked`, `none`, `all`; empty for the valid ones.
    pub(super) state: String,
    /// What is searched.
    pub(super) q: String,
}

/// The filters of an address.
pub(super) fn query_of(address: &ParamsMap) -> Query {
    let part = |name: &str| address.get(name).unwrap_or_default();
    Query {
        property: part("property"),
        state: part("state"),
        q: part("q"),
    }
}

impl Query {
    /// As the server is asked for it.
    pub(super) fn to_wire(&self) -> LabelsQuery {
        let some = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
        LabelsQuery {
            property: some(&self.property),
            state: match self.state.as_str() {
                "" => some("active"),
                "all" => None,
                state => some(state),
            },
            q: some(&self.q),
            ..Default::default()
        }
    }

    fn address(&self) -> String {
        let parts = [
            ("property", &self.property),
            ("state", &self.state),
            ("q", &self.q),
        ];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        filter_address::address_of("/office/labels", parts.map(|(name, value)| (name, value.clone())))
    }
}

/// Puts filters into the address, in the place of the earlier ones.
pub(super) fn goes_to() -> impl Fn(Query) + Clone {
    let go = filter_address::goes_to();
    move |query: Query| go(&query.address())
}

/// A filter's present value, and the query with another one.
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
    fn without_a_word_the_valid_labels_are_asked_for() {
        assert_eq!(Query::default().to_wire().state.as_deref(), Some("active"));
        let all = Query {
            state: "all".into(),
            ..Query::default()
        };
        assert_eq!(all.to_wire().state, None);
    }

    #[test]
    fn an_address_holds_what_is_set() {
        let query = Query {
            property: "GC A".into(),
            q: "1&2".into(),
            ..Query::default()
        };
        assert_eq!(query.address(), "/office/labels?property=GC%20A&q=1%262");
    }
}
