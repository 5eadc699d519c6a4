//! The company and its people, and finding people, customers and machines by what a person calls them.

use countersign_model::entity::{Company, Customer, Entity, Machine, Person, Policy, Role};
use countersign_model::record::Row;
use countersign_model::{Id, Language};

use super::Actor;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::Direction;

/// Rows read at a time when a whole kind is searched.
const PAGE: usize = 500;

impl Hub {
    /// The records that every hub has: its company and the default policy.
    pub(crate) fn first_records(&self, company: &str) -> Outcome {
        let system = self.system();
        let body = Company { name: company.to_owned(), zone: "UTC".to_owned(), ..Company::default() };
        // Empty currency would make every price wrong; the office sets its own.
        let body = Company { currency: "EUR".to_owned(), ..body };
        self.save(&system, self.tenant(), &body)?;
        self.save(&system, self.new_id()?, &Policy::default())
    }

    /// Adds a person.
    pub fn add_person(&self, actor: &Actor, name: &str, roles: &[Role], language: Language) -> Outcome<Id> {
        if name.trim().is_empty() || roles.is_empty() {
            return Err(HubError::Input("a person needs a name and at least one role".to_owned()));
        }
        if let Some(unknown) = roles.iter().find(|role| matches!(role, Role::Other(_))) {
            let known: Vec<&str> = Role::KNOWN.iter().map(Role::as_str).collect();
            return Err(HubError::Input(format!("there is no role {unknown}: use one of {}", known.join(", "))));
        }
        let id = self.new_id()?;
        let person = Person { name: name.trim().to_owned(), roles: roles.to_vec(), language, ..Person::default() };
        self.save(actor, id, &person)?;
        Ok(id)
    }

    /// Every live row of a kind, typed.
    pub fn all<T: Entity>(&self) -> Outcome<Vec<(Row, T)>> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = self.read(|read| Ok(read.list(T::KIND, after, PAGE, Direction::Ascending)?))?;
            let Some(last) = page.last() else { return Ok(found) };
            after = Some(last.id);
            found.extend(page.into_iter().filter_map(|row| T::of(&row).map(|body| (row, body))));
        }
    }

    /// One record with its typed body.
    pub fn get<T: Entity>(&self, id: Id) -> Outcome<Option<(Row, T)>> {
        self.read(|read| Ok(read.get::<T>(id)?))
    }

    /// The typed records under a parent.
    pub fn children<T: Entity>(&self, parent: Id) -> Outcome<Vec<(Row, T)>> {
        self.read(|read| Ok(read.children_of::<T>(parent)?))
    }

    /// The one record of a kind that a person names, by id or by a word such as its name.
    fn named<T: Entity>(&self, what: &'static str, name: &str, fits: impl Fn(&T) -> bool) -> Outcome<(Id, T)> {
        if let Ok(id) = name.parse::<Id>()
            && let Some((row, body)) = self.get::<T>(id)?
        {
            return Ok((row.id, body));
        }
        let mut found: Vec<(Id, T)> =
            self.all::<T>()?.into_iter().filter(|(_, body)| fits(body)).map(|(row, body)| (row.id, body)).collect();
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(_), false) => Err(HubError::Several { what, name: name.to_owned() }),
            (None, _) => Err(HubError::NotFound { what, name: name.to_owned() }),
        }
    }

    /// A person by id or name. People who left are not found by name.
    pub fn find_person(&self, name: &str) -> Outcome<(Id, Person)> {
        self.named("person", name, |person: &Person| same(&person.name, name) && !person.archived)
    }

    /// A customer by id or name.
    pub fn find_customer(&self, name: &str) -> Outcome<(Id, Customer)> {
        self.named("customer", name, |customer: &Customer| same(&customer.name, name) && !customer.archived)
    }

    /// A machine by id or serial.
    pub fn find_machine(&self, serial: &str) -> Outcome<(Id, Machine)> {
        self.named("machine", serial, |machine: &Machine| same(&machine.serial, serial))
    }

    /// A person with a role, the longest with the company first.
    pub fn somebody_who_is(&self, role: &Role) -> Outcome<Option<Id>> {
        let people = self.all::<Person>()?;
        let fits = |person: &Person| !person.archived && person.roles.contains(role);
        Ok(people.into_iter().find(|(_, person)| fits(person)).map(|(row, _)| row.id))
    }
}

/// Names are compared as people type them.
fn same(stored: &str, typed: &str) -> bool {
    stored.trim().to_lowercase() == typed.trim().to_lowercase()
}
