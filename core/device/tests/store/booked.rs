//! What is booked and charged on a visit, put right and taken back: what a correction starts from, and what it keeps.

use std::sync::Arc;

use countersign_device::app::{
    App, AppError, AppOptions, ChargeTyped, PartBooking, SoftwareKey, StockPlace, SystemPlatform, TimeSpent, TimeTyped,
};
use countersign_device::screens::{ChargeLine, PartFilter, PartRow};
use countersign_device::store::files::SystemFiles;
use countersign_model::Id;
use countersign_model::decide::RefusalCode;
use countersign_model::document::{Payer, VoucherClass};
use countersign_model::entity::{
    Charge, ChargeKind, Company, Depot, Part, PartUse, TimeKind, Visit, Voucher, voucher_id,
};
use countersign_model::language::{Language, LocalText};
use countersign_model::money::Money;
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use tempfile::TempDir;

use crate::office::Office;
use crate::world::*;

pub const JOB: &str = "J-job";

/// A company that sells in euros, a part, Ana's van, a depot, and a visit that she is on; the customer pays.
fn shop() -> Office {
    let mut office = office();
    let company = Company {
        name: "Northwind Service".to_owned(),
        zone: "UTC".to_owned(),
        currency: "EUR".to_owned(),
        tax_basis_points: 2_100,
        ..Company::default()
    };
    office.save(id("company"), &Scope::reference("company"), &company);
    let depots = Scope::reference("depots");
    let depot = |name: &str, person| Depot { name: name.to_owned(), person, ..Depot::default() };
    office.save(id("van"), &depots, &depot("Van", Some(id("ana"))));
    office.save(id("store room"), &depots, &depot("Store room", None));
    save_part(&mut office, 1_000);
    let lane = job_lane();
    let voucher = Voucher {
        visit: id("visit"),
        job: id("job"),
        number: "V-job".to_owned(),
        class: VoucherClass::Paid,
        ..Voucher::default()
    };
    office.save(voucher_id(id("visit")), &lane, &voucher);
    office
}

fn save_part(office: &mut Office, minor: i64) {
    let part = Part {
        code: "HYD-12".to_owned(),
        name: LocalText::single(Language::English, "Seal"),
        price: Money::new(minor, "EUR"),
        tax_basis_points: 2_100,
        ..Part::default()
    };
    office.save(id("seal"), &Scope::reference("parts"), &part);
}

pub struct Scene {
    _folder: TempDir,
    office: Office,
    pub app: App,
}

impl Scene {
    fn new(mut office: Office) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
        let platform = Arc::new(SystemPlatform::new());
        let options = AppOptions { store: options(Arc::new(SystemFiles)), key, vault: vault(), platform };
        let app = App::open(folder.path(), options).unwrap();
        enrol(app.store(), &mut office, "phone", "ana");
        Scene { _folder: folder, office, app }
    }

    pub fn on_site() -> Scene {
        let scene = Scene::new(shop());
        scene.app.arrive(JOB).unwrap();
        scene
    }

    fn charge(&self, typed: ChargeTyped) -> Id {
        self.app.charge(JOB, self.app.charge_typed(JOB, &typed).unwrap()).unwrap()
    }

    fn charges(&self) -> Vec<ChargeLine> {
        self.app.costs_screen(JOB).unwrap().charges
    }

    fn stored(&self, charge: Id) -> Charge {
        self.app.store().read(|rows| rows.get::<Charge>(charge)).unwrap().unwrap()
    }

    fn moved(&self, part_use: Id) -> PartUse {
        self.app.store().read(|rows| rows.get::<PartUse>(part_use)).unwrap().unwrap()
    }

    fn booked(&self) -> Vec<PartRow> {
        self.app.job_screen(JOB).unwrap().parts
    }
}

pub fn charge(kind: ChargeKind, price: &str) -> ChargeTyped {
    let description = "Ferry".to_owned();
    ChargeTyped { kind, description, quantity: "2".to_owned(), price: price.to_owned(), payer: None, replaces: None }
}

#[test]
fn a_correction_of_a_charge_starts_from_what_was_typed_and_leaves_the_payer_to_the_class() {
    let scene = Scene::on_site();
    let first = scene.charge(charge(ChargeKind::Miscellaneous, "12,5"));
    let [line] = &scene.charges()[..] else { panic!("one charge") };
    assert_eq!(line.payer, Payer::Customer, "the class says who pays");
    let again =
        ChargeTyped { price: "12.50".to_owned(), replaces: Some(first), ..charge(ChargeKind::Miscellaneous, "") };
    assert_eq!(line.typed, again);
    // Only the price is put right: who pays still follows the class.
    let second = scene.charge(ChargeTyped { price: "20".to_owned(), ..line.typed.clone() });
    assert_eq!(scene.stored(second).payer, None);
    scene.app.set_class(JOB, VoucherClass::Free, "still under warranty").unwrap();
    let [line] = &scene.charges()[..] else { panic!("one charge") };
    assert_eq!((line.charge, &line.payer), (second, &Payer::Warranty));
    // A payer that a person chose stays.
    scene.charge(ChargeTyped { payer: Some(Payer::Internal), ..line.typed.clone() });
    scene.app.set_class(JOB, VoucherClass::Paid, "it is not").unwrap();
    let [line] = &scene.charges()[..] else { panic!("one charge") };
    assert_eq!((&line.payer, &line.typed.payer), (&Payer::Internal, &Some(Payer::Internal)));
}

#[test]
fn the_tax_of_a_charge_changes_with_its_kind_alone() {
    let scene = Scene::on_site();
    let entry = scene.app.charge_typed(JOB, &charge(ChargeKind::Miscellaneous, "10")).unwrap();
    assert_eq!(entry.tax_basis_points, None, "a new one takes the usual rate");
    let reduced = countersign_device::app::ChargeEntry { tax_basis_points: Some(1_000), ..entry };
    let first = scene.app.charge(JOB, reduced).unwrap();
    let typed = |replaces: Id, kind: ChargeKind| ChargeTyped { replaces: Some(replaces), ..charge(kind, "11") };
    let tax = |charge: Id| scene.stored(charge).line.tax_basis_points;
    let dearer = scene.charge(typed(first, ChargeKind::Miscellaneous));
    assert_eq!(tax(dearer), 1_000);
    let other = scene.charge(typed(dearer, ChargeKind::Travel));
    assert_eq!(tax(other), 2_100);
    let back = scene.charge(typed(other, ChargeKind::Miscellaneous));
    assert_eq!(tax(back), 1_000, "as it was before the kind was changed");
    // What was taken out comes back as it was.
    let taken_out = scene.app.remove_charge(JOB, back).unwrap();
    assert_eq!(scene.charges(), []);
    let restored = scene.charge(typed(taken_out, ChargeKind::Miscellaneous));
    assert_eq!((tax(restored), scene.charges().len()), (1_000, 1));
}

#[test]
fn what_was_corrected_already_is_not_corrected_once_more() {
    let scene = Scene::on_site();
    let first = scene.charge(charge(ChargeKind::Miscellaneous, "12"));
    let typed = |price: &str| ChargeTyped { replaces: Some(first), ..charge(ChargeKind::Miscellaneous, price) };
    let second = scene.charge(typed("13"));
    let stale = |refused: AppError| {
        assert!(
            matches!(&refused, AppError::Refused { refusal } if refusal.code == RefusalCode::ChangedSince),
            "{refused}"
        );
    };
    let entry = scene.app.charge_typed(JOB, &typed("14")).unwrap();
    stale(scene.app.charge(JOB, entry).unwrap_err());
    stale(scene.app.remove_charge(JOB, first).unwrap_err());
    assert_eq!(scene.charges().iter().map(|line| line.charge).collect::<Vec<_>>(), [second]);
    let spent = |minutes| TimeSpent { kind: TimeKind::Work, minutes, kilometres: None };
    scene.app.record_time(JOB, spent(60)).unwrap();
    let entry = scene.app.costs_screen(JOB).unwrap().times[0].entry;
    scene.app.correct_time(JOB, entry, spent(90)).unwrap();
    stale(scene.app.correct_time(JOB, entry, spent(30)).unwrap_err());
    assert_eq!(scene.app.costs_screen(JOB).unwrap().times[0].minutes, 90);
}

#[test]
fn a_price_that_is_none_is_refused() {
    let scene = Scene::on_site();
    for price in ["", "ten", "1.234", "1e3"] {
        let refused = scene.app.charge_typed(JOB, &charge(ChargeKind::Miscellaneous, price)).unwrap_err();
        assert!(matches!(refused, AppError::Refused { .. }), "{price}: {refused}");
    }
}

#[test]
fn a_part_goes_back_where_it_came_from_of_its_batch_on_its_account_and_for_its_price() {
    let mut scene = Scene::on_site();
    let store_room = StockPlace::Depot(id("store room").to_string());
    let booking = PartBooking {
        code: "hyd-12".to_owned(),
        quantity: "3".to_owned(),
        batch: "B7".to_owned(),
        from: Some(store_room.clone()),
        payer: Some(Payer::Internal),
        undoes: None,
    };
    scene.app.book_part(JOB, booking.clone()).unwrap();
    let [row] = &scene.booked()[..] else { panic!("one part") };
    let back = row.back.clone().unwrap();
    assert_eq!(back, PartBooking { code: "HYD-12".to_owned(), undoes: Some(row.part_use), ..booking });
    // Meanwhile the list changed: what goes back goes for what it was booked.
    save_part(&mut scene.office, 9_900);
    sync(scene.app.store(), &mut scene.office);
    let part_use = scene.app.take_back_part(JOB, PartBooking { quantity: "1,5".to_owned(), ..back }).unwrap();
    let moved = scene.moved(part_use);
    assert_eq!((moved.quantity.as_str(), moved.batch.as_str(), moved.depot), ("-1.5", "B7", Some(id("store room"))));
    assert_eq!((moved.payer, moved.unit_price), (Some(Payer::Internal), Some(Money::new(1_000, "EUR"))));
    // What was taken back is not taken back once more; an undo books it again.
    let taken_back = scene.booked().into_iter().find(|row| row.part_use == part_use).unwrap();
    assert_eq!(taken_back.back, None);
    let left = scene.booked().into_iter().find_map(|row| row.back).unwrap();
    assert_eq!(left.quantity, "1.5");
    let again = scene.moved(scene.app.reverse_part(JOB, part_use).unwrap());
    assert_eq!((again.quantity.as_str(), again.batch.as_str(), again.depot), ("1.5", "B7", Some(id("store room"))));
    assert_eq!(again.unit_price, Some(Money::new(1_000, "EUR")));
}

#[test]
fn of_two_bookings_of_one_part_each_goes_back_for_its_own_price() {
    let mut scene = Scene::on_site();
    scene.app.use_part(JOB, "HYD-12", "1", "").unwrap();
    save_part(&mut scene.office, 9_900);
    sync(scene.app.store(), &mut scene.office);
    scene.app.use_part(JOB, "HYD-12", "2", "").unwrap();
    let prices = |scene: &Scene| -> Vec<i64> {
        let backs: Vec<PartBooking> = scene.booked().into_iter().filter_map(|row| row.back).collect();
        let taken = backs.into_iter().map(|back| scene.app.take_back_part(JOB, back).unwrap());
        taken.map(|part_use| scene.moved(part_use).unit_price.unwrap().minor).collect()
    };
    let mut found = prices(&scene);
    found.sort_unstable();
    assert_eq!(found, [1_000, 9_900]);
    assert_eq!(prices(&scene), [0; 0], "nothing is left to take back");
}

#[test]
fn taking_back_is_the_same_with_a_minus_and_without() {
    let scene = Scene::on_site();
    scene.app.use_part(JOB, "HYD-12", "9", "").unwrap();
    for (typed, want) in [("2", "-2"), ("-2", "-2"), (" 0,5 ", "-0.5")] {
        let booking = PartBooking { code: "HYD-12".to_owned(), quantity: typed.to_owned(), ..PartBooking::default() };
        let moved = scene.moved(scene.app.take_back_part(JOB, booking).unwrap());
        assert_eq!((moved.quantity.as_str(), moved.depot), (want, Some(id("van"))), "{typed}");
    }
}

#[test]
fn a_part_is_usually_taken_out_of_ones_own_van_and_a_scanned_code_finds_its_part_first() {
    let mut office = shop();
    let part = |code: &str| Part { code: code.to_owned(), ..Part::default() };
    office.save(id("other"), &Scope::reference("parts"), &part("A HYD-12"));
    office.save(id("old"), &Scope::reference("parts"), &Part { archived: true, ..part("OLD-1") });
    let scene = Scene::new(office);
    let searched = |search: &str| {
        let filter = PartFilter { search: search.to_owned(), ..PartFilter::default() };
        scene.app.parts_screen(JOB, &filter).unwrap()
    };
    let found = searched(" hyd-12 ");
    assert_eq!(found.usual, StockPlace::Depot(id("van").to_string()));
    let places: Vec<_> = found.places.iter().map(|place| (place.depot, place.own)).collect();
    assert_eq!(places, [(id("van"), true), (id("store room"), false)]);
    assert_eq!(found.exact, Some(id("seal")));
    assert_eq!(found.parts.iter().map(|part| part.part).collect::<Vec<_>>(), [id("seal"), id("other")]);
    for none in ["", "hyd", "OLD-1", "nothing"] {
        assert_eq!(searched(none).exact, None, "{none}");
    }
    let mut office = shop();
    office.put("depot", id("van"), &Scope::reference("depots"), None);
    let scene = Scene::new(office);
    let found = scene.app.parts_screen(JOB, &PartFilter::default()).unwrap();
    assert_eq!(found.usual, StockPlace::Elsewhere);
}

#[test]
fn each_kind_of_time_has_its_own_proposal() {
    let now = SystemPlatform::new();
    let wall = countersign_device::app::Platform::wall(&now);
    let at = |minutes_ago: i64| Some(TimeRecord { wall: wall - minutes_ago * 60_000, ..TimeRecord::default() });
    let rows = [
        (None, None, ["", "", ""]),
        (at(90), None, ["", "", ""]),
        (at(90), at(60), ["61", "31", "61"]),
        (None, at(60), ["61", "", "61"]),
    ];
    for (travelled, arrived, want) in rows {
        let mut office = shop();
        let visit = Visit { travelled, arrived, ..planned("job", "ana") };
        office.save(id("visit"), &job_lane(), &visit);
        let proposed = Scene::new(office).app.times_proposed(JOB).unwrap();
        let typed =
            |kind: TimeKind, minutes: &str| TimeTyped { kind, minutes: minutes.to_owned(), ..TimeTyped::default() };
        let [work, travel, waiting] = want;
        let want = [typed(TimeKind::Work, work), typed(TimeKind::Travel, travel), typed(TimeKind::Waiting, waiting)];
        assert_eq!(proposed, want, "{visit:?}");
    }
}

#[test]
fn the_last_word_on_a_charge_is_taken_back_whatever_it_was() {
    let scene = Scene::on_site();
    let standing = || scene.charges().into_iter().map(|line| (line.charge, line.typed.price)).collect::<Vec<_>>();
    let undo = |charge| scene.app.undo_charge(JOB, charge).unwrap();
    // A new one goes.
    undo(scene.charge(charge(ChargeKind::Miscellaneous, "7")));
    assert_eq!(standing(), []);
    // A correction gives way to what was there, with its payer.
    let payer = Some(Payer::Internal);
    let first = scene.charge(ChargeTyped { payer: payer.clone(), ..charge(ChargeKind::Miscellaneous, "10") });
    let second = scene.charge(ChargeTyped { replaces: Some(first), ..charge(ChargeKind::Labour, "20") });
    let third = undo(second);
    assert_eq!(standing(), [(third, "10.00".to_owned())]);
    let stored = scene.stored(third);
    assert_eq!((stored.kind, stored.payer, stored.quantity), (ChargeKind::Miscellaneous, payer, "2".to_owned()));
    // What was taken out comes back.
    let gone = scene.app.remove_charge(JOB, third).unwrap();
    assert_eq!(standing(), []);
    let back = undo(gone);
    assert_eq!(standing(), [(back, "10.00".to_owned())]);
    assert!(matches!(scene.app.undo_charge(JOB, id("none")), Err(AppError::NotFound { .. })));
}
