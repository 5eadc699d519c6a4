//! Status: one sentence about safety, then what is still only here.

use std::collections::BTreeMap;

use countersign_model::lease::Lease;
use countersign_texts::{Texts, Value, Zone};
use serde::Serialize;

use super::outbox::salvage_text;
use super::revision;
use crate::app::{App, AppError};
use crate::store::{LogChanged, MediaClass};

/// What is safe and what is only here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatusScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The one sentence, in the person's language.
    pub sentence: String,
    /// Commands that the hub does not durably have.
    pub pending_commands: u64,
    /// Files without a receipt, those among them that were captured and are not in the store yet.
    pub unconfirmed_media: u64,
    /// Their length together.
    pub unconfirmed_bytes: u64,
    /// Whether anything would be lost with this device.
    pub unique_on_this_device: bool,
    /// The last contact with the hub, milliseconds since 1970 by the hub's clock.
    pub last_sync: Option<i64>,
    /// How many things need a person.
    pub attention: u32,
    /// Why sync does not get on: `offline`, `sign_in`, `revoked`, …; `None` when it does.
    pub problem: Option<String>,
    /// The same as a sentence that says what to do, in the person's language.
    pub advice: Option<String>,
    /// What was salvaged from a damaged store, in the person's language; `None` where nothing was, or it was read.
    pub salvaged: Option<String>,
    /// Whether the device is enrolled.
    pub enrolled: bool,
    /// Where the lease stands; `None` before the device is enrolled.
    pub lease: Option<Lease>,
    /// What the lease asks of a person, in their language; `None` while it runs.
    pub lease_advice: Option<String>,
    /// What the device saw where the office's log was changed, as JSON with both signed heads: the proof, for support.
    /// `None` where all fits.
    pub log_changed: Option<String>,
    /// For support: how often rows here were not those of the hub and came anew.
    pub scopes_fetched_anew: u64,
}

/// Files of one class that are only on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnlyHere {
    /// The class in the reader's language.
    pub name: String,
    /// How many.
    pub files: u64,
    /// Their length together.
    pub bytes: u64,
}

impl App {
    /// The files that are only on this device, by class in the order of sending.
    pub fn only_here(&self) -> Result<Vec<OnlyHere>, AppError> {
        let texts = Texts::new(self.language().unwrap_or_default());
        let mut classes: BTreeMap<MediaClass, (u64, u64)> = BTreeMap::new();
        for file in self.store().media_to_send(usize::MAX)? {
            let (files, bytes) = classes.entry(file.class).or_default();
            *files = files.saturating_add(1);
            *bytes = bytes.saturating_add(file.bytes);
        }
        let row = |(class, (files, bytes)): (MediaClass, (u64, u64))| {
            let name = texts.word("media", class.word());
            OnlyHere { name, files, bytes }
        };
        let waiting = Waiting::of(self);
        let row_of_waiting =
            || OnlyHere { name: texts.get("media-waiting"), files: waiting.files, bytes: waiting.bytes };
        Ok(classes.into_iter().map(row).chain((waiting.files > 0).then(row_of_waiting)).collect())
    }

    /// What is safe and what is only here.
    pub fn status_screen(&self) -> Result<StatusScreen, AppError> {
        let texts = Texts::new(self.language().unwrap_or_default());
        let attention = super::count(self.outbox_screen()?.attention.len());
        let lease = self.lease()?;
        let zone = Zone::offset(self.platform().offset_minutes());
        let waiting = Waiting::of(self);
        self.read(|rows| {
            let counts = rows.counts()?;
            let files = counts.unconfirmed_media.saturating_add(waiting.files);
            let bytes = counts.unconfirmed_bytes.saturating_add(waiting.bytes);
            let problem = rows.sync_problem()?.map(|problem| problem.reason);
            let enrolled = rows.identity()?.is_some();
            let mut screen = StatusScreen {
                revision: 0,
                sentence: String::new(),
                pending_commands: counts.pending_commands,
                unconfirmed_media: files,
                unconfirmed_bytes: bytes,
                unique_on_this_device: counts.unique_on_this_device() || waiting.files > 0,
                last_sync: rows.contact()?.map(|contact| contact.hub_time),
                attention,
                advice: problem.as_deref().map(|reason| texts.word("problem", reason)),
                problem,
                salvaged: rows.salvage()?.map(|salvage| salvage_text(&texts, &salvage, &zone)),
                enrolled,
                lease,
                lease_advice: lease.and_then(|lease| lease_advice(&texts, lease)),
                scopes_fetched_anew: rows.wrong_sums()?.count,
                log_changed: rows.log_changed()?.map(|changed| log_changed_text(&changed)).transpose()?,
            };
            screen.sentence = sentence(&texts, &screen);
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }
}

fn log_changed_text(changed: &LogChanged) -> Result<String, AppError> {
    serde_json::to_string(changed).map_err(|error| AppError::Report { why: error.to_string() })
}

/// Captured files that are not in the store yet, and so in none of its counts.
pub(crate) struct Waiting {
    pub files: u64,
    pub bytes: u64,
}

impl Waiting {
    pub fn of(app: &App) -> Waiting {
        let files = app.platform().waiting_files();
        let bytes = files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.bytes));
        Waiting { files: u64::try_from(files.len()).unwrap_or(u64::MAX), bytes }
    }
}

/// What a lease that is over or ends soon asks of a person.
pub(super) fn lease_advice(texts: &Texts, lease: Lease) -> Option<String> {
    match lease {
        Lease::Runs { .. } => None,
        Lease::EndsSoon { days, .. } => Some(texts.with("lease-ends-soon", &[("days", Value::from(days))])),
        Lease::Over { .. } => Some(texts.get("lease-over")),
    }
}

fn sentence(texts: &Texts, screen: &StatusScreen) -> String {
    match (screen.unconfirmed_media, screen.pending_commands) {
        // No office keeps anything of a device that nobody enrolled.
        (0, 0) if !screen.enrolled => texts.get("status-nothing-here"),
        // Beside what needs a person there is no praise: it may be about the very thing that the office has.
        (0, 0) if screen.attention > 0 => texts.with("status-needs-you", &[("count", Value::from(screen.attention))]),
        (0, 0) => texts.get("status-safe"),
        (0, commands) => texts.with("status-commands-only-here", &[("count", Value::from(commands))]),
        (files, _) => {
            let size = texts.bytes(screen.unconfirmed_bytes);
            texts.with("status-files-only-here", &[("count", Value::from(files)), ("size", Value::from(size.as_str()))])
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use super::*;

    #[test]
    fn a_device_that_nobody_enrolled_praises_no_office() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let said = |enrolled, pending_commands| {
                sentence(&texts, &StatusScreen { enrolled, pending_commands, ..StatusScreen::default() })
            };
            assert_eq!(said(true, 0), texts.get("status-safe"));
            assert_eq!(said(false, 0), texts.get("status-nothing-here"));
            assert_eq!(said(false, 1), said(true, 1));
            assert!(texts.has("status-nothing-here"), "{language:?}");
        }
    }

    #[test]
    fn nothing_is_praised_beside_what_needs_a_person() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let said = |attention, pending_commands| {
                let screen = StatusScreen { enrolled: true, attention, pending_commands, ..StatusScreen::default() };
                sentence(&texts, &screen)
            };
            assert_ne!(said(1, 0), texts.get("status-safe"), "{language:?}");
            assert!(said(3, 0).contains('3'), "{language:?}: {}", said(3, 0));
            assert_eq!(said(1, 2), said(0, 2), "what is only here is said first");
            assert!(countersign_texts::keys(language).contains("status-needs-you"), "{language:?}");
        }
    }
}
