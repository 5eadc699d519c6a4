//! Errors by what a person can do about them.

use countersign_model::decide::Refusal;

use crate::store::StoreError;

/// Why something did not happen. Nothing of it was saved.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule refuses it: fix the input. Texts word the code as `refusal-<code>`.
    #[error("refused: {} {:?}", refusal.code, refusal.facts)]
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The input does not fit: fix it.
    #[error("{why}")]
    Input {
        /// What is wrong and what is expected.
        why: String,
    },
    /// There is no such job, question or file here.
    #[error("there is no {what} \"{name}\" on this device: sync, or look at the list")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which name.
        name: String,
    },
    /// The pages changed since they were shown: show them again before anyone signs.
    #[error("the pages changed since they were shown: show them again before anyone signs")]
    ShownChanged,
    /// The form is not complete; each entry names a question.
    #[error("the form is not complete: {}", missing.join(", "))]
    Incomplete {
        /// The questions that are missing or do not fit.
        missing: Vec<String>,
    },
    /// The device is not enrolled.
    #[error("this device is not enrolled: ask the office for an invitation")]
    Enrol,
    /// The lease is over: what is here is hidden until the device syncs. Nothing is lost; saving and sync go on.
    #[error("this device has not heard from the office for too long: sync it, then everything is shown again")]
    Locked {
        /// When the lease ended, hub time in milliseconds since 1970.
        until: i64,
    },
    /// There is no space: free some. What was saved before is safe.
    #[error("there is not enough space on this device: free some, nothing that was saved is lost")]
    Space,
    /// The store met damage: start again, it is salvaged then and says what it saved.
    #[error("the database is damaged ({why}): start again, unsent work is salvaged")]
    Damaged {
        /// What was met.
        why: String,
    },
    /// The program is too old for this store.
    #[error("{why}: update the app")]
    Update {
        /// Which versions met.
        why: String,
    },
    /// The machine does not allow it (permissions, a broken disk).
    #[error("{why}")]
    Environment {
        /// What failed.
        why: String,
    },
    /// A defect: report it. What was saved before is safe.
    #[error("this should not happen, please report it: {why}")]
    Report {
        /// What happened.
        why: String,
    },
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        match error {
            StoreError::Refused(refusal) => AppError::Refused { refusal },
            StoreError::NotEnrolled => AppError::Enrol,
            StoreError::Full | StoreError::Reserve { .. } => AppError::Space,
            StoreError::Source(why) => AppError::Input { why },
            StoreError::Damaged(why) => AppError::Damaged { why },
            StoreError::Newer { .. } => AppError::Update { why: error.to_string() },
            other => AppError::Environment { why: other.to_string() },
        }
    }
}
