//! The job list: open jobs first, by appointment; searched by number, customer, site, machine and fault.

use countersign_model::Id;
use countersign_model::departure;
use countersign_model::entity::{
    Customer, Job, JobState, Machine, MachineState, Priority, Site, Visit, VisitState, Voucher, Window, voucher_id,
};
use countersign_model::lease::DAY_MS;
use countersign_model::record::Scope;
use countersign_texts::{Texts, Zone};
use rusqlite::params;
use serde::Serialize;

use super::revision;
use crate::app::{App, AppError};
use crate::store::{NO_APPOINTMENT, Rows, next_visit};

/// Which jobs are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobChoice {
    /// Every job in which this person has or had a visit, open ones first.
    #[default]
    Own,
    /// Of these, the open ones whose appointment is today or was before, and those under way.
    Today,
    /// Of these, the open ones.
    Open,
    /// The open ones that this person leads.
    Mine,
    /// Those that came back from review with remarks.
    Returned,
    /// Everything on this device, with the earlier jobs of the machines.
    All,
}

impl JobChoice {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [JobChoice; 6] =
        [JobChoice::Today, JobChoice::Open, JobChoice::Mine, JobChoice::Returned, JobChoice::Own, JobChoice::All];

    /// What is listed before a person says otherwise.
    pub const USUAL: JobChoice = JobChoice::Open;

    /// Its word, for addresses, scripts and the keys of texts (`job-choice-<word>`).
    pub fn word(self) -> &'static str {
        match self {
            JobChoice::Own => "own",
            JobChoice::Today => "today",
            JobChoice::Open => "open",
            JobChoice::Mine => "mine",
            JobChoice::Returned => "returned",
            JobChoice::All => "all",
        }
    }
}

/// What is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Which jobs.
    pub choice: JobChoice,
    /// Words that must all occur; empty for everything.
    pub search: String,
    /// Leaves closed jobs out.
    pub open_only: bool,
    /// Where to go on: the last row's place.
    pub after: Option<JobPlace>,
    /// Most rows; 0 for 50.
    pub limit: u32,
}

/// A row's place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct JobPlace {
    /// 1 for open jobs, which come first.
    pub open: i64,
    /// Appointment, milliseconds.
    pub at: i64,
    /// The job.
    pub job: Id,
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobRow {
    /// The job.
    pub job: Id,
    /// Its number; empty until the hub allots one.
    pub number: String,
    /// The voucher's number of the present visit.
    pub voucher: String,
    /// Where it stands.
    pub state: JobState,
    /// Whose machine.
    pub customer: String,
    /// Where.
    pub site: String,
    /// Serial of the machine.
    pub machine: String,
    /// The fault.
    pub fault: String,
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// The appointment that comes next, or is under way; `None` where none is agreed.
    pub window: Option<Window>,
    /// The heading under which it stands, in the reader's language: the day of the next visit, no appointment, or closed.
    /// Rows under one heading follow one another.
    pub heading: String,
    /// What people call it: the number of its voucher, else its own, else the machine's serial, else the customer.
    pub title: String,
    /// Whether the machine is down, which is pointed out.
    pub down: bool,
    /// Whether something that the visit needs is not on this device.
    pub lacking: bool,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
    /// Files that are still only on this device.
    pub unconfirmed_files: u64,
    /// Their length together.
    pub unconfirmed_bytes: u64,
    /// Entries that are still only on this device.
    pub unsent_entries: u64,
    /// Whether this person has or had a visit; false for an earlier job of a machine, which is here to be read.
    pub own: bool,
    /// The light of the departure check.
    pub ready: bool,
    /// Where the row stands.
    pub place: JobPlace,
}

/// The job list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobListScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The jobs.
    pub rows: Vec<JobRow>,
    /// Whether there are more after the last one.
    pub more: bool,
}

const USUAL_LIMIT: usize = 50;

/// What the headings are worded with.
struct Headings {
    texts: Texts,
    zone: Zone,
}

impl Headings {
    /// Made of the row's place alone: rows of one heading are then neighbours in every page.
    fn heading(&self, place: &JobPlace) -> String {
        match (place.open, place.at) {
            (0, _) => self.texts.get("job-day-closed"),
            (_, NO_APPOINTMENT) => self.texts.get("job-day-none"),
            (_, at) => self.texts.date(at, &self.zone),
        }
    }
}

impl App {
    /// A page of the job list.
    pub fn job_list(&self, filter: &JobFilter) -> Result<JobListScreen, AppError> {
        // A device that nobody enrolled has no language yet, and nothing to head: its list is empty, no error.
        let language = match self.language() {
            Err(AppError::Enrol) => countersign_model::Language::English,
            known => known?,
        };
        let texts = Texts::new(language);
        self.show(|rows| {
            let words = Headings { texts, zone: self.zone(rows)? };
            let limit = usize::try_from(filter.limit).ok().filter(|limit| *limit > 0).unwrap_or(USUAL_LIMIT);
            let before = self.end_of_today();
            let mut places = places(rows, filter, before, limit + 1)?;
            let more = places.len() > limit;
            places.truncate(limit);
            let listed: Result<Vec<Option<JobRow>>, AppError> =
                places.into_iter().map(|place| self.job_row(rows, &words, place)).collect();
            let rows: Vec<JobRow> = listed?.into_iter().flatten().collect();
            Ok(JobListScreen { revision: revision(&rows), rows, more })
        })
    }
}

fn places(rows: &Rows<'_>, filter: &JobFilter, before: i64, limit: usize) -> Result<Vec<JobPlace>, AppError> {
    let sql = "SELECT open, at, job FROM job_order
               WHERE (?1 IS NULL OR open < ?1 OR (open = ?1 AND (at, job) > (?2, ?3)))
                 AND open >= ?4 AND part >= ?7 AND at <= ?8 AND (?9 IS NULL OR state = ?9)
                 AND NOT EXISTS (SELECT 1 FROM json_each(?5) AS word WHERE instr(words, word.value) = 0)
               ORDER BY open DESC, at, job LIMIT ?6";
    let words: Vec<String> = filter.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let words = serde_json::to_string(&words).map_err(|error| AppError::Report { why: error.to_string() })?;
    let after = filter.after;
    let open_only = filter.open_only || matches!(filter.choice, JobChoice::Today | JobChoice::Open | JobChoice::Mine);
    let part: i64 = match filter.choice {
        JobChoice::All => 0,
        JobChoice::Mine => 2,
        _ => 1,
    };
    let state = (filter.choice == JobChoice::Returned).then(|| JobState::Returned.as_str().to_owned());
    let read =
        |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, crate::store::id_of(row.get_ref(2)?.as_blob()?)?));
    let find = || -> Result<Vec<JobPlace>, rusqlite::Error> {
        let mut statement = rows.connection().prepare_cached(sql)?;
        let found = statement.query_map(
            params![
                after.map(|place| place.open),
                after.map(|place| place.at),
                after.map(|place| *place.job.bytes()),
                i64::from(open_only),
                words,
                i64::try_from(limit).unwrap_or(i64::MAX),
                part,
                if filter.choice == JobChoice::Today { before.saturating_sub(1) } else { i64::MAX },
                state,
            ],
            read,
        )?;
        found.map(|row| row.map(|(open, at, job)| JobPlace { open, at, job })).collect()
    };
    find().map_err(|error| AppError::from(crate::store::StoreError::from(error)))
}

impl App {
    fn job_row(&self, rows: &Rows<'_>, words: &Headings, place: JobPlace) -> Result<Option<JobRow>, AppError> {
        let Some(job) = rows.get::<Job>(place.job)? else { return Ok(None) };
        let customer = job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
        let site = job.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
        let machine = job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
        let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
        let visits = rows.children_of::<Visit>(place.job)?;
        let window = next_visit(&visits).and_then(|(_, next)| next.window);
        let stands = |visit: &Visit| !matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
        let own = visits.iter().any(|(_, visit)| visit.has(person));
        let visit = visits.into_iter().max_by_key(|(_, visit)| (stands(visit), visit.ordinal));
        let ready = departure::is_ready(&departure::check(&self.departure_facts(rows, place.job, &job)?));
        let (unconfirmed_files, unconfirmed_bytes) = rows.unconfirmed_in(&Scope::job(place.job))?;
        let voucher = visit.as_ref().map(|(id, _)| rows.get::<Voucher>(voucher_id(*id))).transpose()?.flatten();
        let voucher = voucher.map(|voucher| voucher.number).unwrap_or_default();
        let machine = machine.map_or(job.serial, |machine| machine.serial);
        let customer = customer.map(|customer| customer.name).unwrap_or_default();
        let names = [&voucher, &job.number, &machine, &customer];
        let title = names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
        Ok(Some(JobRow {
            job: place.job,
            heading: words.heading(&place),
            title,
            down: job.machine_state == MachineState::Down,
            lacking: place.open > 0 && own && !ready,
            number: job.number,
            voucher,
            state: job.state,
            customer,
            site: site.map(|site| site.name).unwrap_or_default(),
            machine,
            fault: job.fault,
            priority: job.priority,
            machine_state: job.machine_state,
            window,
            carried_from: rows.carried_from(place.job)?.map(|(_, name)| name).unwrap_or_default(),
            unconfirmed_files,
            unconfirmed_bytes,
            unsent_entries: rows.unsent_in(&Scope::job(place.job))?,
            own,
            ready,
            place,
        }))
    }

    /// The first millisecond of tomorrow by this device's clock and zone.
    fn end_of_today(&self) -> i64 {
        let offset = i64::from(self.platform().offset_minutes()).saturating_mul(60_000);
        let local = self.now().saturating_add(offset);
        local.saturating_sub(local.rem_euclid(DAY_MS)).saturating_add(DAY_MS).saturating_sub(offset)
    }
}
