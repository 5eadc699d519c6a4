//! People: the list, adding a person, roles and what else an administrator sets.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::entity::{Branch, Device, DeviceState, Entity, Person, Role};
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, Language, RecordRef};
use serde_json::json;

use super::desk::{Desk, Outcome, done, drawn_as, refusal_of};
use super::fields::Asked;
use super::master::{BookTable, Filters, table};
use super::page::{Page, role_words};
use super::saved;
use super::trouble::{Problem, Trouble, refusal_status};
use super::words::{Chip, Choice, Words};
use crate::master::book;
use crate::store::{Direction, Read};

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    filters: Filters,
    table: BookTable,
    problem: Option<Problem>,
    can_add: bool,
    id: String,
    name: String,
    languages: Vec<Choice>,
    roles: Vec<Choice>,
}

struct DeviceShown {
    id: String,
    name: String,
    code: String,
    state: Chip,
    facts: Vec<String>,
    can_revoke: bool,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    id: String,
    chips: Vec<Chip>,
    problem: Option<Problem>,
    can_save: bool,
    /// The revision that the form was made from.
    seen: u64,
    /// What is stored where the form says something else, after somebody else saved.
    now: Vec<(String, String)>,
    name: String,
    number: String,
    branches: Vec<Choice>,
    role_words: String,
    languages: Vec<Choice>,
    roles: Vec<Choice>,
    archived: bool,
    devices: Vec<DeviceShown>,
    can_invite: bool,
    can_link: bool,
    can_calendar: bool,
    access: String,
}

/// People and devices are an administrator's; the rules ask the same of each command.
pub(crate) fn administers(desk: &Desk<'_>) -> bool {
    desk.visitor.as_ref().is_some_and(|visitor| visitor.seen.has(&Role::Administrator))
}

pub(super) fn only_administrators(desk: &Desk<'_>) -> Result<(), Trouble> {
    if administers(desk) { Ok(()) } else { Err(Trouble::NotAllowed) }
}

fn role_choices(words: &Words, chosen: &[Role]) -> Vec<Choice> {
    let choice = |role: &Role| Choice {
        value: role.as_str().to_owned(),
        label: words.texts.word("role", role.as_str()),
        chosen: chosen.contains(role),
    };
    Role::KNOWN.iter().map(choice).collect()
}

fn language_choices(chosen: Language) -> Vec<Choice> {
    Language::ALL.iter().map(|language| Choice::new(language.tag(), language.own_name(), chosen.tag())).collect()
}

fn roles_of(asked: &Asked) -> Vec<Role> {
    let known = |word: &str| Some(Role::from_word(word)).filter(|role| !matches!(role, Role::Other(_)));
    asked.form.all("role").filter_map(known).collect()
}

/// `GET /people`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw_list(desk, asked, None, StatusCode::OK)
}

fn draw_list(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let book = book("people").ok_or(Trouble::NotFound)?;
        let (filters, table) = table(read, words, book, asked)?;
        let chosen = roles_of(asked);
        let language = Language::from_tag(asked.form.get("language")).unwrap_or(words.language());
        let shown = PeoplePage {
            page: desk.page(read, words.t("console-people"), "/people", asked)?,
            filters,
            table,
            problem,
            can_add: administers(desk),
            id: desk.new_id()?.to_string(),
            name: asked.form.get("name").to_owned(),
            languages: language_choices(language),
            roles: role_choices(words, &chosen),
        };
        drawn_as(status, &shown)
    })
}

pub(super) fn problem_of(words: &Words, refusal: &countersign_model::decide::Refusal) -> (Problem, StatusCode) {
    (Problem::refused(words, refusal), refusal_status(refusal))
}

/// Saves a person's fields, if the record is still what the form was made from; what is not among them stays.
fn save(desk: &Desk<'_>, id: Id, fields: serde_json::Value, seen: u64) -> Result<(), Trouble> {
    let record = RecordRef::new(kind::PERSON, id);
    desk.order(Payload::MasterSave(MasterSave { record, fields, seen: Some(seen) }), Scope::office())
}

/// What is wrong with the form of a person, before the rules see it.
fn incomplete(words: &Words, asked: &Asked) -> Option<Problem> {
    match (asked.form.get("name").is_empty(), roles_of(asked).is_empty()) {
        (true, _) => Some(Problem::of(words, "person-name")),
        (_, true) => Some(Problem::of(words, "person-roles")),
        _ => None,
    }
}

/// `POST /people`
pub(crate) fn add(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    if let Some(problem) = incomplete(&desk.words, asked) {
        return draw_list(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let id = asked.form.made_id("id")?;
    let language = Language::from_tag(asked.form.get("language")).unwrap_or_default();
    let fields = json!({ "name": asked.form.get("name"), "roles": roles_of(asked), "language": language });
    match refusal_of(save(desk, id, fields, 0))? {
        None => done(&format!("/people/{id}"), "added"),
        Some(refusal) => {
            let (problem, status) = problem_of(&desk.words, &refusal);
            draw_list(desk, asked, Some(problem), status)
        }
    }
}

/// `GET /people/{id}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw_person(desk, asked, None, StatusCode::OK)
}

pub(super) fn draw_person(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    desk.office()?;
    let id = asked.id()?;
    let words = &desk.words;
    let admin = administers(desk);
    let devices = devices(desk, id)?;
    desk.read(|read| {
        let (row, stored) = read.get::<Person>(id)?.ok_or(Trouble::NotFound)?;
        // A form that was refused comes back as it was typed.
        let person = if problem.is_some() { typed(asked, &stored) } else { stored.clone() };
        let now = if saved::is_stale(asked, row.rev) { differing(read, words, &person, &stored)? } else { Vec::new() };
        let access = match read.login_of(id)? {
            Some(login) => words.of("console-access-as", "name", &login.username),
            None => words.t("console-access-none"),
        };
        let chips = match stored.archived {
            true => vec![Chip { class: "", icon: "cross", word: words.t("console-archived") }],
            false => Vec::new(),
        };
        let shown = PersonPage {
            page: desk.page(read, stored.name.clone(), "/people", asked)?,
            id: id.to_string(),
            chips,
            problem,
            can_save: admin,
            seen: row.rev,
            now,
            role_words: role_words(words, &person.roles),
            number: person.number,
            branches: branches(read, words, person.branch)?,
            languages: language_choices(person.language),
            roles: role_choices(words, &person.roles),
            archived: person.archived,
            devices,
            can_invite: admin && !stored.archived,
            can_link: admin && !stored.archived,
            can_calendar: !stored.archived && (admin || desk.person()?.id == id),
            access,
            name: person.name,
        };
        drawn_as(status, &shown)
    })
}

/// The person that a form describes; what it does not hold stays as it is stored.
fn typed(asked: &Asked, stored: &Person) -> Person {
    let form = &asked.form;
    if !form.0.iter().any(|(name, _)| name == "name") {
        return stored.clone();
    }
    let whole = form.0.iter().any(|(name, _)| name == "number");
    Person {
        name: form.get("name").to_owned(),
        language: Language::from_tag(form.get("language")).unwrap_or(stored.language),
        roles: roles_of(asked),
        archived: form.get("archived") == "1",
        number: if whole { form.get("number").to_owned() } else { stored.number.clone() },
        branch: if whole { form.id("branch") } else { stored.branch },
        ..stored.clone()
    }
}

/// What is stored in the fields in which the two differ.
fn differing(
    read: &Read<'_>,
    words: &Words,
    typed: &Person,
    stored: &Person,
) -> Result<Vec<(String, String)>, Trouble> {
    let (before, after) = (typed.body(), stored.body());
    let mut found = Vec::new();
    for (name, value) in after.as_object().into_iter().flatten() {
        if before.get(name) != Some(value)
            && let Some(shown) = saved::field(read, words, kind::PERSON, name, value)?
        {
            found.push(shown);
        }
    }
    Ok(found)
}

/// The branches that a person can belong to.
fn branches(read: &Read<'_>, words: &Words, chosen: Option<Id>) -> Result<Vec<Choice>, Trouble> {
    let chosen = chosen.map(|id| id.to_string()).unwrap_or_default();
    let mut choices = vec![Choice::new("", words.t("master-none"), &chosen)];
    for row in read.list(kind::BRANCH, None, 500, Direction::Ascending)? {
        let Some(branch) = Branch::of(&row) else { continue };
        if !branch.archived || row.id.to_string() == chosen {
            choices.push(Choice::new(row.id, branch.name, &chosen));
        }
    }
    Ok(choices)
}

fn devices(desk: &Desk<'_>, person: Id) -> Result<Vec<DeviceShown>, Trouble> {
    let words = &desk.words;
    let mut shown = Vec::new();
    for (row, device) in desk.hub().children::<Device>(person)? {
        let state = desk.hub().enrolled(row.id)?;
        let seen = match state.last_seen {
            Some(time) => words.of("console-device-seen", "time", &words.when(time)),
            None => words.t("console-device-never-seen"),
        };
        let mut facts = vec![words.of("console-device-enrolled", "time", &words.when(device.enrolled)), seen];
        if !device.revoke_reason.is_empty() {
            facts.push(words.of("console-device-revoked-because", "reason", &device.revoke_reason));
        }
        if state.quarantined > 0 {
            facts.push(
                words.count("console-device-quarantine", usize::try_from(state.quarantined).unwrap_or(usize::MAX)),
            );
        }
        shown.push(DeviceShown {
            id: row.id.to_string(),
            name: device.name,
            code: device.code,
            state: words.device_state(&device.state),
            facts,
            can_revoke: device.state == DeviceState::Active && desk.may("device.revoke"),
        });
    }
    Ok(shown)
}

/// `POST /people/{id}/save`
pub(crate) fn change(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let id = asked.id()?;
    if let Some(problem) = incomplete(&desk.words, asked) {
        return draw_person(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let roles = roles_of(asked);
    let archived = asked.form.get("archived") == "1";
    if desk.person()?.id == id && (archived || !roles.contains(&Role::Administrator)) {
        // Nobody locks themselves out by a slip; another administrator can do it.
        let problem = Problem::of(&desk.words, "own-rights");
        return draw_person(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let language = Language::from_tag(asked.form.get("language")).unwrap_or_default();
    let mut fields =
        json!({ "name": asked.form.get("name"), "roles": roles, "language": language, "archived": archived });
    if let Some(fields) = fields.as_object_mut().filter(|_| asked.form.0.iter().any(|(name, _)| name == "number")) {
        fields.insert("number".to_owned(), json!(asked.form.get("number")));
        fields.insert("branch".to_owned(), json!(asked.form.id("branch")));
    }
    let seen = asked.form.get("seen").parse().map_err(|_| Trouble::Form)?;
    match refusal_of(save(desk, id, fields, seen))? {
        None => done(&format!("/people/{id}"), "saved"),
        Some(refusal) => {
            let (problem, status) = saved::problem(&desk.words, &refusal);
            draw_person(desk, asked, Some(problem), status)
        }
    }
}
