//! Why a text is no item.

use crate::names::named;

named!(
    /// Names the member that is wrong; the name is the reason code that goes with `rejected`.
    ItemError {
        /// Not an item at all: no JSON, or a member of another type.
        Malformed = "malformed",
        /// Revisions count from 1.
        Revision = "bad_revision",
        /// Running number out of bounds.
        DeviceSeq = "bad_device_seq",
        /// Neither a meter point nor the text of a label.
        Place = "bad_place",
        /// Property code empty, too long or unprintable.
        PropertyCode = "bad_property_code",
        /// Building too long or unprintable.
        Building = "bad_building",
        /// Unit number empty, too long or unprintable.
        UnitNo = "bad_unit_no",
        /// Not a utility.
        Utility = "bad_utility",
        /// Point too long or unprintable.
        Point = "bad_point",
        /// Serial too long, unprintable, or missing where the kind needs it.
        MeterSerial = "bad_meter_serial",
        /// Text of the label too long.
        LabelText = "bad_label_text",
        /// Not a period.
        Period = "bad_period",
        /// Not a way to choose a period.
        PeriodChosenBy = "bad_period_chosen_by",
        /// Not a kind.
        Kind = "bad_kind",
        /// Not a value.
        Value = "bad_value",
        /// Not a reason for a skip.
        SkipReason = "bad_skip_reason",
        /// Not exactly one of value, skip reason, void and exchange.
        Body = "bad_body",
        /// Not one to three readings of different kinds, with one of a removed or installed meter.
        Exchange = "bad_exchange",
        /// Not RFC 3339 with an offset.
        ReadAt = "bad_read_at",
        /// Name empty, too long or unprintable.
        CapturedBy = "bad_captured_by",
        /// Too many flags or answers, or a name that is none.
        Flags = "bad_flags",
        /// Remarks too long.
        Remarks = "bad_remarks",
        /// Too many photos, or a hash that is none.
        Photos = "bad_photos",
    }
);

impl ItemError {
    /// The reason code that goes with `rejected`.
    pub const fn code(self) -> &'static str {
        self.name()
    }
}
