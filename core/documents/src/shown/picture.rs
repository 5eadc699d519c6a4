//! Pictures on the pages: only the one that the digest names, whole in its place, in its own shape.

use countersign_model::Digest;
use krilla::image::Image;

use super::MediaSource;
use crate::paper::Mark;

/// The picture, if it is at hand, is the one that the digest names, and can be drawn.
pub(crate) fn picture(preview: Option<Digest>, media: &dyn MediaSource) -> Option<Image> {
    let digest = preview?;
    let bytes = media.preview(&digest)?;
    if Digest::of(&bytes) != digest {
        return None;
    }
    let image = Image::from_jpeg(bytes.into(), false).ok()?;
    let (width, height) = image.size();
    (width > 0 && height > 0).then_some(image)
}

/// Room for a picture at the top of a strip.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Left edge on the paper.
    pub x: f32,
    pub width: f32,
    pub height: f32,
}

/// A picture in its place.
pub(crate) struct Fitted {
    pub mark: Mark,
    /// Left edge and top.
    pub at: (f32, f32),
    /// Width and height.
    pub size: (f32, f32),
}

impl Place {
    /// The picture as large as the place allows, in the middle.
    pub(crate) fn fitted(self, image: &Image) -> Fitted {
        let (width, height) = image.size();
        // Exact enough: pictures have at most 65,535 pixels a side.
        let (width, height) = (width as f32, height as f32);
        let scale = (self.width / width).min(self.height / height);
        let (width, height) = (width * scale, height * scale);
        let (x, y) = (self.x + (self.width - width) / 2.0, (self.height - height) / 2.0);
        let mark = Mark::Picture { x, y, width, height, image: image.clone() };
        Fitted { mark, at: (x, y), size: (width, height) }
    }
}
