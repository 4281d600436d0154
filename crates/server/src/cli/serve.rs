//! `meterline serve`.

use std::fs;
use std::net::SocketAddr;
use std::time::Duration;

use axum_server::Handle;

use super::{CommandError, ServeOptions};
use crate::auth::session_store;
use crate::billing::{Delivery, Limits, Webhook};
use crate::clock::Clock;
use crate::config::{ServerConfig, TlsFiles};
use crate::edge::{Edge, StopSignal};
use crate::photos::{PhotoObjects, PhotoPlace};
use crate::state::AppState;
use crate::store::Store;
use crate::{accounts, greeting, router, tls};

/// Requests that are under way at the stop get this long; batches take less than a second.
const STOP_TIME_MAX: Duration = Duration::from_secs(10);

pub(super) async fn run(store: Store, database_url: &str, options: ServeOptions) -> Result<(), CommandError> {
    let webhook = webhook(&options)?;
    let tls = match (options.tls_cert, options.tls_key) {
        (Some(cert), Some(key)) => Some(TlsFiles { cert, key }),
        _ => None,
    };
    let config = ServerConfig {
        listen: options.listen,
        public_url: options.public_url,
        tls,
    };
    let clock = Clock::system();
    session_store::forget_expired(&store, clock.now()).await?;
    let accounts = accounts::count(&store).await?;
    let place = options.photos.unwrap_or_else(|| PhotoPlace::beside(database_url));
    let photos = PhotoObjects::open(&place).map_err(CommandError::Refused)?;
    let mut app = AppState::start(store, clock, photos).await?;
    let (stop, stop_signal) = StopSignal::new();
    let delivery = webhook
        .map(|it| Delivery::new(&mut app, it, Limits::default(), stop_signal.clone()))
        .transpose()
        .map_err(CommandError::Refused)?;
    let edge = Edge::new(app, config.clone(), stop_signal)
        .map_err(|error| CommandError::Refused(error.to_string()))?;
    let listener = std::net::TcpListener::bind(config.listen).map_err(|cause| CommandError::Io {
        what: format!(
            "can't listen on {} (is another server running there? choose one with --listen)",
            config.listen
        ),
        cause,
    })?;
    listener.set_nonblocking(true).map_err(io)?;
    let tls = match &config.tls {
        Some(files) => Some(tls::load(files).await.map_err(CommandError::Refused)?),
        None => None,
    };
    print!("{}", greeting::text(&config, accounts));
    let handle = Handle::new();
    tokio::spawn(stop_when_told(handle.clone(), stop));
    let delivery = delivery.map(|it| tokio::spawn(it.run()));
    let service = router::app(edge).into_make_service_with_connect_info::<SocketAddr>();
    let served = match tls {
        Some(tls) => {
            axum_server::from_tcp_rustls(listener, tls)
                .map_err(io)?
                .handle(handle)
                .serve(service)
                .await
        }
        None => {
            axum_server::from_tcp(listener)
                .map_err(io)?
                .handle(handle)
                .serve(service)
                .await
        }
    };
    served.map_err(io)?;
    if let Some(delivery) = delivery {
        // It was told to stop before the requests were; a panic in it has been logged.
        let _ = delivery.await;
    }
    tracing::info!("stopped");
    Ok(())
}

fn webhook(options: &ServeOptions) -> Result<Option<Webhook>, CommandError> {
    let Some(url) = &options.webhook_url else {
        return Ok(None);
    };
    let secret = match (&options.webhook_secret, &options.webhook_secret_file) {
        (Some(secret), _) => secret.clone(),
        (None, Some(file)) => fs::read_to_string(file).map_err(|cause| CommandError::Io {
            what: format!("can't read {}", file.display()),
            cause,
        })?,
        (None, None) => {
            return Err(CommandError::Refused(
                "--webhook-url needs --webhook-secret-file or METERLINE_WEBHOOK_SECRET".into(),
            ));
        }
    };
    Webhook::parse(url, &secret)
        .map(Some)
        .map_err(CommandError::Refused)
}

async fn stop_when_told(handle: Handle<SocketAddr>, stop: tokio::sync::watch::Sender<bool>) {
    told_to_stop().await;
    tracing::info!("stopping: requests under way are finished first");
    // Streams never finish by themselves.
    let _ = stop.send(true);
    handle.graceful_shutdown(Some(STOP_TIME_MAX));
    told_to_stop().await;
    handle.shutdown();
}

async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! { () = interrupted => {}, () = terminated => {} }
}

fn io(cause: std::io::Error) -> CommandError {
    CommandError::Io {
        what: "the server failed".into(),
        cause,
    }
}
