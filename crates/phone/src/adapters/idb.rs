//! IndexedDB by `web-sys`: strict durability, one call of [`Database::write`] = one transaction, and success only
//! after the transaction's `complete`.
//!
//! A transaction commits as soon as no request is pending, so the work inside one awaits its own requests and
//! nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionDurability, IdbTransactionMode, IdbTransactionOptions,
};

/// Why the device's store did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No space left on the device, or the app's share of it is used up.
    Full,
    /// Anything else, after one more try on a fresh connection.
    Failed(String),
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        match thrown.dyn_ref::<DomException>() {
            Some(it) if it.name() == "QuotaExceededError" => Self::Full,
            Some(it) => Self::Failed(format!("{}: {}", it.name(), it.message())),
            None => Self::Failed(format!("{thrown:?}")),
        }
    }
}

/// A database with one frozen version, opened when it is first needed and again when the browser has closed it.
pub struct Database {
    name: &'static str,
    create: fn(&IdbDatabase) -> Result<(), JsValue>,
    connection: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Database {
    /// `create` makes the stores of version 1.
    pub fn new(name: &'static str, create: fn(&IdbDatabase) -> Result<(), JsValue>) -> Self {
        Self {
            name,
            create,
            connection: Rc::default(),
        }
    }

    /// Runs `work` in a strict transaction and returns when it is complete. On an error nothing of it is kept. After
    /// any failure but a full device it is tried once more on a fresh connection, so `work` must be repeatable.
    pub async fn write<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&IdbTransaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(stores, IdbTransactionMode::Readwrite, work).await
    }

    /// As [`Self::write`], for work that takes something for granted and so needs one trip to the store where asking
    /// first would need two. `None` when it was not so, or anything else went wrong: nothing of it is kept then.
    pub async fn write_if<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&IdbTransaction) -> Result<Option<T>, StoreError>,
    ) -> Option<T> {
        let work = async |transaction: &IdbTransaction| {
            let done = work(transaction).await?;
            done.ok_or_else(|| StoreError::Failed(String::from("not as taken for granted")))
        };
        self.try_once(stores, IdbTransactionMode::Readwrite, &work)
            .await
            .ok()
    }

    /// Runs `work` in a transaction that reads.
    pub async fn read<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&IdbTransaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(stores, IdbTransactionMode::Readonly, work).await
    }

    async fn transact<T>(
        &self,
        stores: &[&str],
        mode: IdbTransactionMode,
        work: impl AsyncFn(&IdbTransaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.try_once(stores, mode, &work).await {
            Err(StoreError::Failed(_)) => {
                self.drop_connection();
                self.try_once(stores, mode, &work).await
            }
            outcome => outcome,
        }
    }

    async fn try_once<T>(
        &self,
        stores: &[&str],
        mode: IdbTransactionMode,
        work: &impl AsyncFn(&IdbTransaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.open().await?;
        let names: Vec<JsString> = stores.iter().map(|name| JsString::from(*name)).collect();
        let options = IdbTransactionOptions::new();
        options.set_durability(IdbTransactionDurability::Strict);
        let transaction =
            connection.transaction_with_str_sequence_and_mode_and_options(&names, mode, &options)?;
        match work(&transaction).await {
            Ok(value) if mode == IdbTransactionMode::Readonly => Ok(value),
            Ok(value) => {
                let completed = completed(&transaction);
                // Nothing more comes: it need not wait for the answers to the last requests. Where the browser can't be
                // told, it commits by itself. Only the binding is deprecated, not the call.
                #[allow(deprecated)]
                let _ = transaction.commit();
                completed.await.map(|()| value)
            }
            Err(error) => {
                // It may have aborted by itself already; then there is nothing to take back.
                let _ = transaction.abort();
                Err(error)
            }
        }
    }

    async fn open(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(connection) = self.connection.borrow().as_ref() {
            return Ok(connection.clone());
        }
        let factory: IdbFactory = Reflect::get(&js_sys::global(), &"indexedDB".into())?
            .dyn_into()
            .map_err(|_| StoreError::Failed(String::from("this browser offers no IndexedDB")))?;
        let request = factory.open_with_u32(self.name, 1)?;
        let create = self.create;
        let upgrade = upgrade_callback(&request, create);
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let connection: IdbDatabase = outcome(&request).await?.unchecked_into();
        self.forget_when_closed(&connection);
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }

    /// iOS closes connections under memory pressure; another tab may delete the database.
    fn forget_when_closed(&self, connection: &IdbDatabase) {
        let slot = Rc::clone(&self.connection);
        let closed = Closure::<dyn FnMut()>::new(move || {
            if let Some(connection) = slot.borrow_mut().take() {
                connection.close();
            }
        })
        .into_js_value();
        connection.set_onclose(Some(closed.unchecked_ref()));
        connection.set_onversionchange(Some(closed.unchecked_ref()));
    }

    fn drop_connection(&self) {
        if let Some(connection) = self.connection.borrow_mut().take() {
            connection.close();
        }
    }
}

/// The request's result. Listens from the call on, so that several requests can be under way together. Continues inside
/// the request's own event, so the transaction is still active.
pub fn outcome(request: &IdbRequest) -> impl Future<Output = Result<JsValue, StoreError>> + use<> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        let (done, failed) = (request.clone(), request.clone());
        let on_success = Closure::once_into_js(move || {
            let _ = resolve.call1(&JsValue::NULL, &done.result().unwrap_or(JsValue::UNDEFINED));
        });
        let on_error = Closure::once_into_js(move || {
            let error = failed.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &error);
        });
        request.set_onsuccess(Some(on_success.unchecked_ref()));
        request.set_onerror(Some(on_error.unchecked_ref()));
    });
    let result = JsFuture::from(promise);
    async move { Ok(result.await?) }
}

/// Ends when the transaction is durable, or says why it is not. Listens from the call on.
fn completed(transaction: &IdbTransaction) -> impl Future<Output = Result<(), StoreError>> + use<> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        let aborted = transaction.clone();
        let on_complete = Closure::once_into_js(move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
        let on_abort = Closure::once_into_js(move || {
            let error = aborted
                .error()
                .map_or(JsValue::from_str("aborted"), JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &error);
        });
        transaction.set_oncomplete(Some(on_complete.unchecked_ref()));
        transaction.set_onabort(Some(on_abort.unchecked_ref()));
    });
    let result = JsFuture::from(promise);
    async move {
        result.await?;
        Ok(())
    }
}

fn upgrade_callback(
    request: &IdbOpenDbRequest,
    create: fn(&IdbDatabase) -> Result<(), JsValue>,
) -> Closure<dyn FnMut()> {
    let request = request.clone();
    Closure::new(move || {
        let created = request
            .result()
            .and_then(|database| create(&database.unchecked_into()));
        // A half-made schema must not become version 1 for ever.
        if created.is_err()
            && let Some(transaction) = request.transaction()
        {
            let _ = transaction.abort();
        }
    })
}

/// A member of a record as text; empty when it is absent.
pub fn text_of(record: &JsValue, member: &str) -> String {
    value_of(record, member).as_string().unwrap_or_default()
}

/// A member of a record as a number; 0 when it is absent.
pub fn number_of(record: &JsValue, member: &str) -> f64 {
    value_of(record, member).as_f64().unwrap_or_default()
}

/// A member of a record; `undefined` when it is absent.
pub fn value_of(record: &JsValue, member: &str) -> JsValue {
    Reflect::get(record, &JsValue::from_str(member)).unwrap_or(JsValue::UNDEFINED)
}

/// A record with these members.
pub fn record(members: &[(&str, JsValue)]) -> Result<JsValue, StoreError> {
    let record = js_sys::Object::new();
    for (name, value) in members {
        Reflect::set(&record, &JsValue::from_str(name), value)?;
    }
    Ok(record.into())
}
