//! What lists of jobs are sorted and filtered by beside their own fields: the visit that matters now, who is on it and
//! when, and the order of the board. Written with the job and whenever a visit, a voucher or a name changes.

use countersign_model::Id;
use countersign_model::entity::{
    Customer, Entity as _, Job, JobState, Machine, MachineState, Person, Priority, Visit, VisitState, Voucher,
    voucher_id,
};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::words::key_of;
use serde_json::Value;

use super::entries::Entry;
use super::{Read, Stored};

/// The visit that matters now: the latest that was not given away or cancelled.
pub fn current_visit(visits: &[(Row, Visit)]) -> Option<(&Row, &Visit)> {
    let open = visits.iter().filter(|(_, visit)| !is_gone(visit));
    open.max_by_key(|(row, visit)| (visit.ordinal, row.id)).map(|(row, visit)| (row, visit))
}

fn is_gone(visit: &Visit) -> bool {
    matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled)
}

/// Machine down comes first, then the urgent ones, then by the time of the appointment.
fn board_key(job: &Job, window: &str) -> String {
    let machine = match job.machine_state {
        MachineState::Down => 0,
        MachineState::Limited => 1,
        _ => 2,
    };
    let priority = match job.priority {
        Priority::Urgent => 0,
        Priority::High => 1,
        Priority::Normal | Priority::Other(_) => 2,
        Priority::Low => 3,
    };
    format!("{machine}{priority}{window}")
}

/// Whether no appointment is agreed: nobody planned, a visit without a window, or another visit that is due.
fn is_unplanned(job: &Job, current: Option<&Visit>) -> bool {
    let waits = matches!(job.state, JobState::New | JobState::Planned | JobState::Waiting);
    waits
        && match current {
            None => true,
            Some(visit) if visit.state == VisitState::Planned => visit.window.is_none(),
            Some(visit) => job.state == JobState::Waiting && visit.state == VisitState::Left,
        }
}

/// A time as a key; what has none comes last.
fn time_key(time: Option<i64>) -> String {
    time.map_or_else(|| "9".repeat(20), |time| format!("{:020}", time.max(0)))
}

impl Read<'_> {
    /// Adds to a job's entry what its visits say.
    pub(super) fn add_work(&self, id: Id, body: &Value, entry: &mut Entry) -> Stored {
        let row =
            Row { kind: kind::JOB.to_owned(), id, scope: Scope::job(id), rev: 0, seq: 0, body: Some(body.clone()) };
        let Some(job) = Job::of(&row) else { return Ok(()) };
        let visits = self.children_of::<Visit>(id)?;
        let current = current_visit(&visits).map(|(_, visit)| visit);
        let window = time_key(current.and_then(|visit| visit.window).map(|window| window.from));
        let lead = current.map(|visit| visit.lead);
        let name = lead.map(|lead| self.get::<Person>(lead)).transpose()?.flatten().map(|(_, person)| person.name);
        let name = key_of(&name.unwrap_or_default());
        let mut add = |field: &str, key: String| entry.keys.push((field.to_owned(), key));
        add("board", board_key(&job, &window));
        add("lead", lead.map(|lead| lead.to_string()).unwrap_or_default());
        // Within a person by time, as the board shows it.
        add("lead.name", format!("{name}\u{1}{window}"));
        add("window", window);
        add("unplanned", if is_unplanned(&job, current) { "1" } else { "" }.to_owned());
        for (_, visit) in visits.iter().filter(|(_, visit)| !is_gone(visit)) {
            let people = std::iter::once(visit.lead).chain(visit.helpers.iter().copied());
            people.for_each(|person| add("person", person.to_string()));
        }
        self.add_words_of_work(&job, &visits, entry)
    }

    /// A job is found by its vouchers' numbers, its customer and its machine as well.
    fn add_words_of_work(&self, job: &Job, visits: &[(Row, Visit)], entry: &mut Entry) -> Stored {
        let mut words: Vec<String> = Vec::new();
        for (row, _) in visits {
            words.extend(self.get::<Voucher>(voucher_id(row.id))?.map(|(_, voucher)| voucher.number));
        }
        let customer = job.customer.map(|id| self.get::<Customer>(id)).transpose()?.flatten();
        words.extend(customer.map(|(_, customer)| customer.name));
        let machine = job.machine.map(|id| self.get::<Machine>(id)).transpose()?.flatten();
        let serial = machine.map_or_else(|| job.serial.clone(), |(_, machine)| machine.serial);
        entry.keys.push(("serial".to_owned(), key_of(&serial)));
        words.push(serial);
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            entry.words.push('\n');
            entry.words.push_str(&word);
        }
        Ok(())
    }
}
