//! What every rule uses: the author's rights, reading rows, writing changes, raising flags, moving the job.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike};
use rust_decimal::Decimal;

use super::{Change, Context, Need, Refusal, RefusalCode};
use crate::command::{Command, Origin};
use crate::entity::{
    Amendment, AmendmentState, Entity, Flag, FlagCode, Job, JobState, Person, Role, Series, Visit, Voucher,
};
use crate::entity::{series_id, voucher_id};
use crate::id::{Id, RecordRef};
use crate::job_state::{self, Event};
use crate::limits;
use crate::money::quantity_of;
use crate::permission::{self, Relation, Side};
use crate::record::{Row, Scope, kind};
use crate::state::{Lookup, Missing, View};

/// Why a rule stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// A key is not loaded.
    Missing,
    /// Refused.
    Refused(Refusal),
    /// Waits.
    Waiting(Need),
}

impl From<Missing> for Stop {
    fn from(_: Missing) -> Stop {
        Stop::Missing
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Refused(refusal)
    }
}

/// A rule's way to its end.
pub(super) type Ruling<T = ()> = Result<T, Stop>;

/// A refusal without facts.
pub(super) fn refuse<T>(code: RefusalCode) -> Ruling<T> {
    Err(Stop::Refused(Refusal::new(code)))
}

/// A refusal because a needed field is empty.
pub(super) fn require_text(name: &str, text: &str) -> Ruling {
    if text.trim().is_empty() {
        return Err(Refusal::new(RefusalCode::Missing).with("field", name).into());
    }
    Ok(())
}

/// A quantity as typed, within the bounds of quantities.
pub(super) fn quantity(field: &str, text: &str) -> Ruling<Decimal> {
    let wrong = || {
        let shown: String = text.chars().take(40).collect();
        Refusal::new(RefusalCode::NotANumber).with("field", field).with("value", shown)
    };
    let number = quantity_of(text).map_err(|_| wrong())?;
    if number.abs() > Decimal::from(limits::MOST_QUANTITY) {
        let refusal = Refusal::new(RefusalCode::OutOfRange).with("field", field);
        return Err(refusal.with("least", -limits::MOST_QUANTITY).with("most", limits::MOST_QUANTITY).into());
    }
    Ok(number)
}

/// A visit or an amendment's draft, with the visit and voucher behind it.
pub(super) struct Subject {
    pub reference: RecordRef,
    pub scope: Scope,
    pub job: Id,
    pub visit: Option<(Row, Visit)>,
    pub voucher: Option<(Row, Voucher)>,
    pub amendment: Option<Amendment>,
}

impl Subject {
    /// Whether what is recorded now stands outside a signed document.
    pub fn is_frozen(&self) -> bool {
        match &self.amendment {
            Some(amendment) => amendment.state != AmendmentState::Open,
            None => self.voucher.as_ref().is_some_and(|(_, voucher)| !voucher.leaves.is_empty()),
        }
    }
}

pub(super) struct Judge<'a> {
    pub command: &'a Command,
    pub view: &'a View<'a>,
    pub context: &'a Context<'a>,
    author: Option<Person>,
    changes: Vec<Change>,
}

impl<'a> Judge<'a> {
    pub fn new(command: &'a Command, view: &'a View<'a>, context: &'a Context<'a>) -> Judge<'a> {
        Judge { command, view, context, author: None, changes: Vec::new() }
    }

    pub fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// The first half of the permission table: the author's role. Field facts pass and are flagged later.
    pub fn check_author(&mut self) -> Ruling {
        if *self.context.origin == Origin::System {
            return Ok(());
        }
        let Some(line) = permission::permission(&self.command.kind) else {
            return refuse(RefusalCode::NotAllowed);
        };
        let author = match self.view.get::<Person>(self.command.author)? {
            Lookup::NotHere => return Ok(()),
            Lookup::Known((_, person)) => Some(person),
            Lookup::Absent => None,
        };
        let allowed =
            author.as_ref().is_some_and(|person| !person.archived && permission::has_role(line, &person.roles));
        self.author = author;
        // Whoever sits at the console gives an order even where a phone would record a fact.
        let orders = line.side == Side::Office || !matches!(self.context.origin, Origin::Device { .. });
        if !allowed && orders {
            return refuse(RefusalCode::NotAllowed);
        }
        Ok(())
    }

    /// The author's roles; empty where they are not known.
    pub fn roles(&self) -> &[Role] {
        self.author.as_ref().map_or(&[], |person| &person.roles)
    }

    /// Whether the author's rights are known and are those of the office, or the hub itself acts.
    pub fn is_office(&self) -> bool {
        *self.context.origin == Origin::System || permission::is_office(self.roles())
    }

    pub fn year(&self) -> i32 {
        DateTime::from_timestamp_millis(self.context.now).map_or(1970, |time| time.year())
    }

    pub fn put<T: Entity>(&mut self, id: Id, scope: &Scope, body: &T) {
        self.changes.push(Change::Put { record: RecordRef::new(T::KIND, id), scope: scope.clone(), body: body.body() });
    }

    /// A change whose body was put together as raw JSON, so that unknown fields survive.
    pub fn put_raw(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub fn flag(&mut self, about: RecordRef, scope: &Scope, code: FlagCode, facts: &[(&str, &str)]) {
        let id = Id::derived("flag", &[self.command.id.bytes(), code.as_str().as_bytes(), about.id.bytes()]);
        let facts: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let flag = Flag { about, code, command: self.command.id, facts, open: true, extra: Default::default() };
        self.put(id, scope, &flag);
    }

    /// Work on a job that the office cancelled is kept, and somebody looks at it.
    pub fn flag_cancelled(&mut self, job: Id, scope: &Scope) -> Ruling {
        if let Lookup::Known((_, body)) = self.view.get::<Job>(job)?
            && body.state == JobState::Cancelled
        {
            self.flag(RecordRef::new(kind::JOB, job), scope, FlagCode::CompletedAfterCancel, &[]);
        }
        Ok(())
    }

    /// A row that must exist: waits on the hub for another device to send it; a phone that does not hold it goes on.
    pub fn existing<T: Entity>(&self, id: Id) -> Ruling<Option<(Row, T)>> {
        match self.view.get::<T>(id)? {
            Lookup::Known(found) => Ok(Some(found)),
            Lookup::NotHere => Ok(None),
            Lookup::Absent => Err(Stop::Waiting(Need::Row(RecordRef::new(T::KIND, id)))),
        }
    }

    /// A row that must exist for an order of the office: refused where it does not.
    pub fn known<T: Entity>(&self, id: Id) -> Ruling<Option<(Row, T)>> {
        match self.view.get::<T>(id)? {
            Lookup::Known(found) => Ok(Some(found)),
            Lookup::NotHere => Ok(None),
            Lookup::Absent => Err(Refusal::new(RefusalCode::NoRecord).with("kind", T::KIND).with("id", id).into()),
        }
    }

    /// A new row must not exist yet.
    pub fn unused(&self, kind: &str, id: Id) -> Ruling {
        match self.view.row(kind, id)? {
            Lookup::Known(_) => Err(Refusal::new(RefusalCode::Exists).with("kind", kind).into()),
            _ => Ok(()),
        }
    }

    /// The next number of a series such as `V`; empty on a phone, which allots from its own block.
    pub fn allot(&mut self, letter: &str) -> Ruling<String> {
        let name = format!("{letter}-{:02}", self.year().rem_euclid(100));
        let id = series_id(&name);
        let mut series = match self.view.get::<Series>(id)? {
            Lookup::Known((_, series)) => series,
            Lookup::Absent if self.context.on_hub => Series { next: 1, ..Series::default() },
            _ => return Ok(String::new()),
        };
        let number = format!("{name}{}-{:04}", series.prefix, series.next);
        series.next += 1;
        self.put(id, &Scope::office(), &series);
        Ok(number)
    }

    /// Loads what a field fact is about and checks the author's relation to it.
    pub fn subject(&mut self, reference: &RecordRef) -> Ruling<Subject> {
        let amendment = match reference.kind.as_str() {
            kind::VISIT => None,
            kind::AMENDMENT => self.existing::<Amendment>(reference.id)?.map(|(_, amendment)| amendment),
            other => {
                return Err(Refusal::new(RefusalCode::Malformed)
                    .with("why", format!("a {other} takes no facts"))
                    .into());
            }
        };
        let visit_id = amendment.as_ref().map_or(reference.id, |amendment| amendment.visit);
        let visit = match reference.kind == kind::AMENDMENT && amendment.is_none() {
            true => None,
            false => self.existing::<Visit>(visit_id)?,
        };
        let voucher = self.view.get::<Voucher>(voucher_id(visit_id))?.known();
        let job = visit.as_ref().map(|(_, visit)| visit.job).or(self.command.lane.id()).unwrap_or_default();
        let scope = visit.as_ref().map_or_else(|| self.command.lane.clone(), |(row, _)| row.scope.clone());
        let subject = Subject { reference: reference.clone(), scope, job, visit, voucher, amendment };
        self.check_relation(&subject)?;
        Ok(subject)
    }

    /// The second half of the permission table: how the author stands to the visit.
    fn check_relation(&mut self, subject: &Subject) -> Ruling {
        let Some((_, visit)) = &subject.visit else { return Ok(()) };
        let author = self.command.author;
        let needs_visit = permission::permission(&self.command.kind)
            .is_some_and(|line| line.side == Side::Field && line.relation == Relation::OnVisit);
        let role_fits =
            permission::permission(&self.command.kind).is_some_and(|line| permission::has_role(line, self.roles()));
        // Whoever collects a remote visit's sign-off works on its voucher.
        let collects = match visit.collected_by {
            Some(by) => self.view.get::<Visit>(by)?.known().is_some_and(|(_, visit)| visit.has(author)),
            None => false,
        };
        let stands = (visit.has(author) || collects) && (role_fits || self.author.is_none() && !self.context.on_hub);
        let manages = self.roles().contains(&Role::Manager);
        if !needs_visit || stands || manages || *self.context.origin == Origin::System {
            return Ok(());
        }
        if !self.context.on_hub {
            return if self.context.handed_over { Ok(()) } else { refuse(RefusalCode::NotAllowed) };
        }
        let facts = [("author", author.to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.flag(subject.reference.clone(), &subject.scope, FlagCode::NotOnVisit, &facts);
        Ok(())
    }

    /// After the signature: a phone refuses (begin an amendment), the hub keeps the fact as a late one and flags it.
    /// Returns whether the fact is late.
    pub fn late(&mut self, subject: &Subject, what: &str) -> Ruling<bool> {
        if !subject.is_frozen() {
            return Ok(false);
        }
        if !self.context.on_hub {
            let code = if subject.amendment.is_some() { RefusalCode::DraftClosed } else { RefusalCode::Signed };
            return refuse(code);
        }
        self.flag(subject.reference.clone(), &subject.scope, FlagCode::LateFact, &[("what", what)]);
        Ok(true)
    }

    /// Moves the job by the table; where it has no line, the state stays.
    pub fn job_event(&mut self, job: Id, event: Event) -> Ruling {
        let Some((row, mut body)) = self.view.get::<Job>(job)?.known() else { return Ok(()) };
        if let Some(next) = job_state::next(&body.state, event) {
            body.state = next;
            self.put(job, &row.scope, &body);
        }
        Ok(())
    }
}
