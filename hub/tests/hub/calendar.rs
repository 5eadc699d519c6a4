//! A person's visits as iCalendar: by a secret address that can be revoked, with stable ids, known by its tag.

use countersign_hub::service::{JobOrder, NewJob};
use countersign_model::Language;
use countersign_model::entity::{Role, Window};
use countersign_model::wire::ErrorCode;

use crate::common::{Office, START};
use crate::live::{Ask, Live, call, get};

const HOUR: i64 = 60 * 60 * 1000;

fn plan(office: &Office, fault: &str, from: i64) -> countersign_hub::service::Planned {
    let job = NewJob { serial: "X-1".to_owned(), fault: fault.to_owned(), ..NewJob::default() };
    let window = Some(Window { from, to: from + 2 * HOUR });
    let order = JobOrder { job, lead: office.engineer, helpers: Vec::new(), window };
    office.hub.job(&office.manager(), &order).unwrap()
}

/// The value of a line of the only event of a feed, folds undone.
fn line(text: &str, name: &str) -> String {
    let whole = text.replace("\r\n ", "");
    let found: Vec<&str> = whole
        .split("\r\n")
        .filter(|line| line.split([':', ';']).next() == Some(name))
        .filter_map(|line| line.split_once(':').map(|(_, value)| value))
        .collect();
    assert_eq!(found.len(), 1, "{name}: {text}");
    found[0].to_owned()
}

#[test]
fn a_visit_keeps_its_id_and_counts_its_changes() {
    let mut live = Live::new();
    let office = &live.office;
    let planned = plan(office, "leaks at the pump, badly; \"really\"\nsince Monday", START + HOUR);
    let path = office.hub.make_calendar_link(office.engineer).unwrap();
    let answer = get(live.address, &path, None);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let uid = line(&text, "UID");
    assert_eq!(uid, format!("visit-{}@{}.countersign", planned.visit, office.hub.tenant()));
    assert_eq!(line(&text, "STATUS"), "CONFIRMED");
    assert!(line(&text, "SUMMARY").contains("leaks at the pump\\, badly\\; \"really\" since Monday"));
    assert!(line(&text, "URL").ends_with(&format!("/jobs/{}", planned.job)));
    let sequence: u64 = line(&text, "SEQUENCE").parse().unwrap();

    let tag = answer.header("etag").unwrap().to_owned();
    let again = |tag: &str| {
        let ask = Ask { headers: vec![("if-none-match", tag.to_owned())], ..Ask::default() };
        call(live.address, "GET", &path, &ask)
    };
    office.advance(5 * HOUR);
    let known = again(&tag);
    assert_eq!((known.status, known.body.len(), known.header("etag")), (304, 0, Some(tag.as_str())));

    office.hub.reassign_visit(&office.manager(), planned.visit, office.manager).unwrap();
    let text = String::from_utf8(again(&tag).body).unwrap();
    assert_eq!((line(&text, "UID"), line(&text, "STATUS").as_str()), (uid, "CANCELLED"));
    assert!(line(&text, "SEQUENCE").parse::<u64>().unwrap() > sequence);
    live.stop();
}

#[test]
fn an_address_is_secret_one_at_a_time_and_ends_with_the_person() {
    let mut live = Live::new();
    let office = &live.office;
    let hub = &office.hub;
    let status = |path: &str| get(live.address, path, None).status;
    let first = hub.make_calendar_link(office.engineer).unwrap();
    let second = hub.make_calendar_link(office.engineer).unwrap();
    assert_eq!((status(&first), status(&second)), (404, 200));
    assert!(hub.calendar_link_since(office.engineer).unwrap().is_some());
    hub.revoke_calendar_link(office.engineer).unwrap();
    assert_eq!(status(&second), 404);
    assert_eq!(hub.calendar_link_since(office.engineer).unwrap(), None);
    let third = hub.make_calendar_link(office.engineer).unwrap();
    for name in ["hub.db", "hub.db-wal"] {
        let bytes = std::fs::read(hub.folder().join(name)).unwrap_or_default();
        let secret = third.trim_start_matches("/calendar/").trim_end_matches(".ics").as_bytes();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{name}");
    }
    let (_, person) = hub.get::<countersign_model::entity::Person>(office.engineer).unwrap().unwrap();
    let left = countersign_model::entity::Person { archived: true, ..person };
    hub.save(&hub.system(), office.engineer, &left).unwrap();
    assert_eq!(status(&third), 404);
    assert!(hub.make_calendar_link(office.engineer).is_err());
    live.stop();
}

#[test]
fn each_person_sees_their_own_visits_in_their_own_language() {
    let mut live = Live::new();
    let office = &live.office;
    plan(office, "leaks", START + HOUR);
    let other = office.hub.add_person(&office.hub.system(), "Ben", &[Role::Engineer], Language::English).unwrap();
    let text = |person| {
        let path = office.hub.make_calendar_link(person).unwrap();
        String::from_utf8(get(live.address, &path, None).body).unwrap()
    };
    let (own, none) = (text(office.engineer), text(other));
    assert!(own.contains("BEGIN:VEVENT") && !none.contains("BEGIN:VEVENT"));
    assert!(own.contains("NAME;LANGUAGE=es:Visitas de Ana") && none.contains("NAME;LANGUAGE=en:Visits of Ben"));
    live.stop();
}

#[test]
fn an_address_that_nobody_gave_leads_nowhere() {
    let mut live = Live::new();
    let long = "a".repeat(64);
    for path in [
        format!("/calendar/{long}.ics"),
        "/calendar/x.ics".to_owned(),
        "/calendar/..%2f..%2fkeys".to_owned(),
        format!("/calendar/{}.ics", "%00".repeat(64)),
        format!("/calendar/{}", "a".repeat(5_000)),
    ] {
        assert_eq!(get(live.address, &path, None).problem(), ErrorCode::NotFound, "{path}");
    }
    live.stop();
}
