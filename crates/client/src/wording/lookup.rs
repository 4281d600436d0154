//! Words for what the app itself names: states of a unit, steps and ends of a run, what went wrong.

use shared::sync::status::{Outcome, Step, Summary};

use super::Wording;
use crate::actions::{EditError, SaveError, SignInError};
use crate::view_state::RowState;

impl Wording {
    /// State of a unit in the round.
    pub(crate) fn row_state(&self, state: RowState) -> &'static str {
        match state {
            RowState::ToRead => self.round.state_to_read,
            RowState::OnThisPhone => self.round.state_on_phone,
            RowState::Received => self.round.state_received,
            RowState::NeedsAttention => self.round.state_attention,
            RowState::Skipped => self.round.state_skipped,
        }
    }

    /// The step of a run.
    pub(crate) fn step(&self, step: Step) -> String {
        match step {
            Step::ConnectionBack => self.sync.step_back.into(),
            Step::CheckingConnection(good, of) => (self.sync.step_checking)(good, of),
            Step::UpdatingList => self.sync.step_list.into(),
            Step::Sending => self.sync.step_sending.into(),
            Step::Confirming => self.sync.step_confirming.into(),
            Step::SendingPhotos => self.photos().step.into(),
        }
    }

    /// How a run ended.
    pub(crate) fn outcome(&self, run: &Summary) -> String {
        match run.outcome {
            Outcome::AllReceived | Outcome::Sent if run.failed > 0 => {
                (self.sync.out_with_failures)(run.failed)
            }
            Outcome::AllReceived => self.sync.out_all_received.into(),
            Outcome::Sent => self.sync.out_sent.into(),
            Outcome::SomeLeft => (self.sync.out_some_left)(run.left),
            Outcome::NoConnection => self.sync.out_no_connection.into(),
            Outcome::SignInPage => self.sync.out_sign_in_page.into(),
            Outcome::SignIn => self.sync.out_sign_in.into(),
            Outcome::WrongPerson => self.sync.out_wrong_person.into(),
            Outcome::Update => self.sync.out_update.into(),
            Outcome::StoreFailed => self.sync.out_store_failed.into(),
            Outcome::Stopped => (self.sync.out_stopped)(run.left),
        }
    }

    /// Why nobody was signed in, and what to do.
    pub(crate) fn sign_in_error(&self, error: SignInError) -> String {
        match error {
            SignInError::WrongNameOrPassword => self.sign_in.wrong.into(),
            SignInError::TooManyAttempts(None) => self.sign_in.too_many.into(),
            SignInError::TooManyAttempts(Some(seconds)) => (self.sign_in.too_many_for)(seconds),
            SignInError::NoConnection => self.sign_in.no_connection.into(),
            SignInError::SignInPage => self.sign_in.sign_in_page.into(),
            SignInError::CodeNotGood => self.enrol().not_good.into(),
            SignInError::DeviceRevoked => self.sign_in.device_revoked.into(),
            SignInError::ServerFailed => self.sign_in.server_failed.into(),
            SignInError::StoreFailed => self.sign_in.store_failed.into(),
        }
    }

    /// Why an item was not saved, and what to do.
    pub(crate) fn save_error(&self, error: SaveError) -> &'static str {
        match error {
            SaveError::NobodySignedIn => self.reading.save_nobody,
            SaveError::NotOnRegister => self.reading.save_not_on_register,
            SaveError::PointGone => self.reading.save_point_gone,
            SaveError::DeviceFull => self.reading.save_device_full,
            SaveError::StoreFailed => self.reading.save_store_failed,
        }
    }

    /// Why an item was not edited or taken back.
    pub(crate) fn edit_error(&self, error: EditError) -> &'static str {
        match error {
            EditError::AlreadyReceived => self.reading.edit_already_received,
            EditError::Save(error) => self.save_error(error),
        }
    }
}
