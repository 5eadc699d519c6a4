//! Who comes in, and who does not.

use super::browser::Browser;
use super::company::Company;

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_that_works_once_and_chooses_a_password() {
    let company = Company::new();
    let (ada, _) = company.hub.find_person("Ada Admin").unwrap();
    let link = company.hub.sign_in_link(ada, false).unwrap().path;
    let mut browser = Browser::new(&company.router);
    // Looking at the link (as a mail program does) does not use it up.
    browser.get(&link).await.is(200).says("Sign in as Ada Admin");
    browser.get(&link).await.is(200);
    browser.post(&link, &[]).await.leads_to("/password");
    browser.get("/password").await.is(200).says("choose a password");
    let short = [("name", "ada"), ("password", "short"), ("again", "short")];
    browser.post("/password", &short).await.is(422).says("The password is too short");
    let differing = [("name", "ada"), ("password", "correct horse 1"), ("again", "correct horse 2")];
    browser.post("/password", &differing).await.is(422).says("The two passwords differ");
    let good = [("name", " Ada "), ("password", "correct horse 1"), ("again", "correct horse 1")];
    browser.post("/password", &good).await.leads_to("/board");
    browser.get("/board").await.is(200).says("Ada Admin");

    let mut other = Browser::new(&company.router);
    other.get(&link).await.is(410).says("used up or too old");
    // Without a link, nobody changes a password.
    browser.get("/password").await.is(404);

    let mut again = Browser::new(&company.router);
    again.get("/sign-in").await.is(200);
    again
        .post("/sign-in", &[("name", "ADA"), ("password", "correct horse 1"), ("next", "/parts")])
        .await
        .leads_to("/parts");
    again.get("/people").await.is(200);
    again.post("/sign-out", &[]).await.leads_to("/sign-in");
    again.get("/people").await.leads_to("/sign-in?next=%2Fpeople");
}

#[tokio::test]
async fn guessing_is_slowed_down_per_account_and_the_right_password_waits_too() {
    let company = Company::new();
    company.hub.set_password(company.person("Mia Manager"), "mia", "correct horse 1").unwrap();
    let mut browser = Browser::new(&company.router);
    browser.get("/sign-in").await;
    for _ in 0..5 {
        browser.post("/sign-in", &[("name", "mia"), ("password", "wrong")]).await.is(401).says("do not fit");
    }
    let right = [("name", "mia"), ("password", "correct horse 1")];
    browser.post("/sign-in", &right).await.is(429).says("Wait 15 minutes");
    company.later(16);
    browser.post("/sign-in", &right).await.leads_to("/");
}

#[tokio::test]
async fn unknown_names_and_people_who_left_get_the_same_answer() {
    let company = Company::new();
    let mia = company.person("Mia Manager");
    company.hub.set_password(mia, "mia", "correct horse 1").unwrap();
    let mut person = company.hub.get::<countersign_model::entity::Person>(mia).unwrap().unwrap().1;
    let mut inside = Browser::new(&company.router);
    inside.get("/sign-in").await;
    inside.post("/sign-in", &[("name", "mia"), ("password", "correct horse 1")]).await.leads_to("/");
    inside.get("/board").await.is(200);
    person.archived = true;
    company.hub.save(&company.hub.system(), mia, &person).unwrap();
    inside.get("/board").await.leads_to("/sign-in");
    let mut browser = Browser::new(&company.router);
    browser.get("/sign-in").await;
    let left = browser.post("/sign-in", &[("name", "mia"), ("password", "correct horse 1")]).await.is(401);
    let unknown = browser.post("/sign-in", &[("name", "nobody"), ("password", "correct horse 1")]).await.is(401);
    let without_name = |body: &str| body.replace("value=\"mia\"", "").replace("value=\"nobody\"", "");
    assert_eq!(without_name(&left.body), without_name(&unknown.body));
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_does_nothing() {
    let company = Company::new();
    let (job, _) = company.job("noise", "Ana Engineer");
    let mut browser = company.browser("Mia Manager").await;
    let path = format!("/jobs/{job}/cancel");
    browser.get(&format!("/jobs/{job}")).await.is(200);
    for fields in [vec![("reason", "x")], vec![("reason", "x"), ("csrf", "")], vec![("reason", "x"), ("csrf", "0000")]]
    {
        browser.post_as_it_is(&path, &fields).await.is(403).says("out of date");
    }
    // The sign-in form is guarded the same way before there is a session.
    let mut stranger = Browser::new(&company.router);
    stranger.post_as_it_is("/sign-in", &[("name", "mia"), ("password", "x")]).await.is(403);
    browser.get(&format!("/jobs/{job}")).await.says_not("Cancelled because");
    browser.post(&path, &[("reason", "double entry")]).await.leads_to(&format!("/jobs/{job}?done=cancelled"));
}

#[tokio::test]
async fn a_session_ends_after_a_working_day_without_use() {
    let company = Company::new();
    let mut browser = company.browser("Mia Manager").await;
    for _ in 0..3 {
        company.later(11 * 60);
        browser.get("/board").await.is(200);
    }
    company.later(12 * 60 + 1);
    browser.get("/board").await.leads_to("/sign-in");
    assert!(browser.cookie("countersign_session").is_some());
}

#[tokio::test]
async fn pages_carry_their_guards() {
    let company = Company::new();
    let mut browser = Browser::new(&company.router);
    for path in ["/sign-in", "/nowhere-at-all", "/assets/console.css"] {
        let answer = browser.get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(answer.headers.contains_key("referrer-policy"));
    }
    assert_eq!(browser.get("/sign-in").await.headers["cache-control"], "no-store");
    let page = browser.get("/sign-in").await.body;
    assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="));
    assert!(page.matches("<script").count() == page.matches("<script src=\"/assets/").count());
}
