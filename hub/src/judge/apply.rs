//! The dull part: changes become rows, and what follows from a row being written is done beside it.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::command::Origin;
use countersign_model::decide::Change;
use countersign_model::entity::{Document, Entity, FormVersion, Series};
use countersign_model::payload::Payload;
use countersign_model::record::{Row, Scope, kind};
use countersign_model::{Id, RecordRef};

use super::Bench;
use crate::error::Outcome;
use crate::safekeeping::journal;
use crate::store::{Entry, Put, StoreError, Stored, Written, form_word, row_word};
use crate::webhooks;

impl Bench<'_> {
    /// Writes the changes of an accepted command. The scopes of the answer are those that its phone must see ready.
    pub(super) fn apply(&self, entry: &Entry, changes: &[Change]) -> Outcome<Written> {
        let puts = self.puts(changes)?;
        let people_before = self.people_concerned(changes)?;
        let watched = self.watched(&puts)?;
        let mut written = self.write.put(&puts)?;
        // A change that brought nothing new still names where the phone must look.
        written.scopes.extend(puts.iter().map(|put| put.scope.clone()));
        self.seal_documents(entry, &puts)?;
        self.publish(&watched, &written)?;
        if let Some((device, _)) = entry.origin.device() {
            puts.iter().try_for_each(|put| self.write.cited_on_word_of(&put.record, device, entry.carrier))?;
        }
        self.beside(entry)?;
        self.journal_numbers(&puts)?;
        let mut people = people_before;
        people.extend(self.people_concerned(changes)?);
        self.refresh_holdings(&people)?;
        Ok(written)
    }

    fn puts(&self, changes: &[Change]) -> Stored<Vec<Put>> {
        let mut puts = Vec::with_capacity(changes.len());
        for change in changes {
            match change {
                Change::Put { record, scope, body } => {
                    puts.push(Put { record: record.clone(), scope: scope.clone(), body: Some(body.clone()) })
                }
                Change::Remove { record } => {
                    let standing = self.write.row(&record.kind, record.id)?;
                    puts.extend(standing.map(|row| Put { record: record.clone(), scope: row.scope, body: None }));
                }
            }
        }
        Ok(puts)
    }

    /// The records that webhooks tell about, as they stand before the change.
    fn watched(&self, puts: &[Put]) -> Stored<BTreeMap<RecordRef, Option<Row>>> {
        let mut before = BTreeMap::new();
        for put in puts.iter().filter(|put| webhooks::is_watched(&put.record.kind)) {
            before.insert(put.record.clone(), self.write.row(&put.record.kind, put.record.id)?);
        }
        Ok(before)
    }

    /// What others are told: in this transaction, so that nothing happens untold and nothing is told that did not
    /// happen.
    fn publish(&self, watched: &BTreeMap<RecordRef, Option<Row>>, written: &Written) -> Outcome {
        for (record, before) in watched.iter().filter(|(record, _)| written.records.contains(record)) {
            let Some(after) = self.write.row(&record.kind, record.id)? else { continue };
            if let Some(event) = webhooks::of_change(before.as_ref(), &after) {
                webhooks::publish(self.write, self.now, &event)?;
            }
        }
        Ok(())
    }

    fn seal_documents(&self, entry: &Entry, puts: &[Put]) -> Stored {
        for put in puts.iter().filter(|put| put.record.kind == kind::DOCUMENT) {
            if let Some(document) = Document::of(&row_of(put)) {
                self.write.seal(&document, entry.command.id, entry.received)?;
            }
        }
        Ok(())
    }

    /// Effects that are not records: a revoked token, a refusal that was dealt with.
    fn beside(&self, entry: &Entry) -> Outcome {
        match entry.command.parse() {
            Ok(Payload::DeviceRevoke(revoked)) => {
                self.write.revoke_token(revoked.device, self.now)?;
                let body = serde_json::json!({"device": revoked.device, "reason": revoked.reason}).to_string();
                self.write.journal_entry(self.now, journal::REVOKED, &body)?;
            }
            Ok(Payload::DeviceEnrol(enrolled)) => {
                let body =
                    serde_json::to_string(&enrolled).map_err(|error| StoreError::Unreadable(error.to_string()))?;
                self.write.journal_entry(self.now, journal::ENROLLED, &body)?;
            }
            Ok(Payload::DeviceConfirm(confirmed)) => {
                crate::service::confirmed(self.write, confirmed.device, self.now)?;
            }
            Ok(Payload::RefusalDiscard(discarded)) => self.close(entry, discarded.command)?,
            Ok(Payload::NoteAdd(note)) => {
                if let Some(kept) = note.instead_of {
                    self.close(entry, kept)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The highest numbers given stand in the journal too: a hub restored from a backup must not give them again.
    fn journal_numbers(&self, puts: &[Put]) -> Stored {
        for put in puts.iter().filter(|put| put.record.kind == kind::SERIES) {
            if let Some(series) = Series::of(&row_of(put)) {
                let body = serde_json::json!({"series": put.record.id, "next": series.next, "prefix": series.prefix});
                self.write.journal_entry(self.now, journal::NUMBERS, &body.to_string())?;
            }
        }
        Ok(())
    }

    /// Its own author closes a refusal in the field; at the office anybody who may give commands does.
    pub(super) fn close(&self, entry: &Entry, refused: Id) -> Stored {
        let Some(target) = self.write.entry(refused)? else { return Ok(()) };
        let from_office = matches!(entry.origin, Origin::Console { .. } | Origin::System);
        if from_office || target.command.author == entry.command.author {
            self.write.close_refusal(refused)?;
        }
        Ok(())
    }

    /// Commands that waited for a row or form that is here now.
    pub(super) fn freed_by(&self, written: &Written) -> Outcome<Vec<Id>> {
        let mut freed = Vec::new();
        for record in &written.records {
            freed.extend(self.write.waiting_for(&row_word(record))?);
            freed.extend(self.freed_by_form(record)?);
        }
        Ok(freed)
    }

    fn freed_by_form(&self, record: &RecordRef) -> Stored<Vec<Id>> {
        if record.kind != kind::FORM {
            return Ok(Vec::new());
        }
        match self.write.get::<FormVersion>(record.id)? {
            Some((_, form)) => self.write.waiting_for(&form_word(form.sha256)),
            None => Ok(Vec::new()),
        }
    }

    /// The people whose devices may gain or lose scopes by these changes, as the rows stand now.
    fn people_concerned(&self, changes: &[Change]) -> Stored<BTreeSet<Id>> {
        let mut people = BTreeSet::new();
        for change in changes {
            self.add_people(change.record(), &mut people)?;
        }
        Ok(people)
    }
}

fn row_of(put: &Put) -> Row {
    Row {
        kind: put.record.kind.clone(),
        id: put.record.id,
        scope: Scope::default(),
        rev: 0,
        seq: 0,
        body: put.body.clone(),
    }
}
