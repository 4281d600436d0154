//! What the page of labels says, on the labels and above them.

use shared::label_sheet::{Millimetres, SheetLayout};

/// One language.
#[derive(Debug)]
pub struct Wording {
    /// Its tag.
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) back: &'static str,
    pub(super) none: &'static str,
    pub(super) electricity: &'static str,
    pub(super) water: &'static str,
    pub(super) gas: &'static str,
    labels: fn(usize, usize) -> String,
    sheet: fn(&str) -> String,
    roll: fn(&str) -> String,
}

/// The language with this tag; English when there is none.
pub fn wording(tag: &str) -> &'static Wording {
    match tag {
        "es" => &SPANISH,
        _ => &ENGLISH,
    }
}

impl Wording {
    /// How many labels on how many sheets.
    pub(super) fn labels(&self, labels: usize, sheets: usize) -> String {
        (self.labels)(labels, sheets)
    }

    /// How to print them so that they meet the labels on the paper.
    pub(super) fn how(&self, layout: &SheetLayout) -> String {
        let size = format!(
            "{} × {} mm",
            Millimetres(layout.paper_width_um),
            Millimetres(layout.paper_height_um)
        );
        if layout.paper.is_empty() {
            (self.roll)(&size)
        } else {
            (self.sheet)(&format!("{} ({size})", layout.paper))
        }
    }

    /// The utility; another one as it is called in the books.
    pub(super) fn utility<'a>(&self, name: &'a str) -> &'a str {
        match name {
            "electricity" => self.electricity,
            "water" => self.water,
            "gas" => self.gas,
            other => other,
        }
    }
}

static ENGLISH: Wording = Wording {
    tag: "en",
    title: "Labels",
    back: "Back to the labels",
    none: "No valid label fits.",
    electricity: "Electricity",
    water: "Water",
    gas: "Gas",
    labels: |labels, sheets| {
        let noun = if labels == 1 { "label" } else { "labels" };
        let sheet = if sheets == 1 { "sheet" } else { "sheets" };
        format!("{labels} {noun} on {sheets} {sheet}")
    },
    sheet: |size| {
        format!(
            "Print this page (Ctrl+P) on {size} at 100 % (“actual size”), margins “none”. Print one sheet on plain paper \
             first and hold it behind the labels against the light."
        )
    },
    roll: |size| {
        format!(
            "Print this page (Ctrl+P) on the label printer, size {size}, at 100 % (“actual size”), margins “none”."
        )
    },
};

static SPANISH: Wording = Wording {
    tag: "es",
    title: "Etiquetas",
    back: "Volver a las etiquetas",
    none: "No hay ninguna etiqueta válida.",
    electricity: "Electricidad",
    water: "Agua",
    gas: "Gas",
    labels: |labels, sheets| {
        let noun = if labels == 1 { "etiqueta" } else { "etiquetas" };
        let sheet = if sheets == 1 { "hoja" } else { "hojas" };
        format!("{labels} {noun} en {sheets} {sheet}")
    },
    sheet: |size| {
        format!(
            "Imprima esta página (Ctrl+P) en {size} al 100 % («tamaño real»), márgenes «ninguno». Imprima primero una \
             hoja en papel normal y póngala detrás de las etiquetas, a contraluz."
        )
    },
    roll: |size| {
        format!(
            "Imprima esta página (Ctrl+P) en la impresora de etiquetas, tamaño {size}, al 100 % («tamaño real»), \
             márgenes «ninguno»."
        )
    },
};
