//! The words of a document: classes, outcomes, roles of signers, provenances, stages.

use crate::open_enum;

open_enum! {
    /// How a voucher is paid.
    #[derive(Default)]
    VoucherClass {
        /// Paid by the customer.
        #[default]
        Paid = "A",
        /// Covered by a contract.
        Contract = "B",
        /// Free under warranty.
        Free = "C",
        /// Internal: needs no customer and no signature of one.
        Internal = "D",
    }
}

open_enum! {
    /// Who pays for one line of a voucher.
    Payer {
        /// The customer.
        Customer = "customer",
        /// The service contract.
        Contract = "contract",
        /// The warranty.
        Warranty = "warranty",
        /// The company itself.
        Internal = "internal",
    }
}

impl VoucherClass {
    /// Who pays for a line that names nobody. A class of a newer program is paid by the customer until a person looks.
    pub fn payer(&self) -> Payer {
        match self {
            VoucherClass::Paid | VoucherClass::Other(_) => Payer::Customer,
            VoucherClass::Contract => Payer::Contract,
            VoucherClass::Free => Payer::Warranty,
            VoucherClass::Internal => Payer::Internal,
        }
    }
}

open_enum! {
    /// What the customer said by signing, or why nobody signed.
    Outcome {
        /// Accepted.
        Accepted = "accepted",
        /// Accepted with remarks.
        Remarks = "remarks",
        /// The customer refused to accept.
        Refused = "refused",
        /// Nobody was available to sign.
        Absent = "absent",
    }
}

open_enum! {
    /// In which part someone signs.
    SignerRole {
        /// The engineer; signs always.
        Engineer = "engineer",
        /// The customer or whoever signs for them.
        Customer = "customer",
        /// The operator of the machine, where the customer is not there.
        Operator = "operator",
        /// A representative such as the site's guard or agent.
        Representative = "representative",
    }
}

open_enum! {
    /// Where an answer came from; printed beside it.
    Provenance {
        /// Typed or picked by the person.
        Typed = "typed",
        /// Read from a barcode or nameplate.
        Scanned = "scanned",
        /// Taken from an instrument.
        Measured = "measured",
        /// Copied from the last visit.
        Copied = "copied",
        /// The form's default; yields to any answer.
        Default = "default",
        /// Computed from other answers.
        Calculated = "calculated",
    }
}

open_enum! {
    /// When, in the work, a piece of evidence was captured.
    Stage {
        /// The machine as found.
        Found = "found",
        /// The machine as left.
        Left = "left",
        /// Anything else.
        Neither = "other",
    }
}
