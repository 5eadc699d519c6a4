//! What goes down to a device: pages of the feed, snapshots of scopes, bytes that its records cite.

use std::collections::BTreeSet;

use countersign_model::entity::{Holding, holding_id};
use countersign_model::holding::always;
use countersign_model::lease::LEASE_MS;
use countersign_model::record::{Row, Scope};
use countersign_model::scope_sum::{SUMMED_ROWS, ScopeSum, is_summed};
use countersign_model::seeded::{self, Bug};
use countersign_model::wire::{
    ErrorCode, FeedPage, PAGE_ROWS, SCOPES_AT_ONCE, ScopePage, ScopesPage, ScopesRequest, Trust,
};
use countersign_model::{Digest, Id};

use super::departure;
use crate::blobs::OpenBlob;
use crate::hub::Hub;
use crate::judge::Caller;
use crate::problem::Problem;
use crate::store::{FeedRows, Read, Stored};

/// Most bytes of the bodies of one page: what a phone on a slow line takes in one call.
const PAGE_BYTES: usize = 4 << 20;

/// The scopes that a device holds: its own, the references, and those of its holdings.
fn held(read: &Read<'_>, device: Id) -> Stored<BTreeSet<Scope>> {
    let mut scopes: BTreeSet<Scope> = always(device).into_keys().collect();
    scopes.extend(read.children_of::<Holding>(device)?.into_iter().map(|(_, holding)| holding.held));
    Ok(scopes)
}

/// Whether a device holds this scope. What it holds has an id of its own, so that this costs the same for a device with
/// tens of thousands of scopes.
fn holds(read: &Read<'_>, device: Id, scope: &Scope) -> Stored<bool> {
    if always(device).contains_key(scope) {
        return Ok(true);
    }
    let holding = read.get::<Holding>(holding_id(device, scope))?;
    Ok(holding.is_some_and(|(_, holding)| holding.device == device && holding.held == *scope))
}

/// A revoked device, one that nobody confirmed, and one whose person left, downloads nothing.
pub(super) fn only_active(caller: &Caller) -> Result<(), Problem> {
    if caller.unconfirmed {
        let why = "the office must confirm this device first; what it sends is kept until then";
        return Err(Problem::new(ErrorCode::Unconfirmed, why));
    }
    if seeded::is_on(Bug::RevokedPulls) {
        return Ok(());
    }
    match caller.revoked.is_some() || caller.left {
        true => Err(Problem::new(ErrorCode::Revoked, "this device is revoked")),
        false => Ok(()),
    }
}

/// Reads a cursor `<epoch>.<place>`. One of another epoch, or one that was never given, begins at the start.
fn place_of(cursor: &str, epoch: &str, head: u64) -> u64 {
    let place = cursor.split_once('.').filter(|(of, _)| *of == epoch).and_then(|(_, place)| place.parse().ok());
    place.filter(|place| *place <= head).unwrap_or(0)
}

fn not_found() -> Problem {
    Problem::new(ErrorCode::NotFound, "it is not there, or not for this device")
}

/// Where a snapshot goes on: `<as_of>.<kind>.<id>`.
fn read_after(after: &str) -> Option<(u64, String, Id)> {
    let mut parts = after.splitn(3, '.');
    let (as_of, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    Some((as_of.parse().ok()?, kind.to_owned(), id.parse().ok()?))
}

fn from(after: Option<&str>) -> Result<Option<(u64, String, Id)>, Problem> {
    let unreadable = || Problem::new(ErrorCode::BadRequest, "where to go on cannot be read: begin the scope anew");
    after.map(|text| read_after(text).ok_or_else(unreadable)).transpose()
}

/// A page of the snapshot of a scope; of the place at which its first page was taken.
fn one_page(
    read: &Read<'_>,
    scope: &Scope,
    from: Option<(u64, String, Id)>,
    limit: usize,
    bytes: usize,
) -> Stored<ScopePage> {
    let after = from.as_ref().map(|(_, kind, id)| (kind.as_str(), *id));
    let page = read.scope_page(scope, after, limit, bytes)?;
    let as_of = from.as_ref().map_or(page.counter, |(as_of, _, _)| *as_of);
    let last = page.rows.last().filter(|_| page.more);
    let next = last.map(|row| format!("{as_of}.{}.{}", row.kind, row.id));
    Ok(ScopePage { scope: scope.clone(), as_of, next, rows: page.rows })
}

/// The sums of the scopes that a page at head touches, as far as they are short: [`SUMMED_ROWS`] in all bound what a page
/// costs. What has no sum is not compared.
fn sums(read: &Read<'_>, rows: &[Row]) -> Stored<Vec<ScopeSum>> {
    let touched: BTreeSet<&Scope> = rows.iter().map(|row| &row.scope).filter(|scope| is_summed(scope)).collect();
    let mut left = SUMMED_ROWS;
    let mut sums = Vec::new();
    for scope in touched {
        if !read.is_short(scope, left)? {
            continue;
        }
        let live = read.scope_page(scope, None, left, PAGE_BYTES)?;
        left = left.saturating_sub(live.rows.len());
        if !live.more {
            sums.extend(ScopeSum::of(scope, &live.rows).ok());
        }
    }
    Ok(sums)
}

fn body_bytes(row: &Row) -> usize {
    row.body.as_ref().map_or(0, |body| body.to_string().len())
}

impl Hub {
    /// The keys and the epoch, for everybody who asks.
    pub fn trust(&self) -> Result<Trust, Problem> {
        let (chain, tls, recovery) = (self.chain()?, self.tls_statement()?, self.recovery_keys()?);
        Ok(Trust { chain, epoch: self.epoch().to_owned(), tls, recovery, company: self.company_name()? })
    }

    /// A page of the feed of the scopes that the device holds.
    pub fn feed(&self, caller: &Caller, cursor: Option<&str>, limit: Option<usize>) -> Result<FeedPage, Problem> {
        self.page_of_feed(caller, limit, |read, limit| {
            let after = place_of(cursor.unwrap_or_default(), self.epoch(), read.counter()?);
            let holds = |scope: &Scope| holds(read, caller.device, scope);
            if let Some(rows) = read.feed_near_head(after, limit, PAGE_BYTES, holds)? {
                return Ok(rows);
            }
            let scopes: Vec<Scope> = held(read, caller.device)?.into_iter().collect();
            read.feed(&scopes, after, limit, PAGE_BYTES)
        })
    }

    /// The first page of a device that took none yet: its own scope alone, which says what it holds. It fetches all of
    /// that whole, as of later than this page; the rows would come twice.
    pub fn feed_of_newcomer(&self, caller: &Caller, limit: Option<usize>) -> Result<FeedPage, Problem> {
        self.page_of_feed(caller, limit, |read, limit| read.feed(&[Scope::device(caller.device)], 0, limit, PAGE_BYTES))
    }

    fn page_of_feed(
        &self,
        caller: &Caller,
        limit: Option<usize>,
        rows: impl FnOnce(&Read<'_>, usize) -> Stored<FeedRows>,
    ) -> Result<FeedPage, Problem> {
        only_active(caller)?;
        let limit = limit.unwrap_or(PAGE_ROWS).clamp(1, PAGE_ROWS);
        let (rows, sums) = self.read(|read| {
            let rows = rows(read, limit)?;
            let sums = if rows.at_head { sums(read, &rows.rows)? } else { Vec::new() };
            Ok((rows, sums))
        })?;
        if rows.at_head && !rows.rows.is_empty() {
            self.write(|write| Ok(departure::note_sent(write, caller.device, self.epoch(), rows.next)?))?;
        }
        let now = self.now();
        Ok(FeedPage {
            cursor: format!("{}.{}", self.epoch(), rows.next),
            epoch: self.epoch().to_owned(),
            rows: rows.rows,
            at_head: rows.at_head,
            hub_time: now,
            backup_mark: self.backup_mark(caller.device)?,
            lease_until: now.saturating_add(LEASE_MS),
            log: self.log_head()?,
            keys: Some(Trust::name_of(&self.chain()?, self.recovery_keys()?.as_ref())),
            sums,
        })
    }

    /// A page of the snapshot of one held scope.
    pub fn scope_page(
        &self,
        caller: &Caller,
        scope: &Scope,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<ScopePage, Problem> {
        only_active(caller)?;
        let limit = limit.unwrap_or(PAGE_ROWS).clamp(1, PAGE_ROWS);
        let from = from(after)?;
        let found = self.read(|read| {
            if !holds(read, caller.device, scope)? {
                return Ok(None);
            }
            Ok(Some(one_page(read, scope, from, limit, PAGE_BYTES)?))
        })?;
        found.ok_or_else(not_found)
    }

    /// As many of the wanted scopes as fit into one answer.
    pub fn scope_pages(&self, caller: &Caller, request: &ScopesRequest) -> Result<ScopesPage, Problem> {
        only_active(caller)?;
        if request.wanted.is_empty() || request.wanted.len() > SCOPES_AT_ONCE {
            let why = format!("ask for 1 to {SCOPES_AT_ONCE} scopes at once");
            return Err(Problem::new(ErrorCode::BadRequest, why));
        }
        let froms: Vec<Option<(u64, String, Id)>> =
            request.wanted.iter().map(|wanted| from(wanted.after.as_deref())).collect::<Result<_, _>>()?;
        let most = request.limit.clamp(1, PAGE_ROWS);
        self.read(|read| {
            let mut answer = ScopesPage { pages: Vec::new(), denied: Vec::new() };
            let (mut rows, mut bytes) = (0, 0);
            for (wanted, from) in request.wanted.iter().zip(froms) {
                if !holds(read, caller.device, &wanted.scope)? {
                    answer.denied.push(wanted.scope.clone());
                    continue;
                }
                if rows >= most || bytes >= PAGE_BYTES {
                    break;
                }
                // The first page always goes forward; one that comes later takes what is left.
                let page = one_page(read, &wanted.scope, from, most - rows, PAGE_BYTES - bytes)?;
                rows += page.rows.len();
                bytes += page.rows.iter().map(body_bytes).sum::<usize>();
                let complete = page.next.is_none();
                answer.pages.push(page);
                if !complete {
                    break;
                }
            }
            Ok(answer)
        })
        .map_err(Problem::from)
    }

    /// Opens bytes that a record in a held scope cites.
    pub fn media_for(&self, caller: &Caller, sha256: Digest) -> Result<OpenBlob, Problem> {
        only_active(caller)?;
        let allowed = self.read(|read| {
            let mut cited = false;
            for scope in read.scopes_citing(sha256)? {
                cited = cited || holds(read, caller.device, &scope)?;
            }
            Ok(cited && read.media_bytes(sha256)?.is_some())
        })?;
        if !allowed {
            return Err(not_found());
        }
        self.inner.blobs.open(self.tenant(), sha256)?.ok_or_else(not_found)
    }

    /// Opens held bytes, for the office.
    pub fn open_media(&self, sha256: Digest) -> crate::Outcome<Option<OpenBlob>> {
        Ok(self.inner.blobs.open(self.tenant(), sha256)?)
    }

    /// Whether bytes are held durably.
    pub fn holds(&self, sha256: Digest) -> crate::Outcome<bool> {
        self.read(|read| Ok(read.media_bytes(sha256)?.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_counts_only_in_its_epoch_and_never_beyond_the_head() {
        let rows = [("e1.5", 5), ("e1.9", 0), ("e2.5", 0), ("", 0), ("e1.", 0), ("e1.-1", 0), ("5", 0), ("e1.0", 0)];
        for (cursor, place) in rows {
            assert_eq!(place_of(cursor, "e1", 8), place, "{cursor}");
        }
    }
}
