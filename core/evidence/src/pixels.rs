//! Pixels between decoder and encoder: 8-bit RGB in memory, turned upright and made smaller.
//!
//! Nothing here knows files or formats. Sizes are those of previews, so plain loops are fast enough.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use crate::claims::Orientation;

/// One pixel: red, green, blue.
pub(crate) type Rgb = [u8; 3];

/// A picture in memory, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub width: u16,
    pub height: u16,
    pub pixels: Vec<Rgb>,
}

impl Picture {
    /// A picture from a decoder's bytes; nothing if there are too few of them.
    pub(crate) fn from_rgb(width: u16, height: u16, bytes: &[u8]) -> Option<Self> {
        Self::from_pixels(width, height, bytes.as_chunks::<3>().0.iter().copied())
    }

    /// A picture from one brightness a pixel.
    pub(crate) fn from_grey(width: u16, height: u16, bytes: &[u8]) -> Option<Self> {
        Self::from_pixels(width, height, bytes.iter().map(|grey| [*grey; 3]))
    }

    /// A picture from cyan, magenta, yellow and black, 255 meaning full ink. Simple subtraction is what screens
    /// do without a colour profile.
    pub(crate) fn from_cmyk(width: u16, height: u16, bytes: &[u8]) -> Option<Self> {
        let inks = bytes.as_chunks::<4>().0.iter();
        Self::from_pixels(
            width,
            height,
            inks.map(|[cyan, magenta, yellow, black]| {
                [left_over(*cyan, *black), left_over(*magenta, *black), left_over(*yellow, *black)]
            }),
        )
    }

    fn from_pixels(width: u16, height: u16, pixels: impl Iterator<Item = Rgb>) -> Option<Self> {
        let wanted = usize::from(width).checked_mul(usize::from(height))?;
        let pixels: Vec<Rgb> = pixels.take(wanted).collect();
        (pixels.len() == wanted && wanted > 0).then_some(Self { width, height, pixels })
    }

    /// All bytes, three a pixel.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.pixels.as_flattened()
    }

    fn pixel(&self, x: u16, y: u16) -> Rgb {
        let index = usize::from(y) * usize::from(self.width) + usize::from(x);
        self.pixels.get(index).copied().unwrap_or_default()
    }

    /// The picture as a person sees it when it was stored with `orientation`.
    pub(crate) fn upright(self, orientation: Orientation) -> Self {
        if orientation == Orientation::Upright {
            return self;
        }
        let (width, height) =
            if orientation.swaps_sides() { (self.height, self.width) } else { (self.width, self.height) };
        let (right, bottom) = (self.width.saturating_sub(1), self.height.saturating_sub(1));
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                // Where the pixel that is seen at (x, y) is stored.
                let (stored_x, stored_y) = match orientation {
                    Orientation::Upright => (x, y),
                    Orientation::Mirrored => (right.saturating_sub(x), y),
                    Orientation::HalfTurned => (right.saturating_sub(x), bottom.saturating_sub(y)),
                    Orientation::Flipped => (x, bottom.saturating_sub(y)),
                    Orientation::Transposed => (y, x),
                    Orientation::NeedsQuarterClockwise => (y, bottom.saturating_sub(x)),
                    Orientation::Transversed => (right.saturating_sub(y), bottom.saturating_sub(x)),
                    Orientation::NeedsQuarterCounterClockwise => (right.saturating_sub(y), x),
                };
                pixels.push(self.pixel(stored_x, stored_y));
            }
        }
        Self { width, height, pixels }
    }

    /// The picture with its longer side at most `edge`; a small one stays as it is. An error is the resizer's.
    pub(crate) fn within(&self, edge: u16) -> Result<Self, String> {
        let (width, height) = fit(self.width, self.height, edge);
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        let mut pixels = vec![Rgb::default(); usize::from(width) * usize::from(height)];
        let source = TypedImageRef::<U8x3>::from_buffer(self.width.into(), self.height.into(), self.bytes())
            .map_err(|error| error.to_string())?;
        let mut target = TypedImage::<U8x3>::from_buffer(width.into(), height.into(), pixels.as_flattened_mut())
            .map_err(|error| error.to_string())?;
        // `resize_typed` compiles one pixel type; `resize` would bring all of them, 2.5 MB of code.
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
        Resizer::new().resize_typed(&source, &mut target, &options).map_err(|error| error.to_string())?;
        drop(target);
        Ok(Self { width, height, pixels })
    }
}

/// A picture that becomes smaller while its rows come in, so that the large one never stands in memory: each pixel is
/// the mean of a square. What is clear shows the white of paper; rows that never come are white.
pub(crate) struct Shrinking {
    /// Side of the square.
    factor: u32,
    columns: usize,
    rows: usize,
    wide: u32,
    /// Sums of the present line of squares, and how many pixels are in each.
    sums: Vec<[u32; 3]>,
    counts: Vec<u32>,
    taken: u32,
    pixels: Vec<Rgb>,
}

impl Shrinking {
    /// For a picture of this size whose longer side becomes less than twice `edge`.
    pub(crate) fn new(width: u32, height: u32, edge: u16) -> Self {
        let factor = (width.max(height) / u32::from(edge.max(1))).max(1);
        let side = |side: u32| usize::try_from(side.div_ceil(factor)).unwrap_or_default();
        let (columns, rows) = (side(width), side(height));
        Self {
            factor,
            columns,
            rows,
            wide: width,
            sums: vec![[0; 3]; columns],
            counts: vec![0; columns],
            taken: 0,
            pixels: Vec::with_capacity(columns.saturating_mul(rows)),
        }
    }

    /// Takes the next row: grey, grey with opacity, colours, or colours with opacity, by the number of channels.
    pub(crate) fn row(&mut self, row: &[u8], channels: usize) {
        for (column, pixel) in (0..self.wide).zip(row.chunks_exact(channels.max(1))) {
            let colour = match *pixel {
                [grey] => [grey; 3],
                [grey, opacity] => [over_white(grey, opacity); 3],
                [red, green, blue] => [red, green, blue],
                [red, green, blue, opacity] => [red, green, blue].map(|light| over_white(light, opacity)),
                _ => [0xff; 3],
            };
            let place = usize::try_from(column / self.factor).unwrap_or_default();
            if let (Some(sum), Some(count)) = (self.sums.get_mut(place), self.counts.get_mut(place)) {
                // A square has at most 65,535 pixels a side of 255 each in a line; a wider one would stop growing.
                sum.iter_mut().zip(colour).for_each(|(sum, light)| *sum = sum.saturating_add(u32::from(light)));
                *count += 1;
            }
        }
        self.taken += 1;
        if self.taken == self.factor {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.taken = 0;
        for (sum, count) in self.sums.iter_mut().zip(&mut self.counts) {
            // At most 255, as a mean is.
            let mean = |sum: u32| (sum / (*count).max(1)) as u8;
            self.pixels.push(if *count == 0 { [0xff; 3] } else { sum.map(mean) });
            *sum = [0; 3];
            *count = 0;
        }
    }

    /// The small picture; nothing if it has no pixels.
    pub(crate) fn finish(mut self) -> Option<Picture> {
        if self.taken > 0 {
            self.end_line();
        }
        let wanted = self.columns.checked_mul(self.rows).filter(|wanted| *wanted > 0)?;
        self.pixels.resize(wanted, [0xff; 3]);
        let (width, height) = (u16::try_from(self.columns).ok()?, u16::try_from(self.rows).ok()?);
        Some(Picture { width, height, pixels: self.pixels })
    }
}

/// Light of this opacity over white.
fn over_white(light: u8, opacity: u8) -> u8 {
    let (light, opacity) = (u32::from(light), u32::from(opacity));
    // At most 255: a mean of two that are.
    ((light * opacity + 255 * (255 - opacity) + 127) / 255) as u8
}

/// Light that passes one coloured ink and black.
fn left_over(ink: u8, black: u8) -> u8 {
    let light = u16::from(255 - ink) * u16::from(255 - black) / 255;
    // At most 255, as both factors are.
    light as u8
}

/// The size with the same shape whose longer side is at most `edge`; never larger, never zero.
pub(crate) fn fit(width: u16, height: u16, edge: u16) -> (u16, u16) {
    let longer = width.max(height);
    if longer <= edge || longer == 0 {
        return (width, height);
    }
    let scaled = |side: u16| {
        let rounded = (u32::from(side) * u32::from(edge) + u32::from(longer) / 2) / u32::from(longer);
        // At most `edge`, because `side` is at most `longer`.
        (rounded as u16).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::{Picture, Shrinking, fit};
    use crate::claims::Orientation;

    /// The stored picture is two wide and three high; each row of the table is what a person sees.
    ///
    /// ```text
    /// 1 2
    /// 3 4
    /// 5 6
    /// ```
    #[test]
    fn each_orientation_puts_every_pixel_in_its_place() {
        let stored = Picture::from_grey(2, 3, &[1, 2, 3, 4, 5, 6]).unwrap();
        let table: [(u8, u16, [u8; 6]); 8] = [
            (1, 2, [1, 2, 3, 4, 5, 6]),
            (2, 2, [2, 1, 4, 3, 6, 5]),
            (3, 2, [6, 5, 4, 3, 2, 1]),
            (4, 2, [5, 6, 3, 4, 1, 2]),
            (5, 3, [1, 3, 5, 2, 4, 6]),
            (6, 3, [5, 3, 1, 6, 4, 2]),
            (7, 3, [6, 4, 2, 5, 3, 1]),
            (8, 3, [2, 4, 6, 1, 3, 5]),
        ];
        for (value, width, seen) in table {
            let upright = stored.clone().upright(Orientation::from(value));
            assert_eq!(upright, Picture::from_grey(width, 6 / width, &seen).unwrap(), "orientation {value}");
            assert_eq!(Orientation::from(value).exif_value(), value);
        }
        for meaningless in [0, 9, 255] {
            assert_eq!(Orientation::from(meaningless), Orientation::Upright);
        }
    }

    #[test]
    fn inks_become_light() {
        let inks = [[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 255], [0, 128, 255, 0]];
        let picture = Picture::from_cmyk(4, 1, inks.as_flattened()).unwrap();
        assert_eq!(picture.pixels, [[255, 255, 255], [0, 255, 255], [0, 0, 0], [255, 127, 0]]);
        assert_eq!(Picture::from_cmyk(5, 1, inks.as_flattened()), None);
        assert_eq!(Picture::from_rgb(0, 4, &[]), None);
    }

    #[test]
    fn rows_become_means_of_squares_and_clear_parts_are_white() {
        let mut shrinking = Shrinking::new(5, 3, 2);
        for row in [[0, 100, 200, 40, 10], [0, 100, 200, 40, 30], [7, 9, 1, 3, 5]] {
            shrinking.row(&row, 1);
        }
        let picture = shrinking.finish().unwrap();
        assert_eq!(picture, Picture::from_grey(3, 2, &[50, 120, 20, 8, 2, 5]).unwrap());
        let mut clear = Shrinking::new(2, 2, 9);
        clear.row(&[10, 20, 30, 0, 10, 20, 30, 255], 4);
        let picture = clear.finish().unwrap();
        assert_eq!(picture.pixels, [[255; 3], [10, 20, 30], [255; 3], [255; 3]], "the second row never came");
        assert_eq!(Shrinking::new(0, 5, 9).finish(), None);
    }

    #[test]
    fn the_longer_side_decides() {
        let cases =
            [((100, 50), (100, 50)), ((3200, 1600), (1600, 800)), ((1601, 1), (1600, 1)), ((3, 65_535), (1, 1600))];
        for ((width, height), expected) in cases {
            assert_eq!(fit(width, height, 1600), expected, "{width} x {height}");
        }
    }
}
