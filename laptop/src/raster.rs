//! Pages of a PDF as pictures, so that a browser without a PDF viewer (most phones, every locked-down kiosk) shows the
//! very pages that are signed. Only our own papers come here: their fonts are embedded, so no system font is asked for.

use std::sync::{Arc, Mutex, PoisonError};

use countersign_device::model::Digest;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::trouble::Trouble;

/// Pixels per point: an A4 page becomes 1190 pixels wide, sharp on a phone that shows it twice as dense.
const SCALE: f32 = 2.0;

/// Why there are no pictures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RasterProblem {
    /// The bytes are no PDF that this can read.
    #[error("the pages cannot be read")]
    Unreadable,
    /// A picture could not be written.
    #[error("a page cannot be drawn: {0}")]
    Picture(String),
}

/// Most papers whose pictures are kept: the one that is signed, and one that is looked at.
const KEPT: usize = 2;

/// The pictures of one paper.
pub(crate) type Pages = Arc<Vec<Vec<u8>>>;

/// The pictures that were drawn last: a page is asked for at a time, and drawing one draws all.
#[derive(Default)]
pub(crate) struct Pictures {
    kept: Mutex<Vec<(Digest, Pages)>>,
}

impl Pictures {
    /// The pages of a paper of this name, drawn if they are not there.
    pub fn of(&self, name: Digest, pdf: impl FnOnce() -> Result<Vec<u8>, Trouble>) -> Result<Pages, Trouble> {
        if let Some(pages) = self.get(name) {
            return Ok(pages);
        }
        let drawn = Arc::new(pages(pdf()?).map_err(|problem| Trouble::Shell(problem.to_string()))?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let surplus = (kept.len() + 1).saturating_sub(KEPT);
        kept.drain(..surplus);
        kept.push((name, drawn.clone()));
        Ok(drawn)
    }

    /// The pages of a paper that was drawn a moment ago.
    pub fn get(&self, name: Digest) -> Option<Pages> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| *known == name).map(|(_, pages)| pages.clone())
    }
}

/// Every page as a PNG, in order.
fn pages(pdf: Vec<u8>) -> Result<Vec<Vec<u8>>, RasterProblem> {
    let pdf = Pdf::new(pdf).map_err(|_| RasterProblem::Unreadable)?;
    let (cache, render_settings) = (RenderCache::new(), RenderSettings::default());
    let interpreter = InterpreterSettings { font_resolver: Arc::new(|_| None), ..InterpreterSettings::default() };
    let pixmap = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let picture = |page| {
        let drawn = render(page, &cache, &interpreter, &render_settings, &pixmap);
        drawn.into_png().map_err(|error| RasterProblem::Picture(error.to_string()))
    };
    pdf.pages().iter().map(picture).collect()
}
