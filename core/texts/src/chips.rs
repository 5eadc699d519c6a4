//! States as people see them on every screen: colour, icon and word, never colour alone. One table for all shells, so
//! that a state looks the same in list, job, board and on paper.

use countersign_model::document::{Outcome, VoucherClass};
use countersign_model::entity::{
    DeviceState, JobState, MachineState, Priority, RequestState, VisitState, VoucherState, Wish,
};

use crate::Texts;

/// A state on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chip {
    /// Token of the colour: `ok`, `info`, `attention`, `danger`, or empty for a plain one.
    pub class: &'static str,
    /// Name of the icon, such as `calendar`.
    pub icon: &'static str,
    /// The word in the reader's language.
    pub word: String,
}

impl Texts {
    /// Where a job stands.
    pub fn job_state(&self, state: &JobState) -> Chip {
        let (class, icon) = match state {
            JobState::New => ("", "new"),
            JobState::Planned => ("info", "calendar"),
            JobState::Travelling => ("info", "road"),
            JobState::OnSite => ("info", "place"),
            JobState::Waiting => ("attention", "wait"),
            JobState::Signed => ("ok", "lock"),
            JobState::Submitted => ("info", "inbox"),
            JobState::Returned => ("attention", "return"),
            JobState::Approved => ("ok", "check"),
            JobState::Cancelled => ("", "cross"),
            JobState::CompletedAfterCancel => ("attention", "warn"),
            JobState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.word("state", state.as_str()) }
    }

    /// Where a visit stands.
    pub fn visit_state(&self, state: &VisitState) -> Chip {
        let (class, icon) = match state {
            VisitState::Planned => ("info", "calendar"),
            VisitState::Travelling => ("info", "road"),
            VisitState::OnSite => ("info", "place"),
            VisitState::Left => ("ok", "check"),
            VisitState::Reassigned => ("attention", "person"),
            VisitState::Cancelled => ("", "cross"),
            VisitState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.word("state", state.as_str()) }
    }

    /// Where a voucher stands.
    pub fn voucher_state(&self, state: &VoucherState) -> Chip {
        let (class, icon) = match state {
            VoucherState::Open => ("", "file"),
            VoucherState::Signed => ("ok", "lock"),
            VoucherState::Submitted => ("info", "inbox"),
            VoucherState::Returned => ("attention", "return"),
            VoucherState::Approved => ("ok", "check"),
            VoucherState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.word("state", state.as_str()) }
    }

    /// What the machine can still do.
    pub fn machine_state(&self, state: &MachineState) -> Chip {
        let (class, icon) = match state {
            MachineState::Down => ("danger", "warn"),
            MachineState::Limited => ("attention", "machine"),
            _ => ("", "machine"),
        };
        let word = match state {
            // "Limited" alone would not say what is limited.
            MachineState::Limited => self.get("chip-machine-limited"),
            other => self.word("machine", other.as_str()),
        };
        Chip { class, icon, word }
    }

    /// The same, only where it says something: a machine that simply runs is not pointed out.
    pub fn machine_trouble(&self, state: &MachineState) -> Option<Chip> {
        matches!(state, MachineState::Down | MachineState::Limited).then(|| self.machine_state(state))
    }

    /// How urgent, only where that says something.
    pub fn priority(&self, priority: &Priority) -> Option<Chip> {
        let class = match priority {
            Priority::Urgent => "danger",
            Priority::High => "attention",
            _ => return None,
        };
        let word = self.word("priority", priority.as_str());
        Some(Chip { class, icon: "bell", word: self.with("chip-priority", &[("priority", word.as_str().into())]) })
    }

    /// How a voucher is paid.
    pub fn class(&self, class: &VoucherClass) -> Chip {
        Chip { class: "", icon: "file", word: self.word("class", class.as_str()) }
    }

    /// Whether a device still belongs to the company.
    pub fn device_state(&self, state: &DeviceState) -> Chip {
        let (class, icon) = match state {
            DeviceState::Active => ("ok", "phone"),
            DeviceState::Unconfirmed => ("attention", "lock"),
            DeviceState::Revoked => ("danger", "cross"),
            DeviceState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.word("device", state.as_str()) }
    }

    /// Where something stands that the field asks of the office; `what` is the word of what is asked.
    pub fn request_state(&self, what: &str, state: &RequestState) -> Chip {
        let (class, icon) = match state {
            RequestState::Open => ("attention", "wait"),
            RequestState::Granted => ("ok", "check"),
            RequestState::Declined => ("danger", "cross"),
            RequestState::Other(_) => ("", "dot"),
        };
        let word = match state {
            // A question is answered rather than granted.
            RequestState::Granted if what == Wish::Question.as_str() => self.get("request-answered"),
            other => self.word("request", other.as_str()),
        };
        Chip { class, icon, word }
    }

    /// What the customer said.
    pub fn outcome(&self, outcome: &Outcome) -> Chip {
        let (class, icon) = match outcome {
            Outcome::Accepted => ("ok", "check"),
            Outcome::Remarks => ("attention", "remark"),
            Outcome::Refused => ("danger", "cross"),
            Outcome::Absent => ("attention", "person"),
            Outcome::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.word("outcome", outcome.as_str()) }
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use super::*;

    #[test]
    fn no_two_states_of_a_job_look_alike_in_any_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut seen = std::collections::BTreeSet::new();
            for state in JobState::KNOWN {
                let chip = texts.job_state(state);
                assert!(seen.insert((chip.icon, chip.word.clone())), "{language:?}: {chip:?} twice");
            }
            assert_eq!(texts.job_state(&JobState::Other("new_word".to_owned())).icon, "dot", "kept and shown plainly");
        }
    }

    #[test]
    fn only_an_unusual_priority_is_marked() {
        let texts = Texts::new(Language::English);
        let marked = |priority| texts.priority(&priority).map(|chip| (chip.class, chip.word));
        assert_eq!(marked(Priority::Urgent), Some(("danger", "Priority: Urgent".to_owned())));
        assert_eq!(marked(Priority::Normal), None);
    }
}
