//! Sync and enrolment with this app's own clock and key.

use std::sync::Arc;

use countersign_model::lease::{LEASE_MS, LeaseMark};
use countersign_model::time::TimeRecord;
use countersign_model::wire::EnrolmentString;

use super::{App, AppError};
use crate::store::Identity;
use crate::sync::{EnrolProblem, HubSeen, Newcomer, Progress, Surroundings, SyncReport, enrol, look, sync_once};
use crate::vault::Vault;

impl Surroundings for App {
    fn clocks(&self) -> TimeRecord {
        self.own_clocks()
    }

    fn seed(&self) -> u64 {
        let mut random = [0u8; 8];
        // Without chance the spread of waiting times is the clock's last digits, which differ as well.
        match self.platform().chance(&mut random) {
            Ok(()) => u64::from_le_bytes(random),
            Err(_) => self.now().unsigned_abs(),
        }
    }

    fn vault(&self) -> Arc<dyn Vault> {
        Arc::clone(&self.vault)
    }

    fn sign(&self, statement: &[u8]) -> Option<String> {
        self.signature(statement).ok()
    }
}

impl App {
    /// This app's clock and key, for sync.
    pub fn surroundings(&self) -> Arc<dyn Surroundings> {
        Arc::new(self.clone())
    }

    /// Asks who answers at the address of an invitation, so that a person can compare before they enrol. Nothing is kept,
    /// and the invitation stays unused.
    pub async fn look_at_hub(&self, string: &EnrolmentString) -> Result<HubSeen, EnrolProblem> {
        look(string).await
    }

    /// Redeems an invitation of which a person has seen who answers: `seen` is the invitation of what was shown
    /// ([`HubSeen::invitation`]). For another one, or where nothing was shown, nothing is sent.
    pub async fn enrol_seen(&self, string: &EnrolmentString, seen: &str, name: &str) -> Result<Identity, EnrolProblem> {
        match seen == string.to_string() {
            true => self.enrol(string, name).await,
            false => Err(EnrolProblem::NotSeen),
        }
    }

    /// Redeems an invitation, for programs that ask nobody.
    pub async fn enrol(&self, string: &EnrolmentString, name: &str) -> Result<Identity, EnrolProblem> {
        let newcomer = Newcomer {
            key: self.key().public(),
            name: name.trim().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let identity = enrol(self.store(), Arc::clone(&self.vault), string, newcomer).await?;
        // The lease was granted just now. A stop before this line changes nothing: a device without a mark reckons so.
        let mark = LeaseMark::new(identity.lease_until.saturating_sub(LEASE_MS), &self.own_clocks());
        self.store().put_lease_mark(&mark)?;
        Ok(identity)
    }

    /// Syncs until nothing is left to do or nothing can be done.
    pub async fn sync(&self, progress: impl FnMut(&Progress) + Send) -> Result<SyncReport, AppError> {
        self.attest_what_waits();
        Ok(sync_once(self.store(), self.surroundings(), progress).await)
    }
}
