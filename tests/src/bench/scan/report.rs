//! The section of the document, as Markdown.

use scanner::Stage;

use super::corpus::{Case, Corpus, Group};
use super::looks::{Look, Looks, Outcome, outcome, times_of_ladder, times_of_stage};
use super::worker::InWorker;
use super::zxing::{Answers, Rival};
use crate::bench::figures::{percentile, short};

const STAGE_AIM_MS: f64 = 30.0;

/// Read, misread and of how many.
#[derive(Clone, Copy, Default)]
struct Count {
    read: usize,
    misread: usize,
    of: usize,
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        self.of += 1;
        self.read += usize::from(outcome == Outcome::Read);
        self.misread += usize::from(outcome == Outcome::Misread);
    }
}

/// The outcome of the picture with this number.
type Outcomes<'a> = Box<dyn Fn(usize, &Case) -> Outcome + 'a>;

/// The readers that are compared, each with its outcome for a picture.
struct Reader<'a> {
    name: String,
    outcome: Outcomes<'a>,
}

pub(super) fn section(corpus: &Corpus, rival: &Rival, native: &Looks, worker: &InWorker) -> String {
    let readers = readers(rival, native, &worker.looks);
    let mut text = beginning(corpus, rival, worker);
    if let Some(reason) = &corpus.photos_missing {
        text.push_str(&format!("\n{reason} Photos were left out.\n"));
    } else {
        text.push_str("\n### Photos\n\nRead of so many, turned by 0 / 90 / 180 / 270 degrees.\n\n");
        text.push_str(&photos(corpus, &readers));
    }
    text.push_str("\n### Drawn labels\n\nRead of so many, from easy to hopeless.\n\n");
    text.push_str(&drawn(corpus, &readers));
    text.push_str("\n### Misread\n\n");
    text.push_str(&misread(corpus, &readers, native));
    text.push_str("\n### Time of a stage and frame\n\nMilliseconds on the drawn frames of 1280 x 720, median / p95 / most. ");
    text.push_str("In the worker it is what looking takes there, the change to grey included; answered: from handing over the pixels to the answer, with what the browser does meanwhile.\n\n");
    text.push_str(&times(corpus, native, &worker.looks));
    if let Rival::Asked(answers) = rival {
        text.push_str(&format!(
            "\nzxing-cpp, all it tries at once: {}.\n",
            rival_times(corpus, answers)
        ));
    }
    text
}

fn beginning(corpus: &Corpus, rival: &Rival, worker: &InWorker) -> String {
    let photos = corpus
        .cases
        .iter()
        .filter(|case| matches!(case.group, Group::Photos { .. }))
        .count();
    let drawn = corpus.cases.len() - photos;
    let rival = match rival {
        Rival::Asked(answers) => format!("zxing-cpp {} with all that it can try", answers.version),
        Rival::Missing(reason) => reason.clone(),
    };
    format!(
        "{photos} photos (a quarter of them in each rotation) and {drawn} drawn frames, each once, one after the other: {rival}; the \
         scanner natively; the scanner in its worker in headless {}. The first stage alone stands for a scanner without a ladder. \
         A picture counts as misread when the first text that a reader gives is another than the one beside the picture; of \
         several texts that zxing-cpp gives for a picture one that is right is enough.\n",
        worker.browser
    )
}

fn readers<'a>(rival: &'a Rival, native: &'a Looks, worker: &'a Looks) -> Vec<Reader<'a>> {
    let of = |looks: &'a Looks, stages: usize| {
        move |at: usize, case: &Case| outcome(case, first(&looks[at], stages))
    };
    let mut readers = vec![
        Reader {
            name: "Meterline, native".to_owned(),
            outcome: Box::new(of(native, usize::MAX)),
        },
        Reader {
            name: "Meterline, in the worker".to_owned(),
            outcome: Box::new(of(worker, usize::MAX)),
        },
        Reader {
            name: "first stage alone".to_owned(),
            outcome: Box::new(of(native, 1)),
        },
    ];
    if let Rival::Asked(answers) = rival {
        readers.push(Reader {
            name: "zxing-cpp".to_owned(),
            outcome: Box::new(|at, case| answers.looks[at].outcome(case)),
        });
    }
    readers
}

fn first(looks: &[Look], stages: usize) -> &[Look] {
    &looks[..stages.min(looks.len())]
}

fn count(corpus: &Corpus, reader: &Reader<'_>, of: impl Fn(&Group) -> bool) -> Count {
    let mut count = Count::default();
    for (at, case) in corpus.cases.iter().enumerate() {
        if of(&case.group) {
            count.add((reader.outcome)(at, case));
        }
    }
    count
}

fn photos(corpus: &Corpus, readers: &[Reader<'_>]) -> String {
    let mut sets: Vec<&str> = Vec::new();
    for group in corpus.groups() {
        if let Group::Photos { set, .. } = group
            && !sets.contains(&set.as_str())
        {
            sets.push(set);
        }
    }
    let mut text = heading("set", readers);
    for set in sets {
        let cell = |reader: &Reader<'_>, degrees: u32| {
            count(corpus, reader, |group| {
                *group
                    == Group::Photos {
                        set: set.to_owned(),
                        degrees,
                    }
            })
        };
        let of = cell(&readers[0], 0).of;
        let cells: Vec<String> = readers
            .iter()
            .map(|reader| {
                [0, 90, 180, 270]
                    .map(|degrees| cell(reader, degrees).read.to_string())
                    .join(" / ")
            })
            .collect();
        text.push_str(&format!("| {set} ({of}) | {} |\n", cells.join(" | ")));
    }
    text.push_str(&total(corpus, readers, |group| {
        matches!(group, Group::Photos { .. })
    }));
    text
}

fn drawn(corpus: &Corpus, readers: &[Reader<'_>]) -> String {
    let mut text = heading("condition", readers);
    for group in corpus.groups() {
        if let Group::Drawn(name) = group {
            let counts: Vec<Count> = readers
                .iter()
                .map(|reader| count(corpus, reader, |it| it == group))
                .collect();
            let cells: Vec<String> = counts.iter().map(|it| it.read.to_string()).collect();
            text.push_str(&format!(
                "| {name} ({}) | {} |\n",
                counts[0].of,
                cells.join(" | ")
            ));
        }
    }
    text.push_str(&total(corpus, readers, |group| matches!(group, Group::Drawn(_))));
    text
}

fn heading(first: &str, readers: &[Reader<'_>]) -> String {
    let names: Vec<&str> = readers.iter().map(|reader| reader.name.as_str()).collect();
    format!(
        "| {first} | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    )
}

fn total(corpus: &Corpus, readers: &[Reader<'_>], of: impl Fn(&Group) -> bool) -> String {
    let counts: Vec<Count> = readers.iter().map(|reader| count(corpus, reader, &of)).collect();
    let cells: Vec<String> = counts
        .iter()
        .map(|it| {
            let share = it.read as f64 / it.of.max(1) as f64 * 100.0;
            format!("**{}** ({share:.1} %), misread {}", it.read, it.misread)
        })
        .collect();
    format!("| **all ({})** | {} |\n", counts[0].of, cells.join(" | "))
}

/// The ladder, and each stage for itself: in a video any of them may be the first to answer.
fn misread(corpus: &Corpus, readers: &[Reader<'_>], native: &Looks) -> String {
    let mut lines = Vec::new();
    for reader in readers {
        let all = count(corpus, reader, |_| true);
        lines.push(format!("- {}: {} of {}", reader.name, all.misread, all.of));
    }
    let mut other_texts = Vec::new();
    for (stage, name) in Stage::ALL.iter().enumerate() {
        for (case, looks) in corpus.cases.iter().zip(native) {
            if let Some(text) = looks[stage].text.as_ref().filter(|text| **text != case.text) {
                other_texts.push(format!(
                    "{name:?} {:?}: {:?} for {:?}",
                    case.group, text, case.text
                ));
            }
        }
    }
    lines.push(format!(
        "- any stage of ours for itself: {} of {} looks",
        other_texts.len(),
        corpus.cases.len() * Stage::ALL.len()
    ));
    lines.extend(other_texts.iter().map(|text| format!("  - {text}")));
    lines.join("\n") + "\n"
}

fn times(corpus: &Corpus, native: &Looks, worker: &Looks) -> String {
    let mut text =
        format!("| stage | native | in the worker (aim {STAGE_AIM_MS}) | answered |\n|---|---|---|---|\n");
    let (looking, answered) = (|look: &Look| look.ms, |look: &Look| look.answered_ms);
    for (stage, name) in Stage::ALL.iter().enumerate() {
        let in_worker = times_of_stage(corpus, worker, stage, looking);
        let most = in_worker.last().copied().unwrap_or_default();
        let verdict = if most <= STAGE_AIM_MS { "reached" } else { "missed" };
        text.push_str(&format!(
            "| {name:?} | {} | {} ({verdict}) | {} |\n",
            three(&times_of_stage(corpus, native, stage, looking)),
            three(&in_worker),
            three(&times_of_stage(corpus, worker, stage, answered))
        ));
    }
    text.push_str(&format!(
        "| whole ladder until it reads, photos and drawn frames | {} | {} | {} |\n",
        three(&times_of_ladder(native, looking)),
        three(&times_of_ladder(worker, looking)),
        three(&times_of_ladder(worker, answered))
    ));
    text
}

fn rival_times(corpus: &Corpus, answers: &Answers) -> String {
    let drawn = |case: &Case| matches!(case.group, Group::Drawn(_));
    let mut times: Vec<f64> = corpus
        .cases
        .iter()
        .zip(&answers.looks)
        .filter(|(case, _)| drawn(case))
        .map(|(_, look)| look.ms)
        .collect();
    times.sort_by(f64::total_cmp);
    three(&times)
}

fn three(sorted: &[f64]) -> String {
    let most = sorted.last().copied().unwrap_or_default();
    [percentile(sorted, 0.5), percentile(sorted, 0.95), most]
        .map(short)
        .join(" / ")
}
