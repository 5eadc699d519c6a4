//! Webhooks, calendars and the interface's page at the console; and what strangers try at its doors.

use super::browser::Browser;
use super::company::Company;
use crate::phone_app::tests::archive;

#[tokio::test]
async fn an_administrator_adds_an_endpoint_and_sees_its_secret_once() {
    let company = Company::new();
    let mut ada = company.browser("Ada Admin").await;
    ada.get("/settings/webhooks").await.is(200).says("Endpoints appear here").says("document.signed");
    let bad = [("name", "<b>books</b>"), ("url", "http://10.0.0.1/"), ("event", "job.created")];
    let page = ada.post("/settings/webhooks", &bad).await.is(422).says("was not added").says("https://");
    assert!(!page.body.contains("<b>books"), "what was typed is text");
    let url = "https://example.com/hook?key=1&x=%3Cscript%3E";
    let good = [("name", "<b>books</b>"), ("url", url), ("event", "job.created"), ("event", "made.up")];
    let made = ada.post("/settings/webhooks", &good).await.is(200).says("whsec_");
    let path = made.body.split("href=\"/settings/webhooks/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/settings/webhooks/{path}");
    ada.get(&path).await.is(200).says("job.created").says_not("whsec_").says_not("<b>books").says_not("made.up");
    ada.post(&format!("{path}/test"), &[]).await.leads_to(&path);
    ada.get(&path).await.says("Test").says("Waiting");
    ada.post(&format!("{path}/replay"), &[("delivery", "1")]).await.leads_to(&path);
    ada.post(&format!("{path}/replay"), &[("since", "soon")]).await.is(422).says("cannot be read");
    ada.post(&format!("{path}/replay"), &[("since", "2026-11-22T09:00")]).await.leads_to(&path);
    ada.post(&format!("{path}/rotate"), &[]).await.is(200).says("whsec_");
    ada.get(&path).await.says("The secret before signs until");
    ada.post(&format!("{path}/disable"), &[]).await.leads_to(&path);
    ada.get(&path).await.says("What happens meanwhile waits");
    ada.post(&format!("{path}/enable"), &[]).await.leads_to(&path);
    ada.post(&format!("{path}/remove"), &[]).await.is(422);
    ada.post(&format!("{path}/remove"), &[("understood", "1")]).await.leads_to("/settings/webhooks");
    ada.get(&path).await.is(404);
}

#[tokio::test]
async fn endpoints_are_an_administrators_and_a_dead_one_stands_in_the_attention_list() {
    let company = Company::new();
    let made = company.hub.add_webhook("books", "https://example.com/", &[]).unwrap().endpoint;
    let path = format!("/settings/webhooks/{}", made.id);
    for person in ["Mia Manager", "Otto Auditor", "Ana Engineer"] {
        let mut browser = company.browser(person).await;
        browser.get("/board").await.is(200).says_not("/settings/webhooks");
        for address in ["/settings/webhooks", &path] {
            browser.get(address).await.is(403);
        }
        for (rest, fields) in
            [("", vec![("name", "x"), ("url", "https://x.example/")]), ("/remove", vec![("understood", "1")])]
        {
            let address = if rest.is_empty() { "/settings/webhooks".to_owned() } else { format!("{path}{rest}") };
            browser.get("/board").await;
            browser.post(&address, &fields).await.is(403);
        }
    }
    assert_eq!(company.hub.webhooks().unwrap().len(), 1);
    company
        .hub
        .write(|write| {
            let mut row = write.webhook_endpoint(made.id)?.unwrap();
            (row.disabled, row.disabled_why) = (Some(company.hub.now()), "failing".to_owned());
            Ok(write.keep_webhook_endpoint(&row)?)
        })
        .unwrap();
    let mut ada = company.browser("Ada Admin").await;
    ada.get("/attention").await.says("Webhook books: nothing gets through").says(&path);
    let mut mia = company.browser("Mia Manager").await;
    mia.get("/attention").await.says("Webhook books: nothing gets through").says_not(&path);
}

#[tokio::test]
async fn everybody_makes_their_own_calendar_address_and_an_administrator_anybodys() {
    let company = Company::new();
    let (ana, mia) = (company.person("Ana Engineer"), company.person("Mia Manager"));
    let mut engineer = company.browser("Ana Engineer").await;
    let own = format!("/people/{ana}/calendar");
    engineer.get("/board").await.says(&own);
    engineer.get(&own).await.is(200).says("no address yet");
    engineer.post(&own, &[]).await.is(200).says("/calendar/").says(".ics").says("Copy the address now");
    engineer.get(&own).await.says("There is an address since").says_not(".ics");
    engineer.get(&format!("/people/{mia}/calendar")).await.is(404);
    engineer.get(&own).await;
    engineer.post(&format!("/people/{mia}/calendar"), &[]).await.is(404);
    assert_eq!(company.hub.calendar_link_since(mia).unwrap(), None);
    let mut ada = company.browser("Ada Admin").await;
    ada.get(&format!("/people/{ana}")).await.says(&own);
    ada.get(&own).await.is(200);
    ada.post(&format!("{own}/revoke"), &[]).await.leads_to(&own);
    assert_eq!(company.hub.calendar_link_since(ana).unwrap(), None);
}

/// Many guesses sent at once are as few as the same ones sent one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_sent_at_once_count_one_by_one() {
    let company = Company::new();
    company.hub.set_password(company.person("Mia Manager"), "mia", "correct horse 1").unwrap();
    let mut browsers = Vec::new();
    for _ in 0..12 {
        let mut browser = Browser::new(&company.router);
        browser.get("/sign-in").await;
        browsers.push(browser);
    }
    let guesses: Vec<_> = browsers
        .into_iter()
        .map(|mut browser| {
            tokio::spawn(
                async move { browser.post("/sign-in", &[("name", "mia"), ("password", "wrong")]).await.status },
            )
        })
        .collect();
    let mut tried = 0;
    for guess in guesses {
        tried += usize::from(guess.await.unwrap() == 401);
    }
    assert!(tried <= 5, "{tried} guesses were tried");
}

#[tokio::test]
async fn a_stranger_cannot_lock_everybodys_links() {
    let company = Company::behind_proxy();
    let mut stranger = Browser::new(&company.router);
    stranger.from = "203.0.113.9";
    for guess in 0..60 {
        let status = stranger.get(&format!("/sign-in/{guess}")).await.status;
        assert!(status == 410 || status == 429, "{status}");
    }
    assert_eq!(stranger.get("/sign-in/again").await.status, 429);
    let mut mia = Browser::new(&company.router);
    mia.from = "198.51.100.7";
    mia.get(&company.link("Mia Manager")).await.is(200).says("Sign in as Mia Manager");
}

/// A subscriber with IPv6 has more addresses than can be counted; they are one.
#[tokio::test]
async fn guesses_from_one_ipv6_line_count_together() {
    let company = Company::behind_proxy();
    let mut browser = Browser::new(&company.router);
    let addresses: Vec<String> = (1..=45).map(|last| format!("2001:db8:1:2::{last:x}")).collect();
    let mut last = 0;
    for (number, address) in addresses.iter().enumerate() {
        browser.from = Box::leak(address.clone().into_boxed_str());
        last = browser.get(&format!("/sign-in/{number}")).await.status;
    }
    assert_eq!(last, 429);
}

/// What went wrong inside is the log's; the page names the request.
#[tokio::test]
async fn a_page_that_fails_says_no_path_and_no_sql() {
    use crate::console::page::Page;
    use crate::console::trouble::{Trouble, page};
    let company = Company::new();
    let mut browser = Browser::new(&company.router);
    browser.get("/sign-in").await.is(200);
    let frame = Page::for_tests();
    let answer = page(frame, &Trouble::Store("/srv/office/hub.db: SELECT secret".to_owned()), "5f1c9ad2");
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains("5f1c9ad2") && !text.contains("/srv/office") && !text.contains("SELECT"));
}

#[tokio::test]
async fn a_phone_gets_the_app_that_was_placed_without_signing_in() {
    let company = Company::new();
    let mut phone = Browser::new(&company.router);
    phone.get("/app").await.is(200).says("No app was placed").says_not("countersign.apk");
    phone.get("/app/countersign.apk").await.is(404);
    let folder = tempfile::tempdir().unwrap();
    let apk = archive(folder.path(), "one.apk", &["AndroidManifest.xml", "classes.dex"], true);
    let placed = company.hub.place_app(&apk).unwrap();
    phone.get("/app").await.is(200).says(&placed.sha256.to_string()).says("/app/countersign.apk");
    phone.get("/app/countersign.apk").await.is(200).says("AndroidManifest.xml").says("APK Sig Block 42");
    phone.get_with("/app/countersign.apk", "if-none-match", &format!("\"{}\"", placed.sha256)).await.is(304);
}
