//! What a visit costs: charges with what the rates propose, totals, and cash taken on site with its receipt.

use askama::Template;
use countersign_device::app::{CashTyped, ChargeTyped};
use countersign_device::model::entity::{CashMethod, ChargeKind};
use countersign_device::model::money::Money;
use countersign_device::screens::{CashLine, ChargeLine, CostsScreen, JobScreen, ProposalLine, usual_choice};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::{of_job, payer_of, payers};
use crate::fields::Asked;
use crate::page::Frame;
use crate::signing::strokes_of;
use crate::trouble::Trouble;
use crate::words::{Choice, Words, offered};

pub(crate) struct Charged {
    pub id: String,
    pub label: String,
    pub amount: String,
    pub payer: String,
    pub late: bool,
    /// What a correction starts from.
    pub typed: ChargeTyped,
    pub kinds: Vec<Choice>,
    pub payers: Vec<Choice>,
}

impl Charged {
    /// The name of its correction on this page; its own id names its removal.
    fn once(&self) -> String {
        format!("{}-correct", self.id)
    }
}

pub(crate) struct Taken {
    pub number: String,
    pub amount: String,
    pub from: String,
    pub method: String,
    pub state: String,
    /// Whether the engineer still has it.
    pub here: bool,
}

#[derive(Template)]
#[template(path = "costs.html")]
struct CostsPage {
    f: Frame,
    screen: JobScreen,
    class: String,
    prices: String,
    charges: Vec<Charged>,
    proposed: Vec<(String, String)>,
    totals: Vec<(String, String)>,
    cash: Vec<Taken>,
    kinds: Vec<Choice>,
    payers: Vec<Choice>,
    methods: Vec<Choice>,
    currency: String,
}

/// `GET …/costs`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-costs")?;
    let costs = desk.app().costs_screen(asked.path.get("job"))?;
    let words = &desk.words;
    let prices = if costs.prices_shown { "laptop-prices-shown" } else { "laptop-prices-hidden" };
    let page = CostsPage {
        class: words.texts.word("class", costs.class.as_str()),
        prices: words.t(prices),
        charges: costs.charges.iter().map(|line| charged(words, line)).collect(),
        proposed: costs.proposed.iter().map(|line| proposed(words, line)).collect(),
        totals: totals(words, &costs),
        cash: costs.cash.iter().map(|line| taken(words, line)).collect(),
        kinds: offered(words, "charge", usual_choice("charge")),
        payers: payers(words, None),
        methods: offered(words, "cash", usual_choice("cash")),
        currency: costs.currency,
        screen,
        f,
    };
    drawn(&page)
}

fn charged(words: &Words, line: &ChargeLine) -> Charged {
    let label = if line.description.is_empty() { kind(words, &line.kind) } else { line.description.clone() };
    Charged {
        id: line.charge.to_string(),
        label: counted(words, label, &line.quantity, line.unit_price.as_ref()),
        amount: words.texts.money(&line.line.net),
        payer: words.texts.word("payer", line.payer.as_str()),
        late: line.late,
        kinds: offered(words, "charge", line.typed.kind.as_str()),
        payers: payers(words, line.typed.payer.as_ref()),
        typed: line.typed.clone(),
    }
}

fn kind(words: &Words, kind: &ChargeKind) -> String {
    words.texts.word("charge", kind.as_str())
}

fn counted(words: &Words, what: String, quantity: &str, price: Option<&Money>) -> String {
    let Some(price) = price.filter(|_| !quantity.is_empty()) else { return what };
    let (quantity, price) = (words.texts.number(quantity), words.texts.money(price));
    words.with(
        "voucher-charge-counted",
        &[("what", what.into()), ("quantity", quantity.into()), ("price", price.into())],
    )
}

fn proposed(words: &Words, line: &ProposalLine) -> (String, String) {
    let label = counted(words, kind(words, &line.kind), &line.quantity, Some(&line.unit_price));
    (label, words.texts.money(&line.line.net))
}

fn totals(words: &Words, costs: &CostsScreen) -> Vec<(String, String)> {
    let Some(totals) = &costs.totals else { return Vec::new() };
    vec![
        (words.t("voucher-total-net"), words.texts.money(&totals.net)),
        (words.t("voucher-total-tax"), words.texts.money(&totals.tax)),
        (words.t("voucher-total-gross"), words.texts.money(&totals.gross)),
    ]
}

fn taken(words: &Words, line: &CashLine) -> Taken {
    Taken {
        number: line.number.clone(),
        amount: words.texts.money(&line.amount),
        from: line.received_from.clone(),
        method: words.texts.word("cash", &line.method),
        state: words.texts.word("cash_state", line.state.as_str()),
        here: line.here,
    }
}

/// `POST …/costs`: `action` says what.
pub(crate) fn act(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form, app) = (asked.path.get("job"), &asked.form, desk.app());
    let word = match form.get("action") {
        "charge" => {
            let replaces = form.get("id");
            let typed = ChargeTyped {
                kind: ChargeKind::from_word(form.get("kind")),
                description: form.text("description").to_owned(),
                quantity: form.text("quantity").to_owned(),
                price: form.text("price").to_owned(),
                payer: payer_of(form),
                replaces: (!replaces.is_empty()).then(|| replaces.parse().map_err(|_| Trouble::Form)).transpose()?,
            };
            let said = if typed.replaces.is_some() { "charge-corrected" } else { "charge" };
            app.charge(job, app.charge_typed(job, &typed)?).map(|_| said)?
        }
        "propose" => app.charge_proposed(job).map(|_| "charge")?,
        "remove" => {
            let charge = form.get("id").parse().map_err(|_| Trouble::Form)?;
            app.remove_charge(job, charge).map(|_| "item-removed")?
        }
        "cash" => {
            let cash = CashTyped {
                sum: form.get("sum").to_owned(),
                received_from: form.text("from").to_owned(),
                method: CashMethod::from_word(form.get("method")),
                note: form.text("note").to_owned(),
                engineer_strokes: strokes_of(form.get("strokes"))?,
            };
            app.take_cash(job, app.cash_typed(job, cash)?).map(|_| "cash")?
        }
        "hand-over" => app.hand_over_cash(form.get("number")).map(|()| "cash-handed-over")?,
        _ => return Err(Trouble::Form),
    };
    done(&format!("/jobs/{job}/costs"), word)
}
