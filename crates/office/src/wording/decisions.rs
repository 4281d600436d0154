//! Sentences about what the office decides.

use super::Wording;
use super::locale::whole;

/// Decisions in one language.
pub(crate) struct Decisions {
    pub(crate) approve: &'static str,
    pub(crate) approve_clean: fn(i64) -> String,
    pub(crate) approved: fn(&str) -> String,
    /// How many were approved, and how many were not.
    pub(crate) approved_all: fn(usize, usize) -> String,
    pub(crate) undo: fn(usize) -> String,
    pub(crate) undone: fn(usize, usize) -> String,
    pub(crate) correct: &'static str,
    pub(crate) correct_from: fn(&str) -> String,
    pub(crate) correct_why: &'static str,
    pub(crate) correct_value_wrong: &'static str,
    pub(crate) reason_needed: &'static str,
    pub(crate) corrected: fn(&str, &str) -> String,
    pub(crate) history: &'static str,
    /// What was done, by its name on the wire.
    pub(crate) step: &'static [(&'static str, &'static str)],
}

impl Wording {
    /// Decisions.
    pub(crate) fn decisions(&self) -> &'static Decisions {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Decisions = Decisions {
    approve: "Approve",
    approve_clean: |count| format!("Approve {} without a flag", whole(count)),
    approved: |place| format!("{place} is approved."),
    approved_all: |done, refused| match refused {
        0 => format!("Approved: {}.", whole(done)),
        _ => format!(
            "Approved: {}. Not approved, as they have changed: {}.",
            whole(done),
            whole(refused)
        ),
    },
    undo: |count| match count {
        1 => "Undo approval".into(),
        _ => format!("Undo {} approvals", whole(count)),
    },
    undone: |done, refused| match refused {
        0 => format!("Approvals undone: {}.", whole(done)),
        _ => format!(
            "Approvals undone: {}. Something else has happened since to: {}.",
            whole(done),
            whole(refused)
        ),
    },
    correct: "Correct",
    correct_from: |value| format!("What is right in the place of {value}?"),
    correct_why: "Why? The technician sees this too.",
    correct_value_wrong: "Type the value as the meter shows it.",
    reason_needed: "Say why in a few words.",
    corrected: |place, value| format!("{place} is corrected to {value}. The original stays in its history."),
    history: "Decisions",
    step: &[
        ("approve", "Approved"),
        ("take_back", "Approval undone"),
        ("send_back", "Sent back"),
        ("correct", "Corrected"),
        ("book", "Booked"),
        ("dismiss", "Dismissed"),
        ("keep_first", "First value kept"),
        ("take_second", "Second value taken"),
        ("keep_both", "Both values kept"),
    ],
};

static SPANISH: Decisions = Decisions {
    approve: "Aprobar",
    approve_clean: |count| format!("Aprobar {} sin aviso", whole(count)),
    approved: |place| format!("{place} está aprobada."),
    approved_all: |done, refused| match refused {
        0 => format!("Aprobadas: {}.", whole(done)),
        _ => format!(
            "Aprobadas: {}. Sin aprobar, porque han cambiado: {}.",
            whole(done),
            whole(refused)
        ),
    },
    undo: |count| match count {
        1 => "Deshacer la aprobación".into(),
        _ => format!("Deshacer {} aprobaciones", whole(count)),
    },
    undone: |done, refused| match refused {
        0 => format!("Aprobaciones deshechas: {}.", whole(done)),
        _ => format!(
            "Aprobaciones deshechas: {}. Entretanto ha pasado otra cosa con: {}.",
            whole(done),
            whole(refused)
        ),
    },
    correct: "Corregir",
    correct_from: |value| format!("¿Qué es lo correcto en lugar de {value}?"),
    correct_why: "¿Por qué? El técnico también lo ve.",
    correct_value_wrong: "Escriba el valor como lo muestra el medidor.",
    reason_needed: "Diga por qué, en pocas palabras.",
    corrected: |place, value| format!("{place} está corregida a {value}. La original queda en su historia."),
    history: "Decisiones",
    step: &[
        ("approve", "Aprobada"),
        ("take_back", "Aprobación deshecha"),
        ("send_back", "Devuelta"),
        ("correct", "Corregida"),
        ("book", "Registrada"),
        ("dismiss", "Descartada"),
        ("keep_first", "Se queda el primer valor"),
        ("take_second", "Se toma el segundo valor"),
        ("keep_both", "Se quedan los dos valores"),
    ],
};
