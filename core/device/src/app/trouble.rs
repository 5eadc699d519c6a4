//! An error in a person's words, the same in every shell: what happened, what is safe, what to do; what only a supporter
//! understands stands apart.

use countersign_model::decide::RefusalCode;
use countersign_texts::Texts;

use super::AppError;
use crate::sync::EnrolProblem;

/// Whether the same may be tried again, unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Again {
    /// It may succeed later without anybody's doing.
    ByItself,
    /// It may succeed once a person has put something else right: freed space, enrolled, synced, updated.
    Afterwards,
    /// It may succeed once a person has looked at what stands there now: it changed since it was shown to them.
    AfterLooking,
    /// It fails as often as it is tried: it needs a person's word.
    #[default]
    Never,
}

/// The sentences of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do; empty where the first sentence says it.
    pub todo: String,
    /// For a supporter; empty for nothing.
    pub details: String,
    /// Whether the same may be tried again.
    pub again: Again,
    /// Whether what is shown must not be looked at any longer.
    pub hides: bool,
}

impl Trouble {
    /// The trouble that goes by this name in the texts.
    pub fn named(texts: &Texts, name: &str, details: String) -> Trouble {
        let text = |part: &str| texts.get(&format!("trouble-{name}-{part}"));
        Trouble { what: text("what"), safe: text("safe"), todo: text("todo"), details, ..Trouble::default() }
    }
}

impl AppError {
    /// Whether the same may be tried again, unchanged.
    pub fn again(&self) -> Again {
        match self {
            AppError::Environment { .. } => Again::ByItself,
            AppError::Enrol
            | AppError::Locked { .. }
            | AppError::Space
            | AppError::Damaged { .. }
            | AppError::Update { .. }
            | AppError::Report { .. } => Again::Afterwards,
            AppError::ShownChanged => Again::AfterLooking,
            AppError::Refused { refusal } if refusal.code == RefusalCode::ChangedSince => Again::AfterLooking,
            AppError::Refused { .. }
            | AppError::Input { .. }
            | AppError::NotFound { .. }
            | AppError::Incomplete { .. } => Again::Never,
        }
    }

    /// Its sentences, and what can be done about it.
    pub fn trouble(&self, texts: &Texts) -> Trouble {
        // A lease that is over hides everything, at once.
        let hides = matches!(self, AppError::Locked { .. });
        Trouble { again: self.again(), hides, ..self.sentences(texts) }
    }

    fn sentences(&self, texts: &Texts) -> Trouble {
        let (name, details) = match self {
            AppError::Refused { refusal } => {
                // The sentence of a refusal says what happened and what to do.
                let (what, safe) = (texts.refusal(refusal), texts.get("trouble-kept-safe"));
                return Trouble { what, safe, ..Trouble::default() };
            }
            AppError::Incomplete { missing } => {
                let what = texts.with("trouble-incomplete-what", &[("missing", missing.join(" · ").as_str().into())]);
                let todo = texts.get("trouble-incomplete-todo");
                return Trouble { what, safe: texts.get("trouble-kept-safe"), todo, ..Trouble::default() };
            }
            AppError::Input { why } => ("input", why.clone()),
            AppError::ShownChanged => ("shown-changed", String::new()),
            AppError::Enrol => ("enrol", String::new()),
            AppError::Space => ("space", String::new()),
            AppError::Locked { .. } => ("locked", String::new()),
            AppError::Damaged { why } => ("damaged", why.clone()),
            AppError::Update { why } => ("update", why.clone()),
            AppError::NotFound { what, name } => ("not-found", format!("{what} {name}")),
            AppError::Environment { why } => ("environment", why.clone()),
            AppError::Report { why } => ("report", why.clone()),
        };
        Trouble::named(texts, name, details)
    }
}

impl EnrolProblem {
    /// Whether the same may be tried again, unchanged.
    pub fn again(&self) -> Again {
        match self {
            EnrolProblem::NotConnected(_) | EnrolProblem::Busy(_) => Again::ByItself,
            EnrolProblem::Vault(_) | EnrolProblem::NotUnderstood(_) | EnrolProblem::NotSeen => Again::Afterwards,
            EnrolProblem::CodeUsed | EnrolProblem::CodeUnknown | EnrolProblem::Untrusted(_) => Again::Never,
            EnrolProblem::Store(_) => Again::ByItself,
        }
    }

    /// Its sentences, and what can be done about it.
    pub fn trouble(&self, texts: &Texts) -> Trouble {
        let name = match self {
            EnrolProblem::NotConnected(_) => "enrol-offline",
            EnrolProblem::Busy(_) => "enrol-busy",
            EnrolProblem::CodeUsed => "enrol-used",
            EnrolProblem::CodeUnknown => "enrol-unknown",
            EnrolProblem::Untrusted(_) => "enrol-untrusted",
            EnrolProblem::NotUnderstood(_) => "enrol-update",
            EnrolProblem::NotSeen => "enrol-look",
            EnrolProblem::Vault(_) => "enrol-locked",
            EnrolProblem::Store(_) => "environment",
        };
        Trouble { again: self.again(), ..Trouble::named(texts, name, self.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;
    use countersign_model::decide::Refusal;

    use super::*;

    #[test]
    fn what_is_tried_again_is_what_another_moment_can_mend() {
        let why = || "why".to_owned();
        let rows = [
            (AppError::Environment { why: why() }, Again::ByItself),
            (AppError::Space, Again::Afterwards),
            (AppError::Enrol, Again::Afterwards),
            (AppError::Locked { until: 0 }, Again::Afterwards),
            (AppError::Refused { refusal: Refusal::new(RefusalCode::Signed) }, Again::Never),
            (AppError::Refused { refusal: Refusal::new(RefusalCode::ChangedSince) }, Again::AfterLooking),
            (AppError::ShownChanged, Again::AfterLooking),
            (AppError::Input { why: why() }, Again::Never),
            (AppError::NotFound { what: "job", name: why() }, Again::Never),
            (AppError::Report { why: why() }, Again::Afterwards),
        ];
        let texts = Texts::new(Language::English);
        for (error, again) in rows {
            let trouble = error.trouble(&texts);
            assert_eq!(trouble.again, again, "{error}");
            assert_eq!(trouble.hides, matches!(error, AppError::Locked { .. }), "{error}");
        }
        assert_eq!(EnrolProblem::Busy(why()).trouble(&texts).again, Again::ByItself);
        assert_eq!(EnrolProblem::CodeUsed.trouble(&texts).again, Again::Never);
    }

    #[test]
    fn every_problem_of_an_enrolment_is_worded_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for part in ["what", "safe", "todo"] {
                assert!(texts.has(&format!("trouble-enrol-look-{part}")), "{part} in {}", language.tag());
            }
        }
    }
}
