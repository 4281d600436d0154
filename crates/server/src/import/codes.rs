//! Codes that stand in many rows of a file: each is read once and kept once.

use std::collections::HashMap;
use std::sync::Arc;

use shared::code::Code;

/// The codes of one column, by the bytes of the field. What can't be read is not kept: each row of it is a fault.
#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<Box<[u8]>, Arc<Code>>);

impl Codes {
    /// The code of this field; `read` reads one that has not been seen.
    pub(super) fn once(&mut self, field: &[u8], read: impl FnOnce() -> Option<Code>) -> Option<Arc<Code>> {
        if let Some(code) = self.0.get(field) {
            return Some(Arc::clone(code));
        }
        let code = Arc::new(read()?);
        self.0.insert(field.into(), Arc::clone(&code));
        Some(code)
    }
}
