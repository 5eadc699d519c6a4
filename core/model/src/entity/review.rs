//! Reviews with their remarks, and flags: what a person must look at.

use serde::{Deserialize, Serialize};

use super::Extra;
use crate::digest::Digest;
use crate::id::{Id, RecordRef};
use crate::language::{Language, LocalText};
use crate::open_enum;
use crate::time::TimeRecord;

/// A remark of a review, on one question or on the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The question's instance in the form; empty for the whole voucher.
    #[serde(default)]
    pub question: String,
    /// The question's text, as the reviewer saw it.
    #[serde(default)]
    pub label: String,
    /// What the reviewer wants, in their own words; may be empty beside a standard remark.
    #[serde(default)]
    pub text: String,
    /// The standard remark that was picked: a code of the list `remark`; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// That remark's words in each language, as the list had them at the time of the review; filled by the rules.
    #[serde(default, skip_serializing_if = "LocalText::is_empty")]
    pub words: LocalText,
}

impl Remark {
    /// The remark as somebody reads it in this language: the standard words in theirs, then the reviewer's own.
    pub fn in_language(&self, language: Language) -> String {
        let standard = self.words.get(language);
        let parts = [standard, self.text.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

open_enum! {
    /// What a review ends in.
    ReviewOutcome {
        /// Approved.
        Approved = "approved",
        /// Returned with remarks.
        Returned = "returned",
    }
}

/// A review's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The voucher.
    pub voucher: Id,
    /// Its job.
    pub job: Id,
    /// The documents that were reviewed.
    pub leaves: Vec<Digest>,
    /// How it ended.
    pub outcome: ReviewOutcome,
    /// What the reviewer wants.
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// Media that will never come, with the reason why that is accepted.
    #[serde(default)]
    pub missing: Vec<MissingMedia>,
    /// Who.
    pub reviewer: Id,
    /// When.
    pub time: TimeRecord,
    /// Which round.
    pub round: u32,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A cited file that the office does without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingMedia {
    /// Which.
    pub sha256: Digest,
    /// Why that is accepted.
    pub reason: String,
}

open_enum! {
    /// Why a person should look.
    FlagCode {
        /// Two people answered one question; both answers are kept.
        AnswerConflict = "answer_conflict",
        /// A fact of another device came after the signature.
        LateFact = "late_fact",
        /// Cancelled in the office and worked on in the field.
        CompletedAfterCancel = "completed_after_cancel",
        /// Two documents were signed for one visit.
        TwoDocuments = "two_documents",
        /// Two amendments have one parent.
        TwoAmendments = "two_amendments",
        /// One printed number stands on two documents.
        NumberTwice = "number_twice",
        /// Work by somebody who is not on the visit (any more).
        NotOnVisit = "not_on_visit",
        /// A deleted repeat item was edited elsewhere and came back.
        ItemRestored = "item_restored",
        /// A sign-off does not meet what its class requires.
        SignOffIncomplete = "sign_off_incomplete",
        /// A part was booked whose code is not in the catalogue.
        UnknownPart = "unknown_part",
        /// A symptom, cause or remedy that is not in its list.
        UnknownCode = "unknown_code",
        /// A meter reads less than before.
        MeterBackward = "meter_backward",
        /// More of a part went out of a depot than it held.
        NegativeStock = "negative_stock",
        /// The class of a voucher was changed in the field.
        ClassChanged = "class_changed",
        /// Two people put the same time or charge right; one of the corrections counts.
        CorrectedTwice = "corrected_twice",
        /// The accountant counted another sum than the receipt says.
        CashDiffers = "cash_differs",
        /// The hub was restored from a backup: what came after it is offered again by the devices.
        HubRestored = "hub_restored",
    }
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// About which record.
    pub about: RecordRef,
    /// Why.
    pub code: FlagCode,
    /// The command that raised it.
    pub command: Id,
    /// What a sentence about it needs: names, numbers, values.
    #[serde(default)]
    pub facts: std::collections::BTreeMap<String, String>,
    /// Not yet dealt with.
    pub open: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}
