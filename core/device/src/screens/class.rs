//! The class of a voucher, with what each class means before anybody chooses it.

use countersign_model::document::{Payer, VoucherClass, needs_customer};
use countersign_model::entity::Machine;
use countersign_texts::Texts;
use serde::Serialize;

use super::revision;
use crate::app::charging::class_of;
use crate::app::content::prices_shown;
use crate::app::{App, AppError};

/// What a class means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassMeaning {
    /// The class.
    pub class: VoucherClass,
    /// Who pays what names nobody else.
    pub payer: Payer,
    /// Whether the customer signs.
    pub customer_signs: bool,
    /// Whether the pages show prices.
    pub prices_shown: bool,
    /// The same sentence by sentence, in the person's language.
    pub sentences: Vec<String>,
}

/// The class of a visit's voucher, or of the open amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// How it is paid now.
    pub class: VoucherClass,
    /// Why, where it is not the proposed one.
    pub reason: String,
    /// What warranty and contract of the machine propose today.
    pub proposed: Option<VoucherClass>,
    /// The classes and what each means.
    pub choices: Vec<ClassMeaning>,
}

impl App {
    /// The class of this person's visit, and what the others would mean.
    pub fn class_screen(&self, job: &str) -> Result<ClassScreen, AppError> {
        let (today, texts) = (self.today(), Texts::new(self.language()?));
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
            let meaning = |class: &VoucherClass| {
                let (payer, signs, shows) = (class.payer(), needs_customer(class), prices_shown(rows, class)?);
                Ok::<_, AppError>(ClassMeaning {
                    sentences: sentences(&texts, &payer, signs, shows),
                    payer,
                    customer_signs: signs,
                    prices_shown: shows,
                    class: class.clone(),
                })
            };
            let amended = work.draft.as_ref().filter(|(_, draft)| draft.class.is_some());
            let voucher = || work.voucher.as_ref().map(|voucher| voucher.class_reason.clone());
            let mut screen = ClassScreen {
                revision: 0,
                class: class_of(&work),
                reason: amended.map(|(_, draft)| draft.class_reason.clone()).or_else(voucher).unwrap_or_default(),
                proposed: machine.map(|machine| machine.proposed_class(&today)),
                choices: VoucherClass::KNOWN.iter().map(meaning).collect::<Result<_, _>>()?,
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }
}

/// Who pays, who signs and what the pages show. A payer of a newer program has no sentence here.
fn sentences(texts: &Texts, payer: &Payer, signs: bool, shows: bool) -> Vec<String> {
    let pays = format!("laptop-class-payer-{}", payer.as_str());
    let signs = if signs { "laptop-class-signed" } else { "laptop-class-unsigned" };
    let shows = if shows { "laptop-prices-shown" } else { "laptop-prices-hidden" };
    let known = Some(pays.as_str()).filter(|key| texts.has(key));
    known.into_iter().chain([signs, shows]).map(|key| texts.get(key)).collect()
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use super::*;

    #[test]
    fn what_a_class_means_is_said_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for payer in [Payer::Customer, Payer::Contract, Payer::Warranty, Payer::Internal] {
                let said = sentences(&texts, &payer, true, false);
                assert_eq!(said.len(), 3, "{payer} in {}", language.tag());
                assert!(said.iter().all(|sentence| !sentence.starts_with("laptop-")), "{said:?}");
            }
            assert_eq!(sentences(&texts, &Payer::Other("sponsor".to_owned()), false, true).len(), 2);
        }
    }
}
