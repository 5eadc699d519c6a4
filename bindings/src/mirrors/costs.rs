//! Parts, charges and cash. Mirrors of the core's records: a field that is missing here does not compile.

use countersign_device::app::{CashGiven, ChargeTyped, PartBooking, Signed, StockPlace, TimeTyped};
use countersign_device::model::Id;
use countersign_device::model::document::{Payer, VoucherClass};
use countersign_device::model::entity::{CashState, ChargeKind, PartGroup, TimeKind};
use countersign_device::model::money::{Line, Money, Totals};
use countersign_device::screens::{
    CashLine, ChargeLine, CostsScreen, PartChoice, PartFilter, PartsScreen, PlaceRow, ProposalLine, StockRow, TimeLine,
};

/// The picker.
#[uniffi::remote(Record)]
pub struct PartsScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Currency of the voucher.
    pub currency: String,
    /// Class of the voucher.
    pub class: VoucherClass,
    /// Whether the customer will see prices on the pages.
    pub prices_shown: bool,
    /// When this device last heard from the office, hub time in milliseconds: the stock is as old as that.
    pub stock_as_of: Option<i64>,
    /// The parts.
    pub parts: Vec<PartChoice>,
    /// Whether more follow.
    pub more: bool,
    /// The part whose very code is searched, as a scanner reads it; it is the first of them. `None` where there is none.
    pub exact: Option<Id>,
    /// Every place of the company, own van first.
    pub places: Vec<PlaceRow>,
    /// Where a part is taken from where nobody chooses: the own van, or no stock of ours.
    pub usual: StockPlace,
    /// How many are taken where nobody says otherwise, as a person types it.
    pub usual_quantity: String,
}

/// A place from which parts are taken and to which they go back.
#[uniffi::remote(Record)]
pub struct PlaceRow {
    /// The depot.
    pub depot: Id,
    /// Its name.
    pub name: String,
    /// Whether it is the person's own van.
    pub own: bool,
}

/// What is searched.
#[uniffi::remote(Record)]
pub struct PartFilter {
    /// Beginnings of words in code or name, or two Chinese characters of it; empty for everything.
    pub search: String,
    /// Where to go on: the last row's part.
    pub after: Option<Id>,
    /// Most rows; 0 for 50.
    pub limit: u32,
}

/// One part.
#[uniffi::remote(Record)]
pub struct PartChoice {
    /// The part.
    pub part: Id,
    /// Its code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
    /// What one is; empty for a piece.
    pub unit: String,
    /// Which kind of spare part.
    pub group: PartGroup,
    /// On the list of parts that wear of the job's model.
    pub wears: bool,
    /// Price of one on the voucher's list; `None` where it is not sold in that currency.
    pub price: Option<Money>,
    /// Tax rate in basis points.
    pub tax_basis_points: i64,
    /// Stock, own van first; places without any are left out.
    pub stock: Vec<StockRow>,
}

/// Stock of a part in one place.
#[uniffi::remote(Record)]
pub struct StockRow {
    /// The depot.
    pub depot: Id,
    /// Its name.
    pub name: String,
    /// Whether it is the person's own van.
    pub own: bool,
    /// Exact decimal, this device's unsent movements counted in; below nothing the books are wrong.
    pub quantity: String,
    /// Hub time of the last movement, milliseconds since 1970; `None` where the hub never counted any.
    pub changed: Option<i64>,
}

/// What a visit costs.
#[uniffi::remote(Record)]
pub struct CostsScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Currency of the voucher.
    pub currency: String,
    /// Class of the voucher.
    pub class: VoucherClass,
    /// Who pays what names nobody else.
    pub payer: Payer,
    /// Whether the pages show prices to the customer.
    pub prices_shown: bool,
    /// Times that stand.
    pub times: Vec<TimeLine>,
    /// Charges that stand.
    pub charges: Vec<ChargeLine>,
    /// What the rates still propose.
    pub proposed: Vec<ProposalLine>,
    /// What the customer pays; `None` for nothing.
    pub totals: Option<Totals>,
    /// Cash that was taken on this visit.
    pub cash: Vec<CashLine>,
}

/// A time entry.
#[uniffi::remote(Record)]
pub struct TimeLine {
    /// The entry: a correction names it.
    pub entry: Id,
    /// Whose.
    pub person: String,
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    pub kilometres: Option<i64>,
    /// Booked after the signature by another device.
    pub late: bool,
    /// What a correction starts from.
    pub typed: TimeTyped,
}

/// A charge that is no part.
#[uniffi::remote(Record)]
pub struct ChargeLine {
    /// The charge: a correction names it.
    pub charge: Id,
    /// What for.
    pub kind: ChargeKind,
    /// In words.
    pub description: String,
    /// Hours, kilometres or pieces; empty for a sum without one.
    pub quantity: String,
    /// Price of one.
    pub unit_price: Option<Money>,
    /// The charged line.
    pub line: Line,
    /// Who pays.
    pub payer: Payer,
    /// Booked after the signature by another device.
    pub late: bool,
    /// What a correction starts from.
    pub typed: ChargeTyped,
}

/// A charge that the rates propose.
#[uniffi::remote(Record)]
pub struct ProposalLine {
    /// What for.
    pub kind: ChargeKind,
    /// Hours, kilometres or visits.
    pub quantity: String,
    /// Price of one.
    pub unit_price: Money,
    /// The line that it would make.
    pub line: Line,
    /// Whether it would put a charge right that stands.
    pub corrects: bool,
}

/// The totals of a voucher's lines.
#[uniffi::remote(Record)]
pub struct Totals {
    /// Sum of the net amounts.
    pub net: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Net plus tax.
    pub gross: Money,
}

/// An amount in minor units (cents; yen have none).
#[uniffi::remote(Record)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217 code, such as `EUR`.
    pub currency: String,
}

/// One charged line: net amount, tax rate and the tax in money.
#[uniffi::remote(Record)]
pub struct Line {
    /// Amount without tax.
    pub net: Money,
    /// Tax rate in basis points (2100 = 21 %).
    pub tax_basis_points: i64,
    /// The tax of this line, rounded to a minor unit.
    pub tax: Money,
}

/// Cash that was taken.
#[uniffi::remote(Record)]
pub struct CashLine {
    /// The receipt.
    pub receipt: Id,
    /// Its printed number.
    pub number: String,
    /// The sum.
    pub amount: Money,
    /// Who gave it.
    pub received_from: String,
    /// How.
    pub method: String,
    /// Where the money is.
    pub state: CashState,
    /// Whether the engineer still has it and can hand it over.
    pub here: bool,
}

/// A part as it is booked.
#[uniffi::remote(Record)]
pub struct PartBooking {
    /// Code as on the part.
    pub code: String,
    /// How many, as somebody types it; negative takes back.
    pub quantity: String,
    /// Batch or serial.
    pub batch: String,
    /// Where it came from; `None` takes the person's own van, if they have one.
    pub from: Option<StockPlace>,
    /// Who pays; `None` leaves it to the class.
    pub payer: Option<Payer>,
    /// The movement that this one takes back; `None` for a new one, or one that is told by its code.
    pub undoes: Option<Id>,
}

/// Where a part came from.
#[uniffi::remote(Enum)]
pub enum StockPlace {
    /// This depot, by id or name.
    Depot(String),
    /// No stock of ours: the customer's own, bought on the way.
    Elsewhere,
}

/// A charge that is no part, as a person types it.
#[uniffi::remote(Record)]
pub struct ChargeTyped {
    /// What for.
    pub kind: ChargeKind,
    /// In words; empty takes the name of the kind in the signer's language.
    pub description: String,
    /// Hours, kilometres or pieces; empty for a sum without one.
    pub quantity: String,
    /// Price of one, or the whole sum where there is no quantity, in the voucher's currency.
    pub price: String,
    /// Who pays; `None` leaves it to the class.
    pub payer: Option<Payer>,
    /// The charge that this one puts right; `None` for a new one.
    pub replaces: Option<Id>,
}

/// A receipt that was given.
#[uniffi::remote(Record)]
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

/// Time spent as a person types it.
#[uniffi::remote(Record)]
pub struct TimeTyped {
    /// On what.
    pub kind: TimeKind,
    /// Minutes; empty takes what the visit's steps say.
    pub minutes: String,
    /// Kilometres, for travel; empty for none.
    pub kilometres: String,
}
