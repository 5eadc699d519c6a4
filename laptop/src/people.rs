//! Who goes along on a visit: helpers are picked from the people of the company, and leave again.

use askama::Template;
use countersign_device::screens::{PeopleScreen, PersonRow};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::words::Choice;

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    f: Frame,
    path: String,
    people: PeopleScreen,
    choices: Vec<Choice>,
}

/// `GET …/people`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-people")?;
    let people = desk.app().people_screen(asked.path.get("job"))?;
    let choice =
        |chosen| move |row: &PersonRow| Choice { value: row.person.to_string(), label: row.name.clone(), chosen };
    let choices = people.helpers.iter().map(choice(true)).chain(people.others.iter().map(choice(false))).collect();
    drawn(&PeoplePage { path: format!("/jobs/{}", screen.name), people, choices, f })
}

/// `POST …/people`: only who joins or leaves is said, so that two windows do not undo each other.
pub(crate) fn change(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let (before, now) = (form.all("before"), form.all("helper"));
    let but = |some: &[&str], others: &[&str]| -> Vec<String> {
        some.iter().filter(|id| !others.contains(id)).map(|id| (*id).to_owned()).collect()
    };
    let (add, remove) = (but(&now, &before), but(&before, &now));
    if !add.is_empty() || !remove.is_empty() {
        desk.app().change_helpers(job, &add, &remove)?;
    }
    done(&format!("/jobs/{job}"), "people")
}
