//! What people choose from on a visit, in the order in which every shell shows it.

use countersign_evidence::drawing::TOOLS;
use countersign_model::document::Outcome;
use countersign_model::entity::TimeKind;
use countersign_texts::Texts;

use super::JobChoice;
use crate::app::asking::{CHANGE, WINDOW, key_of};

/// The choices of a kind of word; the texts word each by the same kind. Empty for a kind that has none here.
pub fn choices(kind: &str) -> &'static [&'static str] {
    match kind {
        "cash" => &["cash", "card", "cheque", "transfer"],
        "charge" => &["other", "labour", "travel", "waiting", "kilometres", "call_out"],
        "code-list" => &["symptom", "cause", "remedy"],
        "ink" => &["red", "yellow", "blue", "black", "white"],
        "leave" => &["solved", "part", "customer", "workshop", "another_visit"],
        "machine" => &["down", "limited", "running"],
        "outcome" => &["accepted", "remarks", "refused", "absent"],
        "payer" => &["customer", "contract", "warranty", "internal"],
        "score" => &["1", "2", "3", "4", "5"],
        "shape" => &TOOLS,
        "signer" => &["customer", "operator", "representative"],
        "stage" => &["found", "left", "other"],
        "time" => &["work", "travel", "waiting"],
        "wish" => &["window", "parts", "colleague", "question", "change"],
        _ => &[],
    }
}

/// What is chosen of a kind before a person says otherwise; empty where nobody else can choose for them.
pub fn usual_choice(kind: &str) -> &'static str {
    match kind {
        "cash" => "cash",
        "charge" => "other",
        "ink" => "red",
        "job-choice" => JobChoice::USUAL.word(),
        "leave" => "solved",
        "shape" => "arrow",
        "signer" => "customer",
        "stage" => "other",
        "time" => "work",
        "wish" => "question",
        _ => "",
    }
}

/// What is asked of a customer who says this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeAsks {
    /// A signature may stand there: nobody draws who is not there.
    pub may_draw: bool,
    /// It must stand there: who refuses may refuse to draw as well.
    pub must_draw: bool,
    /// They are asked to rate, and a stamp may be taken.
    pub rates: bool,
    /// They say who they are: where nobody is there, nobody is named.
    pub names: bool,
}

/// What is asked of a customer by what they say. The rule itself is checked at signing
/// (`countersign_model::document::check_sign_offs`).
pub fn outcome_asks(outcome: &Outcome) -> OutcomeAsks {
    let is_there = *outcome != Outcome::Absent;
    OutcomeAsks {
        may_draw: is_there,
        must_draw: is_there && *outcome != Outcome::Refused,
        rates: is_there,
        names: is_there,
    }
}

/// Whether kilometres are asked for with time of this kind: who works or waits drives nowhere.
pub fn asks_kilometres(kind: &TimeKind) -> bool {
    *kind == TimeKind::Travel
}

/// What is asked of a person who wishes this of the office, beside their reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WishAsks {
    /// From when to when.
    pub window: bool,
    /// Which field of which record, and how it should be.
    pub field: bool,
}

/// What is asked of a person by what they wish. The rule itself is checked when they ask ([`App::ask_wanted`]).
///
/// [`App::ask_wanted`]: crate::app::App::ask_wanted
pub fn wish_asks(wish: &str) -> WishAsks {
    WishAsks { window: wish == WINDOW, field: wish == CHANGE }
}

/// What the office can be asked to put right: kind of record and field.
pub(crate) const FIELDS_TO_PUT_RIGHT: &[(&str, &str)] =
    &[("customer", "phone"), ("customer", "address"), ("site", "address"), ("machine", "place"), ("job", "fault")];

/// A field that the office can be asked to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldToPutRight {
    /// By which it is asked for, such as `machine.place`.
    pub key: String,
    /// What it is called, in the reader's language.
    pub name: String,
}

/// What the office can be asked to put right, in the reader's language.
pub fn fields_to_put_right(texts: &Texts) -> Vec<FieldToPutRight> {
    let field = |(about, name): &(&str, &str)| {
        let words = [("about", texts.word("kind", about).into()), ("field", texts.word("field", name).into())];
        FieldToPutRight { key: key_of(about, name), name: texts.with("console-asked-field", &words) }
    };
    FIELDS_TO_PUT_RIGHT.iter().map(field).collect()
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;
    use countersign_model::document::SCORES;

    use super::*;

    const KINDS: [&str; 13] = [
        "cash", "charge", "ink", "leave", "machine", "outcome", "payer", "score", "shape", "signer", "stage", "time",
        "wish",
    ];

    #[test]
    fn every_choice_has_a_word_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for kind in KINDS {
                let offered = choices(kind);
                assert!(!offered.is_empty(), "{kind}");
                for word in offered {
                    assert!(texts.has(&format!("{kind}-{word}")), "{kind}-{word} in {}", language.tag());
                }
            }
        }
    }

    #[test]
    fn kilometres_are_asked_of_a_journey_alone() {
        let asked = choices("time").iter().filter(|word| asks_kilometres(&TimeKind::from_word(word)));
        assert_eq!(asked.collect::<Vec<_>>(), [&"travel"]);
    }

    #[test]
    fn each_wish_asks_for_what_it_needs_and_no_more() {
        let asks = |wish: &str| (wish_asks(wish).window, wish_asks(wish).field);
        let wants: Vec<(bool, bool)> = choices("wish").iter().map(|wish| asks(wish)).collect();
        assert_eq!(wants, [(true, false), (false, false), (false, false), (false, false), (false, true)]);
        assert_eq!(asks(usual_choice("wish")), (false, false));
    }

    #[test]
    fn what_is_usual_can_be_chosen_and_nobody_speaks_for_the_customer() {
        let usual_kinds: Vec<&str> = KINDS.into_iter().filter(|kind| !usual_choice(kind).is_empty()).collect();
        assert_eq!(usual_kinds, ["cash", "charge", "ink", "leave", "shape", "signer", "stage", "time", "wish"]);
        for kind in usual_kinds {
            assert!(choices(kind).contains(&usual_choice(kind)), "{kind}");
        }
    }

    #[test]
    fn the_scores_are_those_that_the_rule_of_signing_takes() {
        let scores: Vec<String> = SCORES.map(|score| score.to_string()).collect();
        assert_eq!(choices("score"), scores);
    }
}
