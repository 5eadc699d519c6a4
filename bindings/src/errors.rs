//! Errors by what a person can do about them, each already in their words.

use countersign_device::app::{Again, AppError as CoreError, Trouble, VaultError as CoreVaultError};
use countersign_device::sync::EnrolProblem;
use countersign_device::texts::Texts;

/// The sentences of an error.
#[uniffi::remote(Record)]
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

/// Whether the same may be tried again, unchanged.
#[uniffi::remote(Enum)]
pub enum Again {
    /// It may succeed later without anybody's doing.
    ByItself,
    /// It may succeed once a person has put something else right: freed space, enrolled, synced, updated.
    Afterwards,
    /// It may succeed once a person has looked at what stands there now: it changed since it was shown to them.
    AfterLooking,
    /// It fails as often as it is tried: it needs a person's word.
    Never,
}

/// Why something did not happen. Nothing of it was saved.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum AppError {
    /// A rule refuses it: fix the input.
    #[error("{}", trouble.what)]
    Refused {
        /// The rule's code.
        code: String,
        /// In words.
        trouble: Trouble,
    },
    /// The input does not fit: fix it.
    #[error("{}", trouble.details)]
    Input {
        /// In words.
        trouble: Trouble,
    },
    /// There is no such thing here: go back to the list.
    #[error("{}", trouble.details)]
    NotFound {
        /// In words.
        trouble: Trouble,
    },
    /// The pages changed since they were shown: show them again.
    #[error("{}", trouble.what)]
    ShownChanged {
        /// In words.
        trouble: Trouble,
    },
    /// The form is not complete: answer these.
    #[error("{}", trouble.what)]
    Incomplete {
        /// The questions, in words.
        missing: Vec<String>,
        /// In words.
        trouble: Trouble,
    },
    /// The device is not enrolled: enrol.
    #[error("{}", trouble.what)]
    Enrol {
        /// In words.
        trouble: Trouble,
    },
    /// The lease is over: sync.
    #[error("{}", trouble.what)]
    Locked {
        /// When the lease ended, hub time in milliseconds since 1970.
        until: i64,
        /// In words.
        trouble: Trouble,
    },
    /// There is no space: free some.
    #[error("{}", trouble.what)]
    Space {
        /// In words.
        trouble: Trouble,
    },
    /// The app is too old: update it.
    #[error("{}", trouble.details)]
    Update {
        /// In words.
        trouble: Trouble,
    },
    /// The phone does not allow it: look at rights, storage, network.
    #[error("{}", trouble.details)]
    Environment {
        /// In words.
        trouble: Trouble,
    },
    /// The office is not reached or cannot answer: retry.
    #[error("{}", trouble.details)]
    NotReached {
        /// In words.
        trouble: Trouble,
    },
    /// The invitation is no good: ask the office for another, or copy it again.
    #[error("{}", trouble.details)]
    Invitation {
        /// In words.
        trouble: Trouble,
    },
    /// This is not the office that the invitation names: do not go on.
    #[error("{}", trouble.details)]
    Untrusted {
        /// In words.
        trouble: Trouble,
    },
    /// A defect: report it.
    #[error("{}", trouble.details)]
    Report {
        /// In words.
        trouble: Trouble,
    },
}

impl AppError {
    /// An error of the core in these words.
    pub(crate) fn of(error: CoreError, texts: &Texts) -> AppError {
        let trouble = error.trouble(texts);
        match error {
            CoreError::Refused { refusal } => AppError::Refused { code: refusal.code.as_str().to_owned(), trouble },
            CoreError::Input { .. } => AppError::Input { trouble },
            CoreError::NotFound { .. } => AppError::NotFound { trouble },
            CoreError::ShownChanged => AppError::ShownChanged { trouble },
            CoreError::Incomplete { missing } => AppError::Incomplete { missing, trouble },
            CoreError::Enrol => AppError::Enrol { trouble },
            CoreError::Locked { until } => AppError::Locked { until, trouble },
            CoreError::Space => AppError::Space { trouble },
            CoreError::Update { .. } => AppError::Update { trouble },
            CoreError::Damaged { .. } | CoreError::Environment { .. } => AppError::Environment { trouble },
            CoreError::Report { .. } => AppError::Report { trouble },
        }
    }

    /// An enrolment that did not succeed.
    pub(crate) fn of_enrolment(problem: EnrolProblem, texts: &Texts) -> AppError {
        let trouble = problem.trouble(texts);
        match problem {
            EnrolProblem::NotConnected(_) | EnrolProblem::Busy(_) => AppError::NotReached { trouble },
            EnrolProblem::CodeUsed | EnrolProblem::CodeUnknown | EnrolProblem::NotSeen => {
                AppError::Invitation { trouble }
            }
            EnrolProblem::Untrusted(_) => AppError::Untrusted { trouble },
            EnrolProblem::Vault(_) => AppError::Environment { trouble },
            EnrolProblem::NotUnderstood(_) => AppError::Update { trouble },
            EnrolProblem::Store(error) => AppError::of(error.into(), texts),
        }
    }
}

/// What the phone's own side of the border could not do.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// The key is locked: the signature follows when the phone is unlocked.
    #[error("the key is locked")]
    Locked,
    /// The key is gone for good: the phone took it away. The next question for its public half answers with a new one.
    #[error("the key is gone")]
    Gone,
    /// It stopped with an error of its own.
    #[error("{reason}")]
    Unexpected {
        /// What it says.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> PlatformError {
        PlatformError::Unexpected { reason: error.reason }
    }
}

/// Why the phone's vault did not do it.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum VaultError {
    /// Not now: the phone was not unlocked since it started, or its key store is busy.
    #[error("the vault is locked")]
    Locked,
    /// Never again: its key is lost, or these bytes are not what it sealed.
    #[error("the vault's key is gone")]
    Gone,
    /// It stopped with an error of its own: taken as locked, and tried again.
    #[error("{reason}")]
    Unexpected {
        /// What it says.
        reason: String,
    },
}

impl VaultError {
    pub(crate) fn into_core(self) -> CoreVaultError {
        match self {
            VaultError::Gone => CoreVaultError::Gone,
            VaultError::Locked => CoreVaultError::Locked,
            VaultError::Unexpected { reason } => {
                tracing::warn!(%reason, "the vault stopped with an error");
                CoreVaultError::Locked
            }
        }
    }
}

impl From<uniffi::UnexpectedUniFFICallbackError> for VaultError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> VaultError {
        VaultError::Unexpected { reason: error.reason }
    }
}
