//! What the page shows: the files, and what the server says of them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::imports::{ImportAnswer, ImportProblem, ImportsQuery};
use ui::api::ApiError;

use crate::adapters::imports::{self, PackedFiles, Told, UnsentFiles};
use crate::wording::{Wording, use_wording};

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    Choosing,
    Looking,
    /// Why the files are not sent; `None`: there is none among them.
    Unsent(Option<UnsentFiles>),
    Faulty(ImportProblem),
    Told {
        answer: ImportAnswer,
        /// The books have changed since it was told first.
        since: bool,
    },
    Taking,
    Taken(ImportAnswer),
}

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    pub(super) stage: RwSignal<Stage>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Names of the files that were chosen.
    pub(super) names: RwSignal<Vec<String>>,
    files: StoredValue<Option<PackedFiles>, LocalStorage>,
    turn: RwSignal<u32>,
    wording: &'static Wording,
}

impl Store {
    /// Nothing is chosen.
    pub(super) fn begin() -> Self {
        Self {
            stage: RwSignal::new(Stage::Choosing),
            trouble: RwSignal::default(),
            names: RwSignal::default(),
            files: StoredValue::new_local(None),
            turn: RwSignal::default(),
            wording: use_wording(),
        }
    }

    /// Takes these files, and asks at once what they would change.
    pub(super) fn choose(self, files: Vec<web_sys::File>) {
        let turn = self.next_turn();
        self.trouble.set(None);
        self.names.set(files.iter().map(web_sys::File::name).collect());
        if files.is_empty() {
            self.stage.set(Stage::Unsent(None));
            return;
        }
        self.stage.set(Stage::Looking);
        spawn_local(async move {
            let packed = imports::pack(&files).await;
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            match packed {
                Ok(packed) => {
                    self.files.set_value(Some(packed));
                    self.look();
                }
                Err(why) => self.stage.set(Stage::Unsent(Some(why))),
            }
        });
    }

    /// Asks what the files would change.
    pub(super) fn look(self) {
        self.look_again(false);
    }

    /// Takes in exactly what was told.
    pub(super) fn take(self, told: &ImportAnswer) {
        let query = ImportsQuery {
            dry_run: false,
            plan: Some(told.plan.clone()),
        };
        self.stage.set(Stage::Taking);
        self.send(query, false);
    }

    /// Why the files are not sent.
    pub(super) fn unsent_words(self, why: Option<UnsentFiles>) -> &'static str {
        let words = self.wording.import();
        match why {
            None => words.nothing_chosen,
            Some(UnsentFiles::Unreadable) => words.unreadable,
            Some(UnsentFiles::TooLarge) => words.too_large,
        }
    }

    fn look_again(self, since: bool) {
        self.stage.set(Stage::Looking);
        let query = ImportsQuery {
            dry_run: true,
            plan: None,
        };
        self.send(query, since);
    }

    fn send(self, query: ImportsQuery, since: bool) {
        let Some(files) = self.files.get_value() else {
            return;
        };
        let turn = self.next_turn();
        self.trouble.set(None);
        spawn_local(async move {
            let answer = imports::import(&files, &query).await;
            // The page was left, or other files were chosen.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            match answer {
                Ok(Told::Faulty(problem)) => self.stage.set(Stage::Faulty(problem)),
                Ok(Told::Done(answer)) if query.dry_run => self.stage.set(Stage::Told { answer, since }),
                Ok(Told::Done(answer)) => self.stage.set(Stage::Taken(answer)),
                Err(ApiError::Refused { code, .. }) if code == "books_changed" => self.look_again(true),
                Err(error) => {
                    self.stage.set(Stage::Choosing);
                    self.trouble.set(Some(error));
                }
            }
        });
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        turn
    }
}
