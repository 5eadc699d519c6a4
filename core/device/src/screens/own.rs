//! What this device is and for whom: the frame that a shell draws around every screen.

use countersign_model::Language;
use countersign_model::entity::{Company, Person};
use serde::Serialize;

use super::revision;
use crate::app::{App, AppError};

/// What this device is and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OwnScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Whether the device is enrolled; everything below is empty before.
    pub enrolled: bool,
    /// Its person's name.
    pub person: String,
    /// The company's name.
    pub company: String,
    /// IANA zone in which times are written.
    pub zone: String,
    /// Short code of the device.
    pub code: String,
    /// Where the hub is.
    pub hub: String,
    /// The language of the screens.
    pub language: Language,
    /// The language that was chosen on this device; `None` follows the person's.
    pub chosen: Option<Language>,
}

impl App {
    /// What this device is and for whom.
    pub fn own_screen(&self) -> Result<OwnScreen, AppError> {
        let chosen = self.chosen_language()?;
        let mut screen = self.read(|rows| {
            let Some(identity) = rows.identity()? else { return Ok(OwnScreen::default()) };
            let company = rows.all::<Company>()?.into_iter().next().map(|(_, company)| company).unwrap_or_default();
            let person = rows.get::<Person>(identity.person)?;
            Ok(OwnScreen {
                enrolled: true,
                person: person.map_or_else(|| identity.credential.person_name.clone(), |person| person.name),
                company: company.name,
                zone: company.zone,
                code: identity.code,
                hub: identity.url,
                ..OwnScreen::default()
            })
        })?;
        screen.chosen = chosen;
        screen.language = self.language().unwrap_or_else(|_| chosen.unwrap_or_default());
        screen.revision = revision(&screen);
        Ok(screen)
    }
}
