//! The outbox and what needs a person: each item says what happened and what can be done about it.

use countersign_model::Id;
use countersign_model::command::Command;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::lease::Lease;
use countersign_model::payload::Payload;
use countersign_texts::{Texts, Value, Zone};
use serde::Serialize;

use super::revision;
use super::status::lease_advice;
use crate::app::{App, AppError, KeyState, WaitingFile};
use crate::store::{OutboxRow, RefusedCarried, Salvage};
use crate::sync::Problem;

/// What a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttentionAction {
    /// Mend it and send it again.
    Fix,
    /// Keep it as a note.
    Note,
    /// Give it up with a reason.
    Discard,
    /// Confirm that it is sent under this device.
    Confirm,
    /// Ask the office for an invitation and enrol.
    Enrol,
    /// Unlock the device, so that its key can sign.
    Unlock,
    /// Take the picture again: the file is damaged.
    CaptureAgain,
    /// File it with a job.
    File,
    /// Sync with the office.
    Sync,
    /// Say that it was read.
    Acknowledge,
}

/// What kind of thing needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttentionKind {
    /// A command was refused.
    Refused,
    /// A signed document waits for the device's signature.
    Unattested,
    /// The bytes of a file are damaged here.
    DamagedFile,
    /// A file that a stop left without a job.
    UnfiledFile,
    /// This store is a copy of one that another device uses.
    Fork,
    /// Work of the device before waits for a person's word.
    Held,
    /// The lease is over: what is here is hidden.
    LeaseOver,
    /// The lease ends soon.
    LeaseEndsSoon,
    /// The store was damaged and made anew.
    Salvaged,
    /// The key that the office knows is lost.
    LostKey,
    /// A colleague's command that came in this device was refused.
    RefusedCarried,
    /// The device's token is lost with what sealed it, or this store is a copy.
    LostToken,
    /// What answers at the office's address is not the company's hub, or its TLS key changed and nobody vouches for it.
    StrangeHub,
    /// The office's log of what it received was changed afterwards.
    LogChanged,
}

impl AttentionKind {
    /// Its word in texts and on the command line, such as `damaged_file`.
    pub fn word(self) -> &'static str {
        match self {
            AttentionKind::Refused => "refused",
            AttentionKind::Unattested => "unattested",
            AttentionKind::DamagedFile => "damaged_file",
            AttentionKind::UnfiledFile => "unfiled_file",
            AttentionKind::Fork => "fork",
            AttentionKind::Held => "held",
            AttentionKind::LeaseOver => "lease_over",
            AttentionKind::LeaseEndsSoon => "lease_ends_soon",
            AttentionKind::Salvaged => "salvaged",
            AttentionKind::LostKey => "lost_key",
            AttentionKind::RefusedCarried => "refused_carried",
            AttentionKind::LostToken => "lost_token",
            AttentionKind::StrangeHub => "strange_hub",
            AttentionKind::LogChanged => "log_changed",
        }
    }
}

/// One thing that needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttentionItem {
    /// The command, or the digest of the file or document; of a captured file that is not in the store yet, what the
    /// platform finds it by.
    pub id: String,
    /// What kind of thing happened.
    pub kind: AttentionKind,
    /// The command's type, for a refused one.
    pub command: String,
    /// The job.
    pub job: Option<Id>,
    /// What it is about, in the person's language.
    pub title: String,
    /// What happened and what is safe, in the person's language.
    pub text: String,
    /// Whether it is an answer, which may be sent again with another value.
    pub takes_value: bool,
    /// What can be done.
    pub actions: Vec<AttentionAction>,
}

/// The outbox with what needs attention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutboxScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Own commands that the hub does not durably have.
    pub pending: u64,
    /// Own commands that wait at the hub for something.
    pub waiting: u64,
    /// What needs a person.
    pub attention: Vec<AttentionItem>,
}

impl App {
    /// The outbox and what needs attention.
    pub fn outbox_screen(&self) -> Result<OutboxScreen, AppError> {
        let texts = Texts::new(self.language().unwrap_or_default());
        let forked = self.store().is_forked()?;
        let lease = self.lease()?;
        let key = self.key_state()?;
        let zone = Zone::offset(self.platform().offset_minutes());
        let waiting_files = self.platform().waiting_files();
        self.read(|rows| {
            let counts = rows.counts()?;
            let mut attention: Vec<AttentionItem> =
                lease.and_then(|lease| about_lease(&texts, lease)).into_iter().collect();
            attention.extend(rows.salvage()?.map(|salvage| about_salvage(&texts, &salvage, &zone)));
            let problem = rows.sync_problem()?.map(|problem| problem.reason).unwrap_or_default();
            if rows.log_changed()?.is_some() {
                attention.push(plain(&texts, AttentionKind::LogChanged, String::new(), None, &[]));
            }
            attention.extend(about_trust(&texts, key, &problem));
            attention.extend(rows.own_commands(&["refused"])?.iter().map(|row| refused(&texts, row)));
            attention.extend(rows.refused_carried()?.iter().map(|row| refused_carried(&texts, row)));
            // With a lost key the item above says what to do for all of them.
            for row in rows.unattested()?.iter().filter(|_| key == KeyState::Own) {
                let actions = [AttentionAction::Unlock];
                attention.push(plain(&texts, AttentionKind::Unattested, row.sha256.hex(), Some(row.job), &actions));
            }
            for media in rows.media_for_attention()? {
                let (kind, action) = match media.damaged {
                    true => (AttentionKind::DamagedFile, AttentionAction::CaptureAgain),
                    false => (AttentionKind::UnfiledFile, AttentionAction::File),
                };
                attention.push(plain(&texts, kind, media.sha256.hex(), None, &[action]));
            }
            attention
                .extend(waiting_files.iter().filter(|file| file.needs_person).map(|file| about_file(&texts, file)));
            if forked {
                attention.push(plain(&texts, AttentionKind::Fork, String::new(), None, &[AttentionAction::Enrol]));
            }
            if counts.held_commands > 0 {
                attention.push(plain(&texts, AttentionKind::Held, String::new(), None, &[AttentionAction::Confirm]));
            }
            let (pending, waiting) = (counts.pending_commands, counts.waiting_commands);
            Ok(OutboxScreen { revision: revision(&(&attention, pending)), pending, waiting, attention })
        })
    }
}

/// What the device's key, its token and the hub's key ask of a person. A lost key and a lost token ask for the same: the
/// first is enough.
fn about_trust(texts: &Texts, key: KeyState, problem: &str) -> Option<AttentionItem> {
    let (kind, actions): (_, &[_]) = match (key, problem) {
        (KeyState::Lost, _) => (AttentionKind::LostKey, &[AttentionAction::Enrol]),
        (_, problem) if problem == Problem::TokenLost.code() => (AttentionKind::LostToken, &[AttentionAction::Enrol]),
        (_, problem) if problem == Problem::Untrusted.code() => {
            (AttentionKind::StrangeHub, &[AttentionAction::Sync, AttentionAction::Enrol])
        }
        _ => return None,
    };
    Some(plain(texts, kind, String::new(), None, actions))
}

fn plain(
    texts: &Texts,
    kind: AttentionKind,
    id: String,
    job: Option<Id>,
    actions: &[AttentionAction],
) -> AttentionItem {
    let text = texts.word("attention", kind.word());
    about(texts, kind, id, job, text, actions)
}

/// What is about no command of its own.
fn about(
    texts: &Texts,
    kind: AttentionKind,
    id: String,
    job: Option<Id>,
    text: String,
    actions: &[AttentionAction],
) -> AttentionItem {
    let title = texts.word("attention-title", kind.word());
    let (command, actions) = (String::new(), actions.to_vec());
    AttentionItem { id, kind, command, job, title, text, takes_value: false, actions }
}

/// A captured file that its job did not take is like one that was found: a person says where it belongs.
fn about_file(texts: &Texts, file: &WaitingFile) -> AttentionItem {
    let text = texts.with("attention-waiting_file", &[("name", Value::from(file.name.as_str()))]);
    about(texts, AttentionKind::UnfiledFile, file.id.clone(), None, text, &[AttentionAction::File])
}

/// What is about a command.
fn about_command(
    texts: &Texts,
    kind: AttentionKind,
    command: &Command,
    text: String,
    actions: &[AttentionAction],
) -> AttentionItem {
    AttentionItem {
        id: command.id.to_string(),
        kind,
        command: command.kind.clone(),
        job: command.lane.id().filter(|_| command.lane.is_job()),
        title: texts.word("command", &command.kind.replace('.', "-")),
        text,
        takes_value: kind == AttentionKind::Refused && matches!(command.parse(), Ok(Payload::AnswerSet(_))),
        actions: actions.to_vec(),
    }
}

fn about_lease(texts: &Texts, lease: Lease) -> Option<AttentionItem> {
    let text = lease_advice(texts, lease)?;
    let kind = if lease.is_over() { AttentionKind::LeaseOver } else { AttentionKind::LeaseEndsSoon };
    Some(about(texts, kind, String::new(), None, text, &[AttentionAction::Sync]))
}

/// What a salvage saved, what may be missing, and where the damaged file lies: also for the status screen.
pub(super) fn salvage_text(texts: &Texts, salvage: &Salvage, zone: &Zone) -> String {
    let last = salvage.last.map(|time| texts.date_time(time, zone)).unwrap_or_default();
    let aside = salvage.aside.display().to_string();
    let variables = [
        ("commands", Value::from(salvage.commands)),
        ("files", Value::from(salvage.files)),
        ("last", Value::from(last.as_str())),
        ("aside", Value::from(aside.as_str())),
    ];
    texts.with(if salvage.last.is_some() { "salvaged" } else { "salvaged-nothing" }, &variables)
}

fn about_salvage(texts: &Texts, salvage: &Salvage, zone: &Zone) -> AttentionItem {
    let text = salvage_text(texts, salvage, zone);
    about(texts, AttentionKind::Salvaged, String::new(), None, text, &[AttentionAction::Acknowledge])
}

/// A colleague's entry that came in this device: the colleague mends it, and who carried it knows that it has no effect.
fn refused_carried(texts: &Texts, row: &RefusedCarried) -> AttentionItem {
    let unknown = Refusal::new(RefusalCode::Defect);
    let why = texts.refusal(row.refusal.as_ref().unwrap_or(&unknown));
    let variables = [("name", Value::from(row.person_name.as_str())), ("why", Value::from(why.as_str()))];
    let text = texts.with("attention-refused_carried", &variables);
    let actions = [AttentionAction::Acknowledge];
    about_command(texts, AttentionKind::RefusedCarried, &row.envelope.command, text, &actions)
}

fn refused(texts: &Texts, row: &OutboxRow) -> AttentionItem {
    let unknown = Refusal::new(RefusalCode::Defect);
    let refusal = row.refusal.as_ref().unwrap_or(&unknown);
    let actions = [AttentionAction::Fix, AttentionAction::Note, AttentionAction::Discard];
    about_command(texts, AttentionKind::Refused, &row.command, texts.refusal(refusal), &actions)
}
