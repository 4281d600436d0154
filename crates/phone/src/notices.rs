//! What a person is told of a drain without a page.

use std::cell::RefCell;

use serde::Deserialize;
use shared::sync::notice::{Notice, NoticeSettings, NoticeWatch};
use shared::sync::status::Status;

use crate::adapters::{entropy, global, notifications};
use crate::driver::Driver;
use crate::person::Person;
use crate::{document, wording};

/// What the person has chosen, as the page keeps it among the settings of this phone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NoticeChoice {
    notices: NoticeSettings,
    /// Empty follows the browser.
    language: String,
}

impl NoticeChoice {
    pub(crate) async fn of(driver: &Driver, person: &Person) -> Self {
        let kept: Option<Self> = driver.cache.load(&document::settings(&person.username)).await;
        let mut choice = kept.unwrap_or_default();
        if choice.language.is_empty() {
            choice.language = global::of_navigator("language")
                .and_then(|it| it.as_string())
                .unwrap_or_default();
        }
        choice
    }
}

/// What happened and is wanted, until it is shown.
#[derive(Default)]
pub(crate) struct Told {
    choice: RefCell<NoticeChoice>,
    watch: RefCell<NoticeWatch>,
    notices: RefCell<Vec<Notice>>,
}

impl Told {
    pub(crate) fn listen_for(&self, choice: NoticeChoice) {
        self.choice.replace(choice);
    }

    pub(crate) fn look(&self, status: &Status) {
        let wanted = self.choice.borrow().notices;
        let news = self.watch.borrow_mut().look(status, None, entropy::now(), wanted);
        self.notices.borrow_mut().extend(news);
    }

    /// Shows it, unless somebody looks at the app and sees it there.
    pub(crate) async fn show(&self) {
        let notices = self.notices.take();
        let Some(registration) = notifications::own_registration() else {
            return;
        };
        if notices.is_empty() || notifications::is_looked_at().await {
            return;
        }
        let language = self.choice.borrow().language.clone();
        for notice in notices {
            let (title, text) = wording::notice(&language, notice);
            notifications::show(&registration, notice.tag(), title, &text, &language).await;
        }
    }
}
