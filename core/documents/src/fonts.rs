//! The two bundled faces: Noto Sans CJK, Regular and Bold, cut to GB 2312, Big5 and Latin (see `fonts/README.md`).
//!
//! One face draws Simplified and Traditional forms apart by the language of the text. System fonts are never used:
//! the pages must be the same bytes on every device.

use std::borrow::Cow;
use std::sync::Arc;

use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};

static REGULAR: &[u8] = include_bytes!("../fonts/NotoSansCJK-Regular-cut.otf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSansCJK-Bold-cut.otf");

/// The family name inside both faces.
pub(crate) const FAMILY: &str = "Noto Sans CJK SC";

/// The bundled faces, read once. Reading takes some milliseconds, cloning nothing: keep one for the program's life.
#[derive(Clone)]
pub struct Fonts {
    regular: Face,
    bold: Face,
    context: FontContext,
}

/// One face for the shaper (by blob id) and for the PDF.
#[derive(Clone)]
struct Face {
    blob: u64,
    font: Font,
}

/// The bundled faces cannot be read: the program was built from damaged files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the fonts built into this program are damaged: install it again")]
pub struct FontsProblem;

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fonts(bundled)")
    }
}

impl Fonts {
    /// Reads the bundled faces.
    pub fn bundled() -> Result<Fonts, FontsProblem> {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let regular = face(&mut collection, REGULAR)?;
        let bold = face(&mut collection, BOLD)?;
        let context = FontContext { collection, source_cache: SourceCache::default() };
        Ok(Fonts { regular, bold, context })
    }

    /// A context for one run of the shaper.
    pub(crate) fn context(&self) -> FontContext {
        self.context.clone()
    }

    /// The face that the shaper chose, as the PDF needs it.
    pub(crate) fn pdf_font(&self, blob: u64) -> Font {
        let face = if blob == self.bold.blob { &self.bold } else { &self.regular };
        face.font.clone()
    }
}

fn face(collection: &mut Collection, bytes: &'static [u8]) -> Result<Face, FontsProblem> {
    let blob = Blob::new(Arc::new(Cow::Borrowed(bytes)));
    let font = Font::new(bytes.into(), 0).ok_or(FontsProblem)?;
    let known = collection.register_fonts(blob.clone(), None);
    if known.is_empty() { Err(FontsProblem) } else { Ok(Face { blob: blob.id(), font }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_set_of_fonts_serves_every_thread_and_has_the_expected_family() {
        fn shared<T: Send + Sync>(_: &T) {}
        let fonts = Fonts::bundled().unwrap();
        shared(&fonts);
        let mut context = fonts.context();
        let family = context.collection.family_by_name(FAMILY).unwrap();
        assert_eq!(family.fonts().len(), 2);
    }
}
