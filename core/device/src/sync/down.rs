//! The lane of what comes down: the feed to its head, then each incomplete scope, then the feed once more, because the
//! store forgets an accepted command only on a page at head with its scopes ready.
//!
//! It never looks at what waits to go up.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::record::Scope;
use countersign_model::wire::{FeedPage, PAGE_ROWS, SCOPES_AT_ONCE, ScopePage, ScopesPage};

use super::failure::{Failure, Problem};
use super::lane::{Context, Lane};
use super::message::{Action, LaneName, Position};
use crate::store::ScopeToFetch;

/// How often a store may begin anew within one round: once for a new epoch, once more if it changed meanwhile.
const MOST_RESETS: u32 = 2;

/// How often one scope may become complete within one round: once more where it came and went, or was not what the hub
/// has. A hub that never agrees is left for the next round.
const MOST_FILLINGS: u32 = 2;

/// A line that breaks under a page is asked for half of it, down to this many rows; rows have about a kilobyte.
const FEWEST_ROWS: usize = 15;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Rest,
    Loading,
    Asking { cursor: Option<String> },
    Applying { at_head: bool },
    AskingScope { scope: Scope, after: Option<String> },
    ApplyingScope { complete: bool },
    AskingScopes { wanted: Vec<ScopeToFetch> },
    Choosing,
}

#[derive(Clone, Debug)]
pub(super) struct Down {
    pub lane: Lane,
    step: Step,
    /// Scopes that cannot be fetched in this round.
    skipped: BTreeSet<Scope>,
    /// How often scopes became complete in this round.
    filled: BTreeMap<Scope, u32>,
    /// Scopes became complete since the last page of the feed.
    ask_again: bool,
    resets: u32,
    /// Rows to ask for.
    rows: usize,
    /// Pages with more rows than this were too large for this device.
    most_rows: usize,
    /// Scopes are asked for one by one: the hub does not know the other way, or one of them is trouble.
    one_by_one: bool,
}

impl Down {
    pub fn new() -> Down {
        let lane = Lane::new(LaneName::Down);
        Down {
            lane,
            step: Step::Rest,
            skipped: BTreeSet::new(),
            filled: BTreeMap::new(),
            ask_again: false,
            resets: 0,
            rows: PAGE_ROWS,
            most_rows: PAGE_ROWS,
            one_by_one: false,
        }
    }

    pub fn begin(&mut self, context: &mut Context) {
        self.skipped.clear();
        self.filled.clear();
        self.ask_again = false;
        self.resets = 0;
        self.step = Step::Loading;
        context.act(Action::LoadPosition);
    }

    fn ask_feed(&mut self, context: &mut Context, cursor: Option<String>) {
        self.ask_again = false;
        self.step = Step::Asking { cursor: cursor.clone() };
        context.act(Action::RequestFeed { cursor, limit: self.rows });
    }

    /// Returns whether the round is complete.
    pub fn position_loaded(&mut self, context: &mut Context, position: Position) -> bool {
        match self.step.clone() {
            Step::Loading => self.ask_feed(context, position.cursor),
            Step::Applying { at_head } => {
                self.lane.succeeded();
                return self.feed_applied(context, at_head, position);
            }
            Step::ApplyingScope { complete } => {
                self.lane.succeeded();
                self.ask_again |= complete;
                return self.choose(context, position);
            }
            Step::Choosing => return self.choose(context, position),
            Step::Rest | Step::Asking { .. } | Step::AskingScope { .. } | Step::AskingScopes { .. } => {}
        }
        false
    }

    fn feed_applied(&mut self, context: &mut Context, at_head: bool, position: Position) -> bool {
        if position.cursor.is_none() {
            self.resets += 1;
        }
        if self.resets > MOST_RESETS {
            self.step = Step::Rest;
            self.lane.wait(context, Problem::NotUnderstood, None);
            return false;
        }
        if at_head && position.cursor.is_some() {
            return self.choose(context, position);
        }
        self.ask_feed(context, position.cursor);
        false
    }

    /// The next scope, or the feed once more, or the end.
    fn choose(&mut self, context: &mut Context, position: Position) -> bool {
        // News first: filling scopes may take long.
        let news = std::mem::take(&mut self.lane.again);
        let mut wanted: Vec<ScopeToFetch> =
            position.scopes.into_iter().filter(|next| !self.skipped.contains(&next.scope)).collect();
        match wanted.first().cloned() {
            Some(_) if !news && wanted.len() > 1 && !self.one_by_one => {
                wanted.truncate(SCOPES_AT_ONCE);
                self.step = Step::AskingScopes { wanted: wanted.clone() };
                context.act(Action::RequestScopes { wanted, limit: self.rows });
                false
            }
            Some(next) if !news => {
                self.step = Step::AskingScope { scope: next.scope.clone(), after: next.after.clone() };
                context.act(Action::RequestScope { scope: next.scope, after: next.after, limit: self.rows });
                false
            }
            None if !news && !self.ask_again => {
                self.step = Step::Rest;
                self.lane.finish();
                true
            }
            _ => {
                self.ask_feed(context, position.cursor);
                false
            }
        }
    }

    pub fn feed_answered(&mut self, context: &mut Context, page: Box<FeedPage>) {
        let Step::Asking { cursor } = &self.step else { return };
        let stands_still = !page.at_head && cursor.as_ref() == Some(&page.cursor);
        if stands_still || page.rows.len() > PAGE_ROWS || page.cursor.is_empty() {
            return self.failed(context, &Failure::NotUnderstood("a page of the feed leads nowhere".to_owned()));
        }
        self.grow();
        self.step = Step::Applying { at_head: page.at_head };
        context.act(Action::ApplyFeed(page));
    }

    pub fn scope_answered(&mut self, context: &mut Context, page: Box<ScopePage>) {
        let Step::AskingScope { scope, after } = &self.step else { return };
        let stands_still = page.next.is_some() && page.next == *after;
        if stands_still || page.scope != *scope || page.rows.len() > PAGE_ROWS {
            return self.failed(context, &Failure::NotUnderstood("a page of a scope leads nowhere".to_owned()));
        }
        self.grow();
        self.note_filled([&*page].into_iter());
        self.step = Step::ApplyingScope { complete: page.next.is_none() };
        context.act(Action::ApplyScope(page));
    }

    pub fn scopes_answered(&mut self, context: &mut Context, answer: Box<ScopesPage>) {
        let Step::AskingScopes { wanted } = &self.step else { return };
        if !leads_on(wanted, &answer) {
            return self.failed(context, &Failure::NotUnderstood("pages of scopes lead nowhere".to_owned()));
        }
        self.grow();
        self.note_filled(answer.pages.iter());
        self.step = Step::ApplyingScope { complete: answer.pages.iter().any(|page| page.next.is_none()) };
        context.act(Action::ApplyScopes(answer));
    }

    fn note_filled<'a>(&mut self, pages: impl Iterator<Item = &'a ScopePage>) {
        for page in pages.filter(|page| page.next.is_none()) {
            let times = self.filled.entry(page.scope.clone()).or_default();
            *times += 1;
            if *times >= MOST_FILLINGS {
                self.skipped.insert(page.scope.clone());
            }
        }
    }

    /// A page came through: the next may be larger, up to what was too large before.
    fn grow(&mut self) {
        self.rows = self.rows.saturating_mul(2).min(self.most_rows);
    }

    pub fn failed(&mut self, context: &mut Context, failure: &Failure) {
        match (self.step.clone(), failure) {
            // Not held any more: the feed will say so.
            (Step::AskingScope { scope, .. }, Failure::NotFound) => {
                self.skipped.insert(scope.clone());
                self.step = Step::Choosing;
                context.act(Action::DenyScope(scope));
            }
            (Step::AskingScope { scope, .. }, Failure::AnswerTooLarge) if self.rows == 1 => self.skip(context, scope),
            // An older hub, or one scope that is trouble among many.
            (Step::AskingScopes { .. }, Failure::NotFound) => self.ask_one_by_one(context),
            (Step::AskingScopes { .. }, Failure::AnswerTooLarge) if self.rows == 1 => self.ask_one_by_one(context),
            (Step::AskingScope { .. } | Step::AskingScopes { .. } | Step::Asking { .. }, Failure::AnswerTooLarge)
                if self.rows > 1 =>
            {
                self.rows /= 2;
                self.most_rows = self.rows;
                self.step = Step::Loading;
                context.act(Action::LoadPosition);
            }
            (Step::Rest, _) => {}
            (step, _) => {
                let cut = matches!(failure, Failure::NotConnected(_));
                if cut && matches!(step, Step::Asking { .. } | Step::AskingScope { .. } | Step::AskingScopes { .. }) {
                    self.rows = (self.rows / 2).max(FEWEST_ROWS);
                }
                self.step = Step::Rest;
                self.lane.fail(context, failure);
            }
        }
    }

    fn skip(&mut self, context: &mut Context, scope: Scope) {
        self.skipped.insert(scope);
        self.step = Step::Choosing;
        context.act(Action::LoadPosition);
    }

    fn ask_one_by_one(&mut self, context: &mut Context) {
        self.one_by_one = true;
        self.step = Step::Choosing;
        context.act(Action::LoadPosition);
    }
}

/// Whether an answer is one to what was wanted, and something of it is done: else one would ask for ever.
fn leads_on(wanted: &[ScopeToFetch], answer: &ScopesPage) -> bool {
    let asked: BTreeMap<&Scope, &Option<String>> = wanted.iter().map(|one| (&one.scope, &one.after)).collect();
    let fits = |page: &ScopePage| {
        let stands_still = |after: &&Option<String>| page.next.is_some() && page.next == **after;
        asked.get(&page.scope).is_some_and(|after| !stands_still(after))
    };
    let rows: usize = answer.pages.iter().map(|page| page.rows.len()).sum();
    let moved = !answer.pages.is_empty() || !answer.denied.is_empty();
    moved
        && rows <= PAGE_ROWS
        && answer.pages.iter().all(fits)
        && answer.denied.iter().all(|scope| asked.contains_key(scope))
}
