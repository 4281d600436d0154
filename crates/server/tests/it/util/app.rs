//! A server with a database of its own, and a clock that stands still.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use server::accounts;
use server::auth::password;
use server::clock::Clock;
use server::config::ServerConfig;
use server::edge::{Edge, StopSignal};
use server::import::{self, Mode};
use server::photos::{PhotoObjects, PhotoPlace};
use server::router;
use server::state::AppState;
use server::store::Store;
use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;
use sqlx::AssertSqlSafe;
use tower::ServiceExt;
use uuid::Uuid;

use super::Caller;
use super::customer;
use super::person::TestPerson;
use super::response::TestResponse;

/// 2026-11-27T00:00:00Z: within the reading window of November.
pub(crate) const NOW: Timestamp = Timestamp::from_ms(1_795_737_600_000);

/// The password of everybody in tests.
pub(crate) const PASSWORD: &str = "correct-horse-battery";

/// A server under test.
pub(crate) struct TestApp {
    /// The whole service.
    pub(crate) router: Router,
    /// The parts behind it.
    pub(crate) state: AppState,
    /// The books.
    pub(crate) store: Store,
    /// Set it to move time.
    pub(crate) clock: Clock,
    url: String,
    _stop: tokio::sync::watch::Sender<bool>,
    folder: Option<tempfile::TempDir>,
    /// Where its photos lie.
    pub(crate) photos: tempfile::TempDir,
}

impl TestApp {
    /// On SQLite, with an empty database.
    pub(crate) async fn sqlite() -> Self {
        Self::with_public_url(None).await
    }

    /// On PostgreSQL, with an empty database on the server at `TEST_POSTGRES_URL`.
    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL names a PostgreSQL server");
        let name = format!("meterline_test_{}", Uuid::new_v4().simple());
        let admin = sqlx::PgPool::connect(&server).await.unwrap();
        let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        sqlx::query(AssertSqlSafe(create)).execute(&admin).await.unwrap();
        admin.close().await;
        let (base, _) = server.rsplit_once('/').unwrap();
        Self::open(format!("{base}/{name}"), None, None).await
    }

    /// On PostgreSQL: a copy of these books, as a database that was just copied is. This one is closed.
    pub(crate) async fn copied(&self) -> Self {
        self.store.close().await;
        let (base, name) = self.url.rsplit_once('/').unwrap();
        let admin = sqlx::PgPool::connect(&format!("{base}/postgres")).await.unwrap();
        let create = format!("CREATE DATABASE {name}_copy TEMPLATE {name}");
        sqlx::query(AssertSqlSafe(create)).execute(&admin).await.unwrap();
        admin.close().await;
        Self::open(format!("{}_copy", self.url), None, None).await
    }

    /// With the small customer of the import's tests, without anybody's account.
    pub(crate) async fn new() -> Self {
        let app = Self::sqlite().await;
        import::run(&app.store, NOW, &customer::files(), Mode::Take)
            .await
            .unwrap();
        app
    }

    /// On SQLite, with an empty database, at this address.
    pub(crate) async fn with_public_url(public_url: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::open(url, public_url, Some(folder)).await
    }

    /// The same books, served by another process.
    pub(crate) async fn restarted(&self) -> Self {
        Self::open(self.url.clone(), None, None).await
    }

    /// The same books at this address, which is configured.
    pub(crate) fn served_at(mut self, public_url: &str) -> Self {
        (self._stop, self.router) = served(&self.state, Some(public_url));
        self
    }

    async fn open(url: String, public_url: Option<&str>, folder: Option<tempfile::TempDir>) -> Self {
        let store = Store::open(&url).await.unwrap();
        let clock = Clock::standing(NOW);
        let photos = tempfile::tempdir().unwrap();
        let objects = PhotoObjects::open(&PhotoPlace::Folder(photos.path().to_owned())).unwrap();
        let state = AppState::start(store.clone(), clock.clone(), objects)
            .await
            .unwrap();
        let (stop, router) = served(&state, public_url);
        Self {
            router,
            state,
            store,
            clock,
            url,
            _stop: stop,
            folder,
            photos,
        }
    }

    /// Serves the state as it was changed; who is signed in signs in again.
    pub(crate) fn serve_anew(&mut self) {
        (self._stop, self.router) = served(&self.state, None);
    }

    /// Where the books are.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The folder of the books, on SQLite.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.as_ref().unwrap().path()
    }

    /// Another process on the same database.
    pub(crate) async fn second_writer(&self) -> AppState {
        let store = Store::open(&self.url).await.unwrap();
        AppState::start(store, self.clock.clone(), self.state.photos.clone())
            .await
            .unwrap()
    }

    /// A technician for all properties, signed in on a new phone.
    pub(crate) async fn technician(&self, name: &str) -> Caller {
        self.account(name, RoleName::Technician, &[]).await;
        Caller::sign_in(self.router.clone(), name, DeviceId(Uuid::now_v7())).await
    }

    /// Makes an account for these properties (all without any) and signs it in.
    pub(crate) async fn person(&self, name: &str, role: RoleName, properties: &[&str]) -> TestPerson {
        self.account(name, role, properties).await;
        TestPerson::sign_in(&self.router, name).await
    }

    /// Makes an account as if it had always been there: the audit begins with what a test does.
    pub(crate) async fn account(&self, name: &str, role: RoleName, properties: &[&str]) {
        const INSERT: &str = "INSERT INTO account (name, name_normal, password_hash, role, all_properties, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        const ASSIGN: &str = "INSERT INTO account_property (account_id, property_id) SELECT a.id, p.id \
             FROM account a, property p WHERE a.name = $1 AND p.code_normal = $2";
        // The same for everybody: a hash takes longer than most tests.
        static HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD).unwrap());
        server::on!(self.store.writer(), |pool| sqlx::query(INSERT)
            .bind(name)
            .bind(accounts::name_normal(name))
            .bind(HASH.as_str())
            .bind(accounts::role_text(role))
            .bind(i64::from(properties.is_empty()))
            .bind(NOW.ms())
            .execute(pool)
            .await
            .map(drop))
        .unwrap();
        for code in properties {
            let normal = shared::code::normal(code);
            let assigned = server::on!(self.store.writer(), |pool| sqlx::query(ASSIGN)
                .bind(name)
                .bind(normal)
                .execute(pool)
                .await
                .unwrap()
                .rows_affected());
            assert_eq!(assigned, 1, "{code}");
        }
    }

    /// The technician ana, signed in, for all properties.
    pub(crate) async fn ana(&self) -> TestPerson {
        self.person("ana", RoleName::Technician, &[]).await
    }

    /// The reviewer rita, signed in, for all properties.
    pub(crate) async fn rita(&self) -> TestPerson {
        self.person("rita", RoleName::Reviewer, &[]).await
    }

    /// A request by nobody.
    pub(crate) async fn get(&self, path: &str) -> TestResponse {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A request with a JSON body by nobody.
    pub(crate) async fn post(&self, path: &str, body: &serde_json::Value) -> TestResponse {
        self.request(&Method::POST, path, Some(body)).await
    }

    /// A request of any method by nobody, with or without a JSON body.
    pub(crate) async fn request(
        &self,
        method: &Method,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> TestResponse {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
            .unwrap();
        self.send(request).await
    }

    /// Any request.
    pub(crate) async fn send(&self, request: Request<Body>) -> TestResponse {
        let response = self.router.clone().oneshot(request).await.unwrap();
        TestResponse::read(response).await
    }

    /// Writes past the routes, for what no route can do yet.
    pub(crate) async fn execute(&self, sql: &'static str) {
        server::on!(self.store.writer(), |pool| sqlx::query(sql)
            .execute(pool)
            .await
            .map(drop))
        .unwrap();
    }

    /// One number of the books.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        server::on!(self.store.reader(), |pool| sqlx::query_scalar(sql)
            .fetch_one(pool)
            .await)
        .unwrap()
    }
}

fn served(state: &AppState, public_url: Option<&str>) -> (tokio::sync::watch::Sender<bool>, Router) {
    let config = ServerConfig {
        listen: ([127, 0, 0, 1], 0).into(),
        public_url: public_url.map(|url| url.parse().unwrap()),
        tls: None,
    };
    let (stop, signal) = StopSignal::new();
    let router = router::app(Edge::new(state.clone(), config, signal).unwrap());
    (stop, router)
}
