//! Words for where jobs, visits and vouchers stand, how urgent they are, and what a machine can still do.

use crate::open_enum;

open_enum! {
    /// How urgent.
    #[derive(Default)]
    Priority {
        /// As soon as convenient.
        Low = "low",
        /// The usual.
        #[default]
        Normal = "normal",
        /// Before others.
        High = "high",
        /// Drop everything.
        Urgent = "urgent",
    }
}

open_enum! {
    /// What the machine can still do.
    #[derive(Default)]
    MachineState {
        /// It stands still.
        Down = "down",
        /// It works with limits.
        #[default]
        Limited = "limited",
        /// It runs.
        Running = "running",
    }
}

open_enum! {
    /// Where a job stands; the transitions are data in [`crate::job_state`].
    JobState {
        /// Made, nobody is planned.
        New = "new",
        /// A visit is planned.
        Planned = "planned",
        /// Somebody is on the way.
        Travelling = "travelling",
        /// Somebody is there.
        OnSite = "on_site",
        /// They left, more is to be done.
        Waiting = "waiting",
        /// The voucher is signed.
        Signed = "signed",
        /// The voucher waits for review.
        Submitted = "submitted",
        /// The manager returned it with remarks.
        Returned = "returned",
        /// The manager approved it.
        Approved = "approved",
        /// Cancelled in the office.
        Cancelled = "cancelled",
        /// Cancelled in the office and completed offline: to be reviewed.
        CompletedAfterCancel = "completed_after_cancel",
    }
}

open_enum! {
    /// Where a visit stands.
    VisitState {
        /// Planned.
        Planned = "planned",
        /// On the way.
        Travelling = "travelling",
        /// There.
        OnSite = "on_site",
        /// Left.
        Left = "left",
        /// Given to somebody else; what the first engineer did stays here.
        Reassigned = "reassigned",
        /// Cancelled with its job.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// Where a voucher stands.
    VoucherState {
        /// Numbered, not signed.
        Open = "open",
        /// Signed on the phone.
        Signed = "signed",
        /// Handed in for review.
        Submitted = "submitted",
        /// Returned with remarks.
        Returned = "returned",
        /// Approved.
        Approved = "approved",
    }
}
