//! What a job screen says of the job and visit besides the work itself: urgency, machine, class, helpers, window,
//! diagnosis, meters, requests, and remote visits whose sign-off is still to be collected.

use countersign_model::Id;
use countersign_model::document::{CodeShown, VoucherClass};
use countersign_model::entity::{
    Code, Machine, MachineState, MeterReading, Priority, Request, RequestState, Visit, Voucher, Window, code_list,
    voucher_id,
};
use countersign_model::language::Language;
use countersign_model::time::TimeRecord;
use countersign_texts::Texts;
use serde::Serialize;

use super::choices::choices;
use super::waiting::{HeldBefore, WaitingRow, held_before, waiting};
use crate::app::charging::{class_of, facts};
use crate::app::content::job_facts::diagnosis;
use crate::app::content::person_name;
use crate::app::work::Work;
use crate::app::{App, AppError};
use crate::store::Rows;

/// A person on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// The person.
    pub person: Id,
    /// Their name.
    pub name: String,
}

/// A remote visit whose sign-off the present visit collects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CollectRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number: preview and sign by it.
    pub number: String,
    /// Whether it is signed.
    pub signed: bool,
}

/// Something that this job's people asked the office to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRow {
    /// The request.
    pub request: Id,
    /// About which kind of record.
    pub about: String,
    /// What is asked: `window`, `parts`, `colleague`, `question` or `change`.
    pub what: String,
    /// The window that is asked for.
    pub window: Option<Window>,
    /// When it was asked.
    pub time: TimeRecord,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RequestState,
    /// What the office answered.
    pub answer: String,
}

/// A reading of the machine's meter on this visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeterRow {
    /// Exact decimal.
    pub value: String,
    /// Lower than the one before: kept and not taken over.
    pub backward: bool,
}

/// The facts of a job and of the present visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobFacts {
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// How the voucher is paid.
    pub class: VoucherClass,
    /// Why, where it is not the proposed one.
    pub class_reason: String,
    /// The class that warranty and contract propose today.
    pub proposed_class: Option<VoucherClass>,
    /// The agreed window.
    pub window: Option<Window>,
    /// Who leads.
    pub lead: PersonRow,
    /// Who helps.
    pub helpers: Vec<PersonRow>,
    /// A session by phone or video.
    pub remote: bool,
    /// Why they left; empty while there.
    pub leave_reason: String,
    /// Symptom, cause and remedy with their names.
    pub diagnosis: Vec<CodeShown>,
    /// What was found and done, in words.
    pub findings: String,
    /// The machine's last reading before this visit's own; empty where unknown.
    pub meter_before: String,
    /// Readings of this visit.
    pub meters: Vec<MeterRow>,
    /// Whether the machine still has to be registered at the office.
    pub unregistered: bool,
    /// Remote visits whose sign-off this visit collects.
    pub collects: Vec<CollectRow>,
    /// Remote visits of this customer that wait for somebody to collect their sign-off.
    pub waiting: Vec<WaitingRow>,
    /// Who held the visit before it was given to this person.
    pub held_before: Option<HeldBefore>,
    /// What was asked of the office, the newest first.
    pub requests: Vec<RequestRow>,
}

/// One choice of a code list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeChoice {
    /// The code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
}

/// One list of the company to pick from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodePicker {
    /// The list, such as `symptom`.
    pub list: String,
    /// Nothing first, then by name; what is kept is there even where the company does not offer it any more.
    pub options: Vec<CodeChoice>,
    /// What is kept; empty for nothing.
    pub chosen: String,
}

impl App {
    /// The choices of a code list such as `symptom`, by name.
    pub fn code_choices(&self, list: &str) -> Result<Vec<CodeChoice>, AppError> {
        if !code_list::ALL.contains(&list) {
            return Err(AppError::Input { why: format!("there is no list {list}: use {}", code_list::ALL.join(", ")) });
        }
        let language = self.language()?;
        self.show(|rows| offered(rows, list, None, language))
    }

    /// The lists that a diagnosis picks from, with what is kept of each, in the reader's language.
    pub fn code_pickers(&self, job: &str) -> Result<Vec<CodePicker>, AppError> {
        let language = self.language()?;
        let none = CodeChoice { code: String::new(), name: Texts::new(language).get("none") };
        self.show(|rows| {
            let kept = diagnosis(rows, &self.work(rows, job)?.job, language)?;
            let picker = |list: &&'static str| {
                let kept = kept.iter().find(|shown| shown.list == *list);
                let kept = kept.map(|shown| CodeChoice { code: shown.code.clone(), name: shown.name.clone() });
                let chosen = kept.as_ref().map(|kept| kept.code.clone()).unwrap_or_default();
                let mut options = offered(rows, list, kept, language)?;
                options.insert(0, none.clone());
                Ok(CodePicker { list: (*list).to_owned(), options, chosen })
            };
            choices("code-list").iter().map(picker).collect()
        })
    }

    pub(crate) fn job_facts(&self, rows: &Rows<'_>, work: &Work, language: Language) -> Result<JobFacts, AppError> {
        let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
        let person = |id: Id| Ok::<_, AppError>(PersonRow { person: id, name: person_name(rows, id)? });
        let layers = work.layers(rows)?;
        let meters = facts::<MeterReading>(rows, &layers)?.into_iter();
        let today = self.today();
        Ok(JobFacts {
            priority: work.job.priority.clone(),
            machine_state: work.job.machine_state.clone(),
            class: class_of(work),
            class_reason: work.voucher.as_ref().map(|voucher| voucher.class_reason.clone()).unwrap_or_default(),
            proposed_class: machine.as_ref().map(|machine| machine.proposed_class(&today)),
            window: work.visit.window,
            lead: person(work.visit.lead)?,
            helpers: work.visit.helpers.iter().map(|id| person(*id)).collect::<Result<_, _>>()?,
            remote: work.visit.remote,
            leave_reason: work.visit.leave_reason.clone(),
            diagnosis: diagnosis(rows, &work.job, language)?,
            findings: work.job.findings.clone(),
            meter_before: machine.map(|machine| machine.meter).unwrap_or_default(),
            meters: meters.map(|(_, reading)| MeterRow { value: reading.value, backward: reading.backward }).collect(),
            unregistered: work.job.machine.is_none(),
            collects: collects(rows, work)?,
            waiting: waiting(rows, work)?,
            held_before: held_before(rows, work)?,
            requests: requests(rows, work)?,
        })
    }
}

/// What the company offers of a list, and what is kept, by name.
fn offered(
    rows: &Rows<'_>,
    list: &str,
    kept: Option<CodeChoice>,
    language: Language,
) -> Result<Vec<CodeChoice>, AppError> {
    let is_kept = |code: &Code| kept.as_ref().is_some_and(|kept| kept.code == code.code);
    let codes = rows.all::<Code>()?.into_iter().map(|(_, code)| code);
    let offered = codes.filter(|code| code.list == list && !code.archived && !is_kept(code));
    let named = |code: Code| CodeChoice { name: code.name.get(language).to_owned(), code: code.code };
    let mut choices: Vec<CodeChoice> = offered.map(named).collect();
    choices.extend(kept);
    choices.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(choices)
}

fn collects(rows: &Rows<'_>, work: &Work) -> Result<Vec<CollectRow>, AppError> {
    let mut found = Vec::new();
    for id in &work.visit.collects {
        if rows.get::<Visit>(*id)?.is_none() {
            continue;
        }
        let voucher = rows.get::<Voucher>(voucher_id(*id))?;
        found.push(CollectRow {
            visit: *id,
            number: voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default(),
            signed: voucher.is_some_and(|voucher| !voucher.leaves.is_empty()),
        });
    }
    Ok(found)
}

/// Requests about the job, its visits, customer, site and machine, the newest first.
fn requests(rows: &Rows<'_>, work: &Work) -> Result<Vec<RequestRow>, AppError> {
    let visits = rows.children_of::<Visit>(work.job_id)?.into_iter().map(|(id, _)| id);
    let about = [Some(work.job_id), work.job.customer, work.job.site, work.job.machine];
    let about: Vec<Id> = about.into_iter().flatten().chain(visits).collect();
    let mut found = Vec::new();
    for id in about {
        let requests = rows.children_of::<Request>(id)?.into_iter();
        found.extend(requests.map(|(request, body)| RequestRow {
            request,
            what: body.what(),
            window: body.window(),
            about: body.about.kind,
            time: body.time,
            reason: body.reason,
            state: body.state,
            answer: body.answer,
        }));
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.request));
    Ok(found)
}
