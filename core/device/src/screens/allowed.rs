//! What may be done on a visit now, one thing at a time: a shell offers what is allowed here and combines nothing.

use serde::Serialize;

use crate::app::work::Work;

/// What may be done on a visit now. What is not allowed is not offered: the rule behind it would refuse it, or keep it as
/// something that no document shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// Questions may be answered, items added and taken out.
    pub answer: bool,
    /// Photos and files may be added.
    pub attach: bool,
    /// Times may be recorded and put right.
    pub record_time: bool,
    /// The machine's meter may be read.
    pub read_meter: bool,
    /// Charges may be added, put right and taken out.
    pub charge: bool,
    /// Parts may be booked and taken back.
    pub book_part: bool,
    /// What was found and done may be said.
    pub diagnose: bool,
    /// Another class may be set.
    pub set_class: bool,
    /// A session by phone or video may become a visit to the customer.
    pub go_there: bool,
    /// A visit to the customer may become a session by phone or video.
    pub go_remote: bool,
    /// The pages may be made and signed.
    pub sign: bool,
    /// An amendment of what was signed may be begun.
    pub amend: bool,
}

/// What may be done on this work. Whatever stands on the document waits for an amendment once it is signed; where a visit
/// takes place stands in none, so that no amendment changes it.
pub(super) fn allowed(work: &Work) -> Allowed {
    let open = !work.is_locked();
    let visit = &work.visit;
    Allowed {
        answer: open,
        attach: open,
        record_time: open,
        read_meter: open,
        charge: open,
        book_part: open,
        diagnose: open,
        set_class: open,
        go_there: !work.is_signed() && visit.remote && visit.collected_by.is_none(),
        go_remote: !work.is_signed() && !visit.remote && visit.collects.is_empty(),
        sign: open,
        amend: !open,
    }
}
