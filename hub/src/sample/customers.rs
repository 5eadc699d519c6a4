//! Customers in four languages with sites, contacts and machines of three models.

use countersign_model::entity::{Contact, Customer, Machine, MachineModel, Site};
use countersign_model::{Digest, Id, Language, LocalText};

use crate::error::Outcome;
use crate::hub::Hub;

/// One customer with a site, a contact and machines.
struct Sample {
    name: &'static str,
    language: Language,
    address: &'static str,
    phone: &'static str,
    site: &'static str,
    contact: (&'static str, &'static str),
    /// Model (index), serial, place, end of warranty, contract.
    machines: &'static [(usize, &'static str, &'static str, &'static str, &'static str)],
}

const MODELS: [[&str; 4]; 3] = [
    ["Harvester H7", "Cosechadora H7", "H7 收割机", "H7 收割機"],
    ["Centrifugal pump CP-7", "Bomba centrífuga CP-7", "CP-7 离心泵", "CP-7 離心泵"],
    ["Milling machine M20", "Fresadora M20", "M20 铣床", "M20 銑床"],
];

const CUSTOMERS: &[Sample] = &[
    Sample {
        name: "Acme Farm",
        language: Language::English,
        address: "Low Moor Road\nDoncaster DN4 1AB\nUnited Kingdom",
        phone: "+44 1302 496 0199",
        site: "North barn",
        contact: ("Maria Lindqvist", "Farm manager"),
        machines: &[
            (0, "H7-3391", "North barn, bay 2", "2025-03-31", ""),
            (0, "H7-3407", "North barn, bay 3", "2027-06-30", ""),
        ],
    },
    Sample {
        name: "Mecánica de Precisión Ibáñez, S. A.",
        language: Language::Spanish,
        address: "C/ Peñuelas 12\n28005 Madrid\nEspaña",
        phone: "+34 910 496 012",
        site: "Nave 2",
        contact: ("Jorge Peña", "Jefe de mantenimiento"),
        machines: &[(1, "CP7-4711", "Sala de bombas", "", "C-2024-118"), (2, "M20-0088", "Línea 4", "2026-12-31", "")],
    },
    Sample {
        name: "上海精密机械股份有限公司",
        language: Language::SimplifiedChinese,
        address: "上海市浦东新区世纪大道100号",
        phone: "+86 21 5550 0142",
        site: "一号车间",
        contact: ("王建国", "设备科长"),
        machines: &[(2, "M20-0151", "一号车间三号位", "", "C-2025-031"), (1, "CP7-5120", "给水泵房", "", "")],
    },
    Sample {
        name: "台灣精密機械股份有限公司",
        language: Language::TraditionalChinese,
        address: "臺北市信義區市府路1號3樓",
        phone: "+886 2 5550 0173",
        site: "龍潭廠",
        contact: ("林怡君", "廠務主任"),
        machines: &[(1, "CP7-5306", "三號離心泵", "2026-09-30", "")],
    },
];

/// Saves models, customers, sites, contacts and machines.
pub(super) fn fill(hub: &Hub, form: Digest) -> Outcome {
    let models = MODELS.iter().map(|names| model(hub, *names, form)).collect::<Outcome<Vec<Id>>>()?;
    CUSTOMERS.iter().try_for_each(|sample| customer(hub, sample, &models))
}

fn model(hub: &Hub, names: [&str; 4], form: Digest) -> Outcome<Id> {
    let id = hub.new_id()?;
    let model = MachineModel { name: LocalText::four(names), form: Some(form), ..MachineModel::default() };
    hub.save(&hub.system(), id, &model)?;
    Ok(id)
}

fn customer(hub: &Hub, sample: &Sample, models: &[Id]) -> Outcome {
    let system = hub.system();
    let (customer, site) = (hub.new_id()?, hub.new_id()?);
    let body = Customer {
        name: sample.name.to_owned(),
        address: sample.address.to_owned(),
        phone: sample.phone.to_owned(),
        language: sample.language,
        ..Customer::default()
    };
    hub.save(&system, customer, &body)?;
    let place = Site { customer, name: sample.site.to_owned(), address: sample.address.to_owned(), ..Site::default() };
    hub.save(&system, site, &place)?;
    let (name, position) = sample.contact;
    let contact = Contact {
        customer,
        name: name.to_owned(),
        phone: sample.phone.to_owned(),
        position: position.to_owned(),
        ..Contact::default()
    };
    hub.save(&system, hub.new_id()?, &contact)?;
    for (model, serial, place, warranty_until, contract) in sample.machines {
        let machine = Machine {
            model: models.get(*model).copied().unwrap_or_default(),
            serial: (*serial).to_owned(),
            customer,
            site: Some(site),
            place: (*place).to_owned(),
            warranty_until: (*warranty_until).to_owned(),
            contract: (*contract).to_owned(),
            ..Machine::default()
        };
        hub.save(&system, hub.new_id()?, &machine)?;
    }
    Ok(())
}
