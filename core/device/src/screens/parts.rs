//! The parts picker: search by code or name, price on the voucher's list, stock of the own van and the depots with its
//! age. Parts that wear on the job's model come first while nothing is searched.

use countersign_model::Id;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Depot, Machine, MachineModel, Part, PartGroup};
use countersign_model::language::Language;
use countersign_model::money::Money;
use serde::Serialize;

use super::revision;
use crate::app::charging::{class_of, currency, own_van, price_of};
use crate::app::content::prices_shown;
use crate::app::work::Work;
use crate::app::{App, AppError, StockPlace};
use crate::store::Rows;

/// Rows of one page where nothing else is asked for.
const USUAL_PAGE: usize = 50;

/// Most parts are used one at a time.
const USUAL_QUANTITY: &str = "1";

/// What is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartFilter {
    /// Beginnings of words in code or name, or two Chinese characters of it; empty for everything.
    pub search: String,
    /// Where to go on: the last row's part.
    pub after: Option<Id>,
    /// Most rows; 0 for 50.
    pub limit: u32,
}

/// Stock of a part in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// One part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// A place from which parts are taken and to which they go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceRow {
    /// The depot.
    pub depot: Id,
    /// Its name.
    pub name: String,
    /// Whether it is the person's own van.
    pub own: bool,
}

/// The picker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// What every row needs.
struct Shelf {
    currency: String,
    language: Language,
    depots: Vec<(Id, Depot)>,
    van: Option<Id>,
    wear: Vec<String>,
}

impl Shelf {
    fn places(&self) -> Vec<PlaceRow> {
        let place = |(depot, body): &(Id, Depot)| PlaceRow {
            depot: *depot,
            name: body.name.clone(),
            own: Some(*depot) == self.van,
        };
        self.depots.iter().map(place).collect()
    }
}

impl App {
    /// The parts that can be booked on a job.
    pub fn parts_screen(&self, job: &str, filter: &PartFilter) -> Result<PartsScreen, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let shelf = shelf(rows, &work, language)?;
            let limit = usize::try_from(filter.limit).ok().filter(|limit| *limit > 0).unwrap_or(USUAL_PAGE);
            let exact = exact(rows, filter)?;
            let (found, more) = found(rows, &shelf, filter, exact.as_ref(), limit)?;
            let parts = found.into_iter().map(|(id, part)| choice(rows, &shelf, id, part)).collect::<Result<_, _>>()?;
            let class = class_of(&work);
            let mut screen = PartsScreen {
                revision: 0,
                prices_shown: prices_shown(rows, &class)?,
                class,
                currency: shelf.currency.clone(),
                stock_as_of: rows.contact()?.map(|contact| contact.hub_time),
                parts,
                more,
                exact: exact.map(|(id, _)| id),
                places: shelf.places(),
                usual: shelf.van.into(),
                usual_quantity: USUAL_QUANTITY.to_owned(),
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }
}

fn shelf(rows: &Rows<'_>, work: &Work, language: Language) -> Result<Shelf, AppError> {
    let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
    let van = own_van(rows, person)?;
    let mut depots = rows.all::<Depot>()?;
    depots.retain(|(_, depot)| !depot.archived);
    depots.sort_by_key(|(id, depot)| (Some(*id) != van, depot.person.is_some(), depot.name.clone()));
    let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
    let model = machine.map(|machine| rows.get::<MachineModel>(machine.model)).transpose()?.flatten();
    let wear = model.map(|model| model.wear_parts).unwrap_or_default();
    Ok(Shelf { currency: currency(rows, work)?, language, depots, van, wear })
}

/// The part that has the very code that is searched, unless it is archived.
fn exact(rows: &Rows<'_>, filter: &PartFilter) -> Result<Option<(Id, Part)>, AppError> {
    Ok(rows.part_by_code(&filter.search)?.filter(|(_, part)| !part.archived))
}

/// One page of parts, and whether more follow. Without a search the parts that wear come first, with one the part that has
/// the searched code; the others by their codes.
fn found(
    rows: &Rows<'_>,
    shelf: &Shelf,
    filter: &PartFilter,
    exact: Option<&(Id, Part)>,
    limit: usize,
) -> Result<(Vec<(Id, Part)>, bool), AppError> {
    let top = match filter.search.trim().is_empty() {
        true => worn(rows, shelf)?,
        false => exact.cloned().into_iter().collect(),
    };
    let at_the_top = |id: &Id| top.iter().any(|(first, _)| first == id);
    // One more than the page has says whether any follow; those at the top are read over.
    let most = limit.saturating_add(top.len()).saturating_add(1);
    let mut others = rows.parts_with(&filter.search, filter.after, most)?;
    others.retain(|(id, _)| !at_the_top(id));
    let more = others.len() > limit;
    others.truncate(limit);
    let mut page = if filter.after.is_none() { top } else { Vec::new() };
    page.extend(others);
    Ok((page, more))
}

/// The parts that wear on the job's model, in the order of its list.
fn worn(rows: &Rows<'_>, shelf: &Shelf) -> Result<Vec<(Id, Part)>, AppError> {
    let mut worn: Vec<(Id, Part)> = Vec::new();
    for code in &shelf.wear {
        let found = rows.part_by_code(code)?.filter(|(_, part)| !part.archived);
        worn.extend(found.filter(|(id, _)| worn.iter().all(|(known, _)| known != id)));
    }
    Ok(worn)
}

fn choice(rows: &Rows<'_>, shelf: &Shelf, id: Id, part: Part) -> Result<PartChoice, AppError> {
    let price = price_of(rows, id, &part, &shelf.currency)?;
    let mut stock = Vec::new();
    for (depot, body) in &shelf.depots {
        let own = Some(*depot) == shelf.van;
        let on_hand = rows.on_hand(*depot, id)?;
        if own || !on_hand.quantity.is_zero() {
            let quantity = on_hand.quantity.normalize().to_string();
            stock.push(StockRow { depot: *depot, name: body.name.clone(), own, quantity, changed: on_hand.changed });
        }
    }
    Ok(PartChoice {
        part: id,
        name: part.name.get(shelf.language).to_owned(),
        unit: part.unit,
        group: part.group,
        wears: shelf.wear.iter().any(|code| code.eq_ignore_ascii_case(&part.code)),
        tax_basis_points: price.as_ref().map_or(part.tax_basis_points, |(_, tax)| *tax),
        price: price.map(|(price, _)| price),
        code: part.code,
        stock,
    })
}
