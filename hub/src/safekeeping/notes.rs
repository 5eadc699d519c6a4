//! What `hub check` says about safekeeping: the word about a restore must fit the log, and what a person should do.

use countersign_model::merkle;
use countersign_model::payload::Payload;

use super::recovery::RECOVERY_FILE;
use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Finding;
use crate::store::Entry;

impl Hub {
    /// Why an entry that says that the hub was restored is not true; `None` for all others.
    pub(crate) fn check_restored(&self, entry: &Entry) -> Outcome<Option<Finding>> {
        let Ok(Payload::HubRestored(word)) = entry.command.parse() else { return Ok(None) };
        let signed = word.check(&self.chain()?).is_ok();
        let root = merkle::root(&self.read(|read| Ok(read.leaf_hashes(word.log_size)?))?);
        let in_place = entry.arrival == word.log_size;
        let why = match (signed, root == word.log_root && in_place) {
            (false, _) => "the signature of the word about the restore does not fit",
            (true, false) => "the log before the restore is not the one that was signed",
            (true, true) => return Ok(None),
        };
        Ok(Some(Finding { item: format!("restored/{}", word.epoch), why: why.to_owned() }))
    }

    /// What is no damage and should be put right.
    pub(crate) fn safekeeping_notes(&self) -> Outcome<Vec<Finding>> {
        let mut notes = Vec::new();
        let mut note = |item: &str, why: String| notes.push(Finding { item: item.to_owned(), why });
        if self.recovery_key_lies_here() {
            let path = self.folder().join(RECOVERY_FILE);
            note(
                "recovery key",
                format!("its private half still lies in {}: move it off this machine", path.display()),
            );
        }
        let (head, written) = self.journal_heads()?;
        if head > written {
            let path = self.journal_path()?;
            note("journal", format!("{} lacks {} entries: check its disk", path.display(), head - written));
        }
        Ok(notes)
    }
}
