//! Every fault, with where it is.

use leptos::prelude::*;
use shared::wire::imports::{ImportFault, ImportProblem};
use ui::components::notice::{Notice, Tone};

use crate::wording::{Wording, locale, use_wording};

/// The faults, as far as the server lists them.
#[component]
pub(super) fn Faults(problem: ImportProblem) -> impl IntoView {
    let wording = use_wording();
    let words = wording.import();
    let (shown, all) = (problem.faults.len(), problem.faults_total);
    let cut = ((shown as u64) < all).then(|| view! { <p>{(words.first_faults)(shown, all)}</p> });
    let rows = problem
        .faults
        .iter()
        .map(|fault| row(fault, wording))
        .collect_view();
    view! {
        <div class="stack" data-testid="import-faults" data-count=all.to_string()>
            <Notice tone=Tone::Bad>
                <p class="strong">{(words.faults)(all)}</p>
                <p>{words.faults_hint}</p>
                {cut}
            </Notice>
            <table class="table table--plain card-table">
                <thead>
                    <tr>
                        <th scope="col">{words.file}</th>
                        <th scope="col" class="table__number">{words.line}</th>
                        <th scope="col">{words.column}</th>
                        <th scope="col">{words.cause}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(fault: &ImportFault, wording: &Wording) -> impl IntoView + use<> {
    view! {
        <tr data-testid="import-fault" data-file=fault.file.clone() data-line=fault.line.to_string() data-code=fault.code.clone()>
            <td class="strong">{fault.file.clone()}</td>
            <td class="number table__number">{locale::whole(fault.line)}</td>
            <td>{fault.column.clone()}</td>
            <td class="table__wrap">{wording.import_fault(fault)}</td>
        </tr>
    }
}
