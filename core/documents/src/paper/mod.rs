//! Paper: sizes, colours, setting text, stacking strips into pages and painting them. Knows nothing of vouchers.

mod flow;
mod paint;
mod scripts;
mod strip;
mod typeset;

pub(crate) use flow::{Band, Flow, Page, paginate};
pub(crate) use paint::{Furniture, paint, paint_modules};
pub(crate) use scripts::isolated;
pub(crate) use strip::{Cell, Look, Mark, Strip};
pub(crate) use typeset::{Align, Line, Style, Typesetter};

/// A4 in points.
pub(crate) const PAGE_WIDTH: f32 = 595.28;
/// A4 in points.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin in points.
pub(crate) const SIDE: f32 = 44.0;
/// Width between the margins.
pub(crate) const BODY_WIDTH: f32 = PAGE_WIDTH - 2.0 * SIDE;
/// Top of the body on the first page.
pub(crate) const FIRST_TOP: f32 = 44.0;
/// Top of the body on later pages, below the running head.
pub(crate) const LATER_TOP: f32 = 66.0;
/// Bottom of the body, above the foot.
pub(crate) const BODY_BOTTOM: f32 = PAGE_HEIGHT - 58.0;

/// A colour as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

/// The colours of the product on paper, from the light column of its colour table.
pub(crate) mod colour {
    use super::Colour;

    pub(crate) const INK: Colour = Colour(0x17, 0x21, 0x2B);
    pub(crate) const MUTED: Colour = Colour(0x52, 0x60, 0x6D);
    pub(crate) const CANVAS: Colour = Colour(0xF4, 0xF6, 0xF8);
    pub(crate) const RULE: Colour = Colour(0xD8, 0xDE, 0xE4);
    pub(crate) const ACCENT: Colour = Colour(0x0B, 0x64, 0x70);
    pub(crate) const BLACK: Colour = Colour(0, 0, 0);
    // Text and its ground.
    pub(crate) const OK: (Colour, Colour) = (Colour(0x17, 0x60, 0x3A), Colour(0xE3, 0xF4, 0xE9));
    pub(crate) const INFO: (Colour, Colour) = (Colour(0x1D, 0x4E, 0x89), Colour(0xE5, 0xEF, 0xFA));
    pub(crate) const ATTENTION: (Colour, Colour) = (Colour(0x7A, 0x4B, 0x00), Colour(0xFF, 0xF1, 0xD6));
    pub(crate) const DANGER: (Colour, Colour) = (Colour(0x9B, 0x1C, 0x24), Colour(0xFD, 0xE8, 0xE8));
}
