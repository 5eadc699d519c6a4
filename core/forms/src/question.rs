//! What a form says about its questions before anybody fills it.
//!
//! Never holds answers; those are in [`crate::Fill`].

use serde::{Deserialize, Serialize};

/// What kind of answer a question takes, and so which control a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Any text; line breaks allowed.
    Text,
    /// A whole number within 32 bits signed, as ODK has it.
    Integer,
    /// A decimal number, kept exactly as typed.
    Decimal,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM:SS.mmm` with an optional offset.
    Time,
    /// ISO 8601 date and time with an optional offset.
    DateTime,
    /// One of the options; the value is the option's value.
    SelectOne,
    /// Any number of the options; the values are separated by one space.
    SelectMany,
    /// A photo; the value names evidence (its SHA-256 or file name), the bytes live outside the form.
    Photo,
    /// A signature drawn on the screen; the value names evidence.
    Signature,
    /// A text to read; takes no answer.
    Note,
    /// The text of a bar code or QR code; may be typed as well.
    Barcode,
    /// "I have read this": `OK` or nothing.
    Acknowledge,
    /// A value without a control: calculated, or set by the form.
    Hidden,
}

impl QuestionKind {
    /// The word for this kind in JSON and in message parameters.
    pub fn word(self) -> &'static str {
        match self {
            QuestionKind::Text => "text",
            QuestionKind::Integer => "integer",
            QuestionKind::Decimal => "decimal",
            QuestionKind::Date => "date",
            QuestionKind::Time => "time",
            QuestionKind::DateTime => "date_time",
            QuestionKind::SelectOne => "select_one",
            QuestionKind::SelectMany => "select_many",
            QuestionKind::Photo => "photo",
            QuestionKind::Signature => "signature",
            QuestionKind::Note => "note",
            QuestionKind::Barcode => "barcode",
            QuestionKind::Acknowledge => "acknowledge",
            QuestionKind::Hidden => "hidden",
        }
    }

    /// Whether a person can answer a question of this kind.
    pub fn takes_an_answer(self) -> bool {
        !matches!(self, QuestionKind::Note | QuestionKind::Hidden)
    }

    /// Whether the answer names evidence (a file kept outside the form).
    pub fn names_evidence(self) -> bool {
        matches!(self, QuestionKind::Photo | QuestionKind::Signature)
    }

    /// How many characters a field for an answer takes.
    pub fn longest(self) -> usize {
        match self {
            QuestionKind::Integer | QuestionKind::Decimal => 40,
            QuestionKind::Barcode => 500,
            _ => 20_000,
        }
    }
}

/// One option of a select, as a form lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What a person reads, in the language asked for (or the default language where the translation is missing).
    pub label: String,
}

/// The bounds of a number that is chosen on a scale, as the form writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Where the scale begins; may be the larger one, for a scale that runs down.
    pub start: String,
    /// Where it ends.
    pub end: String,
    /// From one mark to the next.
    pub step: String,
}

/// What is known of a question from the form alone, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionInfo {
    /// Path without indexes.
    pub path: String,
    /// Kind of answer.
    pub kind: QuestionKind,
    /// Label; texts that depend on answers (`output`) are left out of it.
    pub label: String,
    /// Hint, or empty.
    pub hint: String,
    /// Paths of the repeats around it, outermost first.
    pub repeats: Vec<String>,
    /// Titles of the groups around it, outermost first.
    pub groups: Vec<String>,
    /// Whether the form says when it is required.
    pub has_required: bool,
    /// Whether its value is calculated.
    pub calculated: bool,
    /// Its options, where they do not depend on answers; `None` when they do, and for kinds without options.
    pub choices: Option<Vec<Choice>>,
    /// For a number chosen on a scale: its bounds, which an answer keeps.
    pub scale: Option<Scale>,
}
