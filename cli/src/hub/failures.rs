//! The hub's errors as failures of the command line.

use countersign_device::texts::Texts;
use countersign_hub::HubError;

use crate::output::{Failure, language};

/// The failure of a hub call: the sentence, and the exit code by what a person can do.
pub fn of_hub(error: &HubError) -> Failure {
    match error {
        HubError::Refused(refusal) => Failure::refused(refusal.code.as_str(), Texts::new(language()).refusal(refusal)),
        HubError::NotFound { .. } => Failure::refused("not_found", format!("{error}: look at `hub list`")),
        HubError::AlreadyAHub(_) => Failure::refused("exists", error),
        HubError::Several { .. } => Failure::refused("several", error),
        HubError::Input(_) | HubError::Form(_) => Failure::refused("input", error),
        HubError::Waiting => Failure::refused("waiting", error),
        HubError::Insecure(_) => Failure::usage(error),
        _ => Failure::environment(error),
    }
}
