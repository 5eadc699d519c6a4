//! Fieldwork on the command line, offline and back: parts with stock and price, times put right, charges by the rates,
//! diagnosis, class, helpers, cash with its own paper, a stamp, a nameplate, a remote visit signed on a later one.
#![cfg(test)]

mod program;

use std::fs;
use std::path::Path;

use countersign_device::model::entity::{
    CashReceipt, CashState, Depot, Document, Flag, FlagCode, Job, Movement, MovementReason, Part, Request, Role, Stock,
    stock_id,
};
use countersign_device::model::payload::{CashReceive, Payload, RequestDecide};
use countersign_device::model::record::Scope;
use countersign_hub::Hub as Office;
use program::{Ended, Hub, PROGRAM, run, run_one, start};
use serde_json::{Value, json};

struct Scene {
    root: tempfile::TempDir,
    hub: Hub,
}

impl Scene {
    fn new() -> Scene {
        let root = tempfile::tempdir().unwrap();
        let hub = Hub::start(root.path());
        fs::write(root.path().join("s.json"), r#"{"strokes":[[[0,0,0,0.5],[90,20,50,0.5],[120,90,90,0.6]]]}"#).unwrap();
        let scene = Scene { root, hub };
        scene.enrol("ana", "Ana Ruiz");
        scene
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn enrol(&self, store: &str, person: &str) {
        let invite =
            ["hub", "invite", self.hub.dir(), "--person", person, "--role", "engineer", "--url", &self.hub.url];
        let code = run_one(self.path(), &invite)["code"].as_str().unwrap().to_owned();
        run(self.path(), &["device", "--store", store, "enrol", "--code", &code]);
    }

    /// A job of this customer and machine for a person; its number.
    fn job(&self, customer: &str, machine: &str, person: &str) -> String {
        let order = [
            "hub",
            "job",
            self.hub.dir(),
            "--customer",
            customer,
            "--machine",
            machine,
            "--fault",
            "leaks",
            "--assign",
            person,
        ];
        run_one(self.path(), &order)["job"].as_str().unwrap().to_owned()
    }

    fn device(&self, store: &str, words: &[&str]) -> Value {
        self.lines(store, words).pop().unwrap_or(Value::Null)
    }

    fn lines(&self, store: &str, words: &[&str]) -> Vec<Value> {
        let all: Vec<&str> = ["device", "--store", store].into_iter().chain(words.iter().copied()).collect();
        run(self.path(), &all)
    }

    /// What a refused call says.
    fn refused(&self, store: &str, words: &[&str]) -> Value {
        let all: Vec<&str> = ["device", "--store", store].into_iter().chain(words.iter().copied()).collect();
        match start(self.path(), &all).finish().0 {
            Ended::Done { code: 1, mut lines, .. } => lines.pop().unwrap(),
            other => panic!("{words:?}: {other:?}"),
        }
    }

    fn office(&self) -> Office {
        Office::open(&self.hub.folder).unwrap()
    }

    /// Fills the short form of compressors so that nothing is missing.
    fn fill(&self, store: &str, job: &str) {
        for (question, value) in [("machine_runs", "no"), ("fault", "broken"), ("hours", "912")] {
            self.device(store, &["answer", job, question, value]);
        }
    }
}

fn flags(office: &Office) -> Vec<FlagCode> {
    office.all::<Flag>().unwrap().into_iter().map(|(_, flag)| flag.code).collect()
}

#[test]
fn a_paid_visit_with_parts_charges_and_cash() {
    let scene = Scene::new();
    let job = scene.job("Acme Farm", "H7-3391", "Ana Ruiz");
    scene.device("ana", &["sync"]);
    scene.device("ana", &["travel", &job]);
    scene.device("ana", &["arrive", &job]);

    // The picker: what wears on this model comes first, with the stock of the own van.
    let parts = scene.lines("ana", &["parts", &job]);
    assert_eq!(parts[0]["code"], "SEAL-KIT-H7");
    let found = scene.lines("ana", &["parts", &job, "--search", "seal 42"]);
    assert_eq!(found.iter().map(|row| row["code"].clone()).collect::<Vec<_>>(), ["SEAL-0042"]);
    assert_eq!(found[0]["price"], json!({"minor": 1_850, "currency": "EUR"}));
    assert_eq!(found[0]["stock"][0]["own"], true);
    assert_eq!(found[0]["stock"][0]["quantity"], "4");
    scene.device("ana", &["part", &job, "seal-0042", "2", "--batch", "2611"]);
    scene.device("ana", &["part", &job, "NOT-IN-ANY-LIST", "1"]);
    scene.device("ana", &["part", &job, "FUSE-10A", "1", "--payer", "warranty"]);
    let after = scene.lines("ana", &["parts", &job, "--search", "SEAL-0042"]);
    assert_eq!(after[0]["stock"][0]["quantity"], "2", "the phone counts its own movement in");
    let refused = scene.refused("ana", &["part", &job, "SEAL-0042", "-3"]);
    assert_eq!(refused["error"]["code"], "more_than_booked", "{refused}");

    scene.device("ana", &["time", &job, "--kind", "travel", "--minutes", "30", "--kilometres", "31"]);
    scene.device("ana", &["time", &job, "--minutes", "120"]);
    let costs = scene.device("ana", &["costs", &job]);
    let work = costs["times"].as_array().unwrap().iter().find(|time| time["kind"] == "work").unwrap().clone();
    scene.device("ana", &["time", &job, "--minutes", "90", "--correct", work["entry"].as_str().unwrap()]);
    assert_eq!(scene.device("ana", &["charge", &job, "--proposed"])["charges"], 4);
    assert_eq!(scene.device("ana", &["charge", &job, "--proposed"])["charges"], 0, "nothing is proposed twice");
    let costs = scene.device("ana", &["costs", &job]);
    let labour = costs["charges"].as_array().unwrap().iter().find(|line| line["kind"] == "labour").unwrap().clone();
    assert_eq!((labour["quantity"].clone(), labour["line"]["net"]["minor"].clone()), (json!("1.5"), json!(9_300)));
    let call_out = costs["charges"].as_array().unwrap().iter().find(|line| line["kind"] == "call_out").unwrap().clone();
    scene.device("ana", &["charge", &job, "--remove", call_out["charge"].as_str().unwrap()]);
    scene.device("ana", &["charge", &job, "--description", "Parking", "--price", "4.50"]);
    // 2 seals 37.00, labour 93.00, travel 24.00, 31 km 13.02, parking 4.50, and 21 % tax on each line.
    let costs = scene.device("ana", &["costs", &job]);
    assert_eq!(costs["totals"]["net"]["minor"], 17_152, "{costs}");

    assert!(scene.lines("ana", &["codes", "symptom"]).iter().any(|row| row["code"] == "leak"));
    let said = ["diagnose", &job, "--symptom", "leak", "--cause", "wear", "--findings", "seal worn"];
    scene.device("ana", &said);
    scene.device("ana", &["helpers", &job, "--add", "Tom Becker"]);
    let gross = costs["totals"]["gross"]["minor"].clone();
    let cash = scene.device("ana", &["cash", &job, "--from", "M. Lin", "--strokes", "s.json"]);
    assert_eq!(cash["amount"]["minor"], gross, "the whole voucher is taken where no sum is said");
    let paper = cash["pdf"].as_str().unwrap();
    assert_eq!(run_one(scene.path(), &["verify", paper])["ok"], true);
    scene.device("ana", &["hand-over-cash", cash["number"].as_str().unwrap()]);
    let ask = ["ask", &job, "--about", "customer", "--set", "phone=+34 960 000 999", "--reason", "new switchboard"];
    scene.device("ana", &ask);

    scene.device("ana", &["sync"]);
    let office = scene.office();
    let (_, receipt) = office.all::<CashReceipt>().unwrap().pop().unwrap();
    assert_eq!((receipt.state.clone(), receipt.amount.minor), (CashState::HandedOver, gross.as_i64().unwrap()));
    assert!(receipt.document.is_some(), "the record names its paper");
    let van = office.all::<Depot>().unwrap().into_iter().find(|(_, depot)| depot.name.contains("Ana")).unwrap().0.id;
    let seal = office.all::<Part>().unwrap().into_iter().find(|(_, part)| part.code == "SEAL-0042").unwrap().0.id;
    assert_eq!(office.get::<Stock>(stock_id(van, seal)).unwrap().unwrap().1.quantity, "2");
    let used = office.all::<Movement>().unwrap().into_iter();
    assert_eq!(used.filter(|(_, movement)| movement.reason == MovementReason::Used).count(), 3);
    assert!(flags(&office).contains(&FlagCode::UnknownPart));
    let (_, body) = office.get::<Job>(job.parse().unwrap()).unwrap().unwrap();
    assert_eq!((body.symptom.as_str(), body.findings.as_str()), ("leak", "seal worn"));
    // The accountant confirms, the desk grants what was asked.
    let accountant = office.somebody_who_is(&Role::Accountant).unwrap().unwrap();
    let actor = countersign_hub::service::Actor::Person { person: accountant, session: String::new() };
    let (row, _) = office.all::<CashReceipt>().unwrap().pop().unwrap();
    let receive = CashReceive { receipt: row.id, ..CashReceive::default() };
    office.order(&actor, &Payload::CashReceive(receive), Scope::job(job.parse().unwrap())).unwrap();
    let (asked, _) = office.all::<Request>().unwrap().pop().unwrap();
    let grant = RequestDecide { request: asked.id, granted: true, answer: String::new() };
    office.order(&office.system(), &Payload::RequestDecide(grant), asked.scope.clone()).unwrap();
    drop(office);
    scene.device("ana", &["sync"]);
    let costs = scene.device("ana", &["costs", &job]);
    assert_eq!(costs["cash"][0]["state"], "received");
    let screen = scene.device("ana", &["job", &job]);
    assert_eq!(screen["facts"]["requests"][0]["state"], "granted");
    assert_eq!(screen["facts"]["helpers"][0]["name"], "Tom Becker");
    let seal = scene.lines("ana", &["parts", &job, "--search", "SEAL-0042"]);
    assert_eq!(seal[0]["stock"][0]["quantity"], "2", "counted once, by the hub now");
}

#[test]
fn a_class_price_list_and_stamp_of_a_customer_abroad() {
    let scene = Scene::new();
    scene.enrol("lin", "林志明");
    let job = scene.job("台中永順工業股份有限公司", "H7-3520", "林志明");
    scene.device("lin", &["sync"]);
    let seal = scene.lines("lin", &["parts", &job, "--search", "SEAL-0042"]);
    assert_eq!(seal[0]["price"], json!({"minor": 64_750, "currency": "TWD"}));
    assert_eq!(seal[0]["stock"][0]["name"], "台北倉庫", "the depot of the own branch; this engineer has no van");
    scene.device("lin", &["part", &job, "SEAL-0042", "1", "--depot", "台北倉庫"]);
    assert_eq!(scene.device("lin", &["costs", &job])["currency"], "TWD");
    scene.device("lin", &["class", &job, "c", "--reason", "maker's fault"]);
    let costs = scene.device("lin", &["costs", &job]);
    assert_eq!((costs["payer"].clone(), costs["totals"].clone()), (json!("warranty"), Value::Null));
    assert_eq!(costs["prices_shown"], false, "the policy hides prices under warranty");
    let screen = scene.device("lin", &["job", &job]);
    assert_eq!((screen["facts"]["class"].clone(), screen["facts"]["proposed_class"].clone()), (json!("C"), json!("A")));
    scene.device("lin", &["sync"]);
    assert!(flags(&scene.office()).contains(&FlagCode::ClassChanged));
}

#[test]
fn a_nameplate_a_remote_session_and_the_visit_that_collects_its_signature() {
    let scene = Scene::new();
    run(scene.path(), &["sample-photo", "plate.jpg"]);
    let made = scene.device("ana", &["new", "--nameplate", "plate.jpg", "--fault", "does not start"]);
    let plate = made["job"].as_str().unwrap();
    assert_eq!(scene.device("ana", &["job", plate])["facts"]["unregistered"], true);

    let job = scene.job("Acme Farm", "C3-1107", "Ana Ruiz");
    scene.device("ana", &["sync"]);
    let remote = scene.device("ana", &["plan", &job, "--remote"])["number"].as_str().unwrap().to_owned();
    scene.device("ana", &["arrive", &remote]);
    scene.fill("ana", &remote);
    scene.device("ana", &["leave", &remote, "--reason", "solved"]);
    scene.device("ana", &["preview", &remote]);
    let nobody = ["sign", &remote, "--name", "", "--outcome", "absent", "--engineer-strokes", "s.json"];
    scene.refused("ana", &nobody);
    let later = scene.device("ana", &["plan", &job, "--collect", &remote])["number"].as_str().unwrap().to_owned();
    scene.device("ana", &["arrive", &later]);
    let facts = scene.device("ana", &["job", &later])["facts"].clone();
    assert_eq!(facts["collects"], json!([{"visit": facts["collects"][0]["visit"], "number": remote, "signed": false}]));
    // The same said after planning: a visit becomes remote, and the one that is on site collects it too.
    let third = scene.device("ana", &["plan", &job])["number"].as_str().unwrap().to_owned();
    scene.device("ana", &["remote", &third]);
    assert_eq!(scene.device("ana", &["job", &third])["facts"]["remote"], true);
    let waiting = scene.device("ana", &["job", &later])["facts"]["waiting"].clone();
    assert_eq!(waiting[0]["number"], json!(third));
    scene.device("ana", &["collect", &later, &third]);
    scene.refused("ana", &["remote", &third, "--on-site"]);
    scene.device("ana", &["ask", &job, "--for", "parts", "--reason", "two more seals"]);
    let asked = scene.device("ana", &["job", &later])["facts"]["requests"].clone();
    assert_eq!((asked[0]["what"].clone(), asked[0]["state"].clone()), (json!("parts"), json!("open")));
    scene.device("ana", &["preview", &remote]);
    let sign = [
        "sign",
        &remote,
        "--name",
        "M. Lin",
        "--outcome",
        "accepted",
        "--satisfaction",
        "5",
        "--strokes",
        "s.json",
        "--aspect",
        "skill=5",
        "--aspect",
        "timeliness=4",
        "--stamp",
        "plate.jpg",
    ];
    let signed = scene.device("ana", &sign);
    let verdict = run_one(scene.path(), &["verify", signed["pdf"].as_str().unwrap()]);
    assert_eq!(verdict["ok"], true, "{verdict}");
    assert_eq!(scene.device("ana", &["job", &later])["facts"]["collects"][0]["signed"], true);
    scene.device("ana", &["sync"]);
    let status = scene.device("ana", &["status"]);
    assert_eq!(status["unique_on_this_device"], false, "the stamp is at the office too: {status}");
    let office = scene.office();
    let (_, document) = office.all::<Document>().unwrap().into_iter().find(|(_, d)| d.sealed.content.remote).unwrap();
    let customer = &document.sign_offs[1];
    assert_eq!(customer.aspects, [("skill".to_owned(), 5), ("timeliness".to_owned(), 4)].into());
    let picture = customer.stamp_preview.expect("the picture of the stamp is named");
    assert!(office.open_media(picture).unwrap().is_some(), "and at the office");
    let report = office.check(&mut |_| {}).unwrap();
    assert!(report.ok(), "{:?}", report.findings);
}

#[test]
fn what_is_captured_says_the_zone_of_the_machine() {
    let scene = Scene::new();
    let job = scene.job("Acme Farm", "H7-3391", "Ana Ruiz");
    scene.device("ana", &["sync"]);
    scene.device("ana", &["arrive", &job]);
    fs::write(scene.path().join("found.txt"), "leaks at the pump").unwrap();
    let attached = std::process::Command::new(PROGRAM)
        .args(["--json", "device", "--store", "ana", "attach", &job, "found.txt"])
        .current_dir(scene.path())
        .env("TZ", "Asia/Shanghai")
        .output()
        .unwrap();
    assert!(attached.status.success(), "{}", String::from_utf8_lossy(&attached.stderr));
    let seen = scene.device("ana", &["job", &job]);
    assert_eq!(seen["evidence"][0]["captured"]["offset_minutes"], 480, "{}", seen["evidence"]);
}

#[test]
fn what_is_missing_is_said_in_the_language_of_the_person_who_fills_the_form() {
    let scene = Scene::new();
    let job = scene.job("Acme Farm", "C3-1107", "Ana Ruiz");
    scene.device("ana", &["sync"]);
    scene.device("ana", &["arrive", &job]);
    // Acme Farm signs in English, Ana reads Spanish.
    let preview = scene.refused("ana", &["preview", &job]);
    assert_eq!(preview["missing"], json!(["¿Funciona la máquina?"]), "{preview}");
}
