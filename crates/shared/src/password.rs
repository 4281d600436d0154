//! Which passwords are taken: by their length alone. Rules of composition make people write them down.

use std::fmt;

/// Shorter ones are refused.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Longer ones too: hashing megabytes would be a way to keep a server busy.
pub const PASSWORD_BYTES_MAX: usize = 512;

/// A password that may be set.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Fewer characters than [`PASSWORD_CHARACTERS_MIN`].
    TooShort,
    /// More bytes than [`PASSWORD_BYTES_MAX`].
    TooLong,
    /// It is the one that is to be replaced.
    Same,
}

impl NewPassword {
    /// Reads a password; what stands around it is part of it.
    pub fn parse(text: &str) -> Result<Self, PasswordFault> {
        if text.chars().count() < PASSWORD_CHARACTERS_MIN {
            Err(PasswordFault::TooShort)
        } else if text.len() > PASSWORD_BYTES_MAX {
            Err(PasswordFault::TooLong)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// Reads one that takes the place of another.
    pub fn parse_instead(present: &str, text: &str) -> Result<Self, PasswordFault> {
        let new = Self::parse(text)?;
        if text == present {
            Err(PasswordFault::Same)
        } else {
            Ok(new)
        }
    }

    /// A first password out of chance: sixty bits in groups that can be read out over the telephone.
    pub fn first(random: u64) -> Self {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut text = String::new();
        for place in 0..12_u32 {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            let index = (random >> (place * 5)) & 31;
            text.extend(LETTERS.get(index as usize).map(|letter| char::from(*letter)));
        }
        Self(text)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PasswordFault {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::Same => "password_same",
        }
    }
}

/// Not shown: it must not come into a log.
impl fmt::Debug for NewPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NewPassword")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_alone_decides() {
        assert_eq!(NewPassword::parse("short").unwrap_err(), PasswordFault::TooShort);
        assert_eq!(
            NewPassword::parse(&"é".repeat(257)).unwrap_err(),
            PasswordFault::TooLong
        );
        for text in ["aaaaaaaaaa", "éééééééééé", "  spaces count  "] {
            assert_eq!(NewPassword::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn the_present_one_is_not_a_new_one() {
        let fault = NewPassword::parse_instead("walk-the-block", "walk-the-block").unwrap_err();
        assert_eq!(fault, PasswordFault::Same);
        assert!(NewPassword::parse_instead("walk-the-block", "walk-the-blocks").is_ok());
    }

    #[test]
    fn a_first_password_is_long_enough_and_uses_all_of_its_chance() {
        assert_eq!(NewPassword::first(0).as_str(), "0000-0000-0000");
        assert_eq!(NewPassword::first(u64::MAX).as_str(), "zzzz-zzzz-zzzz");
        let one = NewPassword::first(1 << 59);
        assert_eq!(one.as_str(), "0000-0000-000g");
        assert_eq!(NewPassword::parse(one.as_str()), Ok(one));
    }

    #[test]
    fn a_password_is_not_shown_by_accident() {
        let password = NewPassword::parse("walk-the-block").unwrap();
        assert!(!format!("{password:?}").contains("walk"));
    }
}
