//! The index of parts and machines: what is found, in which order, and that it follows what the office says.

use std::collections::BTreeSet;
use std::sync::Arc;

use countersign_device::app::{App, AppOptions, PartBooking, SoftwareKey, SystemPlatform};
use countersign_device::screens::{PartFilter, PartsScreen};
use countersign_device::store::Store;
use countersign_device::store::files::SystemFiles;
use countersign_model::entity::{Depot, Machine, MachineModel, Part, Stock, stock_id};
use countersign_model::language::{Language, LocalText};
use countersign_model::record::{Scope, kind};

use crate::office::Office;
use crate::world::*;

fn parts_scope() -> Scope {
    Scope::reference("parts")
}

fn part(code: &str, names: [&str; 4]) -> Part {
    Part { code: code.to_owned(), name: LocalText::four(names), ..Part::default() }
}

fn plain(code: &str) -> Part {
    Part { code: code.to_owned(), name: LocalText::single(Language::English, code), ..Part::default() }
}

fn save(office: &mut Office, name: &str, part: &Part) {
    office.save(id(name), &parts_scope(), part);
}

/// A device of Ana's, and what it has of the office.
fn device(office: &mut Office) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    enrol(&store, office, "phone", "ana");
    (folder, store)
}

fn codes(store: &Store, typed: &str) -> Vec<String> {
    let found = store.read(|rows| rows.parts_with(typed, None, 50)).unwrap();
    found.into_iter().map(|(_, part)| part.code).collect()
}

fn by_code(store: &Store, code: &str) -> Option<String> {
    store.read(|rows| rows.part_by_code(code)).unwrap().map(|(_, part)| part.code)
}

fn catalogue() -> Office {
    let mut office = office();
    save(&mut office, "seal", &part("HYD-12/7", ["Shaft seal 3\"", "Retén de eje", "轴封套件", "軸封套件"]));
    save(&mut office, "filter", &part("FIL-120", ["Oil filter", "Filtro de aceite", "机油滤芯", "機油濾芯"]));
    save(&mut office, "belt", &part("BLT 9", ["Drive belt", "Correa", "传动皮带", "傳動皮帶"]));
    office
}

#[test]
fn parts_are_found_by_beginnings_of_words_pieces_of_codes_and_chinese_characters() {
    let (_folder, store) = device(&mut catalogue());
    let rows: [(&str, &[&str]); 18] = [
        ("", &["BLT 9", "FIL-120", "HYD-12/7"]),
        ("seal", &["HYD-12/7"]),
        ("SHA sea", &["HYD-12/7"]),
        ("eal", &[]),
        ("reten", &["HYD-12/7"]),
        ("hyd-12", &["HYD-12/7"]),
        ("12/7", &["HYD-12/7"]),
        ("hyd127", &["HYD-12/7"]),
        ("12", &["FIL-120", "HYD-12/7"]),
        ("120", &["FIL-120"]),
        ("blt9", &["BLT 9"]),
        ("轴封", &["HYD-12/7"]),
        ("套件", &["HYD-12/7"]),
        ("滤芯 fil", &["FIL-120"]),
        ("封轴", &[]),
        ("3\"", &["HYD-12/7"]),
        ("\"oil\" OR belt*", &[]),
        ("-- \"*", &[]),
    ];
    for (typed, want) in rows {
        assert_eq!(codes(&store, typed), want, "{typed}");
    }
}

#[test]
fn a_code_is_looked_up_whole_and_without_case() {
    let (_folder, store) = device(&mut catalogue());
    assert_eq!(by_code(&store, " hyd-12/7 ").as_deref(), Some("HYD-12/7"));
    for none in ["", "HYD", "HYD-12", "HYD-12/70", "%"] {
        assert_eq!(by_code(&store, none), None, "{none}");
    }
}

#[test]
fn the_index_follows_a_rename_an_archived_part_and_one_that_is_gone() {
    let mut office = catalogue();
    let (_folder, store) = device(&mut office);
    save(&mut office, "belt", &part("CRD-9", ["Round cord", "", "", ""]));
    save(&mut office, "filter", &Part { archived: true, ..plain("FIL-120") });
    office.put(kind::PART, id("seal"), &parts_scope(), None);
    sync(&store, &mut office);
    assert_eq!(codes(&store, ""), ["CRD-9"]);
    assert_eq!((codes(&store, "belt"), codes(&store, "cord")), (vec![], vec!["CRD-9".to_owned()]));
    assert_eq!((by_code(&store, "BLT 9"), by_code(&store, "HYD-12/7")), (None, None));
    // What was booked with it is still named by it; a part of the same code that stands comes first.
    assert_eq!(by_code(&store, "fil-120").as_deref(), Some("FIL-120"));
    save(&mut office, "successor", &plain("fil-120"));
    sync(&store, &mut office);
    assert_eq!(by_code(&store, "FIL-120").as_deref(), Some("fil-120"));
}

#[test]
fn a_hub_of_another_epoch_leaves_nothing_of_the_one_before_in_the_index() {
    let mut office = catalogue();
    let (_folder, store) = device(&mut office);
    office.rows.retain(|(kind_name, row), _| kind_name != kind::PART || *row == id("seal"));
    office.feed.retain(|row| row.kind != kind::PART || row.id == id("seal"));
    office.epoch = "e2".to_owned();
    sync(&store, &mut office);
    assert_eq!(codes(&store, ""), ["HYD-12/7"]);
    assert_eq!(codes(&store, "filter"), Vec::<String>::new());
    let machine = store.read(|rows| rows.machine_by_serial("3391")).unwrap();
    assert_eq!(machine.map(|(found, _)| found), Some(id("machine")));
}

#[test]
fn a_machine_is_found_by_its_serial_the_exactly_written_one_first() {
    let mut office = office();
    let scope = Scope::machine(id("machine"));
    let with = |serial: &str| Machine { serial: serial.to_owned(), customer: id("acme"), ..Machine::default() };
    office.save(id("machine"), &scope, &with("ab-1"));
    office.save(id("other"), &scope, &with("AB-1"));
    let (_folder, store) = device(&mut office);
    let find = |serial: &str| store.read(|rows| rows.machine_by_serial(serial)).unwrap().map(|(found, _)| found);
    assert_eq!((find(" ab-1"), find("AB-1")), (Some(id("machine")), Some(id("other"))));
    assert!(find("Ab-1").is_some());
    assert_eq!((find("3391"), find("ab")), (None, None));
    office.save(id("machine"), &scope, &with("ab-2"));
    sync(&store, &mut office);
    assert_eq!((find("ab-1"), find("ab-2")), (Some(id("other")), Some(id("machine"))));
}

fn app(folder: &tempfile::TempDir) -> App {
    let store = options(Arc::new(SystemFiles));
    let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
    App::open(folder.path(), AppOptions { store, key, vault: vault(), platform: Arc::new(SystemPlatform::new()) })
        .unwrap()
}

/// Every page of the picker, one after the other.
fn pages(app: &App, search: &str, limit: u32) -> Vec<PartsScreen> {
    let mut filter = PartFilter { search: search.to_owned(), after: None, limit };
    let mut pages = Vec::new();
    loop {
        let page = app.parts_screen("J-job", &filter).unwrap();
        let (more, last) = (page.more, page.parts.last().map(|row| row.part));
        pages.push(page);
        if !more {
            return pages;
        }
        filter.after = last;
    }
}

fn listed(pages: &[PartsScreen]) -> Vec<String> {
    pages.iter().flat_map(|page| page.parts.iter().map(|row| row.code.clone())).collect()
}

/// Three thousand parts: ids and codes are in different orders, some codes stand twice, one part in ten is archived.
fn long_list(office: &mut Office) -> Vec<Part> {
    for place in 0..3_000_u32 {
        let number = place * 7 % 3_000;
        let code = if place % 10 == 3 { format!("P-{:04}", number / 2) } else { format!("P-{number:04}") };
        save(office, &format!("part {place}"), &Part { archived: place % 10 == 5, ..plain(&code) });
    }
    office.all::<Part>().into_iter().filter(|part| !part.archived).collect()
}

#[test]
fn three_thousand_parts_page_by_code_without_loss_or_repeat_those_that_wear_first() {
    let mut office = office();
    let standing = long_list(&mut office);
    let wear_parts = ["P-2000", "p-0007", "none", "P-2000"].map(str::to_owned).to_vec();
    let model = MachineModel { wear_parts, ..MachineModel::default() };
    office.save(id("model"), &Scope::reference("models"), &model);
    let machine = Machine { serial: "3391".to_owned(), customer: id("acme"), model: id("model"), ..Machine::default() };
    office.save(id("machine"), &Scope::machine(id("machine")), &machine);
    let (folder, _store) = device(&mut office);
    let app = app(&folder);

    let pages_of_all = pages(&app, "", 40);
    let rows: Vec<_> = pages_of_all.iter().flat_map(|page| page.parts.iter()).collect();
    assert_eq!(rows.len(), standing.len());
    assert_eq!(rows.iter().map(|row| row.part).collect::<BTreeSet<_>>().len(), standing.len());
    assert_eq!(rows.iter().take(2).map(|row| row.code.as_str()).collect::<Vec<_>>(), ["P-2000", "P-0007"]);
    assert!(rows.iter().skip(2).map(|row| &row.code).is_sorted());

    // A word that every part has, one that some have, one of one part: few hits and many are found in different ways.
    for (search, begins) in [("p", "P-"), ("p-02", "P-02"), ("P-2000", "P-2000")] {
        let mut want: Vec<String> =
            standing.iter().map(|part| part.code.clone()).filter(|code| code.starts_with(begins)).collect();
        want.sort();
        assert_eq!(listed(&pages(&app, search, 25)), want, "{search}");
    }
}

#[test]
fn own_movements_that_are_not_sent_are_still_counted_in() {
    let mut office = catalogue();
    let depots = Scope::reference("depots");
    let van = Depot { name: "Van".to_owned(), person: Some(id("ana")), ..Depot::default() };
    office.save(id("van"), &depots, &van);
    let stock = Stock {
        depot: id("van"),
        part: id("seal"),
        code: "HYD-12/7".to_owned(),
        quantity: "4".to_owned(),
        ..Stock::default()
    };
    office.save(stock_id(id("van"), id("seal")), &depots, &stock);
    let (folder, store) = device(&mut office);
    let app = app(&folder);
    give(&store, &draft("arrive", &job_lane(), None, arrive("visit"))).unwrap();
    let booking = PartBooking { code: "hyd-12/7".to_owned(), quantity: "3".to_owned(), ..PartBooking::default() };
    app.book_part("J-job", booking).unwrap();
    let filter = PartFilter { search: "seal".to_owned(), ..PartFilter::default() };
    let picked = app.parts_screen("J-job", &filter).unwrap();
    let left: Vec<String> =
        picked.parts.iter().flat_map(|row| row.stock.iter().map(|stock| stock.quantity.clone())).collect();
    assert_eq!(left, ["1"]);
}
