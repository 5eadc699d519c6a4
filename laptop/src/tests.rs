//! The shell as a browser reaches it, without one: who is let in, what answers, and that every text exists.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use countersign_device::app::App;
use countersign_device::model::Language;
use countersign_device::store::OpenOptions;
use countersign_device::transfer::Exported;
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::desk::desk;
use crate::fields::Asked;
use crate::memory::Memory;
use crate::router::router;
use crate::shell::Shell;

const PORT: u16 = 4711;

pub(crate) struct House {
    _folder: tempfile::TempDir,
    _closing: watch::Sender<bool>,
    pub(crate) shell: Arc<Shell>,
}

pub(crate) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let app = App::open_with_software_key_and(folder.path(), options).unwrap();
    let (closing, closed) = watch::channel(false);
    let shell = Arc::new(Shell::new(app, Memory::open(folder.path()), PORT, closed));
    House { _folder: folder, _closing: closing, shell }
}

impl House {
    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, format!("127.0.0.1:{PORT}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let form = "application/x-www-form-urlencoded";
        let request = request.header(header::CONTENT_TYPE, form).body(Body::empty()).unwrap();
        router(self.shell.clone()).oneshot(request).await.unwrap()
    }

    async fn let_in(&self) -> String {
        let token = self.shell.door.new_link(self.shell.app.now()).unwrap();
        let entered = self.ask("GET", &format!("/enter/{token}"), &[]).await;
        let cookie = entered.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_without_the_link_and_no_page_is_kept() {
    let house = house();
    for path in ["/", "/status", "/settings", "/enrol", "/jobs/x", "/customer", "/nowhere", "/enter/", "/enter/0000"] {
        let answer = house.ask("GET", path, &[]).await;
        assert!(answer.status().is_client_error(), "{path}: {}", answer.status());
        assert_eq!(answer.headers().get(header::CACHE_CONTROL).unwrap(), "no-store", "{path}");
        let policy = answer.headers().get("content-security-policy").unwrap().to_str().unwrap();
        assert!(!policy.contains("unsafe") && policy.contains("default-src 'none'"), "{path}");
    }
    let cookie = house.let_in().await;
    let inside = house.ask("GET", "/settings", &[("cookie", &cookie)]).await;
    assert_eq!(inside.status(), StatusCode::OK);
    // A device that is not enrolled has one thing to do.
    let first = house.ask("GET", "/", &[("cookie", &cookie)]).await;
    assert_eq!(first.headers().get(header::LOCATION).unwrap(), "/enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_changes_nothing_and_another_host_hears_nothing() {
    let house = house();
    let cookie = house.let_in().await;
    let own = format!("http://127.0.0.1:{PORT}");
    let rows = [
        ("https://evil.example", StatusCode::FORBIDDEN),
        ("null", StatusCode::FORBIDDEN),
        (own.as_str(), StatusCode::SEE_OTHER),
    ];
    for (origin, want) in rows {
        let answer = house.ask("POST", "/settings/aeroplane", &[("cookie", &cookie), ("origin", origin)]).await;
        assert_eq!(answer.status(), want, "{origin}");
    }
    let request = Request::builder().uri("/assets/app.css").header(header::HOST, "rebound.example").body(Body::empty());
    let answer = router(house.shell.clone()).oneshot(request.unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST);
}

/// Text keys that stand in quotes after `t(`, `of(`, `with(` or `count(` in templates and sources.
fn keys_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for call in ["t(\"", "of(\"", "with(\"", "count(\""] {
            // `get("` and the like end as `t("` does and name no text.
            let alone = |before: &str| !before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
            let places = text.match_indices(call).filter(|(place, _)| alone(text.get(..*place).unwrap_or_default()));
            let after = places.filter_map(|(place, _)| text.get(place + call.len()..)?.split('"').next());
            found.extend(
                after.filter(|key| key.contains('-') && !key.contains('{') && !key.contains(' ')).map(str::to_owned),
            );
        }
    }
}

#[test]
fn every_text_that_a_page_names_exists_in_every_language() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = BTreeSet::new();
    keys_in(&here.join("templates"), &mut named);
    keys_in(&here.join("src"), &mut named);
    assert!(named.len() > 150, "{}", named.len());
    for language in Language::ALL {
        let known = countersign_texts::keys(language);
        let missing: Vec<&String> = named.iter().filter(|key| !known.contains(*key)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{language:?}");
    }
}

async fn text(answer: Response) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_are_there_to_read_and_as_a_file_for_a_browser_that_was_let_in() {
    let house = house();
    for path in ["/settings/diagnostics", "/settings/diagnostics.json"] {
        assert!(house.ask("GET", path, &[]).await.status().is_client_error(), "{path}");
    }
    let cookie = house.let_in().await;
    let page = text(house.ask("GET", "/settings/diagnostics", &[("cookie", &cookie)]).await).await;
    assert!(page.contains(env!("CARGO_PKG_VERSION")) && page.contains("/settings/diagnostics.json"), "{page}");
    let file = house.ask("GET", "/settings/diagnostics.json", &[("cookie", &cookie)]).await;
    assert!(file.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap().starts_with("attachment"));
    let facts: serde_json::Value = serde_json::from_str(&text(file).await).unwrap();
    assert_eq!(facts["program"], env!("CARGO_PKG_VERSION"));
    assert!(facts["free_bytes"].as_u64().is_some_and(|free| free > 0), "{facts}");
    assert_eq!((&facts["entries_only_here"], &facts["office_log_changed"]), (&0.into(), &serde_json::Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_somebody_else_says_what_is_not_in_it() {
    let house = house();
    for language in Language::ALL {
        house.shell.app.choose_language(Some(language)).unwrap();
        let desk = desk(&house.shell, &Asked::default());
        let said = |left_out| crate::status::said(&desk, &Exported { left_out, ..Exported::default() });
        assert!(!said(0).contains('3') && said(3).contains('3'), "{language:?}: {}", said(3));
    }
}
