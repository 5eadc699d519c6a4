//! Vouchers as PDF, bundles, and the verifier of both.
//!
//! Pages are drawn once, from [`Content`](countersign_model::document::Content) alone, and are the same bytes on
//! every run; what was signed is therefore what was shown. This crate holds no key, asks for no time, and reads and
//! writes no file: bytes come in and go out.

mod fonts;
#[allow(dead_code, reason = "the signature page, which uses the rest, lands next")]
mod paper;
#[allow(dead_code, reason = "the signature page, which uses the rest, lands next")]
mod sheet;
mod shown;

pub use fonts::{Fonts, FontsProblem};
pub use shown::{MediaSource, NoMedia, RENDERER, RenderProblem, render_shown};
