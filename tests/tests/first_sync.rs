//! The first sync of a device that holds thousands of scopes: a bounded number of calls, and the same rows whatever cuts
//! it on the way.
#![cfg(test)]

use std::collections::BTreeMap;

use countersign_hub::service::{JobOrder, NewJob};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Customer, Machine, MachineModel, Site};
use countersign_model::{Id, Language, LocalText};
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::{Exchange, Fault, Proxy};

/// Jobs of Ana, each with a customer, a site and a machine of its own: four scopes a job. The visits are planned before
/// she has a device, so that the office computes only once what it holds.
fn plan(office: &Office, count: usize) {
    let manager = office.manager();
    let name = LocalText::single(Language::English, "Harvester H7");
    let model = Id::derived("first", &[b"model"]);
    office.hub.save(&manager, model, &MachineModel { name, ..MachineModel::default() }).unwrap();
    for number in 0..count {
        let id = |kind: &str| Id::derived(kind, &[&number.to_be_bytes()]);
        let customer = Customer { name: format!("Farm {number}"), ..Customer::default() };
        office.hub.save(&manager, id("customer"), &customer).unwrap();
        let site = Site { customer: id("customer"), name: "North barn".to_owned(), ..Site::default() };
        office.hub.save(&manager, id("site"), &site).unwrap();
        let machine = Machine {
            model,
            serial: format!("S-{number}"),
            customer: id("customer"),
            site: Some(id("site")),
            ..Machine::default()
        };
        office.hub.save(&manager, id("machine"), &machine).unwrap();
        let job = NewJob {
            machine: Some(id("machine")),
            fault: "leaks at the pump".to_owned(),
            class: Some(VoucherClass::Internal),
            ..NewJob::default()
        };
        let order = JobOrder { job, lead: office.ana, helpers: Vec::new(), window: None };
        office.hub.job(&manager, &order).unwrap();
    }
}

fn count(log: &[Exchange], method: &str, path: &str) -> usize {
    log.iter().filter(|exchange| exchange.method == method && exchange.path.starts_with(path)).count()
}

/// A row: its scope, revision and body.
type Held = (String, i64, Option<String>);

/// Every row that a device holds, by kind and id.
fn rows(phone: &Phone) -> BTreeMap<(String, Vec<u8>), Held> {
    let database = rusqlite::Connection::open(phone.folder().join("store.db")).unwrap();
    let mut statement = database.prepare("SELECT kind, id, scope, rev, body FROM base_record").unwrap();
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?, row.get(4)?))));
    // A device's own scope names the device.
    rows.unwrap().map(Result::unwrap).filter(|(_, (scope, ..)): &(_, Held)| !scope.starts_with("device/")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_scopes_come_in_a_bounded_number_of_calls() {
    let office = Office::open().await;
    plan(&office, 500);
    let proxy = Proxy::start(office.address).await;
    let ana = office.phone_at(office.ana, 11, &proxy.url()).await;
    proxy.take_log();
    let report = ana.sync().await;
    assert!(report.pulled >= 3_000, "{report:?}");
    let log = proxy.take_log();
    let calls = (count(&log, "POST", "/v1/scopes"), count(&log, "GET", "/v1/scopes/"), count(&log, "GET", "/v1/feed"));
    // At most 1,000 rows or 500 scopes a call, some 4,000 rows in 2,000 scopes; the feed carries 2,000 holdings, no row
    // that comes with its scope anyway, and is asked once more at the end.
    assert!(calls.0 <= 12 && calls.1 <= 1 && calls.2 <= 4, "{calls:?}");
    assert_eq!(ana.app().store().scopes_to_fetch().unwrap(), []);
    let job = ana.app().job_list(&Default::default()).unwrap();
    let open: Vec<_> = job
        .rows
        .iter()
        .filter(|row| row.customer.is_empty() || row.site.is_empty() || row.voucher.is_empty())
        .collect();
    assert!(job.more && open.is_empty(), "{} of {}: {:?}", open.len(), job.rows.len(), open.first());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_that_is_cut_at_every_page_and_killed_goes_on_where_it_was() {
    let office = Office::open().await;
    plan(&office, 150);
    let whole = office.phone(office.ana, 12).await;
    whole.sync().await;
    let proxy = Proxy::start(office.address).await;
    let mut ana = office.phone_at(office.ana, 11, &proxy.url()).await;
    let mut cuts = 0;
    loop {
        // One page comes through, the reply of the next is lost, and the program is killed.
        proxy.clear();
        proxy.place("POST", "/v1/scopes", 1, usize::MAX, Fault::DropReply);
        let report = ana.try_sync().await;
        ana.restart();
        if report.problem.is_none() {
            break;
        }
        cuts += 1;
        assert!(cuts < 200, "{report:?}");
    }
    assert!(cuts >= 1, "it was cut");
    proxy.clear();
    ana.sync().await;
    assert_eq!(rows(&ana), rows(&whole));
    assert_eq!(ana.app().store().scopes_to_fetch().unwrap(), []);
}
