//! What lies between phone and server.

use super::chance::Chance;
use super::server::Answer;
use super::settings::Settings;
use super::table::Fault;

/// The link of one phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weather {
    /// Quick and whole.
    Clear,
    /// Slow, loses, duplicates, reorders.
    Bad,
    /// Nothing gets through.
    Down,
    /// Up for a second, down for two, since this moment.
    Flapping { since_ms: u64 },
    /// Somebody else's sign-in page answers everything.
    Portal,
    /// The proxy in front of the server gives up on the answer.
    BadProxy,
}

/// One period of a flapping link: up, then down.
const FLAP_MS: u64 = 3_000;
const FLAP_UP_MS: u64 = 1_000;

/// What becomes of one request.
#[derive(Debug, Clone, Default)]
pub(super) struct Fate {
    /// When copies of it reach the server; none: never.
    pub(super) arrivals_ms: Vec<u64>,
    /// The way back; `None`: the answer is lost.
    pub(super) back_ms: Option<u64>,
    /// Somebody on the way answers instead of the server.
    pub(super) replaced: Option<Answer>,
    /// Somebody answers before the request has reached the server.
    pub(super) intercepted: Option<Answer>,
    pub(super) faults: Vec<Fault>,
}

impl Weather {
    pub(super) fn draw(settings: &Settings, chance: &mut Chance, now_ms: u64) -> Self {
        if settings.herd.is_some() && chance.percent(90) {
            return Self::Down;
        }
        if settings.fair && chance.percent(95) {
            return Self::Clear;
        }
        match chance.below(10) {
            0..=2 => Self::Clear,
            3..=5 => Self::Bad,
            6 => Self::Down,
            7 => Self::Flapping { since_ms: now_ms },
            8 => Self::Portal,
            _ => Self::BadProxy,
        }
    }

    /// Whether a packet gets through at this moment.
    fn is_up(self, now_ms: u64) -> bool {
        match self {
            Self::Down => false,
            Self::Flapping { since_ms } => now_ms.saturating_sub(since_ms) % FLAP_MS < FLAP_UP_MS,
            Self::Clear | Self::Bad | Self::Portal | Self::BadProxy => true,
        }
    }

    pub(super) fn fate(self, settings: &Settings, chance: &mut Chance, now_ms: u64) -> Fate {
        let quick = |chance: &mut Chance| chance.between(2, 60);
        match self {
            Self::Clear => Fate {
                arrivals_ms: vec![quick(chance)],
                back_ms: Some(quick(chance)),
                ..Fate::default()
            },
            Self::Bad => bad(settings, chance),
            Self::Down => Fate {
                faults: vec![Fault::LinkDown],
                ..Fate::default()
            },
            Self::Flapping { .. } => self.flapping(chance, now_ms),
            Self::Portal => Fate {
                back_ms: Some(quick(chance)),
                intercepted: Some(portal(chance)),
                faults: vec![Fault::Portal],
                ..Fate::default()
            },
            Self::BadProxy => Fate {
                arrivals_ms: vec![quick(chance)],
                back_ms: Some(quick(chance)),
                replaced: chance.percent(60).then(|| Answer::page(502)),
                faults: vec![Fault::ProxyFails],
                ..Fate::default()
            },
        }
    }

    fn flapping(self, chance: &mut Chance, now_ms: u64) -> Fate {
        let (there_ms, back_ms) = (chance.between(2, 60), chance.between(2, 60));
        if !self.is_up(now_ms) || !self.is_up(now_ms + there_ms) {
            return Fate {
                faults: vec![Fault::LinkFlaps],
                ..Fate::default()
            };
        }
        let answered = self.is_up(now_ms + there_ms + back_ms);
        let faults = if answered {
            Vec::new()
        } else {
            vec![Fault::LinkFlaps]
        };
        Fate {
            arrivals_ms: vec![there_ms],
            back_ms: answered.then_some(back_ms),
            faults,
            ..Fate::default()
        }
    }
}

fn bad(settings: &Settings, chance: &mut Chance) -> Fate {
    let delay = |chance: &mut Chance| chance.between(1, settings.delay_max_ms);
    if chance.percent(settings.loss / 2) {
        return Fate {
            faults: vec![Fault::RequestLost],
            ..Fate::default()
        };
    }
    let mut fate = Fate {
        arrivals_ms: vec![delay(chance)],
        back_ms: Some(delay(chance)),
        ..Fate::default()
    };
    if chance.percent(settings.duplicates) {
        fate.arrivals_ms.push(delay(chance) + chance.below(30_000));
        fate.faults.push(Fault::Duplicated);
    }
    if chance.percent(settings.loss / 2) {
        fate.back_ms = None;
        fate.faults.push(Fault::AnswerLost);
    }
    fate
}

fn portal(chance: &mut Chance) -> Answer {
    match chance.below(4) {
        0 => Answer {
            redirected: true,
            ..Answer::page(200)
        },
        1 => Answer {
            body: Vec::new(),
            content_type: "",
            ..Answer::page(302)
        },
        2 => Answer::page(511),
        _ => Answer::page(200),
    }
}
