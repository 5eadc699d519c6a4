//! What scripts rely on: with `--json` every line is one object, with the promised fields; the exit code says of which
//! sort a failure is (0 done, 1 refused or needs attention, 2 usage, 3 environment).
//!
//! A row reads: what is typed; the exit code; the fields of the last line with their sort. Sorts: `text` (not empty),
//! `number`, `bool`, `list`, `object`, `path` (of a file that exists), `any` (present, null allowed).
#![cfg(test)]

mod program;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use program::{Ended, Hub, start};
use serde_json::{Value, json};

const ERROR: &str = "error:object";

/// A company with a served hub, an enrolled device, and names for what rows speak of.
struct Company {
    root: PathBuf,
    hub: Hub,
    code: String,
    job: String,
}

/// The last line and all lines of a call, whose exit code was as expected.
fn call(root: &Path, words: &[&str], expected: i32) -> Vec<Value> {
    match start(root, words).finish().0 {
        Ended::Done { code, lines, errors } => {
            assert_eq!(code, expected, "{words:?}: {lines:?} {errors}");
            assert!(lines.iter().all(Value::is_object), "{words:?}: {lines:?}");
            assert!(!errors.contains("panicked"), "{words:?}: {errors}");
            lines
        }
        Ended::Killed => panic!("{words:?} was killed"),
    }
}

fn holds(root: &Path, object: &Value, fields: &str) {
    for field in fields.split_whitespace() {
        let (name, sort) = field.split_once(':').unwrap();
        let value = object.get(name).unwrap_or_else(|| panic!("no {name} in {object}"));
        let fits = match sort {
            "text" => value.as_str().is_some_and(|text| !text.is_empty()),
            "number" => value.is_u64() || value.is_i64(),
            "bool" => value.is_boolean(),
            "list" => value.is_array(),
            "object" => value.is_object(),
            "path" => value.as_str().is_some_and(|path| root.join(path).is_file()),
            "folder" => value.as_str().is_some_and(|path| root.join(path).is_dir()),
            "any" => true,
            other => panic!("no sort {other}"),
        };
        assert!(fits, "{name} is no {sort} in {object}");
    }
}

impl Company {
    fn new(root: &Path) -> Company {
        let hub = Hub::start(root);
        let invite = ["hub", "invite", hub.dir(), "--person", "Ana Ruiz", "--role", "engineer", "--url", &hub.url];
        let code = text(&call(root, &invite, 0)[0], "code");
        let mut company = Company { root: root.to_owned(), hub, code, job: String::new() };
        company.try_rows(&[(
            "device --store phone enrol --code CODE",
            0,
            "device:text person:text code:text hub:text",
        )]);
        let order = "hub job OFFICE --customer Acme_Farm --machine C3-1107 --fault leaks --assign Ana_Ruiz --class A";
        company.job = text(&company.row(order, 0, "job:text visit:text number:text"), "job");
        company.row("device --store phone sync", 0, "pushed:number pulled:number");
        fs::write(root.join("strokes.json"), r#"{"strokes":[[[0,0,0,0.5],[90,20,50,0.5],[120,90,90,0.6]]]}"#).unwrap();
        company
    }

    /// Types a row: words in capitals stand for what the company knows, `_` for a blank in a word.
    fn row(&self, typed: &str, code: i32, fields: &str) -> Value {
        let words: Vec<String> = typed
            .split_whitespace()
            .map(|word| match word {
                "OFFICE" => self.hub.dir().to_owned(),
                "CODE" => self.code.clone(),
                "JOB" => self.job.clone(),
                "RECOVERY" => format!("{}/recovery.key", self.hub.dir()),
                "EMPTY" => String::new(),
                other => other.replace('_', " ").replace('~', "_"),
            })
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let lines = call(&self.root, &words, code);
        let last = lines.last().cloned().unwrap_or_else(|| panic!("{typed} printed nothing"));
        holds(&self.root, &last, fields);
        last
    }

    fn try_rows(&self, rows: &[(&str, i32, &str)]) {
        for (typed, code, fields) in rows {
            self.row(typed, *code, fields);
        }
    }
}

fn text(object: &Value, name: &str) -> String {
    object[name].as_str().unwrap_or_else(|| panic!("no {name} in {object}")).to_owned()
}

const STATUS: &str = "pending_commands:number unconfirmed_media:number unconfirmed_bytes:number \
                      unique_on_this_device:bool last_sync:any attention:number problem:any \
                      scopes_fetched_anew:number";
const SYNCED: &str = "pushed:number pulled:number media_bytes:number refused:number ms:number problem:any";
const VERIFIED: &str = "ok:bool issuer:text checked:number failures:list";

#[test]
fn every_subcommand_says_what_scripts_rely_on() {
    let root = tempfile::tempdir().unwrap();
    let company = Company::new(root.path());
    company.try_rows(&[
        ("hub invite OFFICE --person Tom_Becker", 0, "code:text url:text fingerprint:text print:text"),
        ("hub list OFFICE people", 0, "id:text name:text"),
        ("hub list OFFICE customers", 0, "id:text name:text"),
        ("hub list OFFICE machines", 0, "id:text serial:text"),
        ("hub list OFFICE parts", 0, "id:text code:text"),
        ("hub list OFFICE jobs", 0, "id:text number:text"),
        ("hub list OFFICE devices", 0, "id:text code:text name:text"),
        ("device --store phone jobs", 0, "job:text state:text customer:text machine:text fault:text"),
        ("device --store phone travel JOB", 0, "saved:text"),
        ("device --store phone arrive JOB", 0, "saved:text"),
        ("device --store phone answer JOB machine~runs no", 0, "id:text value:text problem:any"),
        ("device --store phone answer JOB fault broken", 0, "id:text value:text problem:any"),
        ("device --store phone answer JOB hours -5", 0, "problem:text"),
        ("device --store phone preview JOB", 1, "missing:list"),
        ("device --store phone answer JOB hours 912", 0, "id:text value:text problem:any"),
        ("sample-photo leak.jpg", 0, "file:path bytes:number"),
        ("device --store phone attach JOB leak.jpg --as found", 0, "sha256:text bytes:number"),
        ("device --store phone part JOB SEAL-0042 2", 0, "part_use:text"),
        ("device --store phone part JOB SEAL-0042 -1", 0, "part_use:text"),
        ("device --store phone time JOB --minutes 30", 0, "saved:text"),
        ("device --store phone meter JOB 912", 0, "saved:text"),
        ("device --store phone preview JOB", 0, "pdf:path content_sha256:text"),
        (
            "device --store phone sign JOB --name M.Lin --outcome accepted --satisfaction 5 --strokes strokes.json",
            0,
            "sealed:text pdf:path",
        ),
        ("device --store phone leave JOB --reason another~visit", 0, "saved:text"),
        ("device --store phone submit JOB", 0, "saved:text"),
        ("device --store phone status", 0, STATUS),
        ("device --store phone export work.rescue", 0, "file:path kind:text commands:number media:number"),
        ("device --store phone receive-key", 0, "key:text"),
        ("hub recovery-key OFFICE", 0, "public:text made:bool private_lies_here:bool file:path"),
        (
            "hub rescue OFFICE work.rescue --recovery-key RECOVERY",
            0,
            "person:text commands:number new_commands:number quarantined:number media:number new_media:number",
        ),
        ("device --store phone sync", 0, SYNCED),
        ("hub review OFFICE JOB --return --question hours --remark again?", 0, "state:text"),
        ("device --store phone sync", 0, SYNCED),
    ]);
    let returned = company.row("device --store phone job JOB", 0, "remarks:list");
    holds(root.path(), &returned["remarks"][0], "question:text text:text");
    company.try_rows(&[
        ("device --store phone amend JOB --reason misread", 0, "sealed:text pdf:path number:text"),
        ("device --store phone answer JOB hours 921", 0, "id:text value:text problem:any"),
        ("device --store phone preview JOB", 0, "pdf:path"),
        (
            "device --store phone sign JOB --name M.Lin --outcome accepted --strokes strokes.json",
            0,
            "sealed:text pdf:path",
        ),
        ("device --store phone submit JOB", 0, "saved:text"),
        ("device --store phone sync", 0, SYNCED),
        ("hub review OFFICE JOB --approve", 0, "review:text state:text"),
        ("hub export OFFICE office.bundle", 0, "file:path records:number media:number bytes:number"),
        ("hub check OFFICE", 0, "ok:bool checked:object findings:list notes:list"),
        (
            "hub backup OFFICE backups --prove",
            0,
            "folder:folder taken:number media:number new_media:number missing:list proven:number findings:list ok:bool",
        ),
        ("hub list OFFICE backups", 0, "folder:folder taken:number proven:number media:number findings:number"),
        ("hub journal OFFICE", 0, "file:path inside:bool"),
        ("hub journal OFFICE --at journal.log", 0, "file:path inside:bool"),
        (
            "hub restore backups restored --recovery-key RECOVERY",
            0,
            "dir:folder taken:number epoch:text log_size:number replayed:any by_hand:list findings:list ok:bool",
        ),
        ("hub check restored", 0, "ok:bool checked:object findings:list notes:list"),
        ("device --store phone new --machine C3-1107 --fault leaks", 0, "job:text visit:text number:text"),
    ]);
    let job = company.row("device --store phone job JOB", 0, "state:text questions:list evidence:list remarks:list");
    for question in job["questions"].as_array().unwrap() {
        let fields = "id:text label:text type:text required:bool relevant:bool value:any problem:any options:list";
        holds(root.path(), question, fields);
        let options = question["options"].as_array().unwrap();
        options.iter().for_each(|option| holds(root.path(), option, "value:text label:text"));
    }
    holds(root.path(), &job["evidence"][0], "sha256:text kind:text confirmed:bool safety:text");
    let pdf = text(&job["documents"][0], "pdf");
    assert_eq!(company.row(&format!("verify {pdf}"), 0, VERIFIED)["issuer"], "unchecked");
}

#[test]
fn what_does_not_fit_is_one_object_with_its_exit_code() {
    let root = tempfile::tempdir().unwrap();
    let company = Company::new(root.path());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = format!("hub serve OFFICE --listen {}", taken.local_addr().unwrap());
    fs::create_dir(root.path().join("folder")).unwrap();
    fs::write(root.path().join("nothing"), "").unwrap();
    fs::write(root.path().join("odd"), [0xff, 0xfe, 0x00]).unwrap();
    company.try_rows(&[
        ("hub", 2, ERROR),
        ("hub banana", 2, ERROR),
        ("hub init office --company Acme", 1, ERROR),
        ("hub init /dev/null/office --company Acme", 3, ERROR),
        ("hub list nowhere people", 3, ERROR),
        ("hub list OFFICE bananas", 2, ERROR),
        ("hub serve OFFICE --listen banana", 2, ERROR),
        ("hub serve OFFICE --listen 0.0.0.0:9", 2, ERROR),
        (&taken, 3, ERROR),
        ("hub invite OFFICE --person New_Body --role pirate", 2, ERROR),
        ("hub invite OFFICE --person Ana_Ruiz --role manager", 1, ERROR),
        ("hub invite OFFICE --person New_Body --url http://a|b", 1, ERROR),
        ("hub invite OFFICE --person New_Body --url http://a_b", 1, ERROR),
        ("hub invite OFFICE --person EMPTY --role engineer", 1, ERROR),
        ("hub job OFFICE --customer Nobody --machine C3-1107 --fault f --assign Ana_Ruiz", 1, ERROR),
        ("hub job OFFICE --customer Acme_Farm --machine C3-1107 --fault f --assign Ana_Ruiz --class Z", 2, ERROR),
        ("hub review OFFICE JOB --approve", 1, ERROR),
        ("hub review OFFICE JOB --approve --remark why?", 2, ERROR),
        ("hub revoke OFFICE ZZ", 1, ERROR),
        ("device --store nowhere jobs", 3, ERROR),
        ("device --store spare enrol --code banana", 1, ERROR),
        ("device --store spare enrol --code CODE --look", 0, "company:text hub:text print:text"),
        ("device --store spare enrol --code CODE", 1, ERROR),
        ("device --store phone job banana", 1, ERROR),
        ("device --store phone answer JOB banana 1", 1, ERROR),
        ("device --store phone answer JOB hours banana", 1, ERROR),
        ("device --store phone attach JOB nofile", 1, ERROR),
        ("device --store phone attach JOB folder", 1, ERROR),
        ("device --store phone attach JOB nothing", 1, ERROR),
        ("device --store phone attach JOB /dev/zero", 1, ERROR),
        ("device --store phone attach JOB odd --question hours", 1, ERROR),
        ("device --store phone part JOB SEAL-0042 0", 1, ERROR),
        ("device --store phone part JOB SEAL-0042 1e400", 1, ERROR),
        ("device --store phone time JOB --minutes -5", 1, ERROR),
        ("device --store phone time JOB --kind nap --minutes 5", 2, ERROR),
        ("device --store phone meter JOB banana", 1, ERROR),
        ("device --store phone leave JOB --reason banana", 2, ERROR),
        ("device --store phone sign JOB --name x --outcome banana --strokes strokes.json", 2, ERROR),
        ("device --store phone sign JOB --name x --outcome accepted --strokes strokes.json --satisfaction 6", 2, ERROR),
        ("device --store phone sign JOB --name x --outcome accepted --strokes odd", 3, ERROR),
        ("device --store phone sign JOB --name x --outcome accepted --strokes strokes.json --aspect skill=6", 2, ERROR),
        (
            "device --store phone sign JOB --name x --outcome accepted --strokes strokes.json --aspect haircut=5",
            2,
            ERROR,
        ),
        (
            "device --store phone sign JOB --name x --outcome accepted --strokes strokes.json --stamp strokes.json",
            1,
            ERROR,
        ),
        ("device --store phone submit JOB", 1, ERROR),
        ("device --store phone amend JOB --reason x", 1, ERROR),
        ("device --store phone import nofile", 3, ERROR),
        ("device --store phone export odd", 1, ERROR),
        ("device --store phone export new --to banana", 1, ERROR),
        ("device --store phone export new --to banana --rescue", 2, ERROR),
        ("hub rescue OFFICE nofile --recovery-key RECOVERY", 3, ERROR),
        ("hub backup OFFICE OFFICE", 1, ERROR),
        ("hub backup OFFICE folder/../odd", 3, ERROR),
        ("hub restore nowhere new --recovery-key RECOVERY", 1, ERROR),
        ("hub restore folder new --recovery-key RECOVERY", 1, ERROR),
        ("hub journal OFFICE --at odd", 1, ERROR),
        ("hub rescue OFFICE odd --recovery-key RECOVERY", 1, ERROR),
        ("hub rescue OFFICE odd --recovery-key nofile", 3, ERROR),
        ("hub rescue OFFICE odd --recovery-key nothing", 1, ERROR),
        ("device --store phone import odd", 1, ERROR),
        ("device --store phone attention --fix banana", 2, ERROR),
        ("verify nofile", 3, ERROR),
        ("verify folder", 3, ERROR),
        ("verify odd", 1, VERIFIED),
        ("verify odd --trust banana", 2, ERROR),
        ("sample-photo odd", 1, ERROR),
    ]);
    let people = call(root.path(), &["hub", "list", company.hub.dir(), "people"], 0);
    assert!(people.iter().all(|person| person["name"] != "New Body"), "a refused invitation made a person");
    assert!(!root.path().join("nowhere").exists(), "a mistyped store was made");
}

#[test]
fn a_revoked_device_says_so() {
    let root = tempfile::tempdir().unwrap();
    let company = Company::new(root.path());
    company.row("device --store phone answer JOB hours 5", 0, "id:text");
    let devices = call(root.path(), &["hub", "list", company.hub.dir(), "devices"], 0);
    company.row(&format!("hub revoke OFFICE {}", text(&devices[0], "code")), 0, "device:text code:text state:text");
    assert_eq!(company.row("device --store phone sync", 1, SYNCED)["problem"], "revoked");
    let status = company.row("device --store phone status", 1, STATUS);
    assert_eq!(status["problem"], "revoked");
    holds(root.path(), &status, "advice:text");
}

#[test]
fn the_demo_ends_with_its_summary_and_continues() {
    let root = tempfile::tempdir().unwrap();
    let fields = "step:text job:text sealed_documents:list evidence:number receipts:number review:text pdf:path \
                  bundle:path trust:text ms:number";
    let first = call(root.path(), &["demo", "--data", "demo", "--once"], 0).pop().unwrap();
    holds(root.path(), &first, fields);
    assert_eq!([&first["step"], &first["review"]], [&json!("done"), &json!("approved")]);
    let again = call(root.path(), &["demo", "--data", "demo", "--once"], 0).pop().unwrap();
    assert_eq!(again["sealed_documents"], first["sealed_documents"]);
    for (paper, trust, code, issuer) in [
        ("pdf", text(&first, "trust"), 0, "trusted"),
        ("bundle", text(&first, "trust"), 0, "trusted"),
        ("pdf", "ab".repeat(32), 1, "unknown"),
    ] {
        let verdict = call(root.path(), &["verify", &text(&first, paper), "--trust", &trust], code).pop().unwrap();
        holds(root.path(), &verdict, VERIFIED);
        assert_eq!(verdict["issuer"], issuer, "{verdict}");
        for failure in verdict["failures"].as_array().unwrap() {
            holds(root.path(), failure, "item:text why:text");
        }
    }
}
