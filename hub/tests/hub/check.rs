//! What must never change, and that it shows when somebody changes it behind the hub's back.

use std::fs;
use std::path::PathBuf;

use countersign_hub::service::{Planned, ReviewChoice};
use countersign_hub::store::{SCHEMA_VERSION, Store, StoreError};
use countersign_hub::{Hub, HubError, InitOptions};
use countersign_model::command::Envelope;
use countersign_model::document::{
    Attestation, Content, Outcome, Party, Sealed, SignOff, SignerRole, VoucherClass, sign_offs_digest,
};
use countersign_model::entity::{Derived, Document, Job, Remark, Voucher, document_id, voucher_id};
use countersign_model::payload::{DocumentAttest, DocumentSign, Payload, VisitStep, VoucherSubmit};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Language};
use rusqlite::Connection;

use crate::common::{Device, Office, START, note};

fn sealed(planned: &Planned) -> Sealed {
    Sealed {
        content: Content {
            kind: "voucher".to_owned(),
            number: planned.number.clone(),
            language: Language::English,
            zone: "UTC".to_owned(),
            class: VoucherClass::Paid,
            company: Party::default(),
            customer: None,
            site: None,
            machine: None,
            job: planned.job,
            visit: planned.visit,
            fault: "leaks".to_owned(),
            engineers: vec!["Ana".to_owned()],
            steps: Vec::new(),
            form: None,
            sections: Vec::new(),
            evidence: Vec::new(),
            parts: Vec::new(),
            charges: Vec::new(),
            times: Vec::new(),
            totals: None,
            prices_shown: true,
            amendment: None,
            prepared: TimeRecord::by_hub(START),
            ..Content::default()
        },
        shown_sha256: Digest::of(b"shown"),
        renderer: "test".to_owned(),
    }
}

fn sign_off(sealed_sha256: Digest, role: SignerRole, name: &str) -> SignOff {
    SignOff {
        sealed_sha256,
        role,
        name: name.to_owned(),
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: "AAAA".to_owned(),
        stamp: None,
        stamp_preview: None,
        time: TimeRecord::by_hub(START),
    }
}

/// Signs the voucher of a visit on a phone; answers the document's name and the command.
fn signed(phone: &mut Device, planned: &Planned) -> (Digest, Vec<SignOff>, Envelope) {
    let sealed = sealed(planned);
    let name = sealed.digest().unwrap();
    let sign_offs = vec![sign_off(name, SignerRole::Engineer, "Ana"), sign_off(name, SignerRole::Customer, "M. Lin")];
    let payload = Payload::DocumentSign(DocumentSign {
        kind: "voucher".to_owned(),
        visit: planned.visit,
        job: planned.job,
        draft: None,
        amends: Vec::new(),
        content_sha256: sealed.content.digest().unwrap(),
        sealed,
        sign_offs: sign_offs.clone(),
    });
    let envelope = phone.command(&payload, &Scope::job(planned.job));
    (name, sign_offs, envelope)
}

fn attested(phone: &Device, planned: &Planned, name: Digest, sign_offs: &[SignOff]) -> Payload {
    let signs = sign_offs_digest(sign_offs).unwrap();
    let time = TimeRecord::by_hub(START);
    let statement = Attestation::statement(name, signs, phone.id(), &time).unwrap();
    Payload::DocumentAttest(DocumentAttest {
        job: planned.job,
        attestation: Attestation {
            sealed_sha256: name,
            sign_offs_sha256: signs,
            device: phone.id(),
            time,
            signature: phone.key.sign(&statement),
        },
        pdf: Derived { sha256: Digest::of(b"pdf"), bytes: 3 },
        shown_bytes: 5,
    })
}

/// An office with a voucher that was signed, attested and handed in, and a photo that is held.
fn worked() -> (Office, Device, Planned, Digest) {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let planned = office.job(office.engineer);
    let lane = Scope::job(planned.job);
    let arrive = phone.command(&Payload::VisitArrive(VisitStep { visit: planned.visit }), &lane);
    let (name, sign_offs, sign) = signed(&mut phone, &planned);
    let attest = phone.command(&attested(&phone, &planned, name, &sign_offs), &lane);
    let submit = phone.command(&Payload::VoucherSubmit(VoucherSubmit { visit: planned.visit }), &lane);
    let pushed = phone.push(&office, &[arrive, sign, attest, submit]).unwrap();
    assert!(pushed.outcomes.iter().all(|outcome| outcome.outcome.as_str() == "accepted"), "{pushed:?}");
    office.hub.keep_media(b"photo").unwrap();
    (office, phone, planned, name)
}

fn database(office: &Office) -> PathBuf {
    office.folder.path().join("hub/hub.db")
}

#[test]
fn the_bundled_sqlite_cannot_lose_committed_data() {
    // Below 3.51.3 a WAL reset could lose committed pages (sqlite.org/wal.html, "the WAL-reset bug").
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn a_sound_hub_has_no_findings_and_the_whole_visit_ends_approved() {
    let (office, mut phone, planned, name) = worked();
    let report = office.hub.check(&mut |_| {}).unwrap();
    assert!(report.ok(), "{report:?}");
    assert!(report.checked["sealed documents"] == 1 && report.checked["media"] == 1, "{report:?}");
    let reviewer = office.hub.reviewer_for(planned.visit).unwrap();
    let remark = Remark { text: "warm or cold?".to_owned(), ..Remark::default() };
    office.hub.review(&reviewer, planned.job, ReviewChoice::Return(vec![remark])).unwrap();
    let again = Payload::VoucherSubmit(VoucherSubmit { visit: planned.visit });
    let envelope = phone.command(&again, &Scope::job(planned.job));
    phone.push(&office, &[envelope]).unwrap();
    let approve = ReviewChoice::Approve { missing: Vec::new(), without_attestation: false };
    office.hub.review(&reviewer, planned.job, approve).unwrap();
    let (_, job) = office.hub.get::<Job>(planned.job).unwrap().unwrap();
    let (_, voucher) = office.hub.get::<Voucher>(voucher_id(planned.visit)).unwrap().unwrap();
    assert_eq!((job.state.as_str(), voucher.leaves), ("approved", vec![name]));
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn a_forged_attestation_is_refused_and_the_true_one_still_comes_in() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let mut stranger = office.device(office.manager, 2);
    let planned = office.job(office.engineer);
    let lane = Scope::job(planned.job);
    let (name, sign_offs, sign) = signed(&mut phone, &planned);
    phone.push(&office, &[sign]).unwrap();
    let Payload::DocumentAttest(mut forged) = attested(&stranger, &planned, name, &sign_offs) else { return };
    forged.attestation.device = phone.id();
    let forged = stranger.command(&Payload::DocumentAttest(forged), &lane);
    stranger.push(&office, &[forged]).unwrap();
    let attestation = |office: &Office| {
        let (_, document) = office.hub.get::<Document>(document_id(name)).unwrap().unwrap();
        document.attestation
    };
    assert_eq!(attestation(&office), None);
    let own = phone.command(&attested(&phone, &planned, name, &sign_offs), &lane);
    phone.push(&office, &[own]).unwrap();
    assert!(attestation(&office).is_some());
}

#[test]
fn sql_cannot_change_or_delete_what_was_received_signed_or_held() {
    let (office, ..) = worked();
    let connection = Connection::open(database(&office)).unwrap();
    for sql in [
        "UPDATE sealed SET body = 'x'",
        "UPDATE sealed SET sha256 = zeroblob(32)",
        "DELETE FROM sealed",
        "UPDATE inbox SET body = 'x'",
        "UPDATE inbox SET origin = '{}'",
        "UPDATE inbox SET received = 0",
        "DELETE FROM inbox",
        "UPDATE device_chain SET chain_hash = zeroblob(32)",
        "DELETE FROM device_chain",
        "UPDATE media SET bytes = 0",
        "DELETE FROM media",
        "UPDATE log_leaf SET leaf = zeroblob(32)",
        "DELETE FROM log_leaf",
    ] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("never"), "{sql}: {refused}");
    }
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn check_names_what_somebody_altered() {
    // What is altered, with the triggers taken away -> the beginning of an item that is found.
    let rows = [
        ("sealed", "UPDATE sealed SET body = replace(body, 'leaks', 'drips')", "sealed/"),
        ("sealed", "DELETE FROM sealed", "document/"),
        ("record", "UPDATE record SET body = replace(body, 'leaks', 'drips') WHERE kind = 'document'", "sealed/"),
        ("record", "DELETE FROM record WHERE kind = 'document'", "sealed/"),
        ("record", "DELETE FROM record WHERE kind = 'holding' AND body LIKE '%job/%'", "device/"),
        ("record", "DELETE FROM record WHERE kind = 'person'", "device/"),
        ("record", "UPDATE record SET seq = seq + 1000 WHERE seq = (SELECT max(seq) FROM record)", "feed counter"),
        ("inbox", "UPDATE inbox SET body = replace(body, 'leaks', 'drips')", "command/"),
        ("inbox", "UPDATE inbox SET received = received + 1 WHERE arrival = 3", "log/3"),
        ("inbox", "UPDATE inbox SET digest = zeroblob(32) WHERE device IS NOT NULL", "device/"),
        ("device_chain", "DELETE FROM device_chain WHERE seq = 2", "device/"),
        ("device_chain", "UPDATE device_chain SET prev_hash = zeroblob(32) WHERE seq = 2", "device/"),
        ("chain_signature", "UPDATE chain_signature SET signature = replace(signature, 'a', 'b')", "device/"),
        ("log_leaf", "UPDATE log_leaf SET leaf = zeroblob(32) WHERE place = 0", "log/0"),
        ("log_leaf", "DELETE FROM log_leaf WHERE place = 1", "log/1"),
        ("checkpoint", "UPDATE checkpoint SET root = zeroblob(32)", "checkpoint/"),
        ("media", "UPDATE media SET bytes = bytes + 1", "media/"),
    ];
    for (table, sql, item) in rows {
        let (office, ..) = worked();
        office.hub.checkpoint().unwrap().unwrap();
        assert!(office.hub.check(&mut |_| {}).unwrap().ok());
        let connection = Connection::open(database(&office)).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        drop_triggers(&connection, table);
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
        let report = office.hub.check(&mut |_| {}).unwrap();
        assert!(report.findings.iter().any(|finding| finding.item.starts_with(item)), "{sql}: {report:?}");
    }
}

fn drop_triggers(connection: &Connection, table: &str) {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1").unwrap();
    let names: Vec<String> = statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
}

#[test]
fn check_finds_an_altered_and_a_missing_file() {
    let (office, ..) = worked();
    let sha256 = Digest::of(b"photo");
    let hex = sha256.hex();
    let path = office
        .folder
        .path()
        .join("hub/blobs")
        .join(office.hub.tenant().to_string())
        .join(hex.get(..2).unwrap())
        .join(&hex);
    for alter in [Some("photp"), Some("photo!"), None] {
        match alter {
            Some(text) => fs::write(&path, text).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let report = office.hub.check(&mut |_| {}).unwrap();
        assert_eq!(report.findings.len(), 1, "{report:?}");
        assert_eq!(report.findings[0].item, format!("media/{hex}"));
    }
    // Sent again, it heals.
    office.hub.keep_media(b"photo").unwrap();
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn a_newer_database_and_a_stranger_are_refused_untouched() {
    let office = Office::new();
    let path = database(&office);
    let Office { folder, hub, .. } = office;
    drop(hub);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found, .. }) if found == SCHEMA_VERSION + 1));
    assert_eq!(fs::read(&path).unwrap(), before);
    let stranger = folder.path().join("stranger.db");
    Connection::open(&stranger).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    assert!(matches!(Store::open(&stranger), Err(StoreError::NotAHub(_))));
    assert!(matches!(Hub::open(folder.path()), Err(HubError::Store(StoreError::NotAHub(_)))));
}

#[test]
fn a_folder_becomes_a_hub_once() {
    let office = Office::new();
    let options = InitOptions { company: "Other".to_owned(), sample: false };
    let again = Hub::init(&office.folder.path().join("hub"), &options);
    assert!(matches!(again, Err(HubError::AlreadyAHub(_))));
    let nameless =
        Hub::init(&office.folder.path().join("new"), &InitOptions { company: " ".to_owned(), sample: false });
    assert!(matches!(nameless, Err(HubError::Input(_))));
}

#[test]
fn the_sample_company_is_whole() {
    let office = Office::with_sample(true);
    let report = office.hub.check(&mut |_| {}).unwrap();
    assert!(report.ok(), "{report:?}");
    let parts = office.hub.all::<countersign_model::entity::Part>().unwrap();
    assert!(parts.len() >= 25);
    for (_, part) in &parts {
        assert!(part.name.0.len() == 4 && part.price.minor > 0, "{}", part.code);
    }
    let codes: std::collections::BTreeSet<_> = parts.iter().map(|(_, part)| &part.code).collect();
    assert_eq!(codes.len(), parts.len());
    for role in countersign_model::entity::Role::KNOWN {
        assert!(office.hub.somebody_who_is(role).unwrap().is_some(), "{role}");
    }
}

#[test]
fn an_export_holds_everything_and_no_secret() {
    let (office, mut phone, planned, name) = worked();
    let envelope = phone.command(&note("last", planned.job), &Scope::job(planned.job));
    phone.push(&office, &[envelope]).unwrap();
    let file = office.folder.path().join("export.bundle");
    let exported = office.hub.export(&file).unwrap();
    assert!(exported.records > 5 && exported.commands > 5 && exported.media == 1);
    let bytes = fs::read(&file).unwrap();
    let bundle = countersign_documents::Bundle::read(&bytes).unwrap();
    let records = String::from_utf8(bundle.files()["records.jsonl"].clone()).unwrap();
    assert!(records.contains(&name.hex()));
    assert_eq!(bundle.files()[&format!("media/{}", Digest::of(b"photo"))], b"photo");
    for secret in ["tenant-0.key", "token.secret"] {
        let text = fs::read(office.folder.path().join("hub/keys").join(secret)).unwrap();
        assert!(!bytes.windows(text.len()).any(|window| window == text), "{secret}");
    }
    assert!(office.hub.export(&file).is_err());
}

#[test]
fn an_init_that_stopped_half_way_is_begun_anew_and_lost_databases_are_not_papered_over() {
    let folder = tempfile::tempdir().unwrap();
    let options = InitOptions { company: "Acme".to_owned(), sample: false };
    fs::create_dir_all(folder.path().join(".new/keys")).unwrap();
    fs::write(folder.path().join(".new/hub.db"), "half").unwrap();
    let hub = Hub::init(folder.path(), &options).unwrap();
    assert!(hub.check(&mut |_| {}).unwrap().ok());
    let (tenant, fingerprint) = (hub.tenant(), hub.fingerprint());
    drop(hub);
    let again = Hub::open(folder.path()).unwrap();
    assert_eq!((again.tenant(), again.fingerprint()), (tenant, fingerprint));
    drop(again);
    fs::remove_file(folder.path().join("hub.db")).unwrap();
    assert!(matches!(Hub::init(folder.path(), &options), Err(HubError::Input(_))));
}
