//! An office in memory: the hub's side of the contract, by the model's own rules. Oracle of the store's tests.

use std::collections::{BTreeMap, BTreeSet};

use countersign_device::store::PushBatch;
use countersign_model::command::{Command, Origin};
use countersign_model::decide::{AnswerCheck, Change, Context, Decision, FormRules, MediaRules, decide, needs};
use countersign_model::entity::{
    DecisionOutcome, DecisionRecord, Entity, Holding, HoldingReason, Job, Visit, holding_id,
};
use countersign_model::holding;
use countersign_model::record::{Row, Scope, kind};
use countersign_model::scope_sum::{ScopeSum, is_summed};
use countersign_model::state::{Key, Lookup, State};
use countersign_model::wire::{FeedPage, Pushed, ScopePage};
use countersign_model::{Digest, Id};
use serde_json::Value;

/// Forms take anything, media are all here: the rules themselves are tested in the model.
struct Generous;
impl FormRules for Generous {
    fn check(&self, _form: Digest, _path: &str, value: &str) -> AnswerCheck {
        AnswerCheck::Fits(value.to_owned())
    }
}
impl MediaRules for Generous {
    fn holds(&self, _sha256: Digest) -> bool {
        true
    }
}

#[derive(Clone)]
pub struct Office {
    pub epoch: String,
    pub rows: BTreeMap<(String, Id), Row>,
    pub feed: Vec<Row>,
    pub seq: u64,
    pub decided: BTreeMap<Id, DecisionOutcome>,
    pub devices: BTreeMap<Id, Id>,
    pub stored: BTreeMap<Id, u64>,
    pub now: i64,
}

impl Office {
    pub fn new(epoch: &str) -> Office {
        Office {
            epoch: epoch.to_owned(),
            rows: BTreeMap::new(),
            feed: Vec::new(),
            seq: 0,
            decided: BTreeMap::new(),
            devices: BTreeMap::new(),
            stored: BTreeMap::new(),
            now: 1_790_000_000_000,
        }
    }

    pub fn put(&mut self, kind: &str, id: Id, scope: &Scope, body: Option<Value>) {
        self.seq += 1;
        let before = self.rows.get(&(kind.to_owned(), id)).cloned();
        let rev = before.as_ref().map_or(1, |row| row.rev + 1);
        if let Some(before) = before.filter(|row| row.scope != *scope) {
            let tombstone = Row { rev, seq: self.seq, body: None, ..before };
            self.feed.push(tombstone);
            self.seq += 1;
        }
        let row = Row { kind: kind.to_owned(), id, scope: scope.clone(), rev, seq: self.seq, body };
        self.rows.insert((kind.to_owned(), id), row.clone());
        self.feed.retain(|old| !(old.kind == row.kind && old.id == row.id && old.scope == row.scope));
        self.feed.push(row);
    }

    pub fn save<T: Entity>(&mut self, id: Id, scope: &Scope, body: &T) {
        self.put(T::KIND, id, scope, Some(body.body()));
    }

    pub fn enrol(&mut self, device: Id, person: Id) {
        self.devices.insert(device, person);
        self.hold_again();
    }

    fn lookup(&self, key: &Key) -> Lookup<Vec<Row>> {
        match key {
            Key::Row { kind, id } => match self.rows.get(&(kind.clone(), *id)).filter(|row| row.body.is_some()) {
                Some(row) => Lookup::Known(vec![row.clone()]),
                None => Lookup::Absent,
            },
            Key::Children { kind, parent } => Lookup::Known(
                self.rows.values().filter(|row| row.kind == *kind && row.parent() == Some(*parent)).cloned().collect(),
            ),
        }
    }

    /// Judges a command and takes its changes.
    pub fn give(&mut self, command: &Command, origin: &Origin) -> DecisionOutcome {
        if let Some(known) = self.decided.get(&command.id) {
            return known.clone();
        }
        let context =
            Context { now: self.now, origin, on_hub: true, handed_over: false, forms: &Generous, media: &Generous };
        let mut state = State::new();
        loop {
            let keys = needs(command, &state, &context);
            if keys.is_empty() {
                break;
            }
            for key in keys {
                let found = self.lookup(&key);
                state.load(key, found);
            }
        }
        let mut scopes = BTreeSet::new();
        let (outcome, refusal) = match decide(&state, command, &context) {
            Decision::Accepted(changes) => {
                for change in changes {
                    self.take(change, &mut scopes);
                }
                (DecisionOutcome::Accepted, None)
            }
            Decision::Refused(refusal) => (DecisionOutcome::Refused, Some(refusal)),
            Decision::Waiting(_) => (DecisionOutcome::Waiting, None),
        };
        if let Origin::Device { id, .. } = origin {
            let record = DecisionRecord {
                command: command.id,
                device: Some(*id),
                outcome: outcome.clone(),
                refusal,
                scopes: scopes.into_iter().collect(),
                extra: BTreeMap::new(),
            };
            self.save(Id::derived("decision", &[command.id.bytes()]), &Scope::device(*id), &record);
        }
        self.decided.insert(command.id, outcome.clone());
        self.hold_again();
        outcome
    }

    fn take(&mut self, change: Change, scopes: &mut BTreeSet<Scope>) {
        match change {
            Change::Put { record, scope, body } => {
                scopes.insert(scope.clone());
                self.put(&record.kind, record.id, &scope, Some(body));
            }
            Change::Remove { record } => {
                if let Some(row) = self.rows.get(&(record.kind.clone(), record.id)).cloned() {
                    scopes.insert(row.scope.clone());
                    self.put(&record.kind, record.id, &row.scope, None);
                }
            }
        }
    }

    /// Gives each device the holdings that its person's visits make.
    pub fn hold_again(&mut self) {
        for (device, person) in self.devices.clone() {
            let mut wanted = holding::always(device);
            let visits: Vec<Visit> = self.all();
            for visit in visits {
                if let Some(job) = self.get::<Job>(visit.job) {
                    holding::merge(&mut wanted, holding::for_visit(person, &visit, &job, 0));
                }
            }
            self.set_holdings(device, wanted);
        }
    }

    fn set_holdings(&mut self, device: Id, wanted: holding::Wanted) {
        let own = Scope::device(device);
        let held: Vec<Row> =
            self.rows.values().filter(|row| row.kind == kind::HOLDING && row.scope == own).cloned().collect();
        for row in held.iter().filter(|row| row.body.is_some()) {
            let gone = Holding::of(row).is_some_and(|holding| !wanted.contains_key(&holding.held));
            if gone {
                self.put(kind::HOLDING, row.id, &own, None);
            }
        }
        for (scope, reasons) in wanted {
            let id = holding_id(device, &scope);
            let there = held.iter().any(|row| row.id == id && row.body.is_some());
            if !there {
                let reasons: Vec<HoldingReason> = reasons.into_iter().collect();
                let body = Holding { device, held: scope, reasons, extra: BTreeMap::new() };
                self.save(id, &own, &body);
            }
        }
    }

    pub fn all<T: Entity>(&self) -> Vec<T> {
        self.rows.values().filter_map(T::of).collect()
    }

    pub fn get<T: Entity>(&self, id: Id) -> Option<T> {
        self.rows.get(&(T::KIND.to_owned(), id)).and_then(T::of)
    }

    pub fn holds(&self, device: Id) -> BTreeSet<Scope> {
        self.rows.values().filter_map(Holding::of).filter(|h| h.device == device).map(|h| h.held).collect()
    }

    pub fn push(&mut self, device: Id, batch: &PushBatch) -> Pushed {
        for envelope in &batch.envelopes {
            self.give(&envelope.command, &envelope.origin);
        }
        let stored = self.stored.entry(device).or_default();
        *stored = batch.last_seq.max(*stored);
        Pushed { stored: *stored, quarantined: false, outcomes: Vec::new() }
    }

    pub fn page(&self, device: Id, cursor: Option<&str>, limit: usize) -> FeedPage {
        let from: u64 = match cursor.and_then(|cursor| cursor.split_once('@')) {
            Some((place, epoch)) if epoch == self.epoch => place.parse().unwrap(),
            _ => 0,
        };
        let held = self.holds(device);
        let mut newer: Vec<Row> = self.feed.iter().filter(|row| row.seq > from).cloned().collect();
        newer.sort_by_key(|row| row.seq);
        newer.retain(|row| held.contains(&row.scope));
        let at_head = newer.len() <= limit;
        newer.truncate(limit);
        let sums = if at_head { self.sums(&newer) } else { Vec::new() };
        let place = if at_head { self.seq } else { newer.last().unwrap().seq };
        FeedPage {
            cursor: format!("{place}@{}", self.epoch),
            epoch: self.epoch.clone(),
            rows: newer,
            at_head,
            hub_time: self.now,
            backup_mark: None,
            lease_until: self.now + countersign_model::lease::LEASE_MS,
            keys: None,
            log: None,
            sums,
        }
    }

    /// The sums of the scopes that these rows touch.
    fn sums(&self, rows: &[Row]) -> Vec<ScopeSum> {
        let touched: BTreeSet<&Scope> = rows.iter().map(|row| &row.scope).filter(|scope| is_summed(scope)).collect();
        touched.into_iter().map(|scope| self.sum(scope)).collect()
    }

    /// The sum of one scope.
    pub fn sum(&self, scope: &Scope) -> ScopeSum {
        ScopeSum::of(scope, self.rows.values().filter(|row| row.scope == *scope)).unwrap()
    }

    pub fn scope(&self, scope: &Scope, after: Option<&str>, limit: usize) -> ScopePage {
        let (as_of, from) = match after.and_then(|after| after.split_once('@')) {
            Some((as_of, id)) => (as_of.parse().unwrap(), Some((id.to_owned(), id.len()))),
            None => (self.seq, None),
        };
        let key = |row: &Row| format!("{}:{}", row.kind, row.id);
        let mut rows: Vec<Row> =
            self.rows.values().filter(|row| row.scope == *scope && row.body.is_some()).cloned().collect();
        rows.sort_by_key(key);
        if let Some((from, _)) = from {
            rows.retain(|row| key(row) > from);
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more.then(|| format!("{as_of}@{}", key(rows.last().unwrap())));
        ScopePage { scope: scope.clone(), as_of, rows, next }
    }
}
