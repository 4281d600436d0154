//! The calls of the import, and its files as the browser reads them.

use std::collections::BTreeMap;

use gloo_net::http::Method;
use js_sys::Array;
use serde::de::DeserializeOwned;
use shared::wire::batch::BATCH_BYTES_MAX;
use shared::wire::imports::{IMPORT_BYTES_MAX, ImportAnswer, ImportProblem, ImportRequest, ImportsQuery};
use ui::api::{ApiError, json, judged};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::api::{json_of, query_text};
use super::http::{self, Answer, Body, Outgoing};
use phone::adapters::gzip::{self, Packed};

/// Files are read and compared in one go before the first byte of the answer.
const STALL_TIMEOUT_MS: u64 = 10 * 60 * 1000;

/// Why the files can't be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnsentFiles {
    /// The browser can't read one of them any more.
    Unreadable,
    /// More than goes through the browser.
    TooLarge,
}

/// The files, packed once: what is taken is what was looked at, byte for byte.
#[derive(Clone)]
pub(crate) struct PackedFiles {
    body: JsValue,
    bytes: u64,
    gzipped: bool,
}

/// What the server says of rows that it can't take.
pub(crate) enum Told<T> {
    /// It is, or would be, so.
    Done(T),
    /// Nothing was changed.
    Faulty(ImportProblem),
}

/// Reads the files and packs them.
pub(crate) async fn pack(files: &[web_sys::File]) -> Result<PackedFiles, UnsentFiles> {
    let size: f64 = files.iter().map(|file| file.size()).sum();
    if size > IMPORT_BYTES_MAX as f64 {
        return Err(UnsentFiles::TooLarge);
    }
    let mut request = ImportRequest {
        files: BTreeMap::new(),
    };
    for file in files {
        let text = JsFuture::from(file.text())
            .await
            .ok()
            .and_then(|it| it.as_string());
        request
            .files
            .insert(file.name(), text.ok_or(UnsentFiles::Unreadable)?);
    }
    let text = json_of(&request);
    if text.len() > IMPORT_BYTES_MAX {
        return Err(UnsentFiles::TooLarge);
    }
    let packed = gzip::pack(&Array::of1(&JsValue::from_str(&text))).await;
    let packed = packed.map_err(|_| UnsentFiles::Unreadable)?;
    if packed.bytes > BATCH_BYTES_MAX as u64 {
        return Err(UnsentFiles::TooLarge);
    }
    Ok(PackedFiles {
        body: packed.body,
        bytes: packed.bytes,
        gzipped: packed.gzipped,
    })
}

/// `POST /api/imports`: only tells, or takes exactly what was told.
pub(crate) async fn import(
    files: &PackedFiles,
    query: &ImportsQuery,
) -> Result<Told<ImportAnswer>, ApiError> {
    let url = format!("/api/imports?{}", query_text(query));
    let outgoing = Outgoing {
        body: Body::Packed(Packed {
            body: files.body.clone(),
            bytes: files.bytes,
            gzipped: files.gzipped,
        }),
        stall_timeout_ms: STALL_TIMEOUT_MS,
        ..Outgoing::new(Method::POST, &url)
    };
    let answer = http::send(outgoing).await.map_err(|_| ApiError::NoConnection)?;
    told(answer, |answer| json(answer).ok_or(ApiError::Foreign))
}

/// An answer with `T`, or with the faults of what was sent.
pub(super) fn told<T>(
    answer: Answer,
    read: impl FnOnce(&Answer) -> Result<T, ApiError>,
) -> Result<Told<T>, ApiError> {
    if answer.status == 422
        && let Some(problem) = faults_of(&answer)
    {
        return Ok(Told::Faulty(problem));
    }
    read(&judged(answer)?).map(Told::Done)
}

fn faults_of<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    ui::api::problem(answer)?;
    json(answer)
}
