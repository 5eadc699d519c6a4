//! The sample company's customers with their sites, contacts and machines.

use countersign_model::entity::{Contact, Customer, Machine, Site};
use countersign_model::{Id, Language};

use super::Models;
use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Actor;

/// A customer with everything that hangs under it.
struct Sample {
    name: &'static str,
    address: &'static str,
    phone: &'static str,
    language: Language,
    /// Code of the list of customer classes.
    class: &'static str,
    /// Currency of their price list; empty for the company's.
    currency: &'static str,
    /// Name and address.
    sites: &'static [(&'static str, &'static str)],
    /// Name, position, phone.
    contacts: &'static [(&'static str, &'static str, &'static str)],
    machines: &'static [SampleMachine],
}

/// A machine, its site by place in the list above.
struct SampleMachine {
    model: &'static str,
    serial: &'static str,
    site: usize,
    place: &'static str,
    /// `YYYY-MM-DD`; empty for none.
    warranty_until: &'static str,
    contract: &'static str,
    meter: &'static str,
}

const fn machine(
    model: &'static str,
    serial: &'static str,
    site: usize,
    place: &'static str,
    warranty_until: &'static str,
    contract: &'static str,
    meter: &'static str,
) -> SampleMachine {
    SampleMachine { model, serial, site, place, warranty_until, contract, meter }
}

const CUSTOMERS: &[Sample] = &[
    Sample {
        name: "Acme Farm",
        address: "Mill Lane 3\n46011 València",
        phone: "+34 960 000 201",
        language: Language::English,
        class: "comprehensive",
        currency: "",
        sites: &[("Packing hall", "Mill Lane 3, hall B\n46011 València")],
        contacts: &[("M. Lin", "Production manager", "+34 600 000 211"), ("Joe Marsh", "Operator", "+34 600 000 212")],
        machines: &[
            machine("h7", "H7-3391", 0, "Line 2, left press", "", "", "18240"),
            machine("c3", "C3-1107", 0, "Compressor room", "", "SC-2025-014", "9120"),
        ],
    },
    Sample {
        name: "Talleres Ebro S.L.",
        address: "Calle del Molino 8\n50013 Zaragoza",
        phone: "+34 976 000 301",
        language: Language::Spanish,
        class: "special",
        currency: "",
        sites: &[
            ("Nave principal", "Calle del Molino 8\n50013 Zaragoza"),
            ("Almacén", "Camino Viejo 2\n50013 Zaragoza"),
        ],
        contacts: &[("Pilar Gracia", "Jefa de taller", "+34 600 000 311")],
        machines: &[
            machine("m5", "M5-0218", 0, "Celda 1", "2031-06-30", "", "3105"),
            machine("h7", "H7-3407", 0, "Zona de prensas", "", "SC-2024-102", "22018"),
            machine("c3", "C3-1188", 1, "Altillo", "", "", "15420"),
        ],
    },
    Sample {
        name: "苏州恒力精密机械有限公司",
        address: "苏州市工业园区星湖街 218 号",
        phone: "+86 512 0000 0401",
        language: Language::SimplifiedChinese,
        class: "comprehensive",
        currency: "CNY",
        sites: &[("一号车间", "苏州市工业园区星湖街 218 号 1 号楼")],
        contacts: &[("赵敏", "设备科长", "+86 139 0000 0411")],
        machines: &[
            machine("m5", "M5-0305", 0, "三号线", "2031-12-31", "", "1280"),
            machine("m5", "M5-0306", 0, "四号线", "", "SC-2025-031", "6402"),
        ],
    },
    Sample {
        name: "台中永順工業股份有限公司",
        address: "台中市西屯區工業區一路 56 號",
        phone: "+886 4 0000 0501",
        language: Language::TraditionalChinese,
        class: "appropriate",
        currency: "TWD",
        sites: &[("精機廠", "台中市西屯區工業區一路 56 號")],
        contacts: &[("張怡君", "廠務主任", "+886 900 000 511")],
        machines: &[machine("h7", "H7-3520", 0, "沖壓區", "", "", "11876")],
    },
];

/// Adds every sample customer.
pub(super) fn add(hub: &Hub, system: &Actor, models: &Models) -> Outcome {
    CUSTOMERS.iter().try_for_each(|sample| add_one(hub, system, models, sample))
}

fn add_one(hub: &Hub, system: &Actor, models: &Models, sample: &Sample) -> Outcome {
    let customer = hub.new_id()?;
    let body = Customer {
        name: sample.name.to_owned(),
        address: sample.address.to_owned(),
        phone: sample.phone.to_owned(),
        language: sample.language,
        class: sample.class.to_owned(),
        currency: sample.currency.to_owned(),
        ..Customer::default()
    };
    hub.save(system, customer, &body)?;
    let mut sites: Vec<Id> = Vec::new();
    for (name, address) in sample.sites {
        let site = hub.new_id()?;
        let body = Site { customer, name: (*name).to_owned(), address: (*address).to_owned(), ..Site::default() };
        hub.save(system, site, &body)?;
        sites.push(site);
    }
    for (name, position, phone) in sample.contacts {
        let body = Contact {
            customer,
            name: (*name).to_owned(),
            phone: (*phone).to_owned(),
            position: (*position).to_owned(),
            ..Contact::default()
        };
        hub.save(system, hub.new_id()?, &body)?;
    }
    sample.machines.iter().try_for_each(|machine| add_machine(hub, system, models, customer, &sites, machine))
}

fn add_machine(
    hub: &Hub,
    system: &Actor,
    models: &Models,
    customer: Id,
    sites: &[Id],
    sample: &SampleMachine,
) -> Outcome {
    let model = models.iter().find(|(key, _)| *key == sample.model).map(|(_, id)| *id).unwrap_or_default();
    let body = Machine {
        model,
        serial: sample.serial.to_owned(),
        customer,
        site: sites.get(sample.site).copied(),
        place: sample.place.to_owned(),
        warranty_until: sample.warranty_until.to_owned(),
        contract: sample.contract.to_owned(),
        meter: sample.meter.to_owned(),
        ..Machine::default()
    };
    hub.save(system, hub.new_id()?, &body)
}
