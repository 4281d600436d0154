//! Closed lists whose members have a stable name on the wire and in the database.

macro_rules! named {
    ($(#[$doc:meta])* $enum:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum { $($(#[$variant_doc])* $variant,)+ }

        impl $enum {
            /// All of them, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The member with this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use named;

named!(
    /// What a meter counts.
    Utility {
        /// Electricity.
        Electricity = "electricity",
        /// Water.
        Water = "water",
        /// Gas.
        Gas = "gas",
    }
);

named!(
    /// Why a reading was taken.
    Kind {
        /// The monthly reading.
        Regular = "regular",
        /// A tenant moves in.
        MoveIn = "move_in",
        /// A tenant moves out.
        MoveOut = "move_out",
        /// The last value of a meter that is taken away.
        MeterRemoved = "meter_removed",
        /// The first value of a new meter.
        MeterInstalled = "meter_installed",
        /// To be sure; as often as one likes.
        Check = "check",
    }
);

named!(
    /// Why there is no value.
    SkipReason {
        /// The meter could not be reached.
        NoAccess = "no_access",
        /// The meter is damaged.
        MeterDamaged = "meter_damaged",
        /// The dial can't be read.
        DialUnreadable = "dial_unreadable",
        /// There is no label to tell which meter it is.
        LabelMissing = "label_missing",
        /// Reading it would be dangerous.
        Dangerous = "dangerous",
        /// Something else; the remarks say what.
        Other = "other",
    }
);

named!(
    /// Who chose the period.
    PeriodChosenBy {
        /// The rule of the phone.
        Rule = "rule",
        /// The technician switched.
        Technician = "technician",
    }
);

named!(
    /// How the unit was identified.
    IdentifiedBy {
        /// The label was scanned.
        Scan = "scan",
        /// The code was typed.
        Typed = "typed",
        /// Chosen from the list.
        List = "list",
    }
);

named!(
    /// What the technician answered to a check.
    Answer {
        /// The register went through zero.
        RolledOver = "rolled_over",
        /// Typed again without seeing the first: the same value.
        Verified = "verified",
        /// It is like that.
        Confirmed = "confirmed",
    }
);

named!(
    /// Where an item came from.
    Source {
        /// A phone sent it.
        Phone = "phone",
        /// The office entered it.
        Office = "office",
        /// A file that a phone exported.
        Import = "import",
    }
);

named!(
    /// What has become of one revision of one item.
    State {
        /// In the books.
        Received = "received",
        /// In the books and approved.
        Approved = "approved",
        /// Made in the office until a real value comes.
        Estimated = "estimated",
        /// The office asks for a new reading.
        SentBack = "sent_back",
        /// Another revision or another value took its place.
        Superseded = "superseded",
        /// Taken back, or the revision that takes back.
        Voided = "voided",
        /// The office decides.
        Held = "held",
        /// The official value is another one; the office decides.
        Conflict = "conflict",
        /// Confirms what is in the books.
        Duplicate = "duplicate",
        /// Can't become a reading.
        Rejected = "rejected",
        /// The office decided that it does not count.
        Dismissed = "dismissed",
    }
);

named!(
    /// What somebody in the office did with one revision of one item.
    DecisionStep {
        /// It is right.
        Approve = "approve",
        /// Who approved it has undone that.
        TakeBack = "take_back",
        /// A new reading is asked for.
        SendBack = "send_back",
        /// The office says what it should have been: a new revision.
        Correct = "correct",
        /// What was held goes into the books: a new revision.
        Book = "book",
        /// What was held does not count.
        Dismiss = "dismiss",
        /// Of two values the first stands.
        KeepFirst = "keep_first",
        /// Of two values the second takes the first one's place: a new revision.
        TakeSecond = "take_second",
        /// The second value is kept as a check beside the first: a new revision.
        KeepBoth = "keep_both",
        /// A value was estimated by the mean use a day.
        EstimateByMean = "estimate_mean",
        /// A value was estimated by the use of the same month of last year.
        EstimateByLastYear = "estimate_last_year",
        /// A reading is asked for where there is none.
        AskForReading = "ask_for_reading",
    }
);

named!(
    /// How a value is estimated.
    EstimateMethod {
        /// Mean use a day times the days since the last value.
        Mean = "mean",
        /// The use of the same month of last year.
        LastYear = "last_year",
    }
);

named!(
    /// Why nothing can be estimated.
    NoEstimate {
        /// No meter sits there.
        NoMeter = "no_meter",
        /// The period has not begun.
        PeriodNotBegun = "period_not_begun",
        /// The meter has too few regular readings.
        TooLittleHistory = "too_little_history",
        /// The meter has no regular readings of these months of last year.
        NoLastYear = "no_last_year",
        /// A move was read since the last regular reading: a whole month's use would count days twice.
        MoveSince = "move_since",
        /// The register would go round more than once.
        BeyondRegister = "beyond_register",
    }
);

named!(
    /// A check that was raised.
    Flag {
        /// The register can't show this value.
        OutOfRange = "out_of_range",
        /// Below the previous value.
        Lower = "lower",
        /// More use a day than usual.
        High = "high",
        /// Much more use a day than usual.
        VeryHigh = "very_high",
        /// Less use a day than usual.
        Low = "low",
        /// No use although the unit is occupied.
        Zero = "zero",
        /// Use in a vacant unit.
        VacantUse = "vacant_use",
        /// The period already has a value.
        AlreadyRead = "already_read",
        /// The label is not in the list.
        UnknownLabel = "unknown_label",
        /// The serial on the meter is another one.
        MeterMismatch = "meter_mismatch",
        /// The phone's clock was wrong or uncertain.
        Clock = "clock",
    }
);

named!(
    /// Why a verdict is what it is, where the verdict alone does not tell.
    Reason {
        /// The period is closed.
        PeriodClosed = "period_closed",
        /// The label is not in the list.
        UnknownLabel = "unknown_label",
        /// The portfolio has no such unit or meter point.
        UnknownUnit = "unknown_unit",
        /// The unit exists but is not this person's.
        NotAssigned = "not_assigned",
        /// The serial on the meter is not the one in the portfolio.
        MeterMismatch = "meter_mismatch",
        /// Neither clock nor neighbours tell the month.
        ClockUndecidable = "clock_undecidable",
        /// The phone never enrolled here.
        DeviceUnknown = "device_unknown",
        /// The phone was revoked.
        DeviceRevoked = "device_revoked",
        /// An earlier revision is approved.
        AlreadyApproved = "already_approved",
        /// The office made the earlier revision.
        OfficeRevision = "office_revision",
        /// Another person made the earlier revision.
        OtherPerson = "other_person",
        /// A higher revision is there already: filed as history.
        OlderRevision = "older_revision",
        /// The same id and revision came with other content.
        SameRevisionDiffers = "same_revision_differs",
        /// The official value is another one.
        OtherValue = "other_value",
        /// The official value is the same one.
        SameValue = "same_value",
        /// There is a value where a skip arrived.
        ValueExists = "value_exists",
        /// The register can't show this value.
        OutOfRange = "out_of_range",
        /// The portfolio has a meter with the new meter's serial already.
        SerialTaken = "serial_taken",
        /// The meter that an exchange brought in has readings of its own, or is gone again.
        MeterInUse = "meter_in_use",
    }
);

impl State {
    /// Whether a value in this state is the official one of its key.
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Received | Self::Approved | Self::Estimated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for flag in Flag::ALL {
            assert_eq!(Flag::parse(flag.name()), Some(*flag));
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.name()), Some(*reason));
        }
        assert_eq!(Kind::parse("Regular"), None);
    }
}
