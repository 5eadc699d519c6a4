//! The sample company: people for each role, customers in four languages, machines, parts, the service form. Everything
//! goes through the judge as the hub's own commands; only names and numbers are made up.

mod catalogue;
mod customers;

use std::io::Cursor;

use countersign_forms::samples::SERVICE_VISIT;
use countersign_model::entity::{Branch, Company, FormVersion, Role};
use countersign_model::{Digest, Language};

use crate::error::Outcome;
use crate::hub::Hub;

/// Name, roles, language.
const PEOPLE: &[(&str, &[Role], Language)] = &[
    ("Ana Ruiz", &[Role::Engineer], Language::English),
    ("Lin Yi-Jun", &[Role::Engineer], Language::TraditionalChinese),
    ("Íñigo Núñez", &[Role::Engineer], Language::Spanish),
    ("Chen Xiaogu", &[Role::TrainingRep], Language::SimplifiedChinese),
    ("Martin Hale", &[Role::Manager], Language::English),
    ("Sofía Ibáñez", &[Role::Manager], Language::Spanish),
    ("Dana Whitfield", &[Role::CallDesk], Language::English),
    ("Piotr Zielinski", &[Role::StoreKeeper], Language::English),
    ("Grace Okafor", &[Role::Accountant], Language::English),
    ("Wang Shu", &[Role::ProductDesigner], Language::SimplifiedChinese),
    ("Tomás Vega", &[Role::Sales], Language::Spanish),
    ("Ruth Adler", &[Role::Auditor], Language::English),
    ("Adele Moreau", &[Role::Administrator], Language::English),
];

/// Fills a new hub.
pub(crate) fn fill(hub: &Hub) -> Outcome {
    let system = hub.system();
    let company = hub.get::<Company>(hub.tenant())?.map(|(_, company)| company).unwrap_or_default();
    let company = Company {
        address: "4 Foundry Lane\nSheffield S9 2XX\nUnited Kingdom".to_owned(),
        phone: "+44 114 496 0101".to_owned(),
        zone: "Europe/London".to_owned(),
        currency: "EUR".to_owned(),
        tax_basis_points: 2100,
        ..company
    };
    hub.save(&system, hub.tenant(), &company)?;
    for (name, address) in [("Sheffield", "4 Foundry Lane, Sheffield"), ("Valencia", "C/ del Puerto 18, Valencia")] {
        let branch = Branch { name: name.to_owned(), address: address.to_owned(), ..Branch::default() };
        hub.save(&system, hub.new_id()?, &branch)?;
    }
    for (name, roles, language) in PEOPLE {
        hub.add_person(&system, name, roles, *language)?;
    }
    let form = publish(hub, "Service visit", SERVICE_VISIT)?;
    customers::fill(hub, form)?;
    catalogue::fill(hub)
}

/// Keeps the XForm's bytes and offers it for new jobs.
fn publish(hub: &Hub, title: &str, xml: &str) -> Outcome<Digest> {
    let sha256 = Digest::of(xml.as_bytes());
    let bytes = hub.inner.blobs.keep(hub.tenant(), sha256, &mut Cursor::new(xml.as_bytes()))?;
    hub.write(|write| Ok(write.hold(sha256, bytes, hub.now())?))?;
    let form = FormVersion {
        sha256,
        bytes,
        title: title.to_owned(),
        purpose: "service".to_owned(),
        active: true,
        ..FormVersion::default()
    };
    hub.save(&hub.system(), hub.new_id()?, &form)?;
    Ok(sha256)
}
