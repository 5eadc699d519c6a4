//! Every link that a page offers leads somewhere, for each role.

use std::collections::{BTreeSet, VecDeque};

use countersign_model::Language;
use countersign_model::entity::{Branch, Role};

use super::company::{Company, id};

/// An address with its ids and queries' values taken out: two that differ in these only lead to the same page.
fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let part = |part: &str| if part.contains(|letter: char| letter.is_ascii_digit()) { "#" } else { part }.to_owned();
    let parts: Vec<String> = path.split('/').map(part).collect();
    let names: BTreeSet<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", parts.join("/"), names.into_iter().collect::<Vec<_>>().join("&"))
}

/// The console's own addresses on a page.
fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).map(|link| {
        let link = link.split('#').next().unwrap_or_default();
        format!("/{}", link.replace("&amp;", "&").replace("&#38;", "&"))
    })
}

#[tokio::test]
async fn no_link_of_any_page_leads_nowhere() {
    let company = Company::new();
    let (system, branch) = (company.hub.system(), id("north"));
    company.hub.save(&system, branch, &Branch { name: "North".to_owned(), ..Branch::default() }).unwrap();
    company.handed_in("Ana Engineer", true);
    company.open_job("rattles");
    for role in Role::KNOWN {
        let name = format!("One {}", role.as_str());
        company.hub.add_person(&system, &name, std::slice::from_ref(role), Language::English).unwrap();
        let mut browser = company.browser(&name).await;
        let mut open = VecDeque::from([("/board".to_owned(), "the first page".to_owned())]);
        let mut seen = BTreeSet::new();
        while let Some((address, from)) = open.pop_front() {
            if !seen.insert(shape(&address)) {
                continue;
            }
            let page = browser.get(&address).await;
            assert!(page.status < 400, "{role:?}: {address} on {from} answers {}", page.status);
            // The console's router alone is asked here; the interface's document is the other half's.
            let own = links(&page.body).filter(|link| link != "/openapi.json");
            open.extend(own.map(|link| (link, address.clone())));
        }
        assert!(seen.len() > 8, "{role:?} saw only {seen:?}");
    }
}
