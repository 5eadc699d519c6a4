//! Bytes in, facts out: what Countersign can say about a photo, a video or a signature.
//!
//! [`ingest()`] copies a source while hashing it, [`inspect()`] tells what the bytes are and what they claim,
//! [`previews()`] draws the two small upright pictures, and [`Strokes`] keeps a signature with its time and
//! pressure. [`samples`] makes photos and signatures for the demo and for tests.
//!
//! What this crate never does: open a file, ask a clock, draw a random number, reach the network, change an
//! original byte, or trust what a file says about itself. EXIF is kept as a *claim*; a strange file yields a
//! [`Finding`], never a stop.

mod boxes;
mod claims;
pub mod drawing;
mod facts;
mod guarded;
mod heic;
mod ingest;
mod jpeg;
mod kind;
mod mixed;
mod movie;
mod name;
mod overlay;
mod pixels;
mod png;
mod preview;
pub mod samples;
mod sound;
mod still;
mod strokes;
mod video;

pub use claims::{ClaimedPosition, ClaimedTime, Claims, Orientation};
pub use facts::{
    BYTES_LIMIT, COEFFICIENT_BYTES_LIMIT, FRAME_PIXEL_LIMIT, Facts, Finding, PIXEL_LIMIT, PixelSize, inspect,
    inspect_stream,
};
pub use ingest::{IngestError, Ingested, ingest};
pub use kind::Kind;
pub use name::safe_name;
pub use overlay::{OverlayMark, Rgb, labels, overlay, overlay_svg};
pub use preview::{
    Jpeg, PREVIEW_EDGE, PREVIEW_QUALITY, PreviewProblem, Previews, THUMBNAIL_EDGE, THUMBNAIL_QUALITY, previews,
};
pub use strokes::{
    BoundingBox, Drawing, Path, Point, PointField, PointProblem, Position, Segment, Stroke, Strokes, StrokesError,
    UNITS_PER_PIXEL, UnpackError, limits as stroke_limits,
};
