//! `M:` + 7 random Crockford base-32 characters + 1 check character by ISO 7064 MOD 37,36. Ten characters of QR
//! alphanumeric mode, which fit the smallest QR code at the highest error correction.

const PREFIX: &str = "M:";
const DATA_LENGTH: usize = 7;
const LENGTH: usize = DATA_LENGTH + 1;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ALPHANUMERIC: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The code of a new label: eight characters whose check character fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode([u8; LENGTH]);

impl ShortCode {
    /// A new code. Its check character is none that is easily taken for another (I, L, O, U), so that every character
    /// of a code can be read aloud.
    pub fn from_random(random: [u8; DATA_LENGTH]) -> Self {
        let mut data = random.map(|it| CROCKFORD[usize::from(it % 32)]);
        let last = random[DATA_LENGTH - 1];
        let mut check = check_of(&data);
        for step in 1..32_u8 {
            if CROCKFORD.contains(&check) {
                break;
            }
            data[DATA_LENGTH - 1] = CROCKFORD[usize::from(last.wrapping_add(step) % 32)];
            check = check_of(&data);
        }
        let mut code = [check; LENGTH];
        code[..DATA_LENGTH].copy_from_slice(&data);
        Self(code)
    }

    /// Reads a code with or without `M:`, in any case. Spaces and hyphens are ignored. In the seven characters of data
    /// O is read as 0, I and L as 1, as Crockford has it: no code holds those letters there, so that this can't hide an
    /// error. The check character is never forgiven. `None` when it is no code or its check character does not fit.
    pub fn parse(text: &str) -> Option<Self> {
        let mut characters = [0; LENGTH];
        let mut length = 0;
        let text = text.trim();
        let prefixed = text
            .get(..PREFIX.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(PREFIX));
        let typed = if prefixed { &text[PREFIX.len()..] } else { text };
        for character in typed.bytes().filter(|it| !matches!(it, b' ' | b'-')) {
            *characters.get_mut(length)? = character.to_ascii_uppercase();
            length += 1;
        }
        if length != LENGTH {
            return None;
        }
        let (data, check) = characters.split_at_mut(DATA_LENGTH);
        data.iter_mut().for_each(|it| *it = forgiven(*it));
        let valid = data.iter().all(|it| CROCKFORD.contains(it)) && check_of(data) == check[0];
        valid.then_some(Self(characters))
    }

    /// What the QR code holds: `M:` and the eight characters.
    pub fn qr_text(&self) -> String {
        format!("{PREFIX}{self}")
    }
}

/// The eight characters as they are printed in letters.
impl std::fmt::Display for ShortCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or_default())
    }
}

/// The check character of digits and capital letters by ISO 7064 MOD 37,36; `None` for any other text.
pub fn check_character(text: &str) -> Option<char> {
    let alphanumeric = text.bytes().all(|it| ALPHANUMERIC.contains(&it));
    (alphanumeric && !text.is_empty()).then(|| char::from(check_of(text.as_bytes())))
}

fn check_of(characters: &[u8]) -> u8 {
    let mut product = 36;
    for character in characters {
        let value = ALPHANUMERIC
            .iter()
            .position(|it| it == character)
            .unwrap_or_default();
        let sum = (product + value) % 36;
        let sum = if sum == 0 { 36 } else { sum };
        product = sum * 2 % 37;
    }
    ALPHANUMERIC[(37 - product) % 36]
}

fn forgiven(character: u8) -> u8 {
    match character {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    }
}
