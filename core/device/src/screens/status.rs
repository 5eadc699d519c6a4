//! Status: one sentence about safety, then what is still only here.

use countersign_model::lease::Lease;
use countersign_texts::{Texts, Value, Zone};
use serde::Serialize;

use super::outbox::salvage_text;
use super::revision;
use crate::app::{App, AppError};

/// What is safe and what is only here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The one sentence, in the person's language.
    pub sentence: String,
    /// Commands that the hub does not durably have.
    pub pending_commands: u64,
    /// Files without a receipt.
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
}

impl App {
    /// What is safe and what is only here.
    pub fn status_screen(&self) -> Result<StatusScreen, AppError> {
        let texts = Texts::new(self.language().unwrap_or_default());
        let attention = super::count(self.outbox_screen()?.attention.len());
        let lease = self.lease()?;
        let zone = Zone::offset(self.platform().offset_minutes());
        self.read(|rows| {
            let counts = rows.counts()?;
            let problem = rows.sync_problem()?.map(|problem| problem.reason);
            let mut screen = StatusScreen {
                revision: 0,
                sentence: sentence(&texts, counts.unconfirmed_media, counts.unconfirmed_bytes, counts.pending_commands),
                pending_commands: counts.pending_commands,
                unconfirmed_media: counts.unconfirmed_media,
                unconfirmed_bytes: counts.unconfirmed_bytes,
                unique_on_this_device: counts.unique_on_this_device(),
                last_sync: rows.contact()?.map(|contact| contact.hub_time),
                attention,
                advice: problem.as_deref().map(|reason| texts.word("problem", reason)),
                problem,
                salvaged: rows.salvage()?.map(|salvage| salvage_text(&texts, &salvage, &zone)),
                enrolled: rows.identity()?.is_some(),
                lease,
                lease_advice: lease.and_then(|lease| lease_advice(&texts, lease)),
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
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

fn sentence(texts: &Texts, files: u64, bytes: u64, commands: u64) -> String {
    match (files, commands) {
        (0, 0) => texts.get("status-safe"),
        (0, commands) => texts.with("status-commands-only-here", &[("count", Value::from(commands))]),
        (files, _) => {
            let size = texts.bytes(bytes);
            texts.with("status-files-only-here", &[("count", Value::from(files)), ("size", Value::from(size.as_str()))])
        }
    }
}
