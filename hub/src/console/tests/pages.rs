//! What each role sees and does.

use countersign_model::document::Stage;
use countersign_model::entity::{Call, Job, JobState, Visit};
use countersign_model::payload::{CallRegister, Payload};
use countersign_model::record::Scope;

use super::browser::Browser;
use super::company::{Company, id};

#[tokio::test]
async fn the_desk_registers_a_call_makes_a_job_and_plans_a_visit() {
    let company = Company::new();
    let mut desk = company.browser("Dora Desk").await;
    let form = desk.get("/calls/new").await.is(200);
    let call = form.hidden("id");
    let fields = [
        ("id", call.as_str()),
        ("fault", "leaks <b>badly</b>"),
        ("serial", "3391"),
        ("channel", "phone"),
        ("caller", "Carl"),
    ];
    desk.post("/calls/new", &fields).await.leads_to(&format!("/calls/{call}"));
    desk.get(&format!("/calls/{call}")).await.is(200).says("Acme Farm").says("leaks &#60;b&#62;badly");

    let form = desk.get(&format!("/jobs/new?call={call}")).await.is(200).says("value=\"3391\"");
    let job = form.hidden("id");
    let fields = [
        ("id", job.as_str()),
        ("call", call.as_str()),
        ("serial", "3391"),
        ("fault", "leaks"),
        ("machine_state", "down"),
        ("priority", "high"),
        ("class", "proposed"),
    ];
    desk.post("/jobs/new", &fields).await.leads_to(&format!("/jobs/{job}?done=made"));
    // Sent twice is made once.
    desk.post("/jobs/new", &fields).await.leads_to(&format!("/jobs/{job}"));
    let page = desk.get(&format!("/jobs/{job}?done=made")).await.is(200).says("Job made").says("B · contract");
    let ana = company.person("Ana Engineer").to_string();
    let visit = page.hidden("id");
    let fields =
        [("id", visit.as_str()), ("lead", ana.as_str()), ("from", "2026-11-23T09:00"), ("to", "2026-11-23T11:00")];
    desk.post(&format!("/jobs/{job}/plan"), &fields).await.leads_to(&format!("/jobs/{job}?done=planned"));
    desk.get("/board?view=person")
        .await
        .is(200)
        .says("Ana Engineer")
        .says("Machine down")
        .says("23 Nov 2026, 09:00 – 11:00");
    // A session by phone is planned the same way.
    let session = desk.get(&format!("/jobs/{job}?plan=1")).await.hidden("id");
    let fields = [("id", session.as_str()), ("lead", ana.as_str()), ("remote", "1")];
    desk.post(&format!("/jobs/{job}/plan"), &fields).await.leads_to(&format!("/jobs/{job}?done=planned"));
    let planned = company.hub.get::<Visit>(session.parse().unwrap()).unwrap().unwrap().1;
    assert!(planned.remote && planned.lead.to_string() == ana, "{planned:?}");
    desk.get("/board?machine=down&state=planned").await.says(&format!("/jobs/{job}"));
    desk.get("/board?machine=running").await.says_not(&format!("/jobs/{job}"));
    desk.get(&format!("/calls/{call}")).await.says(&format!("/jobs/{job}"));

    // Refusals come back on the form with what was typed.
    let form = desk.get("/jobs/new").await;
    let other = form.hidden("id");
    let fields = [("id", other.as_str()), ("fault", "no machine named"), ("class", "A"), ("priority", "low")];
    let refused = desk.post("/jobs/new", &fields).await.is(422);
    refused.says("This is missing: machine or serial number").says("no machine named").says("Nothing was changed");
}

#[tokio::test]
async fn a_visit_is_reassigned_and_half_a_window_is_refused() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ana Engineer");
    let mut manager = company.browser("Mia Manager").await;
    let page = manager.get(&format!("/jobs/{job}")).await.is(200);
    let ben = company.person("Ben Engineer").to_string();
    let half = [("id", page.hidden("id")), ("lead", ben.clone()), ("from", "2026-11-23T09:00".to_owned())];
    let half: Vec<(&str, &str)> = half.iter().map(|(name, value)| (*name, value.as_str())).collect();
    manager.post(&format!("/jobs/{job}/plan"), &half).await.is(422).says("both ends of the appointment");
    let new = id("new visit").to_string();
    let fields = [("visit", visit.to_string()), ("id", new), ("lead", ben)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    manager.post(&format!("/jobs/{job}/reassign"), &fields).await.leads_to(&format!("/jobs/{job}?done=reassigned"));
    manager.get(&format!("/jobs/{job}")).await.says("Reassigned").says("Ben Engineer");
    // The first engineer's console follows what their phone holds: the job is no longer theirs.
    let mut ana = company.browser("Ana Engineer").await;
    ana.get(&format!("/jobs/{job}")).await.is(404);
}

#[tokio::test]
async fn an_engineer_sees_own_jobs_own_photos_and_nothing_of_the_office() {
    let company = Company::new();
    let (own, own_visit) = company.job("own fault", "Ana Engineer");
    let (other, other_visit) = company.job("other fault", "Ben Engineer");
    let bytes = |name: &str| [&[0xff, 0xd8, 0xff][..], name.as_bytes()].concat();
    let own_photo = company.attach("Ana Engineer", own, own_visit, &bytes("own"), Stage::Found);
    let other_photo = company.attach("Ben Engineer", other, other_visit, &bytes("other"), Stage::Found);
    company.hold(&bytes("own"));
    company.hold(&bytes("other"));
    company.hold(b"cited by nobody");
    let number = company.hub.get::<Job>(other).unwrap().unwrap().1.number;

    let mut ana = company.browser("Ana Engineer").await;
    for path in ["/board", "/board?view=list", "/board?view=day", "/search?q=fault", "/search?q=3391"] {
        ana.get(path).await.is(200).says_not("other fault").says_not(&number);
    }
    ana.get("/board").await.says("own fault");
    ana.get("/search?q=own").await.says("own fault");
    ana.get(&format!("/jobs/{own}")).await.is(200).says("own fault");
    let photo = ana.get(&format!("/media/{own_photo}")).await.is(200);
    assert_eq!((photo.headers["content-type"].to_str().unwrap(), &photo.bytes), ("image/jpeg", &bytes("own")));
    let hidden = [
        format!("/jobs/{other}"),
        format!("/jobs/{other}/news?since=0"),
        format!("/media/{other_photo}"),
        format!("/media/{}", countersign_model::Digest::of(b"cited by nobody")),
        format!("/reviews/{other_visit}"),
    ];
    for path in hidden.iter().map(String::as_str).chain([
        "/calls",
        "/machines",
        "/customers",
        "/people",
        "/attention",
        "/reviews",
    ]) {
        ana.get(path).await.is(404);
    }
    ana.get("/board/news?since=0").await.is(200).says_not(&other.to_string());
    // An order about another's job is refused before the rules see it.
    ana.get("/board").await;
    ana.post(&format!("/jobs/{other}/note"), &[("id", &id("n").to_string()), ("text", "hello")]).await.is(404);
    // Without an account there is nothing at all.
    let mut stranger = Browser::new(&company.router);
    for path in [format!("/media/{own_photo}"), format!("/jobs/{own}"), "/live".to_owned()] {
        let answer = stranger.get(&path).await;
        assert!(matches!(answer.status, 303 | 401), "{path}: {}", answer.status);
    }
}

#[tokio::test]
async fn an_auditor_reads_everything_and_has_no_buttons_and_no_orders() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let mut auditor = company.browser("Otto Auditor").await;
    let job = format!("/jobs/{}", handed.job);
    let review = format!("/reviews/{}", handed.visit);
    for path in
        ["/board", "/calls", "/machines", "/customers", "/parts", "/people", "/attention", "/reviews", &job, &review]
    {
        let page = auditor.get(path).await.is(200);
        let main = page.body.split("<main").nth(1).unwrap();
        assert!(!main.contains("method=\"post\" action=\"/jobs") && !main.contains("name=\"outcome\""), "{path}");
        assert!(!main.contains("action=\"/people") && !main.contains("action=\"/attention"), "{path}");
    }
    for path in ["/calls/new", "/jobs/new"] {
        auditor.get(path).await.is(403);
    }
    auditor.get("/board").await;
    let fresh = id("fresh").to_string();
    let leaves = handed.sealed.hex();
    let orders: Vec<(String, Vec<(&str, &str)>)> = vec![
        (format!("{job}/cancel"), vec![("reason", "x")]),
        (format!("{job}/note"), vec![("id", &fresh), ("text", "x")]),
        (review, vec![("id", &fresh), ("leaves", &leaves), ("outcome", "approved")]),
        ("/people".to_owned(), vec![("id", &fresh), ("name", "x"), ("role", "manager")]),
        (
            "/jobs/new".to_owned(),
            vec![("id", &fresh), ("fault", "x"), ("serial", "3391"), ("priority", "low"), ("class", "A")],
        ),
    ];
    for (path, fields) in orders {
        auditor.post(&path, &fields).await.is(403);
    }
    assert_eq!(company.hub.get::<Job>(handed.job).unwrap().unwrap().1.state, JobState::Submitted);
}

#[tokio::test]
async fn another_company_on_the_same_hub_is_not_seen() {
    let company = Company::new();
    let other = id("other tenant");
    company.hub.inner.store.add_tenant(other, "Other", "e1", 1).unwrap();
    let secret_job = id("secret job");
    let row = crate::store::Put::of(
        secret_job,
        Scope::job(secret_job),
        &company
            .hub
            .get::<Job>(company.job("x", "Ana Engineer").0)
            .unwrap()
            .map(|(_, job)| Job { number: "J-SECRET".to_owned(), fault: "secret fault".to_owned(), ..job })
            .unwrap(),
    );
    company.hub.inner.store.write(other, |write| write.put(&[row])).unwrap();
    let bytes = b"\xff\xd8\xffsecret";
    let sha256 = countersign_model::Digest::of(bytes);
    company.hub.inner.blobs.keep(other, sha256, &mut &bytes[..]).unwrap();
    let mut admin = company.browser("Ada Admin").await;
    for path in ["/board", "/search?q=secret", "/search?q=J-SECRET", "/board/news?since=0"] {
        admin.get(path).await.is(200).says_not("secret fault").says_not("J-SECRET</a>");
    }
    admin.get(&format!("/jobs/{secret_job}")).await.is(404);
    admin.get(&format!("/media/{sha256}")).await.is(404);
}

#[tokio::test]
async fn an_administrator_adds_a_person_invites_a_device_and_cannot_lock_themselves_out() {
    let company = Company::new();
    let mut admin = company.browser("Ada Admin").await;
    let form = admin.get("/people").await.is(200);
    let person = form.hidden("id");
    let fields =
        [("id", person.as_str()), ("name", "Eve"), ("role", "engineer"), ("role", "training_rep"), ("language", "es")];
    admin.post("/people", &[("id", person.as_str()), ("name", "Eve")]).await.is(422).says("A role is needed");
    admin.post("/people", &fields).await.leads_to(&format!("/people/{person}?done=added"));
    admin.get(&format!("/people/{person}")).await.is(200).says("Eve");
    // Before the hub was served nobody knows its address.
    admin.post(&format!("/people/{person}/invite"), &[]).await.is(409).says("address of the office server");
    company.hub.write(|write| Ok(write.keep_setting(crate::service::URL_SETTING, "http://127.0.0.1:8080")?)).unwrap();
    let invitation = admin.post(&format!("/people/{person}/invite"), &[]).await.is(200);
    let invitation = invitation.says("countersign:1:http://127.0.0.1:8080|").says("<svg");
    assert!(!invitation.body.contains("<?xml"));
    let link = admin.post(&format!("/people/{person}/password-link"), &[]).await.is(200);
    let path = link.body.split("127.0.0.1:8080").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut eve = Browser::new(&company.router);
    eve.get(&path).await.is(200).says("Eve");
    let ada = company.person("Ada Admin");
    let own = [("name", "Ada Admin"), ("role", "manager"), ("language", "en")];
    admin.get("/people").await;
    admin.post(&format!("/people/{ada}/save"), &own).await.is(422).says("your own administrator role");
    // A manager sees people and changes none.
    let mut manager = company.browser("Mia Manager").await;
    manager.get(&format!("/people/{person}")).await.is(200).says_not("/invite");
    manager.post(&format!("/people/{person}/invite"), &[]).await.is(403);
    manager.post(&format!("/people/{person}/save"), &own).await.is(403);
}

#[tokio::test]
async fn refused_work_and_flags_are_listed_counted_and_closed() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ana Engineer");
    // A call without a fault is refused; work by somebody who is not on the visit is kept and flagged.
    let ben = crate::service::Actor::Person { person: company.person("Ben Engineer"), session: "s".to_owned() };
    let call = Payload::CallRegister(CallRegister { call: id("c"), body: Call::default() });
    company.hub.command(&ben, &call, Scope::call(id("c")), None).unwrap();
    let arrive = Payload::VisitArrive(countersign_model::payload::VisitStep { visit });
    company.hub.command(&ben, &arrive, Scope::job(job), None).unwrap();
    let mut manager = company.browser("Mia Manager").await;
    let list = manager.get("/attention").await.is(200);
    let list =
        list.says("Refused: Call registered").says("Work by somebody who is not on the visit").says("Ben Engineer");
    assert!(list.body.contains("<span class=\"count\">2</span>"), "{}", list.body);
    manager.get(&format!("/jobs/{job}")).await.says("Work by somebody who is not on the visit");
    let items: Vec<String> =
        list.body.split("id=\"item-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(items.len(), 2);
    manager.post("/attention/refusal", &[("id", &items[0])]).await.is(422).says("This is missing: reason");
    manager
        .post("/attention/refusal", &[("id", &items[0]), ("reason", "wrong button")])
        .await
        .leads_to("/attention?done=closed");
    manager
        .post("/attention/flag", &[("id", &items[1]), ("reason", "asked Ben")])
        .await
        .leads_to("/attention?done=closed");
    manager.get("/attention").await.is(200).says("What needs a person appears here").says_not("<span class=\"count\">");
    assert!(company.hub.get::<Visit>(visit).unwrap().unwrap().1.arrived.is_some());
}

#[tokio::test]
async fn a_pdf_comes_whole_or_in_ranges_and_a_page_that_a_device_sent_is_never_shown() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ana Engineer");
    let html = b"<!doctype html><script>alert(1)</script>";
    let page = company.attach("Ana Engineer", job, visit, html, Stage::Neither);
    company.hold(html);
    let mut manager = company.browser("Mia Manager").await;
    let answer = manager.get(&format!("/media/{page}")).await.is(200);
    assert_eq!(answer.headers["content-type"], "application/octet-stream");
    assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let part = manager.get_with(&format!("/media/{page}"), "range", "bytes=2-8").await.is(206);
    assert_eq!((part.body.as_str(), part.headers["content-range"].to_str().unwrap()), ("doctype", "bytes 2-8/40"));
    manager.get_with(&format!("/media/{page}"), "if-none-match", &format!("\"{page}\"")).await.is(304);
}

/// The numbers of the jobs on a page, in its order.
fn numbers(body: &str) -> Vec<String> {
    let marks = regex::Regex::new(r"href=.?./jobs/[0-9a-f-]{36}.[^>]*>(J-[0-9-]+)").unwrap();
    marks.captures_iter(body).map(|found| found[1].to_owned()).collect()
}

/// The address behind a label.
fn link(body: &str, label: &str) -> Option<String> {
    let before = body.split(&format!(">{label}<")).next().filter(|before| before.len() < body.len())?;
    let href = before.rsplit("href=\"").next()?.split('"').next()?;
    Some(href.replace("&#38;", "&").replace("&amp;", "&"))
}

#[tokio::test]
async fn every_job_is_reached_from_each_view_of_the_board() {
    let company = Company::new();
    for number in 0..130 {
        company.job(&format!("fault {number}"), "Ana Engineer");
    }
    let mut desk = company.browser("Mia Manager").await;
    let board = desk.get("/board").await.is(200);
    assert_eq!(numbers(&board.body).len(), 12, "a column begins with its first jobs");
    // Words that every job has, some have, and none has: the columns and their counts are those of a search.
    let searched = desk.get("/board?q=fault").await.is(200);
    assert_eq!(numbers(&searched.body), numbers(&board.body));
    assert!(link(&searched.body, "118 more jobs").is_some());
    let some = desk.get("/board?q=fault+12&priority=normal").await.is(200);
    assert_eq!(numbers(&some.body).len(), 11, "12 and 120 to 129");
    assert_eq!(numbers(&desk.get("/board?q=fault+12&priority=urgent").await.is(200).body).len(), 0);
    assert_eq!(numbers(&desk.get("/board?q=fault+zzz").await.is(200).body).len(), 0);
    let alone = link(&board.body, "118 more jobs").unwrap();
    for start in [
        alone.as_str(),
        "/board?view=list",
        "/board?view=person",
        "/board?view=list&sort=customer&dir=desc",
        "/board?view=list&q=fault",
        "/board?view=list&q=fault&sort=job&dir=desc",
    ] {
        let mut found = Vec::new();
        let mut next = Some(start.to_owned());
        while let Some(address) = next {
            let page = desk.get(&address).await.is(200);
            found.extend(numbers(&page.body));
            assert!(found.len() <= 130, "{start}");
            next = link(&page.body, "Next page");
        }
        let all: std::collections::BTreeSet<&String> = found.iter().collect();
        assert_eq!((found.len(), all.len()), (130, 130), "{start}");
    }
}
