//! Who is on a visit, and who of the company could join it.

use countersign_model::entity::Person;
use countersign_model::{Id, permission};
use serde::Serialize;

use super::facts::PersonRow;
use super::revision;
use crate::app::content::person_name;
use crate::app::{App, AppError};

/// The people of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Who leads.
    pub lead: PersonRow,
    /// Who helps.
    pub helpers: Vec<PersonRow>,
    /// Who else of the company goes on visits, by name.
    pub others: Vec<PersonRow>,
    /// Whether this person says who helps: they lead, and the visit still stands.
    pub may_change: bool,
}

impl App {
    /// The people of this person's visit of a job.
    pub fn people_screen(&self, job: &str) -> Result<PeopleScreen, AppError> {
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
            let named = |id: Id| Ok::<_, AppError>(PersonRow { person: id, name: person_name(rows, id)? });
            let people = rows.all::<Person>()?.into_iter();
            let joins =
                |id: Id, body: &Person| !body.archived && permission::is_field(&body.roles) && !work.visit.has(id);
            let mut others: Vec<PersonRow> = people
                .filter(|(id, body)| joins(*id, body))
                .map(|(id, body)| PersonRow { person: id, name: body.name })
                .collect();
            others.sort_by(|one, other| one.name.cmp(&other.name));
            let mut screen = PeopleScreen {
                revision: 0,
                lead: named(work.visit.lead)?,
                helpers: work.visit.helpers.iter().map(|id| named(*id)).collect::<Result<_, _>>()?,
                others,
                may_change: work.visit.lead == person && !work.visit.is_over(),
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }
}
