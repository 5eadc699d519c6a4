//! The calls of the sync engine. (Bodies land one after the other.)

use std::io::Read;

use countersign_model::record::Scope;
use countersign_model::trust::{PublicKey, Receipt};
use countersign_model::wire::{Enrolment, EnrolmentString, FeedPage, Pushed, ScopePage};
use countersign_model::{Digest, Id};

use super::*;

#[allow(unused_variables, reason = "the bodies follow in the next commits")]
impl Store {
    /// What this device is; `None` before enrolment.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Remembers code and key before the request leaves, so that a lost reply is asked for again with the same key.
    pub fn begin_enrolment(&self, string: &EnrolmentString, key: &PublicKey) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The enrolment that was begun and has no answer yet.
    pub fn pending_enrolment(&self) -> Result<Option<PendingEnrolment>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Checks the answer against the enrolment string (chain, fingerprint, credential, key) and becomes the device.
    pub fn save_enrolment(&self, string: &EnrolmentString, enrolment: &Enrolment) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The end of this device's chain.
    pub fn chain_head(&self) -> Result<ChainHead, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The next run of own commands that the hub does not have; `None` when there is none.
    pub fn next_push(&self, max_commands: usize, max_bytes: usize) -> Result<Option<PushBatch>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Notes what the hub durably has, and first judgements for showing.
    pub fn record_pushed(&self, pushed: &Pushed) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The hub expects this sequence number next: what it lacks is offered again. Says whether it is still here.
    pub fn rewind_push(&self, expected: u64) -> Result<bool, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The next run that is carried for another device.
    pub fn next_carried_push(&self, max_commands: usize) -> Result<Option<CarriedPush>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Notes what the hub has of a carried chain.
    pub fn record_carried_pushed(&self, device: Id, pushed: &Pushed) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Where the feed goes on.
    pub fn cursor(&self) -> Result<Option<String>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Takes a page of the feed.
    pub fn apply_feed_page(&self, page: &FeedPage) -> Result<AppliedPage, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Scopes whose snapshot is missing or incomplete.
    pub fn scopes_to_fetch(&self) -> Result<Vec<ScopeToFetch>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Takes a page of a scope.
    pub fn apply_scope_page(&self, page: &ScopePage) -> Result<AppliedScope, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The hub says that this scope is not for this device (any more): it is not asked for again until a holding says so.
    pub fn scope_denied(&self, scope: &Scope) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Files that wait to be sent, in the order of sending.
    pub fn media_to_send(&self, limit: usize) -> Result<Vec<MediaItem>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The file is damaged on this device (its bytes do not have its digest): it is not sent, and the person is told.
    pub fn media_damaged(&self, sha256: Digest) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Takes a receipt, if the pinned chain signed it for this device; a fake one changes nothing.
    pub fn record_receipt(&self, receipt: &Receipt) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Media that this device needs and does not have: forms of held jobs, previews of held documents.
    pub fn media_to_fetch(&self) -> Result<Vec<Digest>, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Takes fetched bytes, if they have the digest.
    pub fn store_fetched(&self, sha256: Digest, reader: &mut dyn Read) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// The hub knows another content under a sequence number of ours: this store is a copy. Pushing stops until the
    /// device is enrolled anew.
    pub fn mark_fork(&self) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Whether a fork was found and the device waits for a new enrolment.
    pub fn is_forked(&self) -> Result<bool, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Puts the unsent bodies under the new device id; they are held until a person confirms.
    pub fn re_envelope_after_enrolment(&self) -> Result<usize, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// How many re-enveloped commands wait for a person's word.
    pub fn held_for_confirmation(&self) -> Result<usize, StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// A person confirms: the held commands are pushed from now on.
    pub fn confirm_held(&self) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// Notes a successful exchange.
    pub fn record_contact(&self, contact: &Contact) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// What the status screen says about sync; `None` when all is well.
    pub fn set_sync_problem(&self, problem: Option<&SyncProblem>) -> Result<(), StoreError> {
        Err(StoreError::NotEnrolled)
    }
    /// A number that changes when any process commits to this store.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Err(StoreError::NotEnrolled)
    }
}
