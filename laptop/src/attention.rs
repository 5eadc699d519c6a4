//! What needs a person: what happened, to which job, and what can be done about it.

use askama::Template;
use countersign_device::app::Remedy;
use countersign_device::model::document::Stage;
use countersign_device::screens::{AttentionAction, AttentionItem, AttentionKind, JobForFile};
use countersign_device::sync::Wish;

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::Choice;

pub(crate) struct Item {
    pub id: String,
    pub title: String,
    pub text: String,
    /// The job's page; empty where it is about none.
    pub job: String,
    pub actions: Vec<&'static str>,
    /// Whether it is an answer, which may be sent again with another value.
    pub takes_value: bool,
    /// What proves it, for support; empty where nothing needs proof.
    pub proof: String,
}

#[derive(Template)]
#[template(path = "attention.html")]
struct AttentionPage {
    f: Frame,
    items: Vec<Item>,
    jobs: Vec<Choice>,
    pending: String,
    waiting: String,
}

/// `GET /attention`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let screen = desk.app().outbox_screen()?;
    let mut items: Vec<Item> = screen.attention.iter().map(line).collect();
    for (item, shown) in items.iter_mut().zip(&screen.attention) {
        if shown.kind == AttentionKind::LogChanged {
            item.proof = desk.app().status_screen()?.log_changed.unwrap_or_default();
        }
    }
    let files = items.iter().any(|item| item.actions.contains(&"file"));
    let jobs = if files { jobs(desk)? } else { Vec::new() };
    let count = |key: &str, count: u64| match count {
        0 => String::new(),
        count => desk.words.count(key, count),
    };
    let page = AttentionPage {
        pending: count("laptop-outbox-pending", screen.pending),
        waiting: count("laptop-outbox-waiting", screen.waiting),
        f: desk.frame(desk.words.t("laptop-attention"), "/attention", asked)?,
        items,
        jobs,
    };
    drawn(&page)
}

fn line(item: &AttentionItem) -> Item {
    let action = |action: &AttentionAction| match action {
        AttentionAction::Fix => "fix",
        AttentionAction::Note => "note",
        AttentionAction::Discard => "discard",
        AttentionAction::Confirm => "confirm",
        AttentionAction::Enrol => "enrol",
        AttentionAction::Unlock => "unlock",
        AttentionAction::CaptureAgain => "capture-again",
        AttentionAction::File => "file",
        AttentionAction::Sync => "sync",
        AttentionAction::Acknowledge => "acknowledge",
    };
    Item {
        id: item.id.clone(),
        title: item.title.clone(),
        text: item.text.clone(),
        job: item.job.map(|job| format!("/jobs/{job}")).unwrap_or_default(),
        actions: item.actions.iter().map(action).collect(),
        takes_value: item.takes_value,
        proof: String::new(),
    }
}

/// The jobs that a found file may belong to.
fn jobs(desk: &Desk<'_>) -> Result<Vec<Choice>, Trouble> {
    let choice = |job: JobForFile| Choice {
        value: job.job.to_string(),
        label: format!("{} · {}", job.name, job.fault),
        chosen: false,
    };
    Ok(desk.app().jobs_for_files()?.into_iter().map(choice).collect())
}

/// `POST /attention`
pub(crate) fn act(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (app, form) = (desk.app(), &asked.form);
    let command = || form.get("id").parse().map_err(|_| Trouble::Form);
    let reason = form.text("reason").to_owned();
    match form.get("action") {
        "fix" => {
            let value = Some(form.get("value").to_owned()).filter(|value| !value.is_empty());
            app.remedy(command()?, Remedy::Fix { value })?;
        }
        "note" => app.remedy(command()?, Remedy::Note)?,
        "discard" => app.remedy(command()?, Remedy::Discard { reason })?,
        "confirm" => app.confirm_held_work()?,
        "unlock" => app.resume_attestations().map(|_| ())?,
        "sync" => desk.shell.sync.wish(Wish::SyncNow),
        "acknowledge" => app.acknowledge(form.get("id"))?,
        "file" => {
            let sha256 = form.get("id").parse().map_err(|_| Trouble::Form)?;
            app.file_found(sha256, form.get("job"), Stage::from_word(form.get("stage"))).map(|_| ())?;
        }
        _ => return Err(Trouble::Form),
    }
    done("/attention", "dealt-with")
}
