//! What is told beside who, what and when, as one line.

use serde_json::Value;

use crate::wording::{Wording, locale};

/// Each member with its name.
pub(super) fn line(detail: &Value, wording: &Wording) -> String {
    let Value::Object(members) = detail else {
        return String::new();
    };
    let told = members.iter().filter_map(|(name, value)| {
        let value = text(value, wording)?;
        Some(format!("{}: {value}", wording.audit().detail_name(name)))
    });
    told.collect::<Vec<_>>().join(" · ")
}

fn text(value: &Value, wording: &Wording) -> Option<String> {
    let words = wording.audit();
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|it| !it.is_empty()),
        Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) => Some(number.as_i64().map_or_else(|| number.to_string(), locale::whole)),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().filter_map(|it| text(it, wording)).collect();
            Some(texts.join(", ")).filter(|it| !it.is_empty())
        }
        Value::Object(members) => match (members.get("from"), members.get("to")) {
            (Some(from), Some(to)) => {
                let side = |it: &Value| text(it, wording).unwrap_or_else(|| String::from("–"));
                Some(format!("{} → {}", side(from), side(to)))
            }
            _ => {
                let told = members.iter().filter_map(|(name, value)| {
                    Some(format!("{} {}", words.detail_name(name), text(value, wording)?))
                });
                Some(told.collect::<Vec<_>>().join(", "))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::wording::wording_of;

    #[test]
    fn a_change_is_told_as_what_was_and_what_is() {
        let detail = json!({ "role": { "from": "reviewer", "to": "admin" }, "properties": { "from": "all", "to": [] }, "x": null });
        let wording = wording_of(&ui::wording::ENGLISH);
        assert_eq!(
            line(&detail, wording),
            "properties: all → – · role: reviewer → admin"
        );
    }
}
