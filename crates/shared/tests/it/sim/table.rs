//! Which fault met an item in which state, and how often: what never met was never tested.

use std::fmt;

macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name { $($variant,)+ }

        impl $name {
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(super) fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

listed!(
    /// What goes wrong.
    Fault {
        RequestLost = "request lost",
        AnswerLost = "answer lost after the commit",
        Duplicated = "request duplicated",
        Overtaken = "answer late, request given up",
        LinkDown = "link goes down",
        LinkFlaps = "link flaps",
        Portal = "sign-in page answers",
        ProxyFails = "proxy 502 after the commit",
        ServerFails = "server 5xx",
        TooMany = "429 with Retry-After",
        SignInAgain = "401",
        WrongPerson = "403 wrong person",
        BatchRefused = "batch refused as a whole",
        RetryVerdict = "verdict retry",
        NotNamed = "item not named in the answer",
        ServerDiesBefore = "server dies before the commit",
        ServerDiesAfter = "server dies after the commit",
        Restored = "server restored from a backup",
        TabDies = "tab dies",
        PhoneDies = "phone dies",
        WorkerDies = "service worker dies",
        Evicted = "the phone's storage is evicted",
        PersonLeaves = "another person signs in",
        SaveFails = "store fails on save",
        PhoneFull = "phone is full on save",
        SettleFails = "store fails on settle",
        ClockBack = "clock set back",
        ClockForward = "clock set forward",
        Edited = "item edited",
        Voided = "item deleted",
        SavedTwice = "form saved twice",
        HintStorm = "storm of hints",
        PeriodCloses = "office closes or reopens a period",
        Approved = "office approves",
        MeterExchanged = "meter is exchanged on the server",
    }
);

listed!(
    /// Where an item is at that moment.
    Met {
        Waiting = "waiting",
        InFlight = "in flight",
        EditedInFlight = "edited in flight",
        Unsettled = "not yet stored",
        Shelf = "shelf",
        Sent = "sent",
    }
);

/// Counts of faults, and of items met by each.
#[derive(Debug, Clone)]
pub(super) struct Table {
    met: [[u64; Met::ALL.len()]; Fault::ALL.len()],
    times: [u64; Fault::ALL.len()],
}

impl Default for Table {
    fn default() -> Self {
        Self {
            met: [[0; Met::ALL.len()]; Fault::ALL.len()],
            times: [0; Fault::ALL.len()],
        }
    }
}

impl Table {
    pub(super) fn met(&mut self, fault: Fault, state: Met) {
        self.met[fault as usize][state as usize] += 1;
    }

    pub(super) fn happened(&mut self, fault: Fault) {
        self.times[fault as usize] += 1;
    }

    /// Faults of all kinds.
    pub(super) fn total(&self) -> u64 {
        self.times.iter().sum()
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (times, more) in self.times.iter_mut().zip(&other.times) {
            *times += more;
        }
        for (row, more) in self.met.iter_mut().zip(&other.met) {
            for (cell, more) in row.iter_mut().zip(more) {
                *cell += more;
            }
        }
    }

    pub(super) fn empty_cells(&self) -> Vec<(&'static str, &'static str)> {
        let cells = Fault::ALL
            .iter()
            .flat_map(|fault| Met::ALL.iter().map(move |state| (*fault, *state)));
        cells
            .filter(|(fault, state)| self.met[*fault as usize][*state as usize] == 0)
            .map(|(fault, state)| (fault.label(), state.label()))
            .collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:34}{:>10}", "fault, and items that it met", "times")?;
        Met::ALL
            .iter()
            .try_for_each(|state| write!(f, "{:>17}", state.label()))?;
        for (fault, row) in Fault::ALL.iter().zip(&self.met) {
            write!(f, "\n{:34}{:>10}", fault.label(), self.times[*fault as usize])?;
            row.iter().try_for_each(|count| write!(f, "{count:>17}"))?;
        }
        Ok(())
    }
}
