//! What the hands do about the office's log: each signed head that comes with the feed is held against the one before.

use countersign_model::log::TreeHead;

use super::Hands;
use crate::sync::carrier::Carrier;
use crate::sync::failure::Failure;

impl<C: Carrier> Hands<C> {
    /// Asks for the proofs about a head and notes what does not fit. Sync goes on whatever comes of it: what is here gets to
    /// the office all the same, and a person is told.
    pub(super) async fn watch_log(&self, shown: TreeHead) {
        if let Err(failure) = self.watched(shown).await {
            tracing::info!(%failure, "the office's log is looked at again with the next page");
        }
    }

    async fn watched(&self, shown: TreeHead) -> Result<(), Failure> {
        let watch = self.with_store(move |store| store.watch_log(&shown)).await?;
        let Some(watch) = watch else { return Ok(()) };
        let proof = match self.carrier.log_proof(watch.question.clone()).await {
            // A hub that was set back by hand, past `restore`: it does not have what it signed.
            Err(Failure::NotUnderstood(_)) if watch.is_shorter() => {
                return self.with_store(move |store| store.log_became_shorter(&watch)).await;
            }
            answer => answer?,
        };
        self.with_store(move |store| store.log_proven(&watch, &proof)).await
    }
}
