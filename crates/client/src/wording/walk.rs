//! Sentences of walking: where to go next, what is dangerous there, what of the round is shown, and in which order.

use super::Wording;
use super::locale::whole;

/// Walking in one language.
pub(crate) struct Walk {
    pub(crate) next: fn(&str) -> String,
    pub(crate) hazard: fn(&str) -> String,
    pub(crate) filters: &'static str,
    pub(crate) read: fn(usize) -> String,
    pub(crate) not_readable: fn(usize) -> String,
    pub(crate) again: fn(usize) -> String,
    pub(crate) hazards: fn(usize) -> String,
    pub(crate) visited_of: fn(usize, usize) -> String,
    pub(crate) of_which_not_read: fn(usize) -> String,
    /// First day of the reading window.
    pub(crate) read_from: fn(&str) -> String,
    /// Its last day.
    pub(crate) read_by: fn(&str) -> String,
    pub(crate) order: &'static str,
    pub(crate) order_of: fn(&str) -> String,
    pub(crate) order_hint: &'static str,
    pub(crate) picked: fn(&str) -> String,
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) go_next: &'static str,
    pub(crate) put_after: &'static str,
    pub(crate) tap_before: fn(&str) -> String,
    pub(crate) stands: fn(&str, usize, usize) -> String,
    pub(crate) not_kept: &'static str,
    pub(crate) waits: &'static str,
}

impl Wording {
    /// Walking.
    pub(crate) fn walk(&self) -> &'static Walk {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Walk = Walk {
    next: |unit| format!("Next: {unit}"),
    hazard: |what| format!("Hazard: {what}"),
    filters: "Show",
    read: |n| format!("Read {}", whole(n)),
    not_readable: |n| format!("Not read {}", whole(n)),
    again: |n| format!("Read again {}", whole(n)),
    hazards: |n| format!("Hazard {}", whole(n)),
    visited_of: |done, total| format!("{} of {} visited", whole(done), whole(total)),
    of_which_not_read: |n| format!("{} not read", whole(n)),
    read_from: |day| format!("read from {day}"),
    read_by: |day| format!("read by {day}"),
    order: "Walking order",
    order_of: |property| format!("Walking order of {property}"),
    order_hint: "Tap the unit that stands in the wrong place.",
    picked: |unit| format!("Move {unit}"),
    up: "Up",
    down: "Down",
    go_next: "Do it next",
    put_after: "Put after …",
    tap_before: |unit| format!("Tap the unit that {unit} comes after."),
    stands: |unit, place, of| format!("{unit} is now {} of {}", whole(place), whole(of)),
    not_kept: "This phone could not store the order. Free some space and try again.",
    waits: "Kept on this phone. The office gets it with the next sync.",
};

static SPANISH: Walk = Walk {
    next: |unit| format!("Siguiente: {unit}"),
    hazard: |what| format!("Peligro: {what}"),
    filters: "Mostrar",
    read: |n| format!("Leídas {}", whole(n)),
    not_readable: |n| format!("No leídas {}", whole(n)),
    again: |n| format!("Leer de nuevo {}", whole(n)),
    hazards: |n| format!("Peligro {}", whole(n)),
    visited_of: |done, total| format!("{} de {} visitadas", whole(done), whole(total)),
    of_which_not_read: |n| format!("{} sin leer", whole(n)),
    read_from: |day| format!("desde el {day}"),
    read_by: |day| format!("hasta el {day}"),
    order: "Orden de recorrido",
    order_of: |property| format!("Orden de recorrido de {property}"),
    order_hint: "Toque la unidad que está en el lugar equivocado.",
    picked: |unit| format!("Mover {unit}"),
    up: "Subir",
    down: "Bajar",
    go_next: "Ahora esta",
    put_after: "Poner tras …",
    tap_before: |unit| format!("Toque la unidad tras la que va {unit}."),
    stands: |unit, place, of| format!("{unit} es ahora la {} de {}", whole(place), whole(of)),
    not_kept: "Este teléfono no pudo guardar el orden. Libere espacio y pruebe de nuevo.",
    waits: "Guardado en este teléfono. La oficina lo recibe con el próximo envío.",
};
