//! What each stage of the scanner's ladder made of each picture.

use std::time::Instant;

use anyhow::Result;
use scanner::{Stage, decode};
use serde::Deserialize;

use super::corpus::{Case, Corpus, Group};

/// One stage on one picture.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Look {
    pub(super) text: Option<String>,
    /// What looking took.
    pub(super) ms: f64,
    /// The same until whoever asked had the answer.
    pub(super) answered_ms: f64,
}

/// The stages of each picture, in the order of the ladder.
pub(super) type Looks = Vec<Vec<Look>>;

/// How a picture was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Read,
    Misread,
    Missed,
}

/// Reads every picture with every stage on this machine.
pub(super) fn native(corpus: &Corpus) -> Result<Looks> {
    corpus.cases.iter().map(|case| looks(corpus, case)).collect()
}

fn looks(corpus: &Corpus, case: &Case) -> Result<Vec<Look>> {
    let gray = corpus.gray(case)?;
    let look = |stage| {
        let begin = Instant::now();
        let text = decode(stage, &gray);
        let ms = begin.elapsed().as_secs_f64() * 1_000.0;
        Look {
            text,
            ms,
            answered_ms: ms,
        }
    };
    Ok(Stage::ALL.into_iter().map(look).collect())
}

/// The ladder ends at the first stage that reads anything.
pub(super) fn outcome(case: &Case, looks: &[Look]) -> Outcome {
    match looks.iter().find_map(|look| look.text.as_ref()) {
        Some(text) if *text == case.text => Outcome::Read,
        Some(_) => Outcome::Misread,
        None => Outcome::Missed,
    }
}

/// Times of one stage on all drawn frames, sorted.
pub(super) fn times_of_stage(
    corpus: &Corpus,
    looks: &Looks,
    stage: usize,
    time: impl Fn(&Look) -> f64,
) -> Vec<f64> {
    let drawn = |case: &Case| matches!(case.group, Group::Drawn(_));
    let mut times: Vec<f64> = corpus
        .cases
        .iter()
        .zip(looks)
        .filter(|(case, _)| drawn(case))
        .filter_map(|(_, looks)| Some(time(looks.get(stage)?)))
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

/// Times from the first stage to the one that reads, or to the last: what a photo takes.
pub(super) fn times_of_ladder(looks: &Looks, time: impl Fn(&Look) -> f64) -> Vec<f64> {
    let mut times: Vec<f64> = looks
        .iter()
        .map(|looks| {
            let until = looks.iter().position(|look| look.text.is_some());
            let tried = until.map_or(looks.len(), |stage| stage + 1);
            looks.iter().take(tried).map(&time).sum()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}
