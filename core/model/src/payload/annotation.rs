//! Drawing over photos.

use serde::{Deserialize, Serialize};

use crate::entity::Shape;
use crate::id::{Id, RecordRef};

/// `evidence.annotate`: a layer over a photo as it is from now on. The same author naming the same layer draws it anew;
/// no shapes take it away. Another person's layer stays beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAnnotate {
    /// Id of the layer.
    pub annotation: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// The photo.
    pub evidence: Id,
    /// What is drawn.
    #[serde(default)]
    pub shapes: Vec<Shape>,
}
