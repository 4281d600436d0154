//! The browser's passkeys. Questions and answers are texts of the server's and of the browser's own making; browsers read and
//! write them by themselves since Chromium 129, Firefox 119 and Safari 18.4. The bindings of `web-sys` are behind a flag of
//! the compiler and know neither.

use js_sys::{JSON, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON)]
    fn creation_options(json: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON)]
    fn request_options(json: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    fn create(options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    fn get(options: &JsValue) -> Result<Promise, JsValue>;

    type Credential;
    #[wasm_bindgen(method, catch, js_name = toJSON)]
    fn to_json(this: &Credential) -> Result<JsValue, JsValue>;
}

/// Why the browser gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declined {
    /// The person said no, or nobody said anything for too long; browsers don't tell which.
    Cancelled,
    /// There is a passkey for this account on the device already.
    KnownHere,
    /// The device can keep none, or can't ask for a finger, a face or a PIN.
    NotPossible,
    /// Anything else.
    Failed,
}

/// Whether this browser has what it takes.
pub(crate) fn is_there() -> bool {
    let class = Reflect::get(&js_sys::global(), &"PublicKeyCredential".into());
    class.is_ok_and(|class| {
        ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"]
            .iter()
            .all(|name| Reflect::get(&class, &(*name).into()).is_ok_and(|it| it.is_function()))
    })
}

/// Lets the person make a passkey.
pub(crate) async fn make(options: &Value) -> Result<Value, Declined> {
    let asked = creation_options(&parsed(options)?).map_err(declined)?;
    answer(create(&wrapped(&asked)).map_err(declined)?).await
}

/// Lets the person choose a passkey and show that it is theirs.
pub(crate) async fn show(options: &Value) -> Result<Value, Declined> {
    let asked = request_options(&parsed(options)?).map_err(declined)?;
    answer(get(&wrapped(&asked)).map_err(declined)?).await
}

async fn answer(promise: Promise) -> Result<Value, Declined> {
    let credential = JsFuture::from(promise).await.map_err(declined)?;
    if credential.is_null() || credential.is_undefined() {
        return Err(Declined::Cancelled);
    }
    let credential: Credential = credential.unchecked_into();
    let json = credential.to_json().map_err(declined)?;
    let text = JSON::stringify(&json).map_err(declined)?;
    serde_json::from_str(&String::from(text)).map_err(|_| Declined::Failed)
}

fn parsed(options: &Value) -> Result<JsValue, Declined> {
    JSON::parse(&options.to_string()).map_err(declined)
}

fn wrapped(asked: &JsValue) -> JsValue {
    let options = Object::new();
    // It can only fail on an object that is closed.
    let _ = Reflect::set(&options, &"publicKey".into(), asked);
    options.into()
}

fn declined(error: JsValue) -> Declined {
    let name = Reflect::get(&error, &"name".into()).ok();
    match name.and_then(|it| it.as_string()).as_deref() {
        Some("NotAllowedError" | "AbortError") => Declined::Cancelled,
        Some("InvalidStateError") => Declined::KnownHere,
        Some("NotSupportedError" | "ConstraintError") => Declined::NotPossible,
        _ => Declined::Failed,
    }
}
