//! Photos, videos, files and what is drawn over them. Mirrors of the core's records: a field that is missing here does not compile.

use std::path::PathBuf;

use countersign_device::app::{Attached, Fix, Layer, Nameplate, Origin};
use countersign_device::evidence::OverlayMark;
use countersign_device::evidence::Rgb;
use countersign_device::evidence::drawing::{Board, Limits};
use countersign_device::evidence::{Path, Point, Position, Segment};
use countersign_device::model::document::Stage;
use countersign_device::model::entity::{Ink, Shape, Spot};
use countersign_device::model::time::TimeRecord;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{EvidenceRow, FileQuestions, FileSafety, QuestionForFile, StageRow};
use serde_json::Value;

/// A photo or file.
#[uniffi::remote(Record)]
pub struct EvidenceRow {
    /// The evidence.
    pub evidence: Id,
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Media type by content.
    pub kind: String,
    /// Name as it came.
    pub name: String,
    /// As found, as left or neither.
    pub stage: Stage,
    /// The question that it answers: its path.
    pub question: Option<String>,
    /// What is odd about it.
    pub findings: Vec<String>,
    /// Where its bytes are safe.
    pub safety: FileSafety,
    /// The thumbnail on this device.
    pub thumbnail: Option<PathBuf>,
    /// Size as a person sees it, `width x height`; empty where it is not known.
    pub pixels: String,
    /// Running time of a video or sound in milliseconds.
    pub duration_ms: Option<u64>,
    /// Whether it is a picture.
    pub picture: bool,
    /// Whether this person may draw over it now: there is a picture of it here, and the visit is not signed.
    pub may_draw: bool,
    /// What people drew over it, oldest first.
    pub layers: Vec<Layer>,
    /// Who drew over it, as a sentence; empty for nobody.
    pub drawn_by: String,
    /// All layers as one SVG that lies over the picture; empty where nothing is drawn.
    pub overlay: String,
    /// The preview on this device.
    pub preview: Option<PathBuf>,
    /// The original on this device.
    pub original: Option<PathBuf>,
    /// Files that can be looked at beside it: of the machine before the work for one after it, and the other way round.
    pub beside: Vec<Id>,
    /// When it was captured, or chosen among the files of the device.
    pub time: TimeRecord,
    /// The same in words; of a chosen file also when it was taken, as it says itself.
    pub taken: String,
}

/// The files of a stage.
#[uniffi::remote(Record)]
pub struct StageRow {
    /// The stage.
    pub stage: Stage,
    /// Its files, in the order in which they were captured.
    pub evidence: Vec<Id>,
    /// Whether a visit is expected to have some: then the stage is shown while it is empty.
    pub expected: bool,
    /// Pictures that lie over the camera while this stage is photographed, so that it is seen from the same place.
    pub over_camera: Vec<Id>,
}

/// A layer over a photo.
#[uniffi::remote(Record)]
pub struct Layer {
    /// The layer.
    pub annotation: Id,
    /// Who drew it.
    pub author: String,
    /// Whether this person can draw it anew: it is theirs, and what it belongs to is not signed.
    pub own: bool,
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// Equal as long as the layer is as it was: drawing anew names what was looked at.
    pub revision: u64,
}

/// One thing drawn over a picture.
#[uniffi::remote(Enum)]
pub enum Shape {
    /// An arrow whose tip is at `to`.
    Arrow {
        /// Where it begins.
        from: Spot,
        /// What it points at.
        to: Spot,
        /// Its colour.
        ink: Ink,
    },
    /// A circle.
    Circle {
        /// Its middle.
        middle: Spot,
        /// Its radius, in the units of the picture.
        radius: i64,
        /// Its colour.
        ink: Ink,
    },
    /// A free line.
    Line {
        /// Its points in their order.
        points: Vec<Spot>,
        /// Its colour.
        ink: Ink,
    },
    /// A label.
    Text {
        /// Where it begins: the left end of its first line.
        at: Spot,
        /// The words, in the language of who wrote them.
        text: String,
        /// Its colour.
        ink: Ink,
    },
    /// A shape of a newer program: kept, not drawn.
    Unknown(Value),
}

/// A place on the picture.
#[uniffi::remote(Record)]
pub struct Spot {
    /// To the right.
    pub x: i64,
    /// Down.
    pub y: i64,
}

/// A captured file, durable on this device.
#[uniffi::remote(Record)]
pub struct Attached {
    /// The evidence.
    pub evidence: Id,
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Words for what is odd about the bytes; empty for an ordinary file.
    pub findings: Vec<String>,
}

/// A photo of a nameplate that is durable on this device and belongs to no job yet. After a crash it is among the files
/// without a job.
#[uniffi::remote(Record)]
pub struct Nameplate {
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// A picture of it; `None` where it cannot be drawn here.
    pub picture: Option<PathBuf>,
}

/// A fix as a phone has it.
#[uniffi::remote(Record)]
pub struct Fix {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius in metres within which it is with two chances in three.
    pub accuracy_metres: f64,
    /// How old it is, milliseconds.
    pub age_ms: i64,
}

/// The size of a picture in the units in which shapes are kept.
#[uniffi::remote(Record)]
pub struct Board {
    /// Across.
    pub width: i64,
    /// Down.
    pub height: i64,
}

/// How much a drawing may be, and its units.
#[uniffi::remote(Record)]
pub struct Limits {
    /// Units of the longer side of a picture.
    pub units: i64,
    /// What is nearer than this to the place before is the same place.
    pub near: i64,
    /// What is no longer or wider than this is too small to be meant.
    pub least: i64,
    /// Most shapes of one layer.
    pub shapes: u32,
    /// Most points of all free lines of one layer.
    pub points: u32,
    /// Most characters of one label.
    pub label: u32,
}

/// Where the pen was at one moment.
#[uniffi::remote(Record)]
pub struct Point {
    /// Sixteenths of a pixel from the left.
    pub x: i32,
    /// Sixteenths of a pixel from the top.
    pub y: i32,
    /// Milliseconds from a start that the pad chose; never going back within a stroke.
    pub t: u32,
    /// Pressure, 0 to 255.
    pub pressure: u8,
}

/// Something of an overlay, scaled, from the top left of the picture.
#[uniffi::remote(Enum)]
pub enum OverlayMark {
    /// A line with its rim.
    Line {
        /// The line; its rim is [`OverlayMark::rim`] wide and drawn before.
        path: Path,
        /// Its colour.
        colour: Rgb,
        /// Colour of the rim.
        rim: Rgb,
        /// Thickness of the rim.
        rim_width: f32,
    },
    /// One line of a label.
    Label {
        /// Left end of its baseline's box, from the top.
        at: Position,
        /// Height of its letters.
        size: f32,
        /// The words.
        text: String,
        /// How wide it is, about.
        width: f32,
        /// Its colour.
        colour: Rgb,
        /// Colour of the ground behind it.
        ground: Rgb,
    },
}

/// A line of one thickness, to be drawn with round caps and joins, not filled.
#[uniffi::remote(Record)]
pub struct Path {
    /// Thickness in the drawing's own unit.
    pub width: f32,
    /// A move, then curves.
    pub segments: Vec<Segment>,
}

/// One piece of a path.
#[uniffi::remote(Enum)]
pub enum Segment {
    /// Begins the path.
    Move {
        /// Where.
        to: Position,
    },
    /// A quadratic curve from the place before.
    Quad {
        /// The control point.
        control: Position,
        /// Where it ends.
        to: Position,
    },
}

/// A place on the drawing, from its top left.
#[uniffi::remote(Record)]
pub struct Position {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// Where the bytes of a file are, as far as this device knows.
#[uniffi::remote(Enum)]
pub enum FileSafety {
    /// The hub signed that it holds the original, the preview and the thumbnail.
    Office,
    /// Nowhere but on this device.
    Here,
    /// Another device captured it: that one knows whether the office has it.
    Elsewhere,
}

/// How a file came to be on this device: whether the present time and place are those of its capture.
#[uniffi::remote(Enum)]
pub enum Origin {
    /// Captured a moment ago, where the device is now as far as it knows.
    Captured {
        /// Where that is; what is no place on Earth counts as not known.
        here: Option<Fix>,
    },
    /// Made here of what a person drew.
    Made,
    /// Chosen among files that were there before: when and where it was taken, the file itself says, or nobody does.
    Chosen,
}

/// A question that a file may answer.
#[uniffi::remote(Record)]
pub struct QuestionForFile {
    /// Its instance: answering names it.
    pub id: String,
    /// The question.
    pub label: String,
}

/// What a file of a visit answers, and what it may answer.
#[uniffi::remote(Record)]
pub struct FileQuestions {
    /// The question that it answers; `None` for none.
    pub answers: Option<QuestionForFile>,
    /// Questions that it may answer now.
    pub may_answer: Vec<QuestionForFile>,
}
