//! The office's day: the board's plan and views, moving a visit, standard remarks, conflicts and held-back work, the
//! audit log, policies, sign-ins.

use countersign_model::document::Stage;
use countersign_model::entity::{Code, Job, Policy, Review, Visit, VisitState, Window, code_id, code_list, voucher_id};
use countersign_model::payload::{CallRegister, JobCancel, Payload};
use countersign_model::record::Scope;
use countersign_model::{Id, Language, LocalText};

use super::company::{Company, START, id};
use crate::service::Actor;

const HOUR: i64 = 3_600_000;

/// A job with a visit that begins so many hours after the clock's start and takes two.
fn planned(company: &Company, fault: &str, lead: &str, hours: i64) -> (Id, Id) {
    let job = company.open_job(fault);
    let from = START + hours * HOUR;
    let window = Some(Window { from, to: from + 2 * HOUR });
    let system = company.hub.system();
    (job, company.hub.plan_visit(&system, job, company.person(lead), &[], window).unwrap().visit)
}

#[tokio::test]
async fn the_week_has_a_row_for_each_person_and_a_tray_for_what_has_no_appointment() {
    let company = Company::new();
    let (job, visit) = planned(&company, "leaks at the pump", "Ana Engineer", 0);
    let (other, _) = planned(&company, "noise in the gearbox", "Ana Engineer", 1);
    let open = company.open_job("not planned yet");
    let mut desk = company.browser("Dora Desk").await;
    // 22 Nov 2026 is a Sunday: its week begins on the 16th.
    let week = desk.get("/board?view=week").await.is(200).says("16 Nov 2026 – 22 Nov 2026").says("Sun 22");
    let week = week.says("Ana Engineer").says("Ben Engineer").says("Overlaps another visit");
    let week =
        week.says(&format!("/visits/{visit}/move?back=")).says("09:00 – 11:00").says(&format!("/jobs/{open}?plan=1"));
    assert_eq!(week.body.matches(&format!("id=\"state-{job}\"")).count(), 1);
    desk.get("/board?view=week&day=2026-11-23")
        .await
        .says_not(&format!("/jobs/{job}\""))
        .says(&format!("/jobs/{open}\""));
    desk.get("/board?view=day").await.says("Sun, 22 Nov 2026").says("08:00 – 10:00").says(&format!("/jobs/{job}\""));
    // Filters: text, person, priority, class, customer; a filter that names nothing shows how to clear it.
    desk.get("/board?view=week&q=gearbox").await.says_not(&format!("/jobs/{job}\"")).says(&format!("/jobs/{other}\""));
    let ben = company.person("Ben Engineer");
    desk.get(&format!("/board?view=week&person={ben}")).await.says_not("Overlaps").says_not(&format!("/jobs/{job}\""));
    desk.get("/board?customer=acme").await.says(&format!("/jobs/{job}\""));
    desk.get("/board?customer=other").await.says_not(&format!("/jobs/{job}\"")).says("No job fits these filters");
    desk.get("/board?priority=urgent").await.says("No job fits these filters").says("Clear filters");
    desk.get("/board?class=B").await.says(&format!("/jobs/{job}\""));
    desk.get("/board?q=3391&state=planned&machine=down").await.says(&format!("/jobs/{job}\""));
    // A broken address is no error.
    desk.get("/board?view=month&day=2026-99-99&person=x&branch=y").await.is(200);
    // People of the field see their own row and their own visits.
    let mut ben = company.browser("Ben Engineer").await;
    ben.get("/board?view=week")
        .await
        .is(200)
        .says_not("Ana Engineer")
        .says_not(&format!("/jobs/{job}\""))
        .says_not("/move?");
}

#[tokio::test]
async fn a_view_is_kept_opens_first_is_replaced_by_name_and_belongs_to_its_person() {
    let company = Company::new();
    let mut mia = company.browser("Mia Manager").await;
    mia.get("/board?view=list&machine=down").await.is(200);
    let fields = [("address", "/board?view=list&machine=down"), ("name", "Machines <down>"), ("first", "1")];
    mia.post("/board/views", &fields).await.leads_to("/board?view=list&machine=down&done=view-kept");
    mia.get("/board").await.leads_to("/board?view=list&machine=down");
    mia.get("/board?view=state").await.is(200).says("Machines &#60;down&#62;").says("opens first");
    let again = [("address", "/board?view=week"), ("name", "Machines <down>"), ("first", "")];
    mia.post("/board/views", &again).await.leads_to("/board?view=week&done=view-kept");
    let page = mia.get("/board").await.is(200).says("href=\"/board?view=week\"");
    assert_eq!(page.body.matches("Machines &#60;down&#62;").count(), 2, "the link and its remove button");
    for address in ["//evil.example/board", "/people", ""] {
        mia.post("/board/views", &[("address", address), ("name", "x")]).await.is(404);
    }
    let kept = page.body.split("action=\"/board/views/forget\"").nth(1).unwrap();
    let view = kept.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut dora = company.browser("Dora Desk").await;
    dora.get("/board").await.is(200).says_not("Machines &#60;down&#62;");
    dora.post("/board/views/forget", &[("id", &view), ("address", "/board")]).await.leads_to("/board");
    mia.get("/board").await.says("Machines &#60;down&#62;");
    mia.post("/board/views/forget", &[("id", &view), ("address", "/board")])
        .await
        .leads_to("/board?done=view-forgotten");
    mia.get("/board").await.says_not("Machines &#60;down&#62;");
}

#[tokio::test]
async fn moving_a_visit_names_what_follows_and_then_does_it() {
    let company = Company::new();
    let (job, visit) = planned(&company, "leaks", "Ana Engineer", 0);
    let ben = company.person("Ben Engineer").to_string();
    let mut desk = company.browser("Dora Desk").await;
    let back = "%2Fboard%3Fview%3Dweek";
    let ask = format!("/visits/{visit}/move?lead={ben}&day=2026-11-24&back={back}");
    let page = desk.get(&ask).await.is(200).says("What follows");
    let page =
        page.says("the visit of Ana Engineer is closed and a new one with a new number is planned for Ben Engineer");
    // Dropped on another day it keeps its time of day and its length.
    let page = page
        .says("value=\"2026-11-24T09:00\"")
        .says("value=\"2026-11-24T11:00\"")
        .says("The appointment".to_lowercase().as_str());
    assert_eq!(
        company.hub.get::<Visit>(visit).unwrap().unwrap().1.state,
        VisitState::Planned,
        "asking changes nothing"
    );
    let new = page.hidden("id");
    let half = [("id", new.as_str()), ("lead", ben.as_str()), ("from", "2026-11-24T09:00")];
    desk.post(&format!("/visits/{visit}/move"), &half).await.is(422).says("both ends of the appointment");
    let fields = [
        ("id", new.as_str()),
        ("lead", ben.as_str()),
        ("from", "2026-11-24T09:00"),
        ("to", "2026-11-24T11:00"),
        ("back", "/board?view=week"),
    ];
    desk.post(&format!("/visits/{visit}/move"), &fields).await.leads_to("/board?view=week&done=moved");
    let (_, old) = company.hub.get::<Visit>(visit).unwrap().unwrap();
    let (_, next) = company.hub.get::<Visit>(new.parse().unwrap()).unwrap().unwrap();
    assert_eq!((old.state, next.lead.to_string()), (VisitState::Reassigned, ben.clone()));
    assert_eq!(next.window.unwrap().from, START + 48 * HOUR);
    // Sent again it says that the visit is no longer there to be moved.
    desk.post(&format!("/visits/{visit}/move"), &fields).await.is(409).says("not possible in the state");
    desk.get("/board?view=week&day=2026-11-24").await.says(&format!("/jobs/{job}\""));
    let mut auditor = company.browser("Otto Auditor").await;
    auditor.get(&format!("/visits/{new}/move")).await.is(403);
    auditor.get("/board?view=week&day=2026-11-24").await.says_not("/move?");
}

#[tokio::test]
async fn a_standard_remark_is_picked_in_one_language_and_kept_in_all() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let name =
        LocalText::four(["Measure again warm", "Medir otra vez en caliente", "请热机后重新测量", "請熱機後重新量測"]);
    let code = Code { list: code_list::REMARK.to_owned(), code: "warm".to_owned(), name, ..Code::default() };
    company.hub.save(&company.hub.system(), code_id(code_list::REMARK, "warm"), &code).unwrap();
    let mut manager = company.browser("Mia Manager").await;
    manager.get("/board").await;
    manager.post("/language", &[("language", "es"), ("back", "/board")]).await.leads_to("/board");
    let path = format!("/reviews/{}", handed.visit);
    let page = manager.get(&path).await.is(200).says("Medir otra vez en caliente").says_not("Measure again warm");
    let review = page.hidden("id");
    let leaves = page.hidden("leaves");
    let fields = [
        ("id", review.as_str()),
        ("leaves", leaves.as_str()),
        ("outcome", "returned"),
        ("code./data/pressure", "warm"),
        ("remark./data/pressure", ""),
        ("remark./data/leak", "which pump?"),
    ];
    manager.post(&path, &fields).await.leads_to("/reviews?done=returned");
    let (_, kept) = company.hub.children::<Review>(voucher_id(handed.visit)).unwrap().pop().unwrap();
    assert_eq!(kept.remarks[0].code, "warm");
    for (language, want) in
        [(Language::English, "Measure again warm"), (Language::TraditionalChinese, "請熱機後重新量測")]
    {
        assert_eq!(kept.remarks[0].in_language(language), want);
    }
    assert_eq!(kept.remarks[1].in_language(Language::Spanish), "which pump?");
    // The second round shows first what changed and what was asked for.
    company.amended("Ana Engineer", &handed);
    let second = manager.get(&path).await.is(200).says("Pedido en la ronda 1: Medir otra vez en caliente");
    let (changed, rest) = second.body.split_once("unchanged").unwrap();
    assert!(changed.contains("184 bar") && !rest.contains("184 bar"));
}

#[tokio::test]
async fn a_decision_on_what_changed_meanwhile_says_what_came_in() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let mut manager = company.browser("Mia Manager").await;
    let path = format!("/reviews/{}", handed.visit);
    let page = manager.get(&path).await.is(200);
    let (review, leaves) = (page.hidden("id"), page.hidden("leaves"));
    company.amended("Ana Engineer", &handed);
    let fields = [("id", review.as_str()), ("leaves", leaves.as_str()), ("outcome", "returned"), ("remark.", "why?")];
    let stale = manager.post(&path, &fields).await.is(409).says("It changed since you looked");
    let stale = stale.says("Came in since you looked").says("Oil pressure: 148 bar → 184 bar").says("why?</textarea>");
    let fields =
        [("id", review.as_str()), ("leaves", &stale.hidden("leaves")), ("outcome", "returned"), ("remark.", "why?")];
    manager.post(&path, &fields).await.leads_to("/reviews?done=returned");
}

#[tokio::test]
async fn refused_work_is_worded_paged_and_kept_as_a_note() {
    let company = Company::new();
    let (job, _) = company.job("noise", "Ana Engineer");
    let desk = Actor::Person { person: company.person("Dora Desk"), session: "s".to_owned() };
    company
        .hub
        .order(&desk, &Payload::JobCancel(JobCancel { job, reason: "double".to_owned() }), Scope::job(job))
        .unwrap();
    // Cancelling a second time is refused, and so are sixty calls without a fault.
    let again = Payload::JobCancel(JobCancel { job, reason: "still double".to_owned() });
    for number in 0..60 {
        let call = id(&format!("call {number}"));
        let body = Payload::CallRegister(CallRegister { call, body: Default::default() });
        company.hub.command(&desk, &body, Scope::call(call), None).unwrap();
    }
    company.hub.command(&desk, &again, Scope::job(job), None).unwrap();
    let mut manager = company.browser("Mia Manager").await;
    let list = manager.get("/attention").await.is(200).says("Refused: Job cancelled").says("still double");
    assert_eq!(list.body.matches("data-row").count(), 10, "a few of each sort");
    let first = manager.get("/attention?sort=refused").await.is(200);
    assert_eq!(first.body.matches("data-row").count(), 50);
    let next = first.body.split("href=\"/attention?sort=refused&#38;after=").nth(1).unwrap().split('"').next().unwrap();
    let second = manager.get(&format!("/attention?sort=refused&after={next}")).await.is(200);
    assert_eq!(second.body.matches("data-row").count(), 11);
    let item = list.body.split("id=\"item-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let note = id("note").to_string();
    manager.post("/attention/note", &[("id", &item), ("note", &note)]).await.leads_to("/attention?done=noted");
    manager.get(&format!("/jobs/{job}")).await.says("Refused: Job cancelled").says("still double");
    manager.get("/attention").await.says_not("still double");
}

#[tokio::test]
async fn who_signed_in_and_what_they_did_is_in_the_audit_log_for_auditors_alone() {
    let company = Company::new();
    let (job, _) = company.job("noise", "Ana Engineer");
    let mut desk = company.browser("Dora Desk").await;
    let page = desk.get(&format!("/jobs/{job}")).await.is(200);
    let note = page.body.split("/note\"").nth(1).unwrap().split("name=\"id\" value=\"").nth(1).unwrap();
    let note = note.split('"').next().unwrap().to_owned();
    desk.post(&format!("/jobs/{job}/note"), &[("id", &note), ("text", "=rang \"twice\"")]).await.leads_to("/jobs/");
    desk.get("/audit").await.is(404);
    let mut auditor = company.browser("Otto Auditor").await;
    let log = auditor.get("/audit").await.is(200).says("Signed in").says("Dora Desk").says("Note added");
    log.says("=rang &#34;twice&#34;").says("console, session").says_not("Nobody did");
    let dora = company.person("Dora Desk");
    let own = auditor.get(&format!("/audit?person={dora}&kind=note.add")).await.is(200);
    assert_eq!(own.body.matches("data-row").count(), 1);
    let number = company.hub.get::<Job>(job).unwrap().unwrap().1.number;
    auditor.get(&format!("/audit?record={number}")).await.says("Note added").says_not("Signed in</td>");
    auditor.get("/audit?record=J-99-9999").await.is(200).says("has this number");
    auditor.get("/audit?from=2030-01-01").await.says("appears here");
    auditor.get("/audit?from=2026-11-22&to=2026-11-22").await.says("rang &#34;twice").says("data-row");
    auditor.get("/audit?to=2026-11-21").await.says_not("data-row").says("appears here");
    let csv = auditor.get(&format!("/audit.csv?person={dora}")).await.is(200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    let csv = csv.says("Text: =rang \"\"twice\"\"").says("2026-11-22T");
    assert!(csv.body.lines().all(|line| !line.starts_with('=')));
    auditor.get("/audit").await.says("Audit log exported");
    // Everything is there to be read, nothing to be changed.
    for path in ["/policies", "/attention", "/reviews", "/people"] {
        auditor.get(path).await.is(200);
    }
    auditor.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
    auditor.get("/audit").await.leads_to("/sign-in");
}

#[tokio::test]
async fn what_was_done_at_the_office_is_never_changed() {
    let company = Company::new();
    let _ = company.browser("Dora Desk").await;
    let path = company.hub.inner.store.path().to_owned();
    let connection = rusqlite::Connection::open(path).unwrap();
    for sql in ["UPDATE office_event SET kind = 'x'", "DELETE FROM office_event"] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("never"), "{refused}");
    }
}

#[tokio::test]
async fn a_policy_is_explained_changed_by_an_administrator_and_keeps_its_history() {
    let company = Company::new();
    let (row, _) = company.hub.all::<Policy>().unwrap().pop().unwrap();
    let path = format!("/policies/{}", row.id);
    let mut admin = company.browser("Ada Admin").await;
    admin.get("/policies").await.is(200).says("General policy").says(&path);
    admin.get(&path).await.is(200).says("Photos stay on the phone for 90 days");
    let seen = admin.get(&path).await.hidden("seen");
    let fields = [("name", "Field"), ("reserve", "256"), ("grace", "30"), ("hide", "C"), ("seen", seen.as_str())];
    for (name, value, says) in
        [("reserve", "1", "free space"), ("grace", "soon", "number of days"), ("name", "", "name")]
    {
        let wrong: Vec<(&str, &str)> =
            fields.iter().map(|(key, kept)| (*key, if *key == name { value } else { *kept })).collect();
        admin.post(&path, &wrong).await.is(422).says(says);
    }
    admin.post(&path, &fields).await.leads_to(&format!("{path}?done=saved"));
    let page = admin.get(&path).await.is(200).says("for 30 days").says("Ada Admin");
    page.says("The customer sees no prices on vouchers of class C");
    let (_, policy) = company.hub.get::<Policy>(row.id).unwrap().unwrap();
    assert_eq!((policy.capture_reserve_bytes, policy.grace_days), (256 << 20, 30));
    let mut manager = company.browser("Mia Manager").await;
    manager.get(&path).await.is(200).says_not("name=\"grace\"");
    manager.post(&path, &fields).await.is(403);
}

#[tokio::test]
async fn a_person_sees_and_ends_their_sign_ins_and_an_administrator_ends_all_of_them() {
    let company = Company::new();
    let mia = company.person("Mia Manager");
    company.hub.set_password(mia, "mia", "correct horse 1").unwrap();
    let mut first = company.browser("Mia Manager").await;
    let mut second = company.browser("Mia Manager").await;
    let page = first.get("/account").await.is(200).says("This browser").says("Last used");
    let other = page.hidden("session");
    first.post("/account/sign-ins/end", &[("session", &other)]).await.leads_to("/account?done=sign-in-ended");
    second.get("/board").await.leads_to("/sign-in");
    // Another password takes the present one and ends every other sign-in.
    let wrong = [("present", "wrong"), ("password", "correct horse 2"), ("again", "correct horse 2")];
    first.post("/account/password", &wrong).await.is(422).says("present password is wrong");
    let short = [("present", "correct horse 1"), ("password", "short"), ("again", "short")];
    first.post("/account/password", &short).await.is(422).says("The password is too short");
    let mut third = company.browser("Mia Manager").await;
    let good = [("present", "correct horse 1"), ("password", "correct horse 2"), ("again", "correct horse 2")];
    first.post("/account/password", &good).await.leads_to("/account?done=password");
    third.get("/board").await.leads_to("/sign-in");
    first.get("/board").await.is(200);
    // Nobody but an administrator ends somebody else's.
    first.post(&format!("/people/{}/sign-out", company.person("Dora Desk")), &[]).await.is(404);
    first.get(&format!("/people/{mia}/sign-ins")).await.is(404);
    let mut admin = company.browser("Ada Admin").await;
    admin.get(&format!("/people/{mia}/sign-ins")).await.is(200).says("Sign out everywhere");
    admin
        .post(&format!("/people/{mia}/sign-out"), &[])
        .await
        .leads_to(&format!("/people/{mia}/sign-ins?done=signed-out"));
    first.get("/board").await.leads_to("/sign-in");
}

#[tokio::test]
async fn the_gallery_shows_photos_under_filters_and_saves_them_under_their_name() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ana Engineer");
    let found = [0xff, 0xd8, 0xff, 1];
    let left = [0xff, 0xd8, 0xff, 2];
    let first = company.attach("Ana Engineer", job, visit, &found, Stage::Found);
    let second = company.attach("Ana Engineer", job, visit, &left, Stage::Left);
    company.hold(&found);
    company.hold(&left);
    let mut manager = company.browser("Mia Manager").await;
    let path = format!("/jobs/{job}/photos");
    manager.get(&path).await.is(200).says(&first.hex()).says(&second.hex()).says("2 photos");
    manager.get(&format!("{path}?stage=left")).await.says_not(&first.hex()).says(&second.hex());
    let saved = manager.get(&format!("/media/{first}?download=1&name=IMG_0001.jpg%22%0d%0aX")).await.is(200);
    assert_eq!(saved.headers["content-disposition"], "attachment; filename=\"IMG_0001.jpgX\"");
    manager.get(&format!("/jobs/{job}")).await.says(&path);
    let mut ben = company.browser("Ben Engineer").await;
    ben.get(&path).await.is(404);
}

#[tokio::test]
async fn the_search_finds_jobs_documents_people_parts_and_two_chinese_characters() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let (other, _) = company.job("noise in the gearbox", "Ben Engineer");
    let mut desk = company.browser("Dora Desk").await;
    let job = format!("/jobs/{}", handed.job);
    let hash = handed.sealed.hex();
    let begin: String = hash.chars().take(10).collect::<String>().to_uppercase();
    for (typed, want) in [
        ("leaks pump", job.as_str()),
        (handed.number.as_str(), job.as_str()),
        (hash.as_str(), job.as_str()),
        (begin.as_str(), job.as_str()),
        ("3391", "/machines/"),
        ("Acme", "/customers/"),
        ("SEAL", "/parts/"),
        ("Ben Eng", "/people/"),
        ("收割", "/models/"),
    ] {
        desk.get(&format!("/search?q={}", super::super::fields::encoded(typed))).await.is(200).says(want);
        desk.get(&format!("/search/suggestions?q={}", super::super::fields::encoded(typed))).await.is(200).says(want);
    }
    desk.get("/search?q=gearbox").await.says(&format!("/jobs/{other}")).says_not(&job);
    for odd in ["\"", "a*b(c", "' OR 1=1", "\u{202e}abc", "NEAR(", "%_", ""] {
        desk.get(&format!("/search?q={}", super::super::fields::encoded(odd))).await.is(200);
    }
    desk.get("/search/suggestions?q=a").await.is(200).says_not("<a ");
    // People of the field find their own jobs and nothing of the office.
    let mut ben = company.browser("Ben Engineer").await;
    ben.get("/search?q=leaks").await.says_not(&job);
    ben.get("/search?q=Acme").await.says_not("/customers/");
    ben.get(&format!("/search?q={hash}")).await.says_not(&job);
    ben.get("/search?q=gearbox").await.says(&format!("/jobs/{other}"));
}

#[tokio::test]
async fn a_job_is_corrected_its_helpers_changed_and_its_class_set_by_who_may() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ana Engineer");
    let ben = company.person("Ben Engineer");
    let mut desk = company.browser("Dora Desk").await;
    let path = format!("/jobs/{job}");
    desk.get(&path).await.is(200).says("Change job").says("Change helpers").says_not("Change class");
    let fields = [("priority", "urgent"), ("machine_state", "limited"), ("fault", "loud noise")];
    desk.post(&format!("{path}/change"), &fields).await.leads_to(&format!("{path}?done=changed"));
    let empty = [("priority", "urgent"), ("machine_state", "limited"), ("fault", " ")];
    desk.post(&format!("{path}/change"), &empty).await.is(422).says("This is missing: fault");
    let (visit_text, ben_text) = (visit.to_string(), ben.to_string());
    let staff = [("visit", visit_text.as_str()), ("helper", ben_text.as_str())];
    desk.post(&format!("{path}/staff"), &staff).await.leads_to(&format!("{path}?done=changed"));
    assert!(company.hub.get::<Visit>(visit).unwrap().unwrap().1.has(ben));
    desk.post(&format!("{path}/staff"), &staff[..1]).await.leads_to(&format!("{path}?done=changed"));
    assert!(!company.hub.get::<Visit>(visit).unwrap().unwrap().1.has(ben));
    let changed = company.hub.get::<Job>(job).unwrap().unwrap().1;
    assert_eq!((changed.priority.as_str(), changed.machine_state.as_str()), ("urgent", "limited"));
    assert_eq!(changed.fault, "loud noise");
    let (other, _) = company.job("other", "Ana Engineer");
    desk.post(&format!("/jobs/{other}/staff"), &staff).await.is(404);
    let mut manager = company.browser("Mia Manager").await;
    manager.get(&path).await.is(200).says("Change class");
    let class = [("visit", visit_text.as_str()), ("class", "C"), ("reason", "goodwill")];
    manager.post(&format!("{path}/class"), &class).await.leads_to(&format!("{path}?done=changed"));
    let page = manager.get(&path).await.is(200).says("goodwill").says("loud noise");
    assert!(page.body.contains("C · free"), "the class as it stands");
    desk.post(&format!("{path}/class"), &class).await.is(403);
}
