//! Sameness: two items with one id, revision and hash are the same item.
//!
//! `v1` is frozen. Its bytes are the fields of [`Item`] below in this order, each preceded by its length as four
//! bytes, most significant first; an absent field is four bytes of ones; a list is its count (written like a length)
//! and its members. Codes are in normal form, values canonical, numbers decimal. Evidence (phone, running number,
//! identification, previous value shown, rule version, clock, position) is left out. A change of any of this is a `v2`.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::item::{Body, ExchangePart, Item, Place};

/// The hash of an item's content, or of the bytes of a text that is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContentHash {
    /// `v1:sha256:...` over the fields of an item.
    V1([u8; 32]),
    /// `raw:sha256:...` over the bytes that came.
    Raw([u8; 32]),
}

impl ContentHash {
    /// The hash of an item.
    pub fn of(item: &Item) -> Self {
        Self::V1(Sha256::digest(content_v1(item)).into())
    }

    /// The hash of what is no item, so that a replay of it is known too.
    pub fn of_raw(bytes: &[u8]) -> Self {
        Self::Raw(Sha256::digest(bytes).into())
    }

    /// Reads a printed hash.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix("v1:sha256:") {
            parse_hexadecimal(digits).map(Self::V1)
        } else {
            parse_hexadecimal(text.strip_prefix("raw:sha256:")?).map(Self::Raw)
        }
    }
}

impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (prefix, digest) = match self {
            Self::V1(digest) => ("v1:sha256:", digest),
            Self::Raw(digest) => ("raw:sha256:", digest),
        };
        let mut text = [0_u8; 64];
        for (byte, pair) in digest.iter().zip(text.chunks_exact_mut(2)) {
            pair[0] = HEXADECIMAL[usize::from(byte >> 4)];
            pair[1] = HEXADECIMAL[usize::from(byte & 15)];
        }
        f.write_str(prefix)?;
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

fn content_v1(item: &Item) -> Vec<u8> {
    let mut content = Content {
        bytes: Vec::with_capacity(512),
        number: String::with_capacity(32),
    };
    content.number(item.id);
    content.number(item.revision);
    match &item.place {
        Some(Place::Point(point)) => {
            content.text("point");
            content.text(point.property.normal());
            content.text(point.building.normal());
            content.text(point.unit_no.normal());
            content.text(point.utility.name());
            content.text(point.point.normal());
        }
        Some(Place::UnknownLabel(text)) => {
            content.text("label");
            content.text(text);
        }
        None => content.absent(),
    }
    content.text(item.meter_serial.normal());
    content.optional(item.period);
    content.optional(item.period_chosen_by.map(|it| it.name()));
    content.body(&item.body);
    content.number(item.read_at.at.ms());
    content.number(item.read_at.offset_s);
    content.text(item.captured_by.normal());
    content.list(&item.flags);
    content.list(&item.answers);
    content.text(&item.remarks);
    content.list(&item.photos);
    content.bytes
}

struct Content {
    bytes: Vec<u8>,
    number: String,
}

impl Content {
    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        let mut printed = std::mem::take(&mut self.number);
        printed.clear();
        // Writing to a string can't fail.
        let _ = write!(printed, "{number}");
        self.text(&printed);
        self.number = printed;
    }

    fn optional(&mut self, field: Option<impl std::fmt::Display>) {
        match field {
            Some(field) => self.number(field),
            None => self.absent(),
        }
    }

    fn absent(&mut self) {
        self.bytes.extend_from_slice(&u32::MAX.to_be_bytes());
    }

    fn list(&mut self, members: &[String]) {
        self.length(members.len());
        members.iter().for_each(|it| self.text(it));
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Reading { kind, value } => {
                self.text("reading");
                self.text(kind.name());
                self.number(value);
            }
            Body::Skip { kind, reason } => {
                self.text("skip");
                self.text(kind.name());
                self.text(reason.name());
            }
            Body::Void => self.text("void"),
            Body::Exchange(parts) => {
                self.text("exchange");
                self.length(parts.len());
                parts.iter().for_each(|it| self.exchange_part(it));
            }
        }
    }

    fn exchange_part(&mut self, part: &ExchangePart) {
        self.text(part.kind.name());
        self.text(part.meter_serial.normal());
        self.number(part.value);
        self.optional(part.dials);
        self.optional(part.decimals);
    }

    fn length(&mut self, length: usize) {
        // Every field of an item is bounded far below.
        let length = u32::try_from(length).unwrap_or(u32::MAX - 1);
        self.bytes.extend_from_slice(&length.to_be_bytes());
    }
}

fn parse_hexadecimal(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    let lower = digits.iter().all(|it| HEXADECIMAL.contains(it));
    if digits.len() != 64 || !lower {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests;
