//! One visit of the scan page: opens the camera, watches until a label is read, and says what comes next.

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::{File, MediaStream};

use super::resolve::{Found, Unlisted, form_address, resolve};
use crate::adapters::camera::error::CameraError;
use crate::adapters::camera::photo::{self, PhotoError};
use crate::adapters::camera::stream::{self, ZoomRange};
use crate::adapters::camera::watch::{Sight, Skip, Stop, watch};
use crate::adapters::camera::{feedback, show};
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::{Round, RoundRow, RowState};

/// What the page shows in its middle.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Phase {
    /// The camera is starting.
    Opening,
    /// Frames are looked at.
    Watching,
    /// A photo is looked at.
    ReadingPhoto,
    /// There is no picture.
    NoCamera(CameraError),
    /// The label fits these meter points.
    Several(Vec<RoundRow>),
    /// The label fits none.
    Unknown(Unlisted),
}

/// A word under the frame that is no state of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Notice {
    NoLabelInPhoto,
    NotAPicture,
    ScannerFailed,
}

/// What the running lens can do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Abilities {
    pub(super) torch: bool,
    pub(super) lenses: usize,
    pub(super) zoom: Option<ZoomRange>,
}

/// Opens the page of an address.
type OpenPage = Box<dyn Fn(&str)>;

/// The handle that the parts of the page hold.
#[derive(Clone, Copy)]
pub(super) struct Session {
    pub(super) phase: RwSignal<Phase>,
    pub(super) notice: RwSignal<Option<Notice>>,
    pub(super) abilities: RwSignal<Abilities>,
    pub(super) torch_on: RwSignal<bool>,
    pub(super) is_dark: RwSignal<bool>,
    runtime: Runtime,
    video: NodeRef<Video>,
    stop: StoredValue<Stop, LocalStorage>,
    open: StoredValue<OpenPage, LocalStorage>,
}

/// The label that opened the last form: it is often still in view when the scanner opens again.
#[derive(Clone, Debug)]
struct LastLabel {
    text: String,
    point_id: String,
}

thread_local! {
    static LAST: std::cell::RefCell<Option<LastLabel>> = const { std::cell::RefCell::new(None) };
}

impl Session {
    /// Starts with the page and ends with it.
    pub(super) fn begin(video: NodeRef<Video>) -> Session {
        let navigate = use_navigate();
        let open: OpenPage = Box::new(move |address| navigate(address, NavigateOptions::default()));
        let session = Session {
            phase: RwSignal::new(Phase::Opening),
            notice: RwSignal::new(None),
            abilities: RwSignal::new(Abilities::default()),
            torch_on: RwSignal::new(false),
            is_dark: RwSignal::new(false),
            runtime: use_runtime(),
            video,
            stop: StoredValue::new_local(Stop::default()),
            open: StoredValue::new_local(open),
        };
        if session.runtime.settings().get_untracked().sound {
            feedback::prepare();
        }
        video.on_load(move |_| session.start());
        let visibility =
            window_event_listener_untyped("visibilitychange", move |_| session.page_was_shown_or_hidden());
        on_cleanup(move || {
            visibility.remove();
            session.halt();
            stream::park();
        });
        session
    }

    /// Opens the camera, or takes the one that is still open, and watches.
    pub(super) fn start(self) {
        self.notice.set(None);
        self.follow(Phase::Opening, stream::open);
    }

    /// Changes to the phone's next lens.
    pub(super) fn change_lens(self) {
        self.follow(Phase::Opening, stream::next_lens);
    }

    /// The meter of the last label has its reading; read reactively.
    pub(super) fn last_label_is_read(self) -> bool {
        self.runtime.round().with(|round| last_label_is_read(round))
    }

    /// It is dark, and there is a light that is off; read reactively.
    pub(super) fn needs_light(self) -> bool {
        self.is_dark.get() && !self.torch_on.get() && self.abilities.with(|it| it.torch)
    }

    /// Switches the light.
    pub(super) fn switch_torch(self) {
        feedback::prepare();
        let on = !self.torch_on.get_untracked();
        spawn_local(async move {
            if stream::set_torch(on).await {
                self.torch_on.try_set(on);
            }
        });
    }

    /// Zooms.
    pub(super) fn zoom(self, zoom: f64) {
        spawn_local(async move {
            stream::set_zoom(zoom).await;
        });
    }

    /// Looks for a label in a photo instead.
    pub(super) fn read_photo(self, file: File) {
        let stop = self.replace_stop();
        self.phase.set(Phase::ReadingPhoto);
        spawn_local(async move {
            let answer = photo::read(&file).await;
            if stop.is_stopped() {
                return;
            }
            match answer {
                Ok(text) => self.found(text),
                Err(error) => {
                    self.start();
                    self.notice.set(Some(match error {
                        PhotoError::NotAPicture => Notice::NotAPicture,
                        PhotoError::NothingRead => Notice::NoLabelInPhoto,
                        PhotoError::ScannerFailed => Notice::ScannerFailed,
                    }));
                }
            }
        });
    }

    fn follow<F>(self, phase: Phase, camera: impl FnOnce() -> F + 'static)
    where
        F: Future<Output = Result<MediaStream, CameraError>>,
    {
        let stop = self.replace_stop();
        self.phase.set(phase);
        self.torch_on.set(false);
        self.is_dark.set(false);
        spawn_local(async move {
            let opened = camera().await;
            if stop.is_stopped() {
                return;
            }
            match opened {
                Ok(stream) => self.watch(&stream, &stop).await,
                Err(error) => self.phase.set(Phase::NoCamera(error)),
            }
        });
    }

    async fn watch(self, stream: &MediaStream, stop: &Stop) {
        let Some(video) = self.video.get_untracked() else {
            return;
        };
        show::play(&video, stream).await;
        if stop.is_stopped() {
            return;
        }
        self.phase.set(Phase::Watching);
        self.look_at_abilities(stop.clone());
        let round = self.runtime.round();
        let skip = Skip::new(
            LAST.with_borrow(|last| last.as_ref().map(|last| last.text.clone())),
            move || {
                round
                    .try_with_untracked(|round| last_label_is_read(round))
                    .unwrap_or_default()
            },
        );
        let tell_dark = move |dark| {
            self.is_dark.try_set(dark);
        };
        match watch(&video, stop, skip, tell_dark).await {
            Sight::Label(text) => {
                stream::remember_lens();
                self.found(text);
            }
            Sight::CameraLost => self.start(),
            Sight::ScannerFailed => self.notice.set(Some(Notice::ScannerFailed)),
            Sight::Stopped => {}
        }
    }

    fn look_at_abilities(self, stop: Stop) {
        spawn_local(async move {
            let lenses = stream::lenses().await.len();
            if !stop.is_stopped() {
                self.abilities.set(Abilities {
                    torch: stream::has_torch(),
                    lenses,
                    zoom: stream::zoom_range(),
                });
            }
        });
    }

    fn found(self, text: String) {
        let settings = self.runtime.settings().get_untracked();
        if settings.vibration {
            feedback::vibrate();
        }
        if settings.sound {
            feedback::beep();
        }
        match resolve(&text, &self.runtime.round().get_untracked()) {
            Found::One(row) => {
                LAST.set(Some(LastLabel {
                    text,
                    point_id: row.point.id.clone(),
                }));
                self.open.with_value(|open| open(&form_address(&row.point.id)));
            }
            Found::Several(rows) => self.phase.set(Phase::Several(rows)),
            Found::Unknown(label) => self.phase.set(Phase::Unknown(label)),
        }
    }

    /// A hidden page gets no frames, and an installed app on iOS may come back with a black picture.
    fn page_was_shown_or_hidden(self) {
        if document().hidden() {
            self.halt();
            stream::park();
        } else if self
            .phase
            .with_untracked(|phase| matches!(phase, Phase::Opening | Phase::Watching))
        {
            self.start();
        }
    }

    fn halt(self) {
        self.stop.with_value(Stop::stop);
    }

    fn replace_stop(self) -> Stop {
        self.halt();
        let stop = Stop::default();
        self.stop.set_value(stop.clone());
        stop
    }
}

fn last_label_is_read(round: &Round) -> bool {
    LAST.with_borrow(|last| {
        let point_id = last.as_ref().map(|last| &last.point_id);
        let row = round.rows.iter().find(|row| Some(&row.point.id) == point_id);
        row.is_some_and(|row| row.state != RowState::ToRead)
    })
}
