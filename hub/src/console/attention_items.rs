//! The items of the attention list: what happened, in words, with what can be done about it.

use countersign_model::Id;
use countersign_model::command::Origin;
use countersign_model::entity::{
    Answer, AnswerValue, Device, Fill, Flag, FlagCode, Job, Person, Role, Voucher, voucher_id,
};
use countersign_model::record::{Row, Scope, kind};

use super::answers;
use super::attention::{flag_sentence, job_of, with_job};
use super::desk::Desk;
use super::names::Names;
use super::saved;
use super::sent::wanted;
use super::trouble::{Trouble, refusal_text};
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::{EndpointRow, Entry, Read};

/// Something that can be done: a form of one field at most.
pub(crate) struct Action {
    /// Where it is sent.
    pub address: &'static str,
    /// What the button says.
    pub label: String,
    /// What is asked for; empty where nothing is.
    pub reason: String,
    /// What else the form carries.
    pub hidden: Vec<(&'static str, String)>,
    pub danger: bool,
}

impl Action {
    /// One that asks for a reason: its address, what the button says, and what is asked for.
    pub(super) fn with_reason(address: &'static str, label: String, reason: String) -> Self {
        Self { address, label, reason, hidden: Vec::new(), danger: false }
    }
}

/// The two answers of a person; nothing for whoever may not give them.
pub(super) fn yes_or_no(desk: &Desk<'_>, right: &str, yes: Action, no: Action) -> Vec<Action> {
    if desk.may(right) { vec![yes, Action { danger: true, ..no }] } else { Vec::new() }
}

/// One thing to look at.
pub(crate) struct Item {
    pub id: String,
    pub chip: Chip,
    pub title: String,
    pub lines: Vec<String>,
    /// Details with their names: what was sent, the two answers, what would change.
    pub facts: Vec<(String, String)>,
    pub by: String,
    /// Where it leads: address and words.
    pub link: (String, String),
    pub actions: Vec<Action>,
}

pub(super) fn by(words: &Words, read: &Read<'_>, people: &People, entry: &Entry) -> Result<String, Trouble> {
    let device = match &entry.origin {
        Origin::Device { id, .. } => read.get::<Device>(*id)?,
        _ => None,
    };
    let time = words.recorded(&entry.command.time, Some(entry.received));
    let known = people.get(entry.command.author).map(|person| person.name.clone());
    let name = match (&entry.origin, known) {
        (_, Some(name)) => name,
        (Origin::System, None) => words.t("console-from-hub"),
        _ => people.name(entry.command.author),
    };
    Ok(match device {
        Some((_, device)) => words
            .with("console-by-at-on", &[("name", name.into()), ("time", time.into()), ("code", device.code.into())]),
        None => words.with("console-by-at", &[("name", name.into()), ("time", time.into())]),
    })
}

/// What a command asked for, in words; an answer with the text of its question.
pub(crate) fn asked_for(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    entry: &Entry,
) -> Result<Vec<(String, String)>, Trouble> {
    if let Some(record) = saved::record_of(entry) {
        let changes = saved::changes(read, &desk.words, entry, &saved::of(read, record.id)?)?;
        if !changes.is_empty() {
            return Ok(changes);
        }
    }
    answers::sent_words(desk, read, people, &entry.command)
}

pub(super) fn open_job(words: &Words, job: String) -> (String, String) {
    let label = if job.is_empty() { String::new() } else { words.t("console-open-job") };
    (job, label)
}

/// A refused command that nobody dealt with.
pub(crate) fn refused(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let refusal = entry.decision.as_ref().and_then(|decision| decision.refusal.as_ref());
    let mut lines: Vec<String> = refusal.map(|refusal| refusal_text(words, refusal)).into_iter().collect();
    lines.extend(with_job(words, &number));
    lines.push(words.t("console-refused-kept"));
    let mut actions = Vec::new();
    if desk.may("flag.close") {
        actions.push(Action::with_reason(
            "/attention/again",
            words.t("console-judge-again"),
            words.t("console-what-was-mended"),
        ));
        actions.push(Action::with_reason(
            "/attention/refusal",
            words.t("console-close-refusal"),
            words.t("console-what-was-done"),
        ));
        if !job.is_empty() && desk.may("note.add") {
            actions.push(Action {
                address: "/attention/note",
                label: words.t("console-keep-as-note"),
                reason: String::new(),
                hidden: vec![("note", desk.new_id()?.to_string())],
                danger: false,
            });
        }
    }
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "danger", icon: "cross", word: words.t("console-refused") },
        title: words.of("console-refused-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: asked_for(desk, read, people, entry)?,
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions,
    })
}

/// A device that this hub does not know and whose credential is good, with what it sent so far.
pub(crate) fn device(desk: &Desk<'_>, read: &Read<'_>, id: Id) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (_, device) = read.get::<Device>(id)?.ok_or(Trouble::NotFound)?;
    let person = read.get::<Person>(device.person)?.map(|(_, person)| person.name);
    let name = person.clone().unwrap_or_else(|| device.person_name.clone());
    let (commands, _) = read.quarantine_use(id)?;
    let (files, bytes) = read.sent_by_device(id)?;
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).into();
    let waiting = [("commands", count(commands)), ("files", count(files)), ("bytes", words.texts.bytes(bytes).into())];
    let mut lines = vec![words.t("console-device-vouched"), words.with("console-device-waiting", &waiting)];
    if person.is_none() {
        lines.push(words.of("console-device-person-unknown", "name", &name));
    }
    let action = |address, label, reason| Action::with_reason(address, words.t(label), words.t(reason));
    let confirm = action("/attention/device", "console-confirm-device", "console-how-known");
    let turn_down = action("/attention/device/turn-down", "console-turn-down-device", "console-reason");
    let title = [("code", device.code.as_str().into()), ("name", name.into())];
    Ok(Item {
        id: id.to_string(),
        chip: words.device_state(&device.state),
        title: words.with("console-device-asks", &title),
        lines,
        facts: vec![(words.t("console-device-fingerprint"), device.key.fingerprint().hex())],
        by: words.of("console-device-seen", "time", &words.when(device.enrolled)),
        link: match person {
            Some(_) => (format!("/people/{}", device.person), words.t("console-open-person")),
            None => Default::default(),
        },
        actions: yes_or_no(desk, "device.confirm", confirm, turn_down),
    })
}

/// A command that waits for something, or that comes from a newer app.
pub(crate) fn waiting(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    entry: &Entry,
    sort: &str,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let why = if sort == "parked" { "console-parked-why" } else { "console-waiting-why" };
    let mut lines = with_job(words, &number);
    lines.push(words.t(why));
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "info", icon: "wait", word: words.t("console-waiting") },
        title: words.of("console-waiting-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: asked_for(desk, read, people, entry)?,
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions: Vec::new(),
    })
}

/// A flag that a rule raised; two answers to one question stand side by side.
pub(crate) fn flag(desk: &Desk<'_>, read: &Read<'_>, people: &People, row: &Row, flag: &Flag) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &row.scope)?;
    let by = read.entry(flag.command)?.map(|entry| by(words, read, people, &entry)).transpose()?;
    let conflict = flag.code == FlagCode::AnswerConflict;
    let mut item = Item {
        id: row.id.to_string(),
        chip: Chip { class: "attention", icon: "warn", word: words.t("console-flag") },
        title: flag_sentence(words, people, flag),
        lines: with_job(words, &number),
        facts: Vec::new(),
        by: by.unwrap_or_default(),
        link: open_job(words, job),
        actions: Vec::new(),
    };
    if flag.code == FlagCode::TwoAmendments {
        item.lines.push(words.t("console-two-amendments-what"));
    }
    if conflict {
        both_answers(desk, read, people, row, flag, &mut item)?;
    }
    if desk.may("flag.close") {
        item.actions.push(Action::with_reason(
            "/attention/flag",
            words.t(if conflict { "console-keep-current" } else { "console-close-flag" }),
            words.t("console-what-was-done"),
        ));
    }
    Ok(item)
}

/// The two answers of a conflict, and the button that takes the one that lost.
fn both_answers(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    row: &Row,
    flag: &Flag,
    item: &mut Item,
) -> Result<(), Trouble> {
    let words = &desk.words;
    let fact = |name: &str| flag.facts.get(name).cloned().unwrap_or_default();
    let person = |name: &str| fact(name).parse::<Id>().map(|id| people.name(id)).unwrap_or_default();
    let shown = |value: String| if value.is_empty() { words.t("voucher-no-answer") } else { value };
    let Some((_, fill)) = read.get::<Fill>(flag.about.id)? else { return Ok(()) };
    let sections = answers::draft(desk, read, people, fill.subject.id)?;
    let mut all = sections.iter().flat_map(|section| &section.answers);
    let path = fact("question");
    let question =
        all.find(|answer| answer.reference == path).map_or_else(|| path.clone(), |answer| answer.question.clone());
    item.title = words.of("console-conflict-title", "question", &question);
    // Who, when and on which device: the command that set each of the two says so.
    let values: Vec<AnswerValue> = read
        .children_of::<Answer>(flag.about.id)?
        .into_iter()
        .filter(|(_, answer)| answer.instance.path == path)
        .flat_map(|(_, answer)| std::iter::once(answer.current).chain(answer.kept))
        .collect();
    let set = |author: &str, value: &str| -> Result<String, Trouble> {
        let wanted = (fact(author), fact(value));
        let fits = |one: &&AnswerValue| {
            one.author.to_string() == wanted.0 && one.value.clone().unwrap_or_default() == wanted.1
        };
        let entry = values.iter().rev().find(fits).map(|one| read.entry(one.command)).transpose()?.flatten();
        entry.map_or_else(|| Ok(person(author)), |entry| by(words, read, people, &entry))
    };
    item.facts = vec![
        (words.of("console-answer-current", "name", &set("second", "current")?), shown(fact("current"))),
        (words.of("console-answer-kept", "name", &set("first", "kept")?), shown(fact("kept"))),
    ];
    let signed = match row.scope.is_job() && fill.subject.kind == kind::VISIT {
        true => {
            read.get::<Voucher>(voucher_id(fill.subject.id))?.is_some_and(|(_, voucher)| !voucher.leaves.is_empty())
        }
        false => true,
    };
    if signed {
        item.lines.push(words.t("console-conflict-signed"));
    } else if desk.may("answer.set") && desk.may("flag.close") {
        item.actions.push(Action {
            address: "/attention/take",
            label: words.of("console-take-other", "name", &person("first")),
            reason: String::new(),
            hidden: Vec::new(),
            danger: false,
        });
    }
    Ok(())
}

/// An active device that was not heard of for long.
pub(crate) fn silent(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    device: Id,
    seen: i64,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (_, body) = read.get::<Device>(device)?.ok_or(Trouble::NotFound)?;
    let open = read.count_open_visits_of(body.person)?;
    let variables = [("device", body.name.as_str().into()), ("name", people.name(body.person).into())];
    Ok(Item {
        id: device.to_string(),
        chip: Chip { class: "attention", icon: "phone", word: words.t("console-silent") },
        title: words.with("console-silent-title", &variables),
        lines: vec![
            words.of("console-device-seen", "time", &words.when(seen)),
            words.count("console-silent-visits", open),
        ],
        facts: Vec::new(),
        by: String::new(),
        link: (format!("/people/{}", body.person), words.t("console-open-person")),
        actions: Vec::new(),
    })
}

/// A job with files that have not reached the office.
pub(crate) fn media(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    scope: &Scope,
    count: usize,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, scope)?;
    let body = scope.id().map(|id| read.get::<Job>(id)).transpose()?.flatten().map(|(_, job)| job);
    let files = read.evidence_state(scope)?;
    let absent: Vec<u64> = files.iter().filter(|(.., held)| !held).map(|(_, bytes, _)| *bytes).collect();
    let mut lines = vec![words.count("console-media-count", count)];
    let sentence = words.on_phone(absent.len(), files.len(), absent.iter().sum());
    lines.extend(Some(sentence).filter(|sentence| !sentence.is_empty()));
    let customer = Names::new(read, words).customer(body.as_ref().and_then(|job| job.customer))?;
    let leads = scope.id().map(|id| read.children_of::<countersign_model::entity::Visit>(id)).transpose()?;
    let visit = leads.as_deref().and_then(crate::store::current_visit).map(|(_, visit)| people.name(visit.lead));
    Ok(Item {
        id: scope.id().unwrap_or_default().to_string(),
        chip: Chip { class: "attention", icon: "phone", word: words.t("console-media-missing") },
        title: words.with("console-job-numbered", &[("number", number.into()), ("customer", customer.into())]),
        lines,
        facts: Vec::new(),
        by: visit.unwrap_or_default(),
        link: open_job(words, job),
        actions: Vec::new(),
    })
}

/// A webhook endpoint to which nothing gets through. It is an administrator's to mend; others learn that something is
/// not told.
pub(crate) fn webhook(desk: &Desk<'_>, endpoint: &EndpointRow) -> Item {
    let words = &desk.words;
    let administers = desk.visitor.as_ref().is_some_and(|visitor| visitor.seen.has(&Role::Administrator));
    let link = format!("/settings/webhooks/{}", endpoint.id);
    Item {
        id: endpoint.id.to_string(),
        chip: Chip { class: "danger", icon: "warn", word: words.t("webhook-failing") },
        title: words.of("webhook-attention", "name", &endpoint.name),
        lines: vec![super::webhooks::why(words, endpoint)],
        facts: Vec::new(),
        by: String::new(),
        link: if administers { (link, words.t("webhook-open")) } else { Default::default() },
        actions: Vec::new(),
    }
}
