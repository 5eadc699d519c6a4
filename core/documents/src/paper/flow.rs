//! Stacking strips into pages. What belongs together stays together where a page can hold it; where it cannot, it is
//! cut between strips. No strip is ever dropped or cut itself.

use std::sync::Arc;

use crate::paper::strip::{self, Cell, Look, Strip};
use crate::paper::typeset::Typesetter;

/// Top and bottom of the body on a page, in points.
#[derive(Clone, Copy)]
pub(crate) struct Band {
    /// On the first page.
    pub first_top: f32,
    /// On all others.
    pub later_top: f32,
    /// On every page.
    pub bottom: f32,
}

/// A page as a list of strips with their tops.
pub(crate) type Page = Vec<(f32, Strip)>;

/// The strips of a document in their order.
#[derive(Default)]
pub(crate) struct Flow {
    strips: Vec<Strip>,
    head: Option<Arc<Vec<Strip>>>,
}

impl Flow {
    /// Adds empty room that is left out at the top of a page.
    pub(crate) fn room(&mut self, height: f32) {
        self.strips.push(Strip { height, room: true, ..Strip::default() });
    }

    /// Adds empty room inside of what stays together.
    pub(crate) fn room_within(&mut self, height: f32) {
        self.strips.push(Strip { height, room: true, keep_with_next: true, ..Strip::default() });
    }

    /// Adds a row of texts.
    pub(crate) fn row(&mut self, typesetter: &mut Typesetter, cells: &[Cell<'_>], look: Look) {
        for strip in strip::row(typesetter, cells, look) {
            self.push(strip);
        }
    }

    /// Adds a strip.
    pub(crate) fn push(&mut self, strip: Strip) {
        self.strips.push(Strip { head: self.head.clone(), ..strip });
    }

    /// From here to [`Flow::end_head`], a new page repeats this row at its top.
    pub(crate) fn begin_head(&mut self, typesetter: &mut Typesetter, cells: &[Cell<'_>], look: Look) {
        self.head = Some(Arc::new(strip::row(typesetter, cells, look)));
    }

    /// Ends the repetition.
    pub(crate) fn end_head(&mut self) {
        self.head = None;
    }
}

/// Lays the strips out on pages; at least one.
pub(crate) fn paginate(flow: Flow, band: Band) -> Vec<Page> {
    let mut stack = Stack { pages: vec![Vec::new()], y: band.first_top, band };
    let mut chain: Vec<Strip> = Vec::new();
    for strip in flow.strips {
        let goes_on = strip.keep_with_next;
        chain.push(strip);
        if !goes_on {
            stack.place_chain(std::mem::take(&mut chain));
        }
    }
    stack.place_chain(chain);
    stack.pages
}

struct Stack {
    pages: Vec<Page>,
    y: f32,
    band: Band,
}

impl Stack {
    fn place_chain(&mut self, chain: Vec<Strip>) {
        let height: f32 = chain.iter().map(|strip| strip.height).sum();
        let fits_a_page = height <= self.band.bottom - self.band.later_top - head_height(&chain);
        if fits_a_page && self.y + height > self.band.bottom {
            self.break_page(chain.first());
        }
        for strip in chain {
            if self.y + strip.height > self.band.bottom {
                self.break_page(Some(&strip));
            }
            self.place(strip);
        }
    }

    fn place(&mut self, strip: Strip) {
        let empty = self.pages.last().is_none_or(Vec::is_empty);
        if strip.room && empty {
            return;
        }
        let top = self.y;
        self.y += strip.height;
        if let Some(page) = self.pages.last_mut() {
            page.push((top, strip));
        }
    }

    fn break_page(&mut self, next: Option<&Strip>) {
        if self.pages.last().is_none_or(Vec::is_empty) {
            return;
        }
        self.pages.push(Vec::new());
        self.y = self.band.later_top;
        let head = next.and_then(|strip| strip.head.clone());
        for strip in head.iter().flat_map(|head| head.iter()) {
            self.place(strip.clone());
        }
    }
}

fn head_height(chain: &[Strip]) -> f32 {
    let head = chain.first().and_then(|strip| strip.head.as_ref());
    head.map_or(0.0, |head| head.iter().map(|strip| strip.height).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAND: Band = Band { first_top: 10.0, later_top: 20.0, bottom: 100.0 };

    fn strip(height: f32, keep_with_next: bool) -> Strip {
        Strip { height, keep_with_next, ..Strip::default() }
    }

    fn heights(strips: Vec<Strip>) -> Vec<Vec<f32>> {
        let pages = paginate(Flow { strips, head: None }, BAND);
        for (top, strip) in pages.iter().flatten() {
            assert!(top + strip.height <= BAND.bottom || strip.height > 80.0);
        }
        pages.iter().map(|page| page.iter().map(|(_, strip)| strip.height).collect()).collect()
    }

    #[test]
    fn strips_fill_pages_and_kept_ones_move_together() {
        // 90 points on the first page, 80 on the others.
        let rows: [(Vec<Strip>, Vec<Vec<f32>>); 5] = [
            (vec![], vec![vec![]]),
            (vec![strip(50.0, false), strip(50.0, false)], vec![vec![50.0], vec![50.0]]),
            (vec![strip(60.0, false), strip(20.0, true), strip(30.0, false)], vec![vec![60.0], vec![20.0, 30.0]]),
            // A chain taller than a page is cut where it must be.
            (vec![strip(60.0, true), strip(60.0, true), strip(60.0, false)], vec![vec![60.0], vec![60.0], vec![60.0]]),
            // A strip that no page holds is still printed.
            (vec![strip(500.0, false), strip(5.0, false)], vec![vec![500.0], vec![5.0]]),
        ];
        for (index, (strips, want)) in rows.into_iter().enumerate() {
            assert_eq!(heights(strips), want, "row {index}");
        }
    }

    #[test]
    fn a_head_is_repeated_and_room_at_the_top_is_left_out() {
        let head = Arc::new(vec![strip(7.0, true)]);
        let body = |height| Strip { height, head: Some(head.clone()), ..Strip::default() };
        let room = Strip { height: 12.0, room: true, ..Strip::default() };
        assert_eq!(heights(vec![body(70.0), room, body(60.0)]), [vec![70.0, 12.0], vec![7.0, 60.0]]);
    }
}
