//! What was found and done in the words of the lists, meter readings, and the body of a cash receipt.

use countersign_model::document::{CashShown, CodeShown};

use super::{Sheet, style, table_row};
use crate::paper::{BODY_WIDTH, Cell, Look, Style, colour};

const LABEL: (f32, f32) = (6.0, 130.0);
const VALUE: (f32, f32) = (142.0, 359.0);

impl Sheet<'_> {
    /// Symptom, cause, remedy, findings and meters; nothing where none of them was said.
    pub(super) fn diagnosis(&mut self) {
        let content = self.content;
        let said = !content.diagnosis.is_empty() || !content.findings.trim().is_empty() || !content.meters.is_empty();
        if !said {
            return;
        }
        let title = self.texts.get("voucher-diagnosis");
        self.heading(&title);
        for code in &content.diagnosis {
            let label = self.texts.word("voucher-list", &code.list);
            self.labelled(&label, code_name(code));
        }
        for meter in &content.meters {
            let value = [self.texts.number(&meter.value), meter.unit.clone()].join(" ");
            let label = self.texts.get("voucher-meter");
            self.labelled(&label, value.trim());
        }
        if !content.findings.trim().is_empty() {
            let label = self.texts.get("voucher-findings");
            self.labelled(&label, &content.findings);
        }
    }

    fn labelled(&mut self, label: &str, value: &str) {
        let cells =
            [Cell::new(label, style::DETAIL, LABEL.0, LABEL.1), Cell::value(value, style::BODY, VALUE.0, VALUE.1)];
        self.row(&cells, table_row());
    }

    /// Who gave how much, how, and for which voucher.
    pub(super) fn cash(&mut self, cash: &CashShown) {
        let amount = self.texts.money(&cash.amount);
        self.flow.room(10.0);
        let look =
            Look { above: 8.0, below: 8.0, ground: Some(colour::CANVAS), keep_with_next: true, ..Look::default() };
        self.row(&[Cell::new(&amount, Style::bold(19.0, colour::INK), 12.0, BODY_WIDTH - 24.0)], look);
        self.flow.room(6.0);
        let from = self.texts.get("cash-received-from");
        self.labelled(&from, &cash.received_from);
        let (label, method) = (self.texts.get("cash-method"), self.texts.word("cash", &cash.method));
        self.labelled(&label, &method);
        if let Some(tax) = &cash.tax {
            let (label, tax) = (self.texts.get("cash-tax-included"), self.texts.money(tax));
            self.labelled(&label, &tax);
        }
        if !cash.of_number.is_empty() {
            let label = self.texts.get("cash-for-voucher");
            self.labelled(&label, &cash.of_number);
        }
        if !cash.note.trim().is_empty() {
            let label = self.texts.get("cash-note");
            self.labelled(&label, &cash.note);
        }
    }
}

fn code_name(code: &CodeShown) -> &str {
    if code.name.is_empty() { &code.code } else { &code.name }
}
