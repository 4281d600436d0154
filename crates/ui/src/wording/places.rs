//! The name of a unit as people say it.

/// `101`, or `N 101` where the property has buildings, or `101 · T1` where the unit has two meters of one utility.
pub fn unit_name(building: &str, unit_no: &str, point: &str) -> String {
    let unit = if building.is_empty() {
        unit_no.to_owned()
    } else {
        format!("{building} {unit_no}")
    };
    if point.is_empty() {
        unit
    } else {
        format!("{unit} · {point}")
    }
}
