//! The language of this device's screens, where a person chose another than their own record says.

use countersign_model::Language;

use super::{App, AppError};

impl App {
    /// The language that was chosen on this device; `None` follows the person's.
    pub fn chosen_language(&self) -> Result<Option<Language>, AppError> {
        Ok(self.store().chosen_language()?)
    }

    /// Chooses a language for this device; `None` follows the person's again.
    pub fn choose_language(&self, language: Option<Language>) -> Result<(), AppError> {
        Ok(self.store().choose_language(language)?)
    }
}
