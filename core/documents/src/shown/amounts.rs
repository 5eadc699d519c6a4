//! Parts, charges, totals and times as tables.

use countersign_model::document::{ChargeShown, PartShown, Payer, TimeShown};
use countersign_model::money::Line;

use super::{Sheet, style, table_row};
use crate::paper::{Align, BODY_WIDTH, Cell, Look, Style, colour, isolated};

// Columns as (left edge, width) in points.
const CODE: (f32, f32) = (6.0, 76.0);
const NAME: (f32, f32) = (88.0, 166.0);
const NAME_WIDE: (f32, f32) = (88.0, 330.0);
const QUANTITY: (f32, f32) = (258.0, 44.0);
const QUANTITY_WIDE: (f32, f32) = (430.0, 71.0);
const UNIT: (f32, f32) = (306.0, 72.0);
const TAX: (f32, f32) = (382.0, 42.0);
const NET: (f32, f32) = (428.0, 73.0);
const DESCRIPTION: (f32, f32) = (6.0, 370.0);
const PERSON: (f32, f32) = (6.0, 200.0);
const KIND: (f32, f32) = (212.0, 110.0);
const DURATION: (f32, f32) = (328.0, 90.0);
const DISTANCE: (f32, f32) = (424.0, 77.0);
const TOTAL_LABEL: (f32, f32) = (200.0, 180.0);
const TOTAL: (f32, f32) = (386.0, 115.0);

impl Sheet<'_> {
    /// The parts used; with prices only where the pages show them.
    pub(super) fn parts(&mut self) {
        let content = self.content;
        if content.parts.is_empty() {
            return;
        }
        let title = self.texts.get("voucher-parts");
        self.heading(&title);
        let (start, end) = (Align::Start, Align::End);
        if content.prices_shown {
            self.table_head(&[
                ("voucher-code", CODE.0, CODE.1, start),
                ("voucher-description", NAME.0, NAME.1, start),
                ("voucher-quantity", QUANTITY.0, QUANTITY.1, end),
                ("voucher-unit-price", UNIT.0, UNIT.1, end),
                ("voucher-tax", TAX.0, TAX.1, end),
                ("voucher-net", NET.0, NET.1, end),
            ]);
        } else {
            self.table_head(&[
                ("voucher-code", CODE.0, CODE.1, start),
                ("voucher-description", NAME_WIDE.0, NAME_WIDE.1, start),
                ("voucher-quantity", QUANTITY_WIDE.0, QUANTITY_WIDE.1, end),
            ]);
        }
        let last = content.parts.len();
        for (number, part) in (1..).zip(&content.parts) {
            // What is to be paid stays with the last line that it is the sum of.
            let keep_with_next = number == last && content.prices_shown && content.charges.is_empty();
            self.part(part, content.prices_shown, Look { keep_with_next, ..table_row() });
        }
        self.flow.end_head();
    }

    fn part(&mut self, part: &PartShown, prices: bool, look: Look) {
        let name = match part.batch.trim() {
            "" => part.name.clone(),
            batch => {
                let batch = self.texts.with("voucher-batch", &[("batch", isolated(batch).as_ref().into())]);
                [part.name.as_str(), &batch].join("\n")
            }
        };
        let quantity = self.texts.number(&part.quantity);
        if !prices {
            let cells = [
                Cell::new(&part.code, style::BODY, CODE.0, CODE.1),
                Cell::value(&name, style::BODY, NAME_WIDE.0, NAME_WIDE.1),
                Cell::end(&quantity, style::BODY, QUANTITY_WIDE.0, QUANTITY_WIDE.1),
            ];
            return self.row(&cells, look);
        }
        let unit = part.unit_price.as_ref().map(|price| self.texts.money(price)).unwrap_or_default();
        let (tax, net) = self.amounts(part.line.as_ref(), part.payer.as_ref());
        let cells = [
            Cell::new(&part.code, style::BODY, CODE.0, CODE.1),
            Cell::value(&name, style::BODY, NAME.0, NAME.1),
            Cell::end(&quantity, style::BODY, QUANTITY.0, QUANTITY.1),
            Cell::end(&unit, style::BODY, UNIT.0, UNIT.1),
            Cell::end(&tax, style::BODY, TAX.0, TAX.1),
            Cell::end(&net, style::BODY, NET.0, NET.1),
        ];
        self.row(&cells, look);
    }

    /// The tax rate and the net amount of a line that the customer pays, or who pays it.
    fn amounts(&self, line: Option<&Line>, payer: Option<&Payer>) -> (String, String) {
        match (line, payer) {
            (_, Some(payer)) if *payer != Payer::Customer => (String::new(), self.texts.word("payer", payer.as_str())),
            (Some(line), _) => (self.texts.rate(line.tax_basis_points), self.texts.money(&line.net)),
            (None, _) => (String::new(), self.texts.get("voucher-not-charged")),
        }
    }

    /// Labour, travel and other charges.
    pub(super) fn charges(&mut self) {
        let content = self.content;
        if content.charges.is_empty() || !content.prices_shown {
            return;
        }
        let title = self.texts.get("voucher-charges");
        self.heading(&title);
        self.table_head(&[
            ("voucher-description", DESCRIPTION.0, DESCRIPTION.1, Align::Start),
            ("voucher-tax", TAX.0, TAX.1, Align::End),
            ("voucher-net", NET.0, NET.1, Align::End),
        ]);
        let last = content.charges.len();
        for (number, charge) in (1..).zip(&content.charges) {
            self.charge(charge, Look { keep_with_next: number == last, ..table_row() });
        }
        self.flow.end_head();
    }

    fn charge(&mut self, charge: &ChargeShown, look: Look) {
        let (tax, net) = self.amounts(Some(&charge.line), charge.payer.as_ref());
        let description = match (&charge.unit_price, charge.quantity.as_str()) {
            (Some(price), quantity) if !quantity.is_empty() => {
                let what = isolated(&charge.description);
                let facts = [
                    ("what", what.as_ref().into()),
                    ("quantity", self.texts.number(quantity).into()),
                    ("price", self.texts.money(price).into()),
                ];
                self.texts.with("voucher-charge-counted", &facts)
            }
            _ => charge.description.clone(),
        };
        let cells = [
            Cell::value(&description, style::BODY, DESCRIPTION.0, DESCRIPTION.1),
            Cell::end(&tax, style::BODY, TAX.0, TAX.1),
            Cell::end(&net, style::BODY, NET.0, NET.1),
        ];
        self.row(&cells, look);
    }

    /// What is to be paid, or why no prices are here.
    pub(super) fn totals(&mut self) {
        let content = self.content;
        if !content.prices_shown {
            return self.sentence("voucher-prices-hidden");
        }
        let Some(totals) = &content.totals else { return self.sentence("voucher-nothing-charged") };
        self.flow.room_within(6.0);
        let kept = Look { keep_with_next: true, ..Look::default() };
        self.total("voucher-total-net", &self.texts.money(&totals.net), style::BODY, kept);
        let tax = self.tax_label("voucher-total-tax");
        self.total_named(&tax, &self.texts.money(&totals.tax), style::BODY, kept);
        let last = Look { above: 4.0, below: 4.0, ground: Some(colour::CANVAS), ..Look::default() };
        self.total("voucher-total-gross", &self.texts.money(&totals.gross), Style::bold(11.5, colour::INK), last);
    }

    fn total(&mut self, key: &str, amount: &str, style: Style, look: Look) {
        let label = self.texts.get(key);
        self.total_named(&label, amount, style, look);
    }

    fn total_named(&mut self, label: &str, amount: &str, style: Style, look: Look) {
        let cells = [Cell::end(label, style, TOTAL_LABEL.0, TOTAL_LABEL.1), Cell::end(amount, style, TOTAL.0, TOTAL.1)];
        self.row(&cells, look);
    }

    /// What the company calls tax, or the plain word.
    fn tax_label(&self, key: &str) -> String {
        let label = self.content.letterhead.as_ref().map(|letterhead| letterhead.tax_label.trim());
        label.filter(|label| !label.is_empty()).map_or_else(|| self.texts.get(key), str::to_owned)
    }

    fn sentence(&mut self, key: &str) {
        let text = self.texts.get(key);
        self.flow.room_within(8.0);
        self.row(&[Cell::new(&text, style::DETAIL, 0.0, BODY_WIDTH)], Look::default());
    }

    /// Hours and kilometres of each person.
    pub(super) fn times(&mut self) {
        let content = self.content;
        if content.times.is_empty() {
            return;
        }
        let title = self.texts.get("voucher-times");
        self.heading(&title);
        self.table_head(&[
            ("voucher-person", PERSON.0, PERSON.1, Align::Start),
            ("voucher-time-kind", KIND.0, KIND.1, Align::Start),
            ("voucher-duration", DURATION.0, DURATION.1, Align::End),
            ("voucher-distance", DISTANCE.0, DISTANCE.1, Align::End),
        ]);
        for time in &content.times {
            self.time_row(time);
        }
        self.flow.end_head();
    }

    fn time_row(&mut self, time: &TimeShown) {
        let kind = self.texts.word("time", &time.kind);
        let duration = self.texts.duration(time.minutes);
        let distance = match time.kilometres {
            Some(count) => self.texts.with("kilometres", &[("count", self.texts.number(&count.to_string()).into())]),
            None => String::new(),
        };
        let cells = [
            Cell::name(&time.person, style::BODY, PERSON.0, PERSON.1),
            Cell::new(&kind, style::BODY, KIND.0, KIND.1),
            Cell::end(&duration, style::BODY, DURATION.0, DURATION.1),
            Cell::end(&distance, style::BODY, DISTANCE.0, DISTANCE.1),
        ];
        self.row(&cells, table_row());
    }
}
