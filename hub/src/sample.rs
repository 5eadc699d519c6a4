//! Placeholder.
use crate::{Hub, Outcome};
pub(crate) fn fill(_hub: &Hub) -> Outcome {
    Ok(())
}
