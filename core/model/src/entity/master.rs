//! Master data: the company, its people, customers, machines and catalogues.

use serde::{Deserialize, Serialize};

use super::{Derived, Extra, Rate};
use crate::digest::Digest;
use crate::document::VoucherClass;
use crate::id::Id;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::open_enum;

open_enum! {
    /// What a person may do; see [`crate::permission`].
    Role {
        /// Travels, repairs, has the customer sign.
        Engineer = "engineer",
        /// Trains and certifies operators.
        TrainingRep = "training_rep",
        /// Dispatches and reviews.
        Manager = "manager",
        /// Registers calls and plans visits.
        CallDesk = "call_desk",
        /// Keeps depots and parts.
        StoreKeeper = "store_keeper",
        /// Sees charges and receipts.
        Accountant = "accountant",
        /// Reads faults and suggestions.
        ProductDesigner = "product_designer",
        /// Gets leads.
        Sales = "sales",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// People, devices, forms, policies.
        Administrator = "administrator",
    }
}

/// The serving company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Name as printed.
    pub name: String,
    /// Address, lines separated by newlines.
    #[serde(default)]
    pub address: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// IANA zone in which its papers print times.
    #[serde(default = "utc")]
    pub zone: String,
    /// ISO 4217 currency of its price list.
    #[serde(default = "euro")]
    pub currency: String,
    /// Tax on labour and travel in basis points.
    #[serde(default)]
    pub tax_basis_points: i64,
    /// What tax is called beside an amount, such as `VAT`; empty prints the plain word.
    #[serde(default)]
    pub tax_label: String,
    /// Tax number as printed.
    #[serde(default)]
    pub tax_number: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// Logo: media of a PNG or JPEG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Derived>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

fn utc() -> String {
    "UTC".to_owned()
}

fn euro() -> String {
    "EUR".to_owned()
}

/// A place of the company with its area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Name.
    pub name: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Somebody who works with the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Staff number, by which files name them; empty for none.
    #[serde(default)]
    pub number: String,
    /// Name.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Their language.
    #[serde(default)]
    pub language: Language,
    /// Their branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Id>,
    /// No longer with the company; kept, since their work is.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Customer number, by which files name them; empty for none.
    #[serde(default)]
    pub number: String,
    /// Name.
    pub name: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// The language in which they sign.
    #[serde(default)]
    pub language: Language,
    /// Archived, never deleted.
    #[serde(default)]
    pub archived: bool,
    /// A code of the list `customer_class`; empty for none.
    #[serde(default)]
    pub class: String,
    /// Tax number as printed.
    #[serde(default)]
    pub tax_number: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// ISO 4217 currency of their price list; empty for the company's.
    #[serde(default)]
    pub currency: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A person at a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Whose.
    pub customer: Id,
    /// Name.
    pub name: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// What they do there.
    #[serde(default)]
    pub position: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A place of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Whose.
    pub customer: Id,
    /// Name.
    pub name: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A machine model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineModel {
    /// Code of the model, by which files name it; empty for none.
    #[serde(default)]
    pub code: String,
    /// Name per language.
    pub name: LocalText,
    /// The form that its service visits fill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Digest>,
    /// What its meter counts, such as `h` or `km`; empty for a model without one.
    #[serde(default)]
    pub meter_unit: String,
    /// Codes of the parts that wear.
    #[serde(default)]
    pub wear_parts: Vec<String>,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A customer's machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Its model.
    pub model: Id,
    /// Serial number as on the nameplate.
    pub serial: String,
    /// Whose.
    pub customer: Id,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Id>,
    /// Where on the site, in the customer's words.
    #[serde(default)]
    pub place: String,
    /// Last day of the warranty, `YYYY-MM-DD`; empty for none.
    #[serde(default)]
    pub warranty_until: String,
    /// Number of the service contract; empty for none.
    #[serde(default)]
    pub contract: String,
    /// The last meter reading, an exact decimal.
    #[serde(default)]
    pub meter: String,
    /// Day of installation, `YYYY-MM-DD`; empty where unknown.
    #[serde(default)]
    pub installed: String,
    /// Version of its software; empty where unknown.
    #[serde(default)]
    pub software: String,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Machine {
    /// How work on this machine will be paid, as proposed on a day `YYYY-MM-DD`: warranty makes it free, a contract
    /// covers it, everything else is paid (product, plan). Days compare as text.
    pub fn proposed_class(&self, today: &str) -> VoucherClass {
        if !self.warranty_until.is_empty() && self.warranty_until.as_str() >= today {
            VoucherClass::Free
        } else if !self.contract.is_empty() {
            VoucherClass::Contract
        } else {
            VoucherClass::Paid
        }
    }
}

open_enum! {
    /// Which kind of spare part it is (product, rules).
    #[derive(Default)]
    PartGroup {
        /// On a model's list of parts that wear.
        Wear = "wear",
        /// Used up: oil, grease, filters.
        Consumable = "consumable",
        /// Bolts, seals, bearings by a standard.
        #[default]
        Standard = "standard",
        /// A tool.
        Tool = "tool",
        /// Auxiliary equipment.
        Auxiliary = "auxiliary",
    }
}

/// A part with its price in the company's own currency; other currencies are in [`super::Price`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Part code, unique per company.
    pub code: String,
    /// Name per language.
    pub name: LocalText,
    /// Price of one.
    pub price: Money,
    /// Tax rate in basis points.
    pub tax_basis_points: i64,
    /// Whether it is on a list of parts that wear.
    #[serde(default)]
    pub wear: bool,
    /// Which kind of spare part it is.
    #[serde(default)]
    pub group: PartGroup,
    /// What one is, such as `piece` or `l`; empty for a piece.
    #[serde(default)]
    pub unit: String,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A form version that jobs may use; the XForm itself is media with this digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    /// Digest of the XForm bytes.
    pub sha256: Digest,
    /// Length of the XForm in bytes.
    pub bytes: u64,
    /// Name in the list of forms.
    pub title: String,
    /// What it is for: `service`.
    pub purpose: String,
    /// Offered for new jobs.
    pub active: bool,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl FormVersion {
    /// The purpose of the form of a service visit.
    pub const SERVICE: &'static str = "service";

    /// The form of a new job: the one that the machine's model names; else, of those that are offered for service, the
    /// newest. Ids grow with time, so the highest is the newest.
    pub fn for_job(named: Option<Digest>, forms: &[(Id, FormVersion)]) -> Option<Digest> {
        let usable = |form: &FormVersion| form.active && !form.archived && form.purpose == FormVersion::SERVICE;
        named.or_else(|| {
            let newest = forms.iter().filter(|(_, form)| usable(form)).max_by_key(|(id, _)| *id);
            newest.map(|(_, form)| form.sha256)
        })
    }
}

/// A named set of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Name.
    pub name: String,
    /// Free bytes that must remain before a camera opens.
    pub capture_reserve_bytes: u64,
    /// For how long accepted media stay on a phone where no backup mark is announced, in days.
    pub grace_days: i64,
    /// Whether a class shows prices to the customer; classes not listed do.
    #[serde(default)]
    pub hide_prices: Vec<VoucherClass>,
    /// What labour, travel and kilometres cost; one entry per kind and currency.
    #[serde(default)]
    pub rates: Vec<Rate>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            name: "default".to_owned(),
            capture_reserve_bytes: 128 << 20,
            grace_days: 90,
            hide_prices: Vec::new(),
            rates: Vec::new(),
            extra: Extra::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warranty_goes_before_a_contract() {
        // (end of warranty, contract) on 2026-11-22 -> class
        let rows = [
            ("", "", VoucherClass::Paid),
            ("2026-11-22", "", VoucherClass::Free),
            ("2026-11-21", "", VoucherClass::Paid),
            ("2026-11-21", "C-1", VoucherClass::Contract),
            ("2031-01-01", "C-1", VoucherClass::Free),
        ];
        for (warranty, contract, class) in rows {
            let machine =
                Machine { warranty_until: warranty.to_owned(), contract: contract.to_owned(), ..Machine::default() };
            assert_eq!(machine.proposed_class("2026-11-22"), class, "{warranty} {contract}");
        }
    }
    #[test]
    fn a_job_gets_the_form_of_its_model_or_else_the_newest_that_is_offered() {
        let digest = |name: &str| Digest::of(name.as_bytes());
        let form = |name: &str, purpose: &str, active: bool, archived: bool| FormVersion {
            sha256: digest(name),
            bytes: 1,
            title: name.to_owned(),
            purpose: purpose.to_owned(),
            active,
            archived,
            extra: Extra::new(),
        };
        let at = |second: u64, body: FormVersion| (Id::from_time(second * 1_000, [0; 10]), body);
        let forms = [
            at(3, form("newest that is offered", "service", true, false)),
            at(1, form("old", "service", true, false)),
            at(9, form("withdrawn", "service", false, false)),
            at(8, form("archived", "service", true, true)),
            at(7, form("of a training", "training", true, false)),
        ];
        assert_eq!(FormVersion::for_job(None, &forms), Some(digest("newest that is offered")));
        assert_eq!(FormVersion::for_job(Some(digest("its own")), &forms), Some(digest("its own")));
        assert_eq!(FormVersion::for_job(None, &forms[2..]), None);
    }
}
