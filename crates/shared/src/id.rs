//! Identities: made on a device from a given time and given random bytes, never from a hidden source.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::{Builder, Uuid};

use crate::timestamp::Timestamp;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A version 7 UUID (RFC 9562): sorts by the time it was made.
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                let ms = u64::try_from(now.ms()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
            }

            /// When it was made, by the clock of the device that made it; `None` for another kind of UUID.
            pub fn made_at(&self) -> Option<Timestamp> {
                let (seconds, nanoseconds) = self.0.get_timestamp()?.to_unix();
                let ms = i64::try_from(seconds).ok()? * 1_000 + i64::from(nanoseconds / 1_000_000);
                Some(Timestamp::from_ms(ms))
            }

            /// Reads the hyphenated form; `None` when the text is no UUID.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(
    /// One item: what a form makes when it opens, and what travels.
    ItemId
);
uuid_id!(
    /// One phone, given at its first sign-in.
    DeviceId
);
uuid_id!(
    /// One request with items.
    BatchId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        let at = Timestamp::from_ms(1_795_000_000_123);
        assert_eq!(ItemId::new(at, [7; 10]).made_at(), Some(at));
        assert_eq!(ItemId::default().made_at(), None);
    }
}
