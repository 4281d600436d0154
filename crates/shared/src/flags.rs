//! A set of flags that needs no memory of its own.

use crate::names::Flag;

/// Which checks were raised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u16);

impl Flags {
    /// None.
    pub const NONE: Self = Self(0);

    /// Adds one.
    pub fn raise(&mut self, flag: Flag) {
        self.0 |= 1 << flag as u16;
    }

    /// Whether it was raised.
    pub fn contains(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u16) != 0
    }

    /// Whether none was raised.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that were raised, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |it| self.contains(*it))
    }

    /// Their names, in the order of the list.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.iter().map(Flag::name)
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<T: IntoIterator<Item = Flag>>(flags: T) -> Self {
        let mut set = Self::NONE;
        flags.into_iter().for_each(|it| set.raise(it));
        set
    }
}
