//! Cash taken on site: a numbered receipt that is a sealed paper of its own, signed by the engineer, and its way to the
//! accountant.

use countersign_documents::{RENDERER, render_shown};
use countersign_evidence::Strokes;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::{CashShown, Content, Outcome, Party, Sealed, SignOff, SignerRole};
use countersign_model::entity::{CashMethod, CashReceipt, CashState};
use countersign_model::money::Money;
use countersign_model::payload::{CashHandOver, CashTake, DocumentSign, Payload};
use countersign_model::{Digest, Id};

use countersign_texts::typed_sum;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::signing::{Signed, StoreMedia, digest, drawn};
use super::work::{Work, not_found};
use super::{App, AppError, charging, content};
use crate::store::{MediaClass, NewMedia, NewSealed};

/// Money that is taken.
#[derive(Clone, Debug)]
pub struct CashTaken {
    /// The sum, tax included, in minor units of the voucher's currency; `None` takes what the voucher asks for.
    pub minor: Option<i64>,
    /// Who gives it.
    pub received_from: String,
    /// How.
    pub method: CashMethod,
    /// Words about it.
    pub note: String,
    /// The engineer's strokes.
    pub engineer_strokes: Strokes,
}

/// Money that is taken, as a person types it.
#[derive(Clone, Debug)]
pub struct CashTyped {
    /// The sum, tax included, in the voucher's currency; empty takes what the voucher asks for.
    pub sum: String,
    /// Who gives it.
    pub received_from: String,
    /// How.
    pub method: CashMethod,
    /// Words about it.
    pub note: String,
    /// The engineer's strokes.
    pub engineer_strokes: Strokes,
}

/// A receipt that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashGiven {
    /// The receipt.
    pub receipt: Id,
    /// Its printed number.
    pub number: String,
    /// The sum.
    pub amount: Money,
    /// The signed paper.
    pub paper: Signed,
}

impl App {
    /// What a person typed, as money that is taken; a sum that is none is refused, never guessed.
    pub fn cash_typed(&self, job: &str, typed: CashTyped) -> Result<CashTaken, AppError> {
        let currency = self.read(|rows| charging::currency(rows, &self.work(rows, job)?))?;
        let minor = typed_payment(&typed.sum, &currency)?;
        let CashTyped { received_from, method, note, engineer_strokes, .. } = typed;
        Ok(CashTaken { minor, received_from, method, note, engineer_strokes })
    }

    /// Takes cash: number, record, paper and signature at once; all or nothing.
    pub fn take_cash(&self, job: &str, taken: CashTaken) -> Result<CashGiven, AppError> {
        // The paper says the same as the command.
        let (received_from, note) = (taken.received_from.trim().to_owned(), taken.note.trim().to_owned());
        let taken = CashTaken { received_from, note, ..taken };
        let strokes = drawn(&taken.engineer_strokes)?;
        let prepared = self.time()?;
        let (work, base, engineer) = self.show(|rows| {
            let work = self.work(rows, job)?;
            let draft = self.content(rows, &work, prepared.clone())?;
            let engineer = content::person_name(rows, rows.identity()?.ok_or(AppError::Enrol)?.person)?;
            Ok((work, draft.content, engineer))
        })?;
        let (amount, tax) = self.sum(&work, &base, taken.minor)?;
        let receipt = self.new_id()?;
        let number = self.store().write(|tx| tx.next_cash_number(self.year()))?;
        let leaf = work.voucher.as_ref().and_then(|voucher| voucher.leaves.last().copied());
        let voucher = work.voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default();
        let cash = CashShown {
            receipt,
            amount: amount.clone(),
            tax: tax.clone(),
            received_from: taken.received_from.clone(),
            method: taken.method.to_string(),
            of_number: voucher,
            of: leaf,
            note: taken.note.clone(),
        };
        let paper = receipt_content(base, &number, cash);
        let take = Payload::CashTake(CashTake {
            receipt,
            visit: work.visit_id,
            number: number.clone(),
            amount: amount.clone(),
            tax,
            received_from: taken.received_from,
            method: taken.method,
            about: leaf,
            note: taken.note,
        });
        let sealed = self.seal_receipt(&work, take, paper, engineer, &strokes)?;
        self.flush()?;
        let pdf = self.attest(sealed)?;
        Ok(CashGiven { receipt, number, amount, paper: Signed { sealed, pdf } })
    }

    /// What is taken: the sum that was said, or the whole voucher with its tax.
    fn sum(&self, work: &Work, base: &Content, minor: Option<i64>) -> Result<(Money, Option<Money>), AppError> {
        let currency = self.read(|rows| charging::currency(rows, work))?;
        match (minor, &base.totals) {
            (None, Some(totals)) => Ok((totals.gross.clone(), Some(totals.tax.clone()))),
            (Some(minor), Some(totals)) if totals.gross.minor == minor => {
                Ok((totals.gross.clone(), Some(totals.tax.clone())))
            }
            // A part of the sum has no tax of its own: the invoice says it.
            (Some(minor), _) => Ok((Money::new(minor, &currency), None)),
            (None, None) => {
                Err(AppError::Input { why: "nothing is charged on this voucher: say how much was taken".to_owned() })
            }
        }
    }

    fn seal_receipt(
        &self,
        work: &Work,
        take: Payload,
        paper: Content,
        engineer: String,
        strokes: &[u8],
    ) -> Result<Digest, AppError> {
        let pages = render_shown(&paper, &StoreMedia(self.store()), self.fonts())
            .map_err(|problem| AppError::Report { why: problem.to_string() })?;
        let file = self.store().stage_made(&pages)?;
        let content_sha256 = digest(&paper)?;
        let sealed = Sealed { content: paper, shown_sha256: file.sha256, renderer: RENDERER.to_owned() };
        let sign_offs = vec![SignOff {
            sealed_sha256: digest(&sealed)?,
            role: SignerRole::Engineer,
            name: engineer,
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: STANDARD.encode(strokes),
            stamp: None,
            stamp_preview: None,
            time: self.time()?,
        }];
        let sign = Payload::DocumentSign(DocumentSign {
            kind: sealed.content.kind.clone(),
            visit: work.visit_id,
            job: work.job_id,
            draft: None,
            amends: Vec::new(),
            content_sha256,
            sealed: sealed.clone(),
            sign_offs: sign_offs.clone(),
        });
        let drafts = [self.draft(work.lane(), None, take)?, self.draft(work.lane(), None, sign)?];
        let row = NewMedia { file, class: MediaClass::Document, scope: work.lane(), added: self.now() };
        let new = NewSealed { sealed, sign_offs };
        Ok(self.store().write(|tx| {
            let name = tx.put_sealed(&new)?;
            tx.put_media(&row)?;
            drafts.iter().try_for_each(|draft| tx.submit(draft).map(|_| ()))?;
            Ok(name)
        })?)
    }

    /// Hands the money of a receipt over to the accountant, who confirms it.
    pub fn hand_over_cash(&self, number: &str) -> Result<(), AppError> {
        let found = self.read(|rows| {
            let mut receipts = rows.all::<CashReceipt>()?.into_iter();
            let named = |id: Id, body: &CashReceipt| body.number == number || id.to_string() == number;
            Ok(receipts.rfind(|(id, body)| named(*id, body)))
        })?;
        let (receipt, body) = found.ok_or_else(|| not_found("cash receipt", number))?;
        if body.state != CashState::Taken {
            return Ok(());
        }
        let payload = Payload::CashHandOver(CashHandOver { receipt });
        self.submit_all(&[self.draft(countersign_model::record::Scope::job(body.job), None, payload)?])
    }
}

/// A sum as it is typed for a payment, in minor units of the currency: `None` where nothing is typed, which takes what the
/// voucher asks for.
pub fn typed_payment(sum: &str, currency: &str) -> Result<Option<i64>, Refusal> {
    if sum.trim().is_empty() {
        return Ok(None);
    }
    let refused = || Refusal::new(RefusalCode::WrongAnswer).with("expected", "decimal").with("value", sum.trim());
    typed_sum(sum, currency).map(Some).ok_or_else(refused)
}

/// The paper of a receipt: who gave what to whom for which voucher, and nothing else.
fn receipt_content(base: Content, number: &str, cash: CashShown) -> Content {
    let customer =
        base.customer.clone().or_else(|| Some(Party { name: cash.received_from.clone(), ..Party::default() }));
    Content {
        kind: "cash_receipt".to_owned(),
        number: number.to_owned(),
        customer,
        site: None,
        engineers: base.engineers.clone(),
        steps: Vec::new(),
        form: None,
        sections: Vec::new(),
        evidence: Vec::new(),
        parts: Vec::new(),
        charges: Vec::new(),
        times: Vec::new(),
        totals: None,
        prices_shown: true,
        amendment: None,
        diagnosis: Vec::new(),
        findings: String::new(),
        meters: Vec::new(),
        leave_reason: String::new(),
        class_reason: String::new(),
        remote: false,
        cash: Some(cash),
        ..base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_sum_takes_what_the_voucher_asks_for_and_a_wrong_one_is_refused() {
        let rows = [
            ("", Some(None)),
            ("  ", Some(None)),
            ("12,50", Some(Some(1_250))),
            (" 7 ", Some(Some(700))),
            ("much", None),
        ];
        for (sum, want) in rows {
            assert_eq!(typed_payment(sum, "EUR").ok(), want, "{sum:?}");
        }
    }
}
