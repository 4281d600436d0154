//! Lists as one bound text, read with `json_each($n)`: `atom` is each element's text.

use serde::Serialize;

/// The list as JSON. What we bind are strings, numbers and flat structs: they can't fail to serialise.
pub fn json_list<T: Serialize>(elements: impl IntoIterator<Item = T>) -> String {
    let elements: Vec<T> = elements.into_iter().collect();
    serde_json::to_string(&elements).unwrap_or_else(|_| String::from("[]"))
}
