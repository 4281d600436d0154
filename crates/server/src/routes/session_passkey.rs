//! `GET`, `POST /api/session/passkey` and `POST /api/session/passkey/begin`: people of the office sign in by a passkey.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{Extensions, HeaderMap};
use shared::wire::passkeys::{PasskeyCeremony, PasskeyOffer, PasskeySignIn};
use shared::wire::problem::Problem;
use shared::wire::session::Session;
use tower_sessions::Session as CookieSession;

use crate::accounts::{self, AccountError, passkeys};
use crate::auth::Person;
use crate::auth::caller_address::caller_address;
use crate::auth::identify::{self, SignedInBy};
use crate::auth::refused_sign_in::{Refused, counted, note};
use crate::auth::relying_party::{PasskeyFault, RelyingParty, ShownPasskey};
use crate::auth::sign_in_limit::SignInLimit;
use crate::config::ServerConfig;
use crate::problem::ApiError;
use crate::routes::session_get::describe;
use crate::state::AppState;

/// Tells whether people can sign in by a passkey here.
#[utoipa::path(
    get, path = "/api/session/passkey", tag = "session", responses((status = OK, body = PasskeyOffer))
)]
pub(crate) async fn offer(State(relying_party): State<RelyingParty>) -> Json<PasskeyOffer> {
    Json(PasskeyOffer {
        on: relying_party.is_on(),
    })
}

/// Begins a sign-in: what to ask the browser. Nobody is named, so nothing is told about anybody.
#[utoipa::path(
    post, path = "/api/session/passkey/begin", tag = "session",
    responses(
        (status = OK, body = PasskeyCeremony),
        (status = NOT_FOUND, body = Problem, description = "`passkeys_off`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
        (status = SERVICE_UNAVAILABLE, body = Problem, description = "too many have begun"),
    )
)]
pub(crate) async fn begin(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(relying_party): State<RelyingParty>,
    State(limit): State<Arc<SignInLimit>>,
    extensions: Extensions,
    headers: HeaderMap,
) -> Result<Json<PasskeyCeremony>, ApiError> {
    let (options, asked) = relying_party.ask_for_any()?;
    let address = caller_address(&config, &extensions, &headers);
    counted(&app, &limit, limit.count_address(address), "", address).await?;
    let ceremony = passkeys::begin_sign_in(&app.store, app.clock.now(), &asked).await?;
    Ok(Json(PasskeyCeremony { ceremony, options }))
}

/// Opens a session, the same as by password. A passkey that was removed, that never was, of somebody who may not sign in, or an
/// answer to something else: all of it is refused alike.
#[utoipa::path(
    post, path = "/api/session/passkey", tag = "session", request_body = PasskeySignIn,
    responses(
        (status = OK, body = Session), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem, description = "`passkey_failed`"),
        (status = FORBIDDEN, body = Problem, description = "`foreign_origin`"),
        (status = NOT_FOUND, body = Problem, description = "`passkeys_off`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
#[allow(clippy::too_many_arguments)] // each is one thing that the request or the server brings along
pub(crate) async fn sign_in(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(relying_party): State<RelyingParty>,
    State(limit): State<Arc<SignInLimit>>,
    cookie: CookieSession,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<PasskeySignIn>, JsonRejection>,
) -> Result<Json<Session>, ApiError> {
    let Json(sent) = body?;
    if !relying_party.is_on() {
        return Err(AccountError::PasskeysOff.into());
    }
    let address = caller_address(&config, &extensions, &headers);
    counted(&app, &limit, limit.count_address(address), "", address).await?;
    let person = match checked(&app, &relying_party, sent).await? {
        Ok(person) => person,
        Err((why, name)) => {
            note(&app, &limit, why, &name, address).await;
            return Err(AccountError::PasskeyFailed.into());
        }
    };
    identify::open(&cookie, app.clock.now(), &person, SignedInBy::Passkey).await?;
    describe(&app, &person).await.map(Json)
}

/// Whose the passkey is; or why it does not let in, and the name of its person where it is known.
async fn checked(
    app: &AppState,
    relying_party: &RelyingParty,
    sent: PasskeySignIn,
) -> Result<Result<Person, (Refused, String)>, ApiError> {
    let (store, now) = (&app.store, app.clock.now());
    let refused = |why| Ok(Err((why, String::new())));
    // Used up before anything is looked at: whatever comes of it, it can't be tried again.
    let asked = match passkeys::take_sign_in(store, now, &sent.ceremony).await {
        Ok(asked) => asked,
        Err(AccountError::PasskeyFailed) => return refused(Refused::Passkey),
        Err(error) => return Err(error.into()),
    };
    let Some(shown) = ShownPasskey::parse(sent.credential) else {
        return refused(Refused::Passkey);
    };
    let kept = passkeys::find(store, shown.credential_id()).await?;
    let Some(kept) = kept.filter(|it| it.user_handle == shown.user_handle) else {
        return refused(Refused::Passkey);
    };
    let counted = match relying_party.check(&shown, asked, &kept.passkey) {
        Ok(answer) => {
            let mut passkey = kept.passkey.clone();
            passkey.update_credential(&answer);
            passkey
        }
        Err(PasskeyFault::Copy) => return Ok(Err((Refused::PasskeyCopy, kept.username))),
        Err(PasskeyFault::Unfit) => return Ok(Err((Refused::Passkey, kept.username))),
    };
    if !passkeys::use_up(store, now, &kept, &counted).await? {
        return Ok(Err((Refused::Passkey, kept.username)));
    }
    let person = accounts::person(store, kept.account_id).await?;
    Ok(person.ok_or((Refused::Passkey, kept.username)))
}
