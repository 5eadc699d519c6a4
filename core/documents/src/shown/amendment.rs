//! The block of an amendment: what it amends, why, what the review remarked, and each change before and after.

use countersign_model::document::ChangeShown;

use super::{Sheet, style, table_row};
use crate::paper::{Align, Cell, Style, colour};

const WHAT: (f32, f32) = (6.0, 178.0);
const BEFORE: (f32, f32) = (196.0, 146.0);
const AFTER: (f32, f32) = (354.0, 147.0);

impl Sheet<'_> {
    /// The block; nothing on a first voucher.
    pub(super) fn amendment(&mut self) {
        let Some(amendment) = &self.content.amendment else { return };
        let (ink, ground) = colour::ATTENTION;
        let amends = self.texts.with("voucher-amends", &[("number", amendment.of_number.as_str().into())]);
        self.heading(&amends);
        let reason = self.texts.get("voucher-amendment-reason");
        self.boxed(&reason, &amendment.reason, ground, ink);
        if !amendment.remarks.is_empty() {
            let label = self.texts.get("voucher-amendment-remarks");
            self.flow.room(4.0);
            self.boxed(&label, &amendment.remarks.join("\n"), colour::CANVAS, ink);
        }
        if !amendment.changes.is_empty() {
            self.changes(&amendment.changes);
        }
    }

    fn changes(&mut self, changes: &[ChangeShown]) {
        let title = self.texts.get("voucher-amendment-changes");
        self.heading(&title);
        self.table_head(&[
            ("voucher-change-what", WHAT.0, WHAT.1, Align::Start),
            ("voucher-change-before", BEFORE.0, BEFORE.1, Align::Start),
            ("voucher-change-after", AFTER.0, AFTER.1, Align::Start),
        ]);
        let nothing = self.texts.get("voucher-change-nothing");
        for change in changes {
            let (before, before_style) = shown_or(&change.before, &nothing, style::BODY);
            let (after, after_style) = shown_or(&change.after, &nothing, style::STRONG);
            let cells = [
                Cell::value(&change.what, style::BODY, WHAT.0, WHAT.1),
                Cell::value(before, before_style, BEFORE.0, BEFORE.1),
                Cell::value(after, after_style, AFTER.0, AFTER.1),
            ];
            self.row(&cells, table_row());
        }
        self.flow.end_head();
    }
}

fn shown_or<'t>(text: &'t str, nothing: &'t str, style: Style) -> (&'t str, Style) {
    if text.trim().is_empty() { (nothing, style::DETAIL) } else { (text, style) }
}
