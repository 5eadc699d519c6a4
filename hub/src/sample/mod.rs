//! The sample company (`hub init --sample`): people of every role, customers in three languages, machines, parts with
//! prices, the service form. Everything is given as commands through the judge, like the office would.

mod customers;
mod parts;

use countersign_forms::samples::{QUICK_CHECK, SERVICE_VISIT};
use countersign_model::entity::{Branch, Company, MachineModel, Part, Person, Role};
use countersign_model::money::Money;
use countersign_model::{Digest, Id, Language, LocalText};

use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Actor;

/// Spanish standard rate, basis points.
const TAX: i64 = 2_100;
const CURRENCY: &str = "EUR";

const BRANCHES: &[(&str, &str)] = &[
    ("Valencia", "Carrer de la Llotja 14\n46001 València"),
    ("Zaragoza", "Polígono Cogullada, nave 22\n50014 Zaragoza"),
    ("台北", "台北市內湖區瑞光路 88 號"),
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

/// Key, and the name in the four languages.
const MODELS: &[(&str, [&str; 4])] = &[
    ("h7", ["Hydraulic press H7", "Prensa hidráulica H7", "液压机 H7", "液壓機 H7"]),
    ("c3", ["Screw compressor C3", "Compresor de tornillo C3", "螺杆压缩机 C3", "螺桿壓縮機 C3"]),
    ("m5", ["Machining centre M5", "Centro de mecanizado M5", "加工中心 M5", "加工中心 M5"]),
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
    add_parts(hub, &system)
}

fn complete_company(hub: &Hub, system: &Actor) -> Outcome {
    let Some((row, company)) = hub.all::<Company>()?.into_iter().next() else { return Ok(()) };
    let company = Company {
        address: "Carrer de la Llotja 14\n46001 València".to_owned(),
        phone: "+34 960 000 100".to_owned(),
        zone: "Europe/Madrid".to_owned(),
        currency: CURRENCY.to_owned(),
        tax_basis_points: TAX,
        ..company
    };
    hub.save(system, row.id, &company)
}

fn add_branches(hub: &Hub, system: &Actor) -> Outcome<Vec<Id>> {
    let mut ids = Vec::new();
    for (name, address) in BRANCHES {
        let id = hub.new_id()?;
        let branch = Branch { name: (*name).to_owned(), address: (*address).to_owned(), ..Branch::default() };
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
    for (key, names) in MODELS {
        let id = hub.new_id()?;
        let form = if *key == "c3" { quick } else { whole };
        let model = MachineModel { name: LocalText::four(*names), form: Some(form), ..MachineModel::default() };
        hub.save(system, id, &model)?;
        models.push((key, id));
    }
    Ok(models)
}

fn add_parts(hub: &Hub, system: &Actor) -> Outcome {
    for (code, price, wear, names) in parts::PARTS {
        let part = Part {
            code: (*code).to_owned(),
            name: LocalText::four(*names),
            price: Money::new(*price, CURRENCY),
            tax_basis_points: TAX,
            wear: *wear,
            ..Part::default()
        };
        hub.save(system, hub.new_id()?, &part)?;
    }
    Ok(())
}
