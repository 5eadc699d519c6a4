//! The next pages of scopes, asked for while the last ones are written: the hub's time and this device's pass together.
//!
//! What comes is used only where exactly that is asked for next, with nothing asked in between: a page of a scope may never
//! be older than what the feed said before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_model::record::Scope;
use countersign_model::wire::{PAGE_ROWS, SCOPES_AT_ONCE, ScopeWanted, ScopesPage, ScopesRequest};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::super::super::carrier::Carrier;
use super::super::super::failure::Failure;
use super::Hands;
use crate::store::{Store, StoreError};

/// What is asked for ahead; the call ends with this value.
#[derive(Debug, Default)]
pub(super) struct Ahead(Mutex<Option<Asked>>);

#[derive(Debug)]
struct Asked {
    request: ScopesRequest,
    call: JoinSet<Result<ScopesPage, Failure>>,
}

impl Ahead {
    /// Asks for what follows these pages.
    pub async fn ask<C: Carrier>(&self, carrier: &Arc<C>, request: ScopesRequest) {
        let mut call = JoinSet::new();
        let (carrier, wanted) = (Arc::clone(carrier), request.clone());
        call.spawn(async move { carrier.scopes(wanted).await });
        *self.0.lock().await = Some(Asked { request, call });
    }

    /// The answer to this request where it was asked for ahead. Whatever else was asked for is dropped.
    pub async fn take(&self, request: &ScopesRequest) -> Option<Result<ScopesPage, Failure>> {
        let mut asked = self.0.lock().await.take().filter(|asked| asked.request == *request)?;
        // A call that was lost with its task is asked once more, as if nothing had been asked for ahead.
        asked.call.join_next().await.and_then(Result::ok)
    }

    /// Something else is asked: what comes now would be older than its answer.
    pub async fn forget(&self) {
        *self.0.lock().await = None;
    }
}

impl<C: Carrier> Hands<C> {
    /// Asks for the pages that follow these. Where all of it runs on one thread, nothing passes together.
    pub(super) async fn ask_ahead(&self, answer: &ScopesPage) -> Result<(), Failure> {
        if self.surroundings.on_this_thread() {
            return Ok(());
        }
        let pages = answer.pages.iter().map(|page| (page.scope.clone(), page.next.clone())).collect();
        let denied = answer.denied.clone();
        let next = self.with_store(move |store| next_wanted(store, &pages, &denied)).await?;
        // A single one is asked for in another way.
        if next.len() > 1 {
            self.ahead.ask(&self.carrier, ScopesRequest { wanted: next, limit: PAGE_ROWS }).await;
        }
        Ok(())
    }
}

/// What will be wanted once these pages are written.
fn next_wanted(
    store: &Store,
    pages: &BTreeMap<Scope, Option<String>>,
    denied: &[Scope],
) -> Result<Vec<ScopeWanted>, StoreError> {
    let wanted = store.next_scopes_to_fetch(2 * SCOPES_AT_ONCE)?.into_iter().filter_map(|one| {
        let after = match pages.get(&one.scope) {
            Some(None) => return None,
            Some(next) => next.clone(),
            None => one.after,
        };
        (!denied.contains(&one.scope)).then_some(ScopeWanted { scope: one.scope, after })
    });
    Ok(wanted.take(SCOPES_AT_ONCE).collect())
}
