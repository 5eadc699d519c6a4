//! The sample company (`hub init --sample`): people of every role, customers in three languages, machines, parts with
//! prices, the service form. Everything is given as commands through the judge, like the office would.

mod codes;
mod customers;
mod parts;
mod stock;

use countersign_forms::samples::{QUICK_CHECK, SERVICE_VISIT};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{
    Branch, ChargeKind, Company, MachineModel, Part, PartGroup, Person, Policy, Price, Rate, Role, price_id,
};
use countersign_model::money::Money;
use countersign_model::{Digest, Id, Language, LocalText};

use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Actor;

/// Spanish standard rate, basis points.
const TAX: i64 = 2_100;
const CURRENCY: &str = "EUR";

/// Name, address, phone.
const BRANCHES: &[(&str, &str, &str)] = &[
    ("Valencia", "Carrer de la Llotja 14\n46001 València", "+34 960 000 100"),
    ("Zaragoza", "Polígono Cogullada, nave 22\n50014 Zaragoza", "+34 976 000 110"),
    ("台北", "台北市內湖區瑞光路 88 號", "+886 2 0000 0120"),
];

use Language::{English, SimplifiedChinese, Spanish, TraditionalChinese};

/// Name, role, language, branch.
const PEOPLE: &[(&str, Role, Language, usize)] = &[
    ("Ana Ruiz", Role::Engineer, Spanish, 0),
    ("Tom Becker", Role::Engineer, English, 0),
    ("林志明", Role::Engineer, TraditionalChinese, 2),
    ("Lucía Ferrer", Role::TrainingRep, Spanish, 1),
    ("Marta Vidal", Role::Manager, Spanish, 0),
    ("陈伟", Role::Manager, SimplifiedChinese, 2),
    ("Grace Howell", Role::CallDesk, English, 0),
    ("Pau Serra", Role::StoreKeeper, Spanish, 0),
    ("Irene Costa", Role::Accountant, Spanish, 0),
    ("王丽", Role::ProductDesigner, SimplifiedChinese, 2),
    ("Jorge Pina", Role::Sales, Spanish, 1),
    ("Helen Ward", Role::Auditor, English, 0),
    ("Nuria Soler", Role::Administrator, Spanish, 0),
];

/// Key, the name in the four languages, and the parts that wear.
const MODELS: &[(&str, [&str; 4], &[&str])] = &[
    (
        "h7",
        ["Hydraulic press H7", "Prensa hidráulica H7", "液压机 H7", "液壓機 H7"],
        &["SEAL-KIT-H7", "SEAL-0042", "FILTER-10", "HOSE-12-1500", "OIL-HLP46-20"],
    ),
    (
        "c3",
        ["Screw compressor C3", "Compresor de tornillo C3", "螺杆压缩机 C3", "螺桿壓縮機 C3"],
        &["FILTER-AIR", "FILTER-SEP", "BELT-C3-1250", "OIL-VDL46-05"],
    ),
    (
        "m5",
        ["Machining centre M5", "Centro de mecanizado M5", "加工中心 M5", "加工中心 M5"],
        &["BEARING-SPIN", "BATTERY-CNC", "SWITCH-LIM", "GREASE-EP2"],
    ),
];

/// Puts the sample company into a new hub.
pub(crate) fn fill(hub: &Hub) -> Outcome {
    let system = hub.system();
    complete_company(hub, &system)?;
    let branches = add_branches(hub, &system)?;
    add_people(hub, &system, &branches)?;
    let form = hub.publish_form(&system, SERVICE_VISIT, "service")?;
    let quick = hub.publish_form(&system, QUICK_CHECK, "service")?;
    let models = add_models(hub, &system, form, quick)?;
    customers::add(hub, &system, &models)?;
    codes::add(hub, &system)?;
    let parts = add_parts(hub, &system)?;
    add_prices(hub, &system, &parts)?;
    add_rates(hub, &system)?;
    stock::add(hub, &system, &branches, &parts)
}

fn complete_company(hub: &Hub, system: &Actor) -> Outcome {
    let Some((row, company)) = hub.all::<Company>()?.into_iter().next() else { return Ok(()) };
    let company = Company {
        address: "Carrer de la Llotja 14\n46001 València".to_owned(),
        phone: "+34 960 000 100".to_owned(),
        zone: "Europe/Madrid".to_owned(),
        currency: CURRENCY.to_owned(),
        tax_basis_points: TAX,
        tax_label: "IVA / VAT".to_owned(),
        tax_number: "ES B-00000000".to_owned(),
        email: "service@example.com".to_owned(),
        ..company
    };
    hub.save(system, row.id, &company)
}

fn add_branches(hub: &Hub, system: &Actor) -> Outcome<Vec<Id>> {
    let mut ids = Vec::new();
    for (name, address, phone) in BRANCHES {
        let id = hub.new_id()?;
        let branch = Branch {
            name: (*name).to_owned(),
            address: (*address).to_owned(),
            phone: (*phone).to_owned(),
            ..Branch::default()
        };
        hub.save(system, id, &branch)?;
        ids.push(id);
    }
    Ok(ids)
}

fn add_people(hub: &Hub, system: &Actor, branches: &[Id]) -> Outcome {
    for (name, role, language, branch) in PEOPLE {
        let person = Person {
            name: (*name).to_owned(),
            roles: vec![role.clone()],
            language: *language,
            branch: branches.get(*branch).copied(),
            ..Person::default()
        };
        hub.save(system, hub.new_id()?, &person)?;
    }
    Ok(())
}

/// Ids of the models by their key.
type Models = Vec<(&'static str, Id)>;

/// Compressors are looked after with the short form, everything else with the whole one.
fn add_models(hub: &Hub, system: &Actor, whole: Digest, quick: Digest) -> Outcome<Models> {
    let mut models = Models::new();
    for (key, names, wear) in MODELS {
        let id = hub.new_id()?;
        let form = if *key == "c3" { quick } else { whole };
        let model = MachineModel {
            name: LocalText::four(*names),
            form: Some(form),
            meter_unit: "h".to_owned(),
            wear_parts: wear.iter().map(|code| (*code).to_owned()).collect(),
            ..MachineModel::default()
        };
        hub.save(system, id, &model)?;
        models.push((key, id));
    }
    Ok(models)
}

/// Ids of the parts with their codes and prices in cents, in the order of the list.
type Parts = Vec<(Id, &'static str, i64)>;

fn add_parts(hub: &Hub, system: &Actor) -> Outcome<Parts> {
    let mut added = Parts::new();
    for (code, price, wear, names) in parts::PARTS {
        let part = Part {
            code: (*code).to_owned(),
            name: LocalText::four(*names),
            price: Money::new(*price, CURRENCY),
            tax_basis_points: TAX,
            wear: *wear,
            group: group_of(code, *wear),
            unit: if code.starts_with("OIL") { "can" } else { "" }.to_owned(),
            ..Part::default()
        };
        let id = hub.new_id()?;
        hub.save(system, id, &part)?;
        added.push((id, code, *price));
    }
    Ok(added)
}

fn group_of(code: &str, wears: bool) -> PartGroup {
    match code.split('-').next().unwrap_or_default() {
        "OIL" | "GREASE" | "FILTER" => PartGroup::Consumable,
        "BEARING" | "ORING" | "FUSE" | "RELAY" => PartGroup::Standard,
        _ if wears => PartGroup::Wear,
        _ => PartGroup::Standard,
    }
}

/// Price lists of the customers in Asia: the price in euros at a round rate, with the tax of the place.
fn add_prices(hub: &Hub, system: &Actor, parts: &Parts) -> Outcome {
    // (list, minor units per cent of a euro, basis points)
    for (list, factor, tax) in [("CNY", 8, 1_300), ("TWD", 35, 500)] {
        for (part, _, cents) in parts {
            let price = Price {
                list: list.to_owned(),
                part: *part,
                price: Money::new(cents.saturating_mul(factor), list),
                tax_basis_points: tax,
                ..Price::default()
            };
            hub.save(system, price_id(list, *part), &price)?;
        }
    }
    Ok(())
}

/// What labour, travel and kilometres cost on each list; prices stay hidden under warranty and on internal work.
fn add_rates(hub: &Hub, system: &Actor) -> Outcome {
    use ChargeKind::{CallOut, Kilometres, Labour, Travel, Waiting};
    let lists = [("EUR", 1, TAX), ("CNY", 8, 600), ("TWD", 35, 500)];
    let kinds = [(CallOut, 3_500), (Labour, 6_200), (Travel, 4_800), (Waiting, 4_800), (Kilometres, 42)];
    let rates = lists.iter().flat_map(|(list, factor, tax)| {
        kinds.iter().map(move |(kind, cents): &(ChargeKind, i64)| Rate {
            kind: kind.clone(),
            price: Money::new(cents.saturating_mul(*factor), list),
            tax_basis_points: *tax,
        })
    });
    let rates: Vec<Rate> = rates.collect();
    let Some((row, policy)) = hub.all::<Policy>()?.into_iter().next() else { return Ok(()) };
    let hide_prices = vec![VoucherClass::Free, VoucherClass::Internal];
    hub.save(system, row.id, &Policy { rates, hide_prices, ..policy })
}
