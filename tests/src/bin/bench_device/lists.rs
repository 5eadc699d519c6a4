//! Long lists as the hub would send them: parts, customers and machines, depots with stock, and a job on a machine.

use countersign_device::store::Store;
use countersign_model::Id;
use countersign_model::entity::{
    Customer, Depot, Entity, Holding, HoldingReason, Job, Machine, MachineModel, Part, Stock, holding_id, stock_id,
};
use countersign_model::language::LocalText;
use countersign_model::money::Money;
use countersign_model::record::{Row, Scope};
use countersign_model::wire::{ScopePage, ScopesPage};
use countersign_tests::bench::{id, job_row, lane, page, row};

/// Rows of a page of the feed.
const PAGE: usize = 1_000;
/// Depots, the own van the first.
const DEPOTS: usize = 12;
/// Parts in the own van.
const IN_THE_VAN: usize = 300;

/// Words of parts in the four languages.
const PARTS: [[&str; 4]; 8] = [
    ["Shaft seal", "Retén de eje", "轴封", "軸封"],
    ["Oil filter", "Filtro de aceite", "机油滤芯", "機油濾芯"],
    ["Hydraulic hose", "Manguera hidráulica", "液压软管", "液壓軟管"],
    ["Drive belt", "Correa de transmisión", "传动皮带", "傳動皮帶"],
    ["Limit switch", "Final de carrera", "限位开关", "限位開關"],
    ["Spindle bearing", "Rodamiento de husillo", "主轴轴承", "主軸軸承"],
    ["Solenoid valve", "Electroválvula", "电磁阀", "電磁閥"],
    ["Gasket set", "Juego de juntas", "垫片组", "墊片組"],
];

/// The code of the part at this place.
pub fn code(place: usize) -> String {
    format!("P-{place:06}")
}

/// The part at this place.
pub fn part_id(place: usize) -> Id {
    id(&format!("part {place}"))
}

/// The serial number of the machine at this place.
pub fn serial(place: usize) -> String {
    format!("H7-{place:06}")
}

fn part(place: usize) -> Part {
    let size = place / PARTS.len();
    Part {
        code: code(place),
        name: LocalText::four(
            PARTS[place % PARTS.len()].map(|name| format!("{name} {size}")).each_ref().map(String::as_str),
        ),
        price: Money::new(i64::try_from(300 + place % 90_000).expect("a price"), "EUR"),
        unit: "pcs".to_owned(),
        ..Part::default()
    }
}

/// Takes these rows of the feed, page by page.
fn take(store: &Store, name: &str, mut rows: impl Iterator<Item = Row>) {
    for number in 0.. {
        let some: Vec<Row> = rows.by_ref().take(PAGE).collect();
        if some.is_empty() {
            return;
        }
        store.apply_feed_page(&page(&format!("{name} {number}"), some)).expect("a page of the feed");
    }
}

/// All parts.
pub fn parts(store: &Store, count: usize) {
    let scope = Scope::reference("parts");
    take(store, "parts", (0..count).map(|place| row(part_id(place), scope.clone(), 1, 10, &part(place))));
}

/// A model with parts that wear, depots with stock, and the job on the first machine.
pub fn work(store: &Store) {
    let wear_parts = (0..10).map(|place| code(place * 97)).collect();
    let model = MachineModel { code: "MX".to_owned(), wear_parts, ..MachineModel::default() };
    let depots = Scope::reference("depots");
    let depot = |place: usize| id(&format!("depot {place}"));
    let mut rows = vec![row(id("model"), Scope::reference("models"), 1, 5, &model)];
    for place in 0..DEPOTS {
        let person = (place == 0).then(|| id("engineer"));
        let body = Depot { name: format!("Depot {place}"), person, ..Depot::default() };
        rows.push(row(depot(place), depots.clone(), 1, 5, &body));
    }
    for place in 0..IN_THE_VAN {
        let (depot, part) = (depot(place % 3), part_id(place));
        let body = Stock { depot, part, code: code(place), quantity: "4".to_owned(), ..Stock::default() };
        rows.push(row(stock_id(depot, part), depots.clone(), 1, 5, &body));
    }
    let known = Job::of(&job_row("leaks at the pump", 2, 6)).expect("the job");
    let job = Job { machine: Some(machine_id(0)), customer: Some(customer_id(0)), ..known };
    rows.push(row(id("job"), lane(), 2, 6, &job));
    take(store, "work", rows.into_iter());
}

fn customer_id(place: usize) -> Id {
    id(&format!("customer {place}"))
}

fn machine_id(place: usize) -> Id {
    id(&format!("machine {place}"))
}

fn held(scope: &Scope) -> Row {
    let device = id("device");
    let body =
        Holding { device, held: scope.clone(), reasons: vec![HoldingReason::Assigned], extra: Default::default() };
    row(holding_id(device, scope), Scope::device(device), 1, 20, &body)
}

/// Customers, each with a machine.
pub fn machines(store: &Store, count: usize) {
    let scopes = |place: usize| [Scope::customer(customer_id(place)), Scope::machine(machine_id(place))];
    take(store, "holdings", (0..count).flat_map(scopes).map(|scope| held(&scope)));
    let places: Vec<usize> = (0..count).collect();
    for some in places.chunks(PAGE) {
        let pages = some.iter().flat_map(|place| {
            let [customer, machine] = scopes(*place);
            let body = Customer { name: format!("Acme Farm {place}"), ..Customer::default() };
            let of_customer = row(customer_id(*place), customer.clone(), 1, 21, &body);
            let body = Machine {
                serial: serial(*place),
                model: id("model"),
                customer: customer_id(*place),
                ..Machine::default()
            };
            let of_machine = row(machine_id(*place), machine.clone(), 1, 21, &body);
            [(customer, of_customer), (machine, of_machine)]
        });
        let pages = pages.map(|(scope, row)| ScopePage { scope, as_of: 30, rows: vec![row], next: None }).collect();
        store.apply_scopes_page(&ScopesPage { pages, denied: Vec::new() }).expect("pages of scopes");
    }
}
