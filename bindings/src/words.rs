//! What the core words for a reader: texts, dates, money and chips of states. Free functions, since words have no state;
//! nothing is worded here.

use std::collections::HashMap;

use countersign_device::model::Language;
use countersign_device::model::document::{Outcome, VoucherClass};
use countersign_device::model::limits::longest_typed;
use countersign_device::screens::{FieldToPutRight, FileSafety, OutcomeAsks, Typing, WishAsks};

use countersign_device::model::entity::{
    JobState, MachineState, Priority, RequestState, TimeKind, VisitState, VoucherState, Window,
};
use countersign_device::model::money::Money;
use countersign_device::model::time::TimeRecord;
use countersign_device::screens;
use countersign_device::texts::{self, Chip, Texts, Value, Zone};

use crate::commands::count;

/// Who reads: the language, and the zone in which times are written.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Reader {
    /// The language.
    pub language: Language,
    /// A zone by its name; an unknown one counts as the offset.
    pub zone: String,
    /// Offset from UTC in minutes, where the zone has no name.
    pub offset_minutes: i32,
}

impl Reader {
    pub(crate) fn texts(&self) -> Texts {
        texts(self.language)
    }

    pub(crate) fn zone(&self) -> Zone {
        Zone::of(&self.zone, self.offset_minutes)
    }
}

/// The texts of a language.
pub(crate) fn texts(language: Language) -> Texts {
    Texts::new(language)
}

/// What stands in for a variable of a text.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum TextValue {
    /// A word.
    Word {
        /// It.
        word: String,
    },
    /// A number that the form of the text follows.
    Number {
        /// It.
        number: i64,
    },
}

/// A state on screen.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ChipShown {
    /// Token of the colour: `ok`, `info`, `attention`, `danger`, or empty for a plain one.
    pub colour: String,
    /// Name of the icon, such as `calendar`.
    pub icon: String,
    /// The word.
    pub word: String,
}

impl From<Chip> for ChipShown {
    fn from(chip: Chip) -> ChipShown {
        ChipShown { colour: chip.class.to_owned(), icon: chip.icon.to_owned(), word: chip.word }
    }
}

/// The text of a key of the core's catalogue; the key itself where there is none.
#[uniffi::export]
pub fn text(language: Language, key: String, values: HashMap<String, TextValue>) -> String {
    let values: Vec<(&str, Value<'_>)> = values
        .iter()
        .map(|(name, value)| match value {
            TextValue::Word { word } => (name.as_str(), Value::from(word.as_str())),
            TextValue::Number { number } => (name.as_str(), Value::from(*number)),
        })
        .collect();
    texts(language).with(&key, &values)
}

/// The word for a code, such as the outcome `refused`; the code itself where a newer program wrote it.
#[uniffi::export]
pub fn word(language: Language, kind: String, code: String) -> String {
    texts(language).word(&kind, &code)
}

/// A language by its tag such as `zh-Hant-TW`; English where there is none of ours.
#[uniffi::export]
pub fn language_of(tag: String) -> Language {
    Language::from_tag(&tag).unwrap_or_default()
}

/// The tag of a language, such as `zh-Hans`.
#[uniffi::export]
pub fn tag_of(language: Language) -> String {
    language.tag().to_owned()
}

/// What its speakers call a language.
#[uniffi::export]
pub fn own_name_of(language: Language) -> String {
    language.own_name().to_owned()
}

/// A date such as `22 Nov 2026`.
#[uniffi::export]
pub fn date(reader: Reader, milliseconds: i64) -> String {
    reader.texts().date(milliseconds, &reader.zone())
}

/// A time of day such as `14:03`.
#[uniffi::export]
pub fn time_of_day(reader: Reader, milliseconds: i64) -> String {
    reader.texts().time(milliseconds, &reader.zone())
}

/// A date with its time.
#[uniffi::export]
pub fn date_time(reader: Reader, milliseconds: i64) -> String {
    reader.texts().date_time(milliseconds, &reader.zone())
}

/// When something was recorded, by the clock that the engineer looked at.
#[uniffi::export]
pub fn recorded(reader: Reader, time: TimeRecord) -> String {
    date_time(reader, time.wall)
}

/// An appointment with its day.
#[uniffi::export]
pub fn appointment(reader: Reader, window: Window) -> String {
    reader.texts().appointment(&window, &reader.zone())
}

/// The hours of an appointment, where its day stands elsewhere.
#[uniffi::export]
pub fn hours(reader: Reader, window: Window) -> String {
    reader.texts().hours(&window, &reader.zone())
}

/// The moment of a local date and time (`2026-11-29T14:03`) in milliseconds since 1970; `None` where it is none.
#[uniffi::export]
pub fn moment(reader: Reader, local: String) -> Option<i64> {
    reader.zone().moment(&local)
}

/// A day as it is stored (`2026-11-22`) in the language's writing; any other text as it is.
#[uniffi::export]
pub fn day(language: Language, stored: &str) -> String {
    texts(language).day(stored)
}

/// What is wrong with an appointment as it is typed so far, in words; `None` for nothing.
#[uniffi::export]
pub fn window_problem(reader: Reader, from: &str, to: &str) -> Option<String> {
    let refusal = texts::typed_window(from, to, &reader.zone()).err()?;
    Some(reader.texts().refusal(&refusal))
}

/// What the words that a person typed for a command still lack, or what does not fit; `None` for nothing.
#[uniffi::export]
pub fn lacks(reader: Reader, typing: Typing) -> Option<String> {
    let refusal = typing.check(&reader.zone()).err()?;
    Some(reader.texts().refusal(&refusal))
}

/// What a code that was read or typed says; `None` for one that says nothing.
#[uniffi::export]
pub fn read_code(text: &str) -> Option<String> {
    screens::read_code(text).map(str::to_owned)
}

/// A duration such as `2 h 10 min`.
#[uniffi::export]
pub fn duration(language: Language, minutes: i64) -> String {
    texts(language).duration(minutes)
}

/// A size such as `412 MB`.
#[uniffi::export]
pub fn size(language: Language, bytes: u64) -> String {
    texts(language).bytes(bytes)
}

/// What a file of this media type is called, such as "Picture".
#[uniffi::export]
pub fn media_kind(language: Language, media_type: &str) -> String {
    texts(language).media_kind(media_type)
}

/// A decimal number as stored in the language's writing.
#[uniffi::export]
pub fn number(language: Language, decimal: String) -> String {
    texts(language).number(&decimal)
}

/// A sum with its currency.
#[uniffi::export]
pub fn money(language: Language, sum: Money) -> String {
    texts(language).money(&sum)
}

/// A tax rate in hundredths of a percent.
#[uniffi::export]
pub fn rate(language: Language, basis_points: i64) -> String {
    texts(language).rate(basis_points)
}

/// Where a job stands.
#[uniffi::export]
pub fn job_state_chip(language: Language, state: JobState) -> ChipShown {
    texts(language).job_state(&state).into()
}

/// Where a visit stands.
#[uniffi::export]
pub fn visit_state_chip(language: Language, state: VisitState) -> ChipShown {
    texts(language).visit_state(&state).into()
}

/// Where a voucher stands.
#[uniffi::export]
pub fn voucher_state_chip(language: Language, state: VoucherState) -> ChipShown {
    texts(language).voucher_state(&state).into()
}

/// What a machine can do; `None` where it simply runs or nobody said.
#[uniffi::export]
pub fn machine_state_chip(language: Language, state: MachineState) -> Option<ChipShown> {
    texts(language).machine_trouble(&state).map(ChipShown::from)
}

/// How urgent a job is; `None` for an ordinary one.
#[uniffi::export]
pub fn priority_chip(language: Language, priority: Priority) -> Option<ChipShown> {
    texts(language).priority(&priority).map(ChipShown::from)
}

/// The class of a voucher.
#[uniffi::export]
pub fn class_chip(language: Language, class: VoucherClass) -> ChipShown {
    texts(language).class(&class).into()
}

/// What became of a request.
#[uniffi::export]
pub fn request_chip(language: Language, what: String, state: RequestState) -> ChipShown {
    texts(language).request_state(&what, &state).into()
}

/// What a customer said.
#[uniffi::export]
pub fn outcome_chip(language: Language, outcome: Outcome) -> ChipShown {
    texts(language).outcome(&outcome).into()
}

/// What can be chosen of a kind such as `leave`, in the order in which it is offered; [`word`] words each.
#[uniffi::export]
pub fn choices(kind: &str) -> Vec<String> {
    screens::choices(kind).iter().map(|word| (*word).to_owned()).collect()
}

/// The choice of a kind where nobody chose.
#[uniffi::export]
pub fn usual_choice(kind: &str) -> String {
    screens::usual_choice(kind).to_owned()
}

/// Where a file is safe.
#[uniffi::export]
pub fn file_safety_chip(language: Language, safety: FileSafety) -> ChipShown {
    safety.chip(&texts(language)).into()
}

/// What the office can be asked to put right.
#[uniffi::export]
pub fn fields_to_put_right(language: Language) -> Vec<FieldToPutRight> {
    screens::fields_to_put_right(&texts(language))
}

/// Whether kilometres are asked for with time of this kind.
#[uniffi::export]
pub fn asks_kilometres(kind: TimeKind) -> bool {
    screens::asks_kilometres(&kind)
}

/// What is asked of a customer who says this.
#[uniffi::export]
pub fn outcome_asks(outcome: Outcome) -> OutcomeAsks {
    screens::outcome_asks(&outcome)
}

/// What is asked of a person who wishes this of the office.
#[uniffi::export]
pub fn wish_asks(wish: &str) -> WishAsks {
    screens::wish_asks(wish)
}

/// How many characters a field takes, by its name in a command; what is no text of a command has a name of its own, such as
/// `search`.
#[uniffi::export]
pub fn longest(field: &str) -> u32 {
    count(longest_typed(field))
}

/// A number as it is typed, as a plain decimal; what is none comes back as it is, for a rule to refuse.
#[uniffi::export]
pub fn typed_number(text: &str) -> String {
    texts::typed_number(text)
}

/// A sum as it is typed, in minor units of the currency; `None` for what is none.
#[uniffi::export]
pub fn typed_sum(text: &str, currency: &str) -> Option<i64> {
    texts::typed_sum(text, currency)
}
