//! Inviting and enrolling: one-time codes, lost replies, credentials, passwords and links.

use countersign_model::Language;
use countersign_model::entity::{Device, Role};
use countersign_model::trust::PrivateKey;
use countersign_model::wire::{EnrolmentString, ErrorCode};

use crate::common::{Office, enrol_request};

fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_bytes(&[seed; 32]).unwrap()
}

#[test]
fn a_lost_reply_is_repeated_until_the_device_calls() {
    let office = Office::new();
    let invite = office.hub.invite(office.engineer, Some("http://127.0.0.1:1")).unwrap();
    let first = office.hub.enrol(&enrol_request(&invite.code, &key(1))).unwrap();
    let office = office.reopened();
    // However the code is typed.
    let typed = invite.code.to_lowercase().replace('-', " ");
    let again = office.hub.enrol(&enrol_request(&typed, &key(1))).unwrap();
    assert_eq!((again.device, &again.token, &again.credential), (first.device, &first.token, &first.credential));
    let other = office.hub.enrol(&enrol_request(&invite.code, &key(2))).unwrap_err();
    assert_eq!(other.code, ErrorCode::CodeUsed);
    assert_eq!(office.hub.all::<Device>().unwrap().len(), 1);
    office.hub.recognise(&first.token).unwrap();
    let late = office.hub.enrol(&enrol_request(&invite.code, &key(1))).unwrap_err();
    assert_eq!(late.code, ErrorCode::CodeUsed);
}

#[test]
fn the_credential_and_the_string_lead_back_to_the_tenant_key() {
    let office = Office::new();
    let invite = office.hub.invite(office.engineer, Some("https://hub.example/")).unwrap();
    let string: EnrolmentString = invite.enrolment.parse().unwrap();
    assert_eq!((string.url.as_str(), &string.code), ("https://hub.example", &invite.code));
    let enrolment = office.hub.enrol(&enrol_request(&string.code, &key(1))).unwrap();
    assert!(enrolment.chain.holds(string.tenant_key));
    assert_eq!(enrolment.credential.check(&enrolment.chain), Ok(()));
    assert_eq!(enrolment.credential.key, key(1).public());
    assert_eq!(enrolment.credential.person_name, "Ana");
    assert_eq!(enrolment.credential.code.len(), 2);
}

#[test]
fn codes_end_after_a_week_and_wrong_ones_are_unknown() {
    let office = Office::new();
    let invite = office.hub.invite(office.engineer, Some("http://127.0.0.1:1")).unwrap();
    let unknown = office.hub.enrol(&enrol_request("AAAA-BBBB-CCCC-DDDD", &key(1))).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::CodeUnknown);
    office.advance(7 * 24 * 60 * 60 * 1000);
    let late = office.hub.enrol(&enrol_request(&invite.code, &key(1))).unwrap_err();
    assert_eq!(late.code, ErrorCode::CodeUsed);
}

#[test]
fn the_database_holds_no_code_token_or_key_in_clear() {
    let office = Office::new();
    let invite = office.hub.invite(office.engineer, Some("http://127.0.0.1:1")).unwrap();
    let enrolment = office.hub.enrol(&enrol_request(&invite.code, &key(1))).unwrap();
    let link = office.hub.sign_in_link(office.manager, false).unwrap();
    let session = office.hub.open_session(office.manager, "{}").unwrap();
    office.hub.set_password(office.manager, "marta", "correct horse battery").unwrap();
    let folder = office.folder.path().join("hub");
    let mut bytes = Vec::new();
    for name in ["hub.db", "hub.db-wal"] {
        bytes.extend(std::fs::read(folder.join(name)).unwrap_or_default());
    }
    let tenant_key = std::fs::read_to_string(folder.join("keys/tenant-0.key")).unwrap();
    let secret = link.path.rsplit('/').next().unwrap();
    for text in [&invite.code, &enrolment.token, secret, session.as_str(), "correct horse", &tenant_key] {
        let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!found, "a secret of {} letters", text.len());
    }
    assert!(!format!("{invite:?}").contains(&invite.code));
}

#[cfg(unix)]
#[test]
fn keys_are_for_the_hub_alone() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    let keys = office.folder.path().join("hub/keys");
    for folder in [keys.clone(), office.folder.path().join("hub")] {
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
    }
    for file in std::fs::read_dir(&keys).unwrap() {
        assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn passwords_and_links_sign_in_and_people_who_left_do_not() {
    let office = Office::new();
    let hub = &office.hub;
    assert!(hub.set_password(office.manager, "marta", "short").is_err());
    hub.set_password(office.manager, " Marta ", "correct horse battery").unwrap();
    assert!(hub.set_password(office.engineer, "MARTA", "another long password").is_err());
    let rows = [
        ("marta", "correct horse battery", Some(office.manager)),
        ("MARTA", "correct horse battery", Some(office.manager)),
        ("marta", "correct horse", None),
        ("nobody", "correct horse battery", None),
        ("", "", None),
    ];
    for (username, password, who) in rows {
        assert_eq!(hub.check_password(username, password).unwrap(), who, "{username} {password}");
    }
    let once = hub.sign_in_link(office.manager, false).unwrap();
    let secret = once.path.rsplit('/').next().unwrap();
    assert_eq!(hub.whose_link(secret).unwrap(), Some(office.manager));
    assert_eq!((hub.redeem_link(secret).unwrap(), hub.redeem_link(secret).unwrap()), (Some(office.manager), None));
    let session = hub.open_session(office.manager, "{\"language\":\"es\"}").unwrap();
    assert_eq!(hub.session(&session).unwrap().unwrap().person, office.manager);
    let (_, person) = hub.find_person("Marta").unwrap();
    let left = countersign_model::entity::Person { archived: true, ..person };
    hub.save(&hub.system(), office.manager, &left).unwrap();
    assert_eq!(hub.session(&session).unwrap(), None);
    assert_eq!(hub.check_password("marta", "correct horse battery").unwrap(), None);
}

#[test]
fn sessions_and_links_end() {
    let office = Office::new();
    let link = office.hub.sign_in_link(office.manager, true).unwrap();
    let secret = link.path.rsplit('/').next().unwrap();
    let session = office.hub.open_session(office.manager, "{}").unwrap();
    assert_eq!(office.hub.redeem_link(secret).unwrap(), Some(office.manager));
    assert_eq!(office.hub.redeem_link(secret).unwrap(), Some(office.manager));
    office.advance(25 * 60 * 60 * 1000);
    assert_eq!((office.hub.redeem_link(secret).unwrap(), office.hub.session(&session).unwrap()), (None, None));
}

#[test]
fn the_first_administrator_is_made_once() {
    let office = Office::new();
    let one = office.hub.first_admin_link().unwrap();
    let two = office.hub.first_admin_link().unwrap();
    assert_eq!(one.person, two.person);
    assert_ne!(one.path, two.path);
    assert_eq!(office.hub.somebody_who_is(&Role::Administrator).unwrap(), Some(one.person));
    assert!(
        office.hub.add_person(&office.hub.system(), "X", &[Role::Other("king".into())], Language::English).is_err()
    );
}

/// The tenant key would vouch for it: what is no key becomes no device, and the invitation still holds.
#[test]
fn what_is_no_key_is_not_enrolled() {
    let office = Office::new();
    let invite = office.hub.invite(office.engineer, Some("http://127.0.0.1:1")).unwrap();
    let key = PrivateKey::from_bytes(&[1; 32]).unwrap();
    let good = key.public().as_hex().to_owned();
    let off_curve = format!("02{}", "f".repeat(64));
    for text in
        ["", "zz", &good.to_uppercase(), good.get(2..).unwrap(), &off_curve, &format!("{good}00"), &"a".repeat(100_000)]
    {
        let request = serde_json::json!({"code": invite.code, "key": text, "name": "phone", "program": "test"});
        let problem = office.hub.enrol(&serde_json::from_value(request).unwrap()).unwrap_err();
        assert_eq!(problem.code, ErrorCode::BadRequest, "{}", text.chars().take(80).collect::<String>());
    }
    assert!(office.hub.all::<countersign_model::entity::Device>().unwrap().is_empty());
    assert!(office.hub.enrol(&enrol_request(&invite.code, &key)).is_ok());
}
