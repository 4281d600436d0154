//! A phone that the office has revoked: what it knows of tenants goes, what was captured on it stays and is still sent.

use std::sync::Arc;

use crate::document;
use crate::driver::Driver;
use crate::person::Person;

impl Driver {
    /// The server says that this phone was revoked.
    pub(crate) async fn revoked(&self, person: &Person) {
        self.cache.forget(&document::list(&person.username)).await;
        self.cache.forget(&document::list_seen(&person.username)).await;
        self.cache.keep(&document::revoked(&person.username), &true).await;
        self.cursor.replace(None);
        self.kept_cursor.replace(None);
        self.list.replace(Arc::default());
        self.listener.list(&Arc::default());
        self.listener.revoked(true);
    }

    /// The server gave the list: the phone is let in, perhaps again.
    pub(crate) async fn let_in(&self, person: &Person) {
        if self.is_revoked(&person.username).await {
            self.cache.forget(&document::revoked(&person.username)).await;
            self.listener.revoked(false);
        }
    }

    /// What the server said last.
    pub async fn is_revoked(&self, username: &str) -> bool {
        self.cache.load(&document::revoked(username)).await == Some(true)
    }
}
