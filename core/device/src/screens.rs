//! Screens: whole snapshots with stable ids and a revision, in the reader's language. A shell only draws them.
//!
//! Reading alone; nothing here changes the store. Long lists page by key.

mod allowed;
mod amending;
mod choices;
mod class;
mod costs;
mod departure;
mod document;
mod drawing;
mod facts;
mod filing;
mod form;
mod job;
mod job_list;
mod job_rows;
mod lacks;
mod machine;
mod news;
mod outbox;
mod own;
mod parts;
mod people;
mod reading;
mod scale;
mod stages;
mod status;
mod steps;
mod strip;
mod typed;
mod waiting;

use countersign_forms::{QuestionProblem, QuestionProblemCode};
use countersign_model::canonical;
use countersign_texts::Texts;
use serde::Serialize;

pub use allowed::Allowed;
pub use amending::AmendmentProposed;
pub(crate) use choices::FIELDS_TO_PUT_RIGHT;
pub use choices::{
    FieldToPutRight, OutcomeAsks, WishAsks, asks_kilometres, choices, fields_to_put_right, outcome_asks, usual_choice,
    wish_asks,
};
pub use class::{ClassMeaning, ClassScreen};
pub use costs::{CashLine, ChargeLine, CostsScreen, ProposalLine, TimeLine};
pub use departure::{DepartureItem, DepartureScreen};
pub use document::DocumentScreen;
pub use drawing::drawing_full;
pub use facts::{CodeChoice, CodePicker, CollectRow, JobFacts, MeterRow, PersonRow, RequestRow};
pub use filing::{FileQuestions, JobForFile, QuestionForFile};
pub(crate) use form::stage_of;
pub use form::{FormEntry, FormPage, FormQuestion, FormScreen, KeptAnswer, LastAnswerShown, OptionShown, OrphanShown};
pub use job_list::{JobChoice, JobFilter, JobListScreen, JobPlace, JobRow};
pub use job_rows::{
    ContactRow, CustomerShown, DocumentRow, EvidenceRow, FileSafety, JobScreen, MachineShown, PartRow, RemarkRow,
    SiteShown, TimeRow, VisitRow,
};
pub use lacks::Typing;
pub use machine::{HistoryVisit, KnownMachine, MachineScreen, ReadingRow, WearPart};
pub use news::{KnownJobs, News, NewsItem, NewsKind};
pub use outbox::{AttentionAction, AttentionItem, AttentionKind, OutboxScreen};
pub use own::OwnScreen;
pub use parts::{PartChoice, PartFilter, PartsScreen, PlaceRow, StockRow};
pub use people::PeopleScreen;
pub use reading::{PageRow, PageSection, page_sections};
pub use scale::ScaleShown;
pub use stages::StageRow;
pub(crate) use status::Waiting;
pub use status::{OnlyHere, StatusScreen};
pub use steps::{Step, StepName, StepState};
pub use strip::{Strip, safety, strip};
pub use typed::{picked_from, picked_in, read_code, typed_answer, typed_moment};
pub use waiting::{HeldBefore, WaitingRow};

/// A number that is equal as long as a snapshot is: the first eight bytes of the digest of what it shows.
pub(crate) fn revision(snapshot: &impl Serialize) -> u64 {
    let digest = canonical::digest(snapshot).unwrap_or_default();
    digest.0.iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// A count of things on one screen.
pub(crate) fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

/// What is wrong with an answer, in words: the form's own message, or ours.
pub(crate) fn problem_text(texts: &Texts, problem: &QuestionProblem) -> String {
    match (&problem.message, problem.code) {
        (Some(message), _) => message.clone(),
        (None, QuestionProblemCode::Missing) => texts.get("question-missing"),
        (None, QuestionProblemCode::Violated) => texts.get("question-violated"),
        (None, QuestionProblemCode::NotAnOption) => texts.get("question-not-an-option"),
    }
}
