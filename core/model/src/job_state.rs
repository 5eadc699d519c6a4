//! The states of a job as data: which event leads from where to where.
//!
//! Facts of the field are recorded whatever the state; where the table has no line for one, the state stays.

use crate::entity::{JobState, JobState::*};

/// What moves a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A visit is planned.
    Plan,
    /// Somebody sets out.
    Travel,
    /// Somebody arrives.
    Arrive,
    /// Somebody leaves with the fault solved.
    LeaveSolved,
    /// Somebody leaves, more is to be done.
    LeaveWaiting,
    /// The voucher is signed.
    Sign,
    /// The voucher is handed in.
    Submit,
    /// The manager returns it.
    Return,
    /// The manager approves it.
    Approve,
    /// The manager approves it, and another visit of the job is still to be done.
    ApproveUnfinished,
    /// An amendment is signed.
    Amend,
    /// The office cancels.
    Cancel,
}

/// One line: from any of these states, the event leads there.
type Line = (&'static [JobState], Event, JobState);

/// The table.
pub const TRANSITIONS: &[Line] = &[
    (&[New, Planned, Waiting, Signed, Submitted, Returned, Approved], Event::Plan, Planned),
    (&[New, Planned, Waiting], Event::Travel, Travelling),
    (&[New, Planned, Travelling, Waiting], Event::Arrive, OnSite),
    // Left before anyone signed (a remote session, a customer who is not there): the signature is still to be had.
    (&[New, Planned, Travelling, OnSite], Event::LeaveSolved, Waiting),
    (&[New, Planned, Travelling, OnSite], Event::LeaveWaiting, Waiting),
    (&[New, Planned, Travelling, OnSite, Waiting], Event::Sign, Signed),
    (&[Returned], Event::Sign, Returned),
    (&[Signed], Event::LeaveWaiting, Waiting),
    (&[Signed, Waiting, Returned, OnSite], Event::Submit, Submitted),
    (&[Submitted, CompletedAfterCancel], Event::Return, Returned),
    (&[Submitted, CompletedAfterCancel], Event::Approve, Approved),
    (&[Submitted, CompletedAfterCancel], Event::ApproveUnfinished, Waiting),
    (&[New, Planned, Travelling, OnSite, Waiting], Event::Cancel, Cancelled),
    // Cancelled in the office and completed offline: the work is kept and somebody looks at it.
    (&[Cancelled], Event::Sign, CompletedAfterCancel),
    (&[Cancelled], Event::Amend, CompletedAfterCancel),
    (&[Cancelled], Event::Submit, CompletedAfterCancel),
];

/// Where the event leads; `None` where the table has no line and the state stays.
pub fn next(from: &JobState, event: Event) -> Option<JobState> {
    TRANSITIONS.iter().find(|(states, on, _)| *on == event && states.contains(from)).map(|(_, _, to)| to.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_way_and_its_turns() {
        let walk = |events: &[Event]| events.iter().fold(New, |state, event| next(&state, *event).unwrap_or(state));
        use Event::*;
        assert_eq!(walk(&[Plan, Travel, Arrive, LeaveSolved, Sign, Submit, Approve]), Approved);
        assert_eq!(walk(&[Plan, Arrive, Sign, Submit, Return, Sign, Submit, Approve]), Approved);
        assert_eq!(walk(&[Plan, Travel, Arrive, LeaveWaiting, Plan]), Planned);
        assert_eq!(walk(&[Plan, Cancel, Arrive]), Cancelled);
        assert_eq!(walk(&[Plan, Cancel, Sign, Submit, Approve]), Approved);
    }

    #[test]
    fn no_state_and_event_stand_in_two_lines() {
        for (index, (states, event, _)) in TRANSITIONS.iter().enumerate() {
            for (other_states, other_event, _) in &TRANSITIONS[index + 1..] {
                let both = states.iter().any(|state| other_states.contains(state));
                assert!(!(both && event == other_event), "{states:?} on {event:?}");
            }
        }
    }
}
