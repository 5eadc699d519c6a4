//! What a person does about files and work that the device kept for them: filing a found file, confirming work of an
//! earlier device id, making room.

use countersign_model::document::Stage;
use countersign_model::entity::Policy;
use countersign_model::payload::EvidenceAttach;
use countersign_model::{Digest, Id};

use super::work::not_found;
use super::{App, AppError, Attached};
use crate::media;
use crate::store::{MediaClass, StagedFile};

impl App {
    /// Files a captured file that a stop left without a row: it becomes evidence of a job and is sent from now on.
    pub fn file_found(&self, sha256: Digest, job: &str, stage: Stage) -> Result<Attached, AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let found = self.read(|rows| Ok(rows.media(sha256)?))?.filter(|row| row.class == MediaClass::Unfiled);
        let found = found.ok_or_else(|| not_found("unfiled file", &sha256.hex()))?;
        let name: String = sha256.hex().chars().take(12).collect();
        let captured =
            media::describe_with(self.store(), StagedFile { sha256, bytes: found.bytes }, &name, self.images())?;
        let evidence = self.new_id()?;
        // When and where it was captured, the file itself says, or nobody does.
        let attach = EvidenceAttach { chosen: true, ..captured.attach(evidence, work.subject(), stage, None, None) };
        self.file(&work, &captured, attach, None)
    }

    /// Takes note of a colleague's entry that was refused.
    pub fn acknowledge_carried(&self, command: Id) -> Result<(), AppError> {
        Ok(self.store().acknowledge_carried(command)?)
    }

    /// A person read what an item of attention says: a carried command by its id, or, without one, what was salvaged.
    pub fn acknowledge(&self, item: &str) -> Result<(), AppError> {
        if item.is_empty() {
            return self.acknowledge_salvage();
        }
        let command = item.parse().map_err(|_| not_found("entry", item))?;
        self.acknowledge_carried(command)
    }

    /// A person read what was salvaged from a damaged store.
    pub fn acknowledge_salvage(&self) -> Result<(), AppError> {
        Ok(self.store().acknowledge_salvage()?)
    }

    /// A person confirms that this device sends the work of an earlier device id.
    pub fn confirm_held_work(&self) -> Result<(), AppError> {
        Ok(self.store().confirm_held()?)
    }

    /// Frees originals that are safe at the office: with a receipt, and after the policy's grace time or under a proven
    /// backup. Returns the bytes freed.
    pub fn make_room(&self) -> Result<u64, AppError> {
        let (policy, contact) = self.read(|rows| {
            let policy = rows.all::<Policy>()?.into_iter().next().map(|(_, policy)| policy);
            Ok((policy.unwrap_or_default(), rows.contact()?))
        })?;
        // Only the hub's clock counts here: a phone's may be years ahead, and what is removed does not come back.
        let Some(contact) = contact else { return Ok(0) };
        Ok(self.store().free_confirmed_media(contact.hub_time, policy.grace_days)?)
    }
}
