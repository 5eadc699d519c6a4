//! Parts, charges, stock and cash: bounds, currencies, who may, what is flagged.
#![cfg(test)]

mod common;

use common::{Office, id, planned, signing};
use countersign_model::decide::RefusalCode;
use countersign_model::document::*;
use countersign_model::entity::*;
use countersign_model::id::RecordRef;
use countersign_model::money::{Line, Money};
use countersign_model::payload::*;
use countersign_model::record::{Scope, kind};

const ANA: Option<(&str, u64)> = Some(("ana-phone", 1));
const BEN: Option<(&str, u64)> = Some(("ben-phone", 1));

fn stocked() -> Office {
    let mut office = planned();
    let part = Part { code: "SEAL".to_owned(), price: Money::new(100, "EUR"), ..Part::default() };
    office.seed(id("seal"), Scope::reference("parts"), &part);
    for (name, person) in [("main", None), ("van", Some(id("ana")))] {
        let depot = Depot { name: name.to_owned(), person, ..Depot::default() };
        office.seed(id(name), Scope::reference("depots"), &depot);
    }
    office
}

fn part(name: &str, code: &str, quantity: &str) -> PartUsed {
    PartUsed {
        part_use: id(name),
        subject: RecordRef::new(kind::VISIT, id("visit")),
        part: (code == "SEAL").then(|| id("seal")),
        code: code.to_owned(),
        quantity: quantity.to_owned(),
        ..PartUsed::default()
    }
}

fn quantity(office: &Office, depot: &str) -> String {
    office.get::<Stock>(stock_id(id(depot), id("seal"))).map(|stock| stock.quantity).unwrap_or_default()
}

#[test]
fn nobody_takes_back_more_than_was_booked() {
    let mut office = stocked();
    office.accept("ana", ANA, None, Payload::PartUsed(part("a", "SEAL", "2")));
    office.accept("ben", BEN, None, Payload::PartUsed(part("b", "SEAL", "1.5")));
    // (quantity, whether it is taken)
    for (index, (quantity, taken)) in [("-4", false), ("-3", true), ("-1", false), ("-0.5", true)].iter().enumerate() {
        let payload = Payload::PartUsed(part(&format!("back {index}"), "SEAL", quantity));
        match taken {
            true => drop(office.accept("ana", ANA, None, payload)),
            false => office.refuse("ana", ANA, payload, RefusalCode::MoreThanBooked),
        }
    }
    office.refuse("ana", ANA, Payload::PartUsed(part("c", "OTHER", "-1")), RefusalCode::MoreThanBooked);
}

#[test]
fn a_take_back_of_one_movement_takes_no_more_than_is_left_of_it() {
    let mut office = stocked();
    office.accept("ana", ANA, None, Payload::PartUsed(part("cheap", "SEAL", "2")));
    office.accept("ben", BEN, None, Payload::PartUsed(part("dear", "SEAL", "3")));
    office.accept("ben", BEN, None, Payload::PartUsed(part("other", "GREASE", "9")));
    let back = |name: &str, code: &str, quantity: &str, undone: &str| {
        Payload::PartUsed(PartUsed { undoes: Some(id(undone)), ..part(name, code, quantity) })
    };
    // (code, quantity, what it takes back, why it is refused)
    let rows = [
        ("SEAL", "-3", "cheap", Some(RefusalCode::MoreThanBooked)),
        ("SEAL", "-1.5", "cheap", None),
        ("SEAL", "-1", "cheap", Some(RefusalCode::MoreThanBooked)),
        ("seal", "-0.5", "cheap", None),
        ("SEAL", "-0.5", "cheap", Some(RefusalCode::MoreThanBooked)),
        ("SEAL", "-3", "dear", None),
        ("SEAL", "-1", "other", Some(RefusalCode::MoreThanBooked)),
        ("GREASE", "1", "other", Some(RefusalCode::Malformed)),
        ("GREASE", "-9", "other", None),
    ];
    for (index, (code, quantity, undone, refused)) in rows.into_iter().enumerate() {
        let payload = back(&format!("back {index}"), code, quantity, undone);
        match refused {
            None => drop(office.accept("ana", ANA, None, payload)),
            Some(refused) => office.refuse("ana", ANA, payload, refused),
        }
    }
}

#[test]
fn quantities_have_bounds_and_unknown_parts_are_flagged() {
    let mut office = stocked();
    for (quantity, code) in [
        ("0", RefusalCode::Missing),
        ("two", RefusalCode::NotANumber),
        ("1000001", RefusalCode::OutOfRange),
        ("0.0000001", RefusalCode::NotANumber),
    ] {
        office.refuse("ana", ANA, Payload::PartUsed(part("x", "SEAL", quantity)), code);
    }
    office.refuse("ana", ANA, Payload::PartUsed(part("x", &"S".repeat(65), "1")), RefusalCode::TooLong);
    office.accept("ana", ANA, None, Payload::PartUsed(part("known", "SEAL", "1")));
    assert!(office.flags().is_empty());
    office.accept("ana", ANA, None, Payload::PartUsed(part("odd", "NO-SUCH-PART", "1")));
    assert_eq!(office.flags(), [FlagCode::UnknownPart]);
    assert_eq!(office.all::<PartUse>().len(), 2, "it was used all the same");
}

fn charge(name: &str, quantity: &str, price: Money, net: i64) -> ChargeAdd {
    let line = Line::new(Money::new(net, &price.currency), 2_100).unwrap();
    ChargeAdd {
        charge: id(name),
        subject: RecordRef::new(kind::VISIT, id("visit")),
        description: "Labour".to_owned(),
        line,
        kind: ChargeKind::Labour,
        quantity: quantity.to_owned(),
        unit_price: Some(price),
        ..ChargeAdd::default()
    }
}

#[test]
fn a_charge_adds_up_and_a_voucher_has_one_currency() {
    let mut office = stocked();
    let hour = || Money::new(6_500, "EUR");
    office.accept("ana", ANA, None, Payload::ChargeAdd(charge("ok", "1.5", hour(), 9_750)));
    office.refuse("ana", ANA, Payload::ChargeAdd(charge("sum", "1.5", hour(), 9_751)), RefusalCode::LineDoesNotAddUp);
    let mut taxed = charge("tax", "1", hour(), 6_500);
    taxed.line.tax = Money::new(1, "EUR");
    office.refuse("ana", ANA, Payload::ChargeAdd(taxed), RefusalCode::LineDoesNotAddUp);
    let dollars = charge("usd", "1", Money::new(6_500, "USD"), 6_500);
    office.refuse("ana", ANA, Payload::ChargeAdd(dollars), RefusalCode::Currencies);
    let seal = PartUsed { unit_price: Some(Money::new(9, "TWD")), ..part("twd", "SEAL", "1") };
    office.refuse("ana", ANA, Payload::PartUsed(seal), RefusalCode::Currencies);
    let corrected = ChargeAdd { replaces: Some(id("ok")), ..charge("less", "1", hour(), 6_500) };
    office.accept("ana", ANA, None, Payload::ChargeAdd(corrected));
    let charges = ["ok", "less"].map(|name| (id(name), office.get::<Charge>(id(name)).unwrap()));
    let sums: Vec<i64> = standing(charges.to_vec()).into_iter().map(|(_, charge)| charge.line.net.minor).collect();
    assert_eq!(sums, [6_500]);
}

fn goods(name: &str, depot: &str, to: Option<&str>, quantity: &str, reason: MovementReason) -> Payload {
    Payload::StockMove(StockMove {
        movement: id(name),
        depot: id(depot),
        to: to.map(id),
        part: id("seal"),
        quantity: quantity.to_owned(),
        reason,
        batch: String::new(),
        note: String::new(),
    })
}

#[test]
fn stock_follows_from_movements_and_below_nothing_is_flagged() {
    let mut office = stocked();
    office.accept("sto", None, None, goods("in", "main", None, "10", MovementReason::Received));
    office.accept("sto", None, None, goods("load", "main", Some("van"), "3", MovementReason::Transferred));
    assert_eq!((quantity(&office, "main"), quantity(&office, "van")), ("7".to_owned(), "3".to_owned()));
    let used = |name: &str, quantity: &str| {
        Payload::PartUsed(PartUsed { depot: Some(id("van")), ..part(name, "SEAL", quantity) })
    };
    office.accept("ana", ANA, None, used("first", "2"));
    assert_eq!((quantity(&office, "van"), office.flags().len()), ("1".to_owned(), 0));
    office.accept("ana", ANA, None, used("second", "2"));
    assert_eq!((quantity(&office, "van"), office.flags()), ("-1".to_owned(), vec![FlagCode::NegativeStock]));
    office.accept("ana", ANA, None, used("back", "-1"));
    assert_eq!(quantity(&office, "van"), "0");
    office.accept("sto", None, None, goods("count", "main", None, "6", MovementReason::Counted));
    let counted = office.get::<Movement>(id("count")).unwrap();
    assert_eq!((quantity(&office, "main"), counted.quantity), ("6".to_owned(), "-1".to_owned()));
    let moved: i64 = office
        .all::<Movement>()
        .iter()
        .filter(|movement| movement.depot == id("main"))
        .map(|movement| movement.quantity.parse::<i64>().unwrap())
        .sum();
    assert_eq!(moved, 6, "the stock is the sum of the movements");
}

#[test]
fn engineers_move_goods_of_their_own_van_only() {
    let mut office = stocked();
    office.accept("ana", ANA, None, goods("load", "main", Some("van"), "1", MovementReason::Transferred));
    office.refuse("ben", BEN, goods("take", "van", None, "1", MovementReason::Scrapped), RefusalCode::NotAllowed);
    office.refuse("ana", ANA, goods("in", "main", None, "1", MovementReason::Received), RefusalCode::NotAllowed);
    office.refuse("sto", None, goods("none", "main", None, "1", MovementReason::Transferred), RefusalCode::Missing);
    office.refuse("sto", None, goods("minus", "main", None, "-1", MovementReason::Received), RefusalCode::Missing);
    office.refuse("aud", None, goods("look", "main", None, "1", MovementReason::Received), RefusalCode::NotAllowed);
}

#[test]
fn a_phone_adds_movements_and_leaves_the_sum_to_the_hub() {
    let mut office = stocked();
    office.on_hub = false;
    let used = PartUsed { depot: Some(id("van")), ..part("first", "SEAL", "2") };
    office.accept("ana", ANA, None, Payload::PartUsed(used));
    let movement = office.get::<Movement>(movement_id(id("first"))).unwrap();
    assert_eq!((movement.quantity.as_str(), movement.reason), ("-2", MovementReason::Used));
    assert!(office.all::<Stock>().is_empty());
}

fn take(receipt: &str, minor: i64, currency: &str) -> CashTake {
    CashTake {
        receipt: id(receipt),
        visit: id("visit"),
        number: format!("26-AB-R{receipt}"),
        amount: Money::new(minor, currency),
        tax: None,
        received_from: "M. Lin".to_owned(),
        method: CashMethod::Cash,
        about: None,
        note: String::new(),
    }
}

#[test]
fn cash_goes_from_the_engineer_to_the_accountant() {
    let mut office = stocked();
    office.accept("ana", ANA, None, Payload::CashTake(take("1", 12_100, "EUR")));
    let hand_over = || Payload::CashHandOver(CashHandOver { receipt: id("1") });
    office.refuse("ben", BEN, hand_over(), RefusalCode::NotAllowed);
    office.accept("ana", ANA, None, hand_over());
    let receive = |counted: Option<i64>, note: &str| {
        let counted = counted.map(|minor| Money::new(minor, "EUR"));
        Payload::CashReceive(CashReceive { receipt: id("1"), counted, note: note.to_owned() })
    };
    office.refuse("mia", None, receive(None, ""), RefusalCode::NotAllowed);
    office.refuse("acc", None, receive(Some(12_000), ""), RefusalCode::Missing);
    office.accept("acc", None, None, receive(Some(12_000), "one euro is missing"));
    let receipt = office.get::<CashReceipt>(id("1")).unwrap();
    assert_eq!((receipt.state, receipt.receiver), (CashState::Received, Some(id("acc"))));
    assert_eq!(receipt.counted, Some(Money::new(12_000, "EUR")));
    assert_eq!(office.flags(), [FlagCode::CashDiffers]);
    office.refuse("acc", None, receive(None, ""), RefusalCode::State);
}

#[test]
fn cash_is_a_positive_sum_in_the_vouchers_currency() {
    let mut office = stocked();
    office.refuse("ana", ANA, Payload::CashTake(take("0", 0, "EUR")), RefusalCode::OutOfRange);
    let nobody = CashTake { received_from: " ".to_owned(), ..take("1", 1, "EUR") };
    office.refuse("ana", ANA, Payload::CashTake(nobody), RefusalCode::Missing);
    office.accept("ana", ANA, None, Payload::ChargeAdd(charge("labour", "1", Money::new(6_500, "EUR"), 6_500)));
    office.refuse("ana", ANA, Payload::CashTake(take("2", 100, "TWD")), RefusalCode::Currencies);
}

#[test]
fn a_cash_receipt_is_a_paper_beside_the_voucher() {
    let mut office = stocked();
    let (_, voucher) = signing("visit", Content { number: "V-1".to_owned(), ..Content::default() }, &[], true);
    office.accept("ana", ANA, None, voucher);
    let before = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    office.accept("ana", ANA, None, Payload::CashTake(take("1", 12_100, "EUR")));
    let cash = CashShown {
        receipt: id("1"),
        amount: Money::new(12_100, "EUR"),
        tax: None,
        received_from: "M. Lin".to_owned(),
        method: "cash".to_owned(),
        of_number: "V-1".to_owned(),
        of: before.leaves.first().copied(),
        note: String::new(),
    };
    let content = Content {
        kind: "cash_receipt".to_owned(),
        number: "26-AB-R1".to_owned(),
        cash: Some(cash),
        ..Content::default()
    };
    // The engineer alone signs it.
    let (sealed, sign) = signing("visit", content, &[], false);
    office.accept("ana", ANA, None, sign);
    assert_eq!(office.get::<CashReceipt>(id("1")).unwrap().document, Some(sealed));
    let after = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    assert_eq!((after.leaves, after.state), (before.leaves, before.state), "the voucher stays as it was");
    assert!(office.flags().is_empty(), "{:?}", office.flags());
}
