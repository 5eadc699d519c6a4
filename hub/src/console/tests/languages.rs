//! Every page in every language: no key is missing, the page says which language it is in.

use std::collections::BTreeSet;
use std::path::Path;

use countersign_model::Language;
use countersign_texts::keys;

use super::browser::Browser;
use super::company::Company;

/// A key that a text lacks shows as `<key>`, which a page escapes.
fn missing(body: &str) -> Option<&str> {
    let at =
        ["console", "voucher", "word", "master", "import"].iter().find_map(|area| body.find(&format!("&#60;{area}-")));
    at.and_then(|at| body.get(at..)).map(|rest| rest.lines().next().unwrap_or(rest))
}

#[tokio::test]
async fn every_page_is_drawn_in_every_language() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", false);
    company.job("noise", "Ben Engineer");
    let paths = [
        "/board".to_owned(),
        "/board?view=person".to_owned(),
        "/board?view=day".to_owned(),
        "/board?view=list".to_owned(),
        "/board?view=week".to_owned(),
        "/board?customer=nobody".to_owned(),
        format!("/visits/{}/move", company.job("moved", "Ben Engineer").1),
        format!("/jobs/{}/photos", handed.job),
        "/policies".to_owned(),
        "/audit".to_owned(),
        "/account".to_owned(),
        "/attention?sort=media".to_owned(),
        "/board/news?since=0".to_owned(),
        "/reviews".to_owned(),
        format!("/reviews/{}", handed.visit),
        format!("/jobs/{}", handed.job),
        "/jobs/new".to_owned(),
        "/calls".to_owned(),
        "/calls/new".to_owned(),
        "/machines".to_owned(),
        "/customers".to_owned(),
        "/parts".to_owned(),
        "/company".to_owned(),
        "/import".to_owned(),
        "/branches".to_owned(),
        "/codes".to_owned(),
        "/depots".to_owned(),
        "/models".to_owned(),
        "/prices".to_owned(),
        "/contacts".to_owned(),
        "/sites".to_owned(),
        "/sites/new".to_owned(),
        "/parts/new".to_owned(),
        "/machines/new".to_owned(),
        format!("/machines/{}", company.machine),
        format!("/machines/{}/edit", company.machine),
        format!("/customers/{}", company.customer),
        "/people".to_owned(),
        format!("/people/{}", company.person("Ana Engineer")),
        "/attention".to_owned(),
        "/search?q=Acme".to_owned(),
        "/jobs/nothing".to_owned(),
    ];
    let mut admin = company.browser("Mia Manager").await;
    for language in Language::ALL {
        admin.get("/board").await;
        admin.post("/language", &[("language", language.tag()), ("back", "/parts")]).await.leads_to("/parts");
        for path in &paths {
            let page = admin.get(path).await;
            assert_eq!(missing(&page.body), None, "{path} in {}", language.tag());
            if !path.contains("/news") {
                assert!(page.body.contains(&format!("<html lang=\"{}\"", language.tag())), "{path}");
            }
        }
    }
    admin.get("/board").await.says("看板").says("待審核").says_not("Board<");
}

#[tokio::test]
async fn a_stranger_reads_the_sign_in_page_in_the_browsers_language() {
    let company = Company::new();
    for (wish, tag, text) in [
        ("es-MX,es;q=0.9", "es", "Iniciar sesión"),
        ("zh-TW", "zh-Hant", "登入"),
        ("zh-CN", "zh-Hans", "登录"),
        ("fr", "en", "Sign in"),
    ] {
        let mut browser = Browser::new(&company.router);
        browser.language = wish;
        browser.get("/sign-in").await.is(200).says(&format!("<html lang=\"{tag}\"")).says(text);
    }
}

/// The keys in the templates and sources of the console, where they stand as plain texts.
fn used() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for folder in ["templates", "src/console"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let words = text.split('"').filter(|word| {
                let start = ["console-", "voucher-", "word-", "verify-"].iter().any(|start| word.starts_with(start));
                start && !word.ends_with('-') && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            });
            found.extend(words.map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_key_that_stands_in_a_page_exists() {
    let known = keys(Language::English);
    let used = used();
    assert!(used.len() > 200, "{}", used.len());
    let unknown: Vec<&String> = used.iter().filter(|key| !known.contains(*key)).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[test]
fn every_refusal_and_command_has_its_sentence() {
    use countersign_model::decide::RefusalCode;
    use countersign_model::payload::Payload;
    let known = keys(Language::English);
    for code in RefusalCode::KNOWN {
        let key = format!("console-refused-{code}");
        assert!(known.contains(&key), "{key}");
    }
    for (kind, _) in Payload::KINDS {
        let key = format!("console-event-{}", kind.replace('.', "-"));
        assert!(known.contains(&key), "{key}");
    }
}
