//! The bundled faces: Noto Sans CJK in Regular and Bold, cut to GB 2312, Big5 and Latin, and faces for other scripts and
//! pictograms that are asked where it has no sign (see `fonts/README.md`).
//!
//! One face draws Simplified and Traditional forms apart by the language of the text. System fonts are never used:
//! the pages must be the same bytes on every device.

use std::borrow::Cow;
use std::sync::Arc;

use krilla::text::{Font, GlyphId};
use parley::FontContext;
use parley::fontique::{Blob, CharmapIndex, Collection, CollectionOptions, GenericFamily, SourceCache};

static REGULAR: &[u8] = include_bytes!("../fonts/NotoSansCJK-Regular-cut.otf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSansCJK-Bold-cut.otf");

/// The family name inside both faces.
pub(crate) const FAMILY: &str = "Noto Sans CJK SC";
/// The family of pictograms, without colours.
pub(crate) const PICTOGRAMS: &str = "Noto Emoji";

/// Faces for what the main one does not have, in the order in which they are asked; Regular only.
static OTHERS: &[(&str, &[u8])] = &[
    ("Noto Sans", include_bytes!("../fonts/NotoSans-cut.ttf")),
    ("Noto Sans Arabic", include_bytes!("../fonts/NotoSansArabic-cut.ttf")),
    ("Noto Sans Hebrew", include_bytes!("../fonts/NotoSansHebrew-cut.ttf")),
    ("Noto Sans Thai", include_bytes!("../fonts/NotoSansThai-cut.ttf")),
    ("Noto Sans Devanagari", include_bytes!("../fonts/NotoSansDevanagari-cut.ttf")),
    ("Noto Sans CJK KR", include_bytes!("../fonts/NotoSansCJKkr-cut.otf")),
    (PICTOGRAMS, include_bytes!("../fonts/NotoEmoji-cut.ttf")),
];

/// The bundled faces, read once. Reading takes some milliseconds, cloning nothing: keep one for the program's life.
#[derive(Clone)]
pub struct Fonts {
    /// The main face in Regular stands first.
    faces: Arc<[Face]>,
    charmap: CharmapIndex,
    context: FontContext,
}

/// One face for the shaper (by blob id) and for the PDF.
pub(crate) struct Face {
    blob: u64,
    pub font: Font,
    /// Its space, which stands under the box of a sign that it does not have.
    pub space: GlyphId,
    /// Whether it has pictograms, which no outline makes better.
    pub pictograms: bool,
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
        let files = [REGULAR, BOLD].into_iter().chain(OTHERS.iter().map(|(_, bytes)| *bytes));
        let faces = files.map(|bytes| face(&mut collection, bytes)).collect::<Result<_, _>>()?;
        let pictograms = collection.family_id(PICTOGRAMS).ok_or(FontsProblem)?;
        collection.set_generic_families(GenericFamily::Emoji, std::iter::once(pictograms));
        let main = collection.family_by_name(FAMILY).ok_or(FontsProblem)?;
        let charmap = main.default_font().ok_or(FontsProblem)?.charmap_index();
        let context = FontContext { collection, source_cache: SourceCache::default() };
        Ok(Fonts { faces, charmap, context })
    }

    /// A context for one run of the shaper.
    pub(crate) fn context(&self) -> FontContext {
        self.context.clone()
    }

    /// The face that the shaper chose, as the PDF needs it.
    pub(crate) fn face(&self, blob: u64) -> Option<&Face> {
        self.faces.iter().find(|face| face.blob == blob)
    }

    /// The main face in Regular.
    pub(crate) fn main(&self) -> Option<Font> {
        self.faces.first().map(|face| face.font.clone())
    }

    /// The glyph of the main face in Regular for a sign, where it has one.
    pub(crate) fn glyph(&self, sign: char) -> Option<GlyphId> {
        let glyph = self.charmap.charmap(REGULAR)?.map(sign).filter(|glyph| *glyph != 0)?;
        Some(GlyphId::new(glyph))
    }

    /// Families for a text: the main one first, or last for a stretch of which it has not every letter.
    pub(crate) fn families(main_first: bool) -> Vec<&'static str> {
        let (before, after) = if main_first { (Some(FAMILY), None) } else { (None, Some(FAMILY)) };
        let others = OTHERS.iter().map(|(family, _)| *family).filter(|family| *family != PICTOGRAMS);
        before.into_iter().chain(others).chain(after).chain([PICTOGRAMS]).collect()
    }
}

fn face(collection: &mut Collection, bytes: &'static [u8]) -> Result<Face, FontsProblem> {
    let blob = Blob::new(Arc::new(Cow::Borrowed(bytes)));
    let font = Font::new(bytes.into(), 0).ok_or(FontsProblem)?;
    let known = collection.register_fonts(blob.clone(), None);
    let (family, fonts) = known.first().ok_or(FontsProblem)?;
    let charmap = fonts.first().ok_or(FontsProblem)?.charmap_index();
    let space = charmap.charmap(bytes).and_then(|charmap| charmap.map(' ')).ok_or(FontsProblem)?;
    let pictograms = collection.family_name(*family) == Some(PICTOGRAMS);
    Ok(Face { blob: blob.id(), font, space: GlyphId::new(space), pictograms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_set_of_fonts_serves_every_thread_and_has_the_expected_families() {
        fn shared<T: Send + Sync>(_: &T) {}
        let fonts = Fonts::bundled().unwrap();
        shared(&fonts);
        let mut context = fonts.context();
        let family = context.collection.family_by_name(FAMILY).unwrap();
        assert_eq!(family.fonts().len(), 2);
        for name in Fonts::families(false) {
            assert!(context.collection.family_by_name(name).is_some(), "{name}");
        }
        assert!(fonts.glyph('骨').is_some() && fonts.glyph('ש').is_none());
    }
}
