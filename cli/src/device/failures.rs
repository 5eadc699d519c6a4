//! The core's errors as failures of the command line: the sentence, and the exit code by what a person can do.

use countersign_device::app::AppError;
use countersign_device::sync::EnrolProblem;
use countersign_device::texts::Texts;

use crate::output::{Failure, language};

/// The failure of a device action.
pub fn of_app(error: &AppError) -> Failure {
    match error {
        AppError::Refused { refusal } => {
            Failure::refused(refusal.code.as_str(), Texts::new(language()).refusal(refusal))
        }
        AppError::Input { .. } => Failure::refused("input", error),
        AppError::NotFound { .. } => Failure::refused("not_found", error),
        AppError::ShownChanged => Failure::refused("shown_changed", error),
        AppError::Incomplete { .. } => Failure::refused("incomplete", error),
        AppError::Enrol => Failure::refused("enrol", error),
        AppError::Locked { .. } => Failure::refused("locked", Texts::new(language()).get("lease-over")),
        AppError::Space
        | AppError::Damaged { .. }
        | AppError::Update { .. }
        | AppError::Environment { .. }
        | AppError::Report { .. } => Failure::environment(error),
    }
}

/// The failure of an enrolment.
pub fn of_enrol(error: &EnrolProblem) -> Failure {
    match error {
        EnrolProblem::CodeUsed => Failure::refused("code_used", error),
        EnrolProblem::CodeUnknown => Failure::refused("code_unknown", error),
        EnrolProblem::Untrusted(_) => Failure::refused("untrusted", error),
        _ => Failure::environment(error),
    }
}
