//! Real addresses for every page of the console: ids that exist, filters, and words that are looked for.
//!
//! The pages come from the hub's own router. One that has no example here ends the measurement, so that a new page is
//! not forgotten.

use countersign_hub::Hub;
use countersign_hub::master::book;
use countersign_hub::store::Direction;
use countersign_model::entity::{Call, Device, Document, Entity, Job, Policy, Visit, Voucher, VoucherState};
use countersign_model::{Id, record::kind};

use crate::lists::serial;
use crate::server::encoded;

/// Ids that addresses are made of.
pub struct Known {
    hub: Hub,
    jobs: Vec<Id>,
    machines: Vec<Id>,
    customer: Id,
    person: Id,
    endpoint: Id,
    /// Address of an import that was tried.
    import: String,
}

fn some<T: Entity>(hub: &Hub, direction: Direction) -> Vec<(Id, T)> {
    let rows = hub.page::<T>(None, 400, direction).expect("records");
    rows.into_iter().map(|(row, body)| (row.id, body)).collect()
}

fn ids<T>(rows: Vec<(Id, T)>, most: usize) -> Vec<Id> {
    rows.into_iter().map(|(id, _)| id).take(most).collect()
}

impl Known {
    /// Looks up what there is.
    pub fn of(hub: &Hub, import: String) -> Known {
        let newest: Vec<Id> = some::<Job>(hub, Direction::Descending).into_iter().map(|(id, _)| id).collect();
        let oldest = some::<Job>(hub, Direction::Ascending).into_iter().map(|(id, _)| id);
        let jobs = newest.iter().step_by(40).copied().chain(oldest.step_by(80)).collect();
        let (broken, machine) = hub.find_machine(&serial(4)).expect("a machine with many jobs");
        let (quiet, _) = hub.find_machine(&serial(19)).expect("another machine");
        let person = hub.find_person("Engineer 01").expect("an engineer").0;
        let endpoint = hub.webhooks().expect("webhooks").first().expect("an endpoint").0.id;
        Known {
            hub: hub.clone(),
            jobs,
            machines: vec![broken, quiet],
            customer: machine.customer,
            person,
            endpoint,
            import,
        }
    }

    /// Addresses of a page as the router names it; none where there is no example.
    pub fn of_page(&self, page: &str) -> Vec<String> {
        let plain = |addresses: &[&str]| addresses.iter().map(|address| (*address).to_owned()).collect::<Vec<_>>();
        match page {
            "/" | "/app" | "/sign-in" | "/password" | "/interface" | "/jobs/new" | "/calls/new" | "/account"
            | "/policies" | "/safekeeping" | "/settings/webhooks" | "/company" | "/import" => vec![page.to_owned()],
            "/sign-in/{secret}" => plain(&["/sign-in/nobody-has-this-link"]),
            "/board" => self.boards(),
            "/board/news" => vec![self.news(10), self.news(5_000)],
            "/visits/{id}/move" => self.visits(2).iter().map(|id| format!("/visits/{id}/move")).collect(),
            "/jobs/{id}" | "/jobs/{id}/photos" => self.each(page, &self.jobs),
            "/jobs/{id}/news" => self.jobs.iter().take(1).map(|id| format!("/jobs/{id}/news?since=10")).collect(),
            "/reviews" => plain(&["/reviews"]),
            "/reviews/{id}" => self.submitted().iter().map(|id| format!("/reviews/{id}")).collect(),
            "/media/{sha256}" => self.media(),
            "/documents/{sealed}" => self.documents(),
            "/calls" => plain(&["/calls"]),
            "/calls/{id}" => self.each(page, &ids(some::<Call>(&self.hub, Direction::Descending), 2)),
            "/people" => plain(&["/people", "/people?q=engineer", "/people?roles=engineer&sort=number"]),
            "/people/{id}" | "/people/{id}/calendar" | "/people/{id}/sign-ins" => self.each(page, &[self.person]),
            "/devices/{id}/revoke" => self.each(page, &ids(some::<Device>(&self.hub, Direction::Descending), 1)),
            "/attention" => {
                plain(&["/attention", "/attention?sort=media", "/attention?sort=flag", "/attention?sort=silent"])
            }
            "/policies/{id}" => self.each(page, &ids(some::<Policy>(&self.hub, Direction::Ascending), 1)),
            "/audit" | "/audit.csv" => self.audits(page),
            "/search" | "/search/suggestions" => self.searches(page),
            "/settings/webhooks/{id}" => self.each(page, &[self.endpoint]),
            "/suggest/{path}" => {
                plain(&["/suggest/customers?q=acme", "/suggest/parts?q=P-0001", "/suggest/machines?q=H7-00"])
            }
            "/import/templates/{path}" => plain(&["/import/templates/machines", "/import/templates/parts"]),
            "/import/{id}" => vec![self.import.clone()],
            "/import/{id}/findings" => vec![format!("{}/findings", self.import)],
            other => self.of_book(other),
        }
    }

    fn each(&self, page: &str, ids: &[Id]) -> Vec<String> {
        ids.iter().map(|id| page.replace("{id}", &id.to_string())).collect()
    }

    fn boards(&self) -> Vec<String> {
        let tails = [
            String::new(),
            "view=person".to_owned(),
            "view=list".to_owned(),
            "view=week".to_owned(),
            "view=day".to_owned(),
            "state=approved&view=list".to_owned(),
            "state=submitted".to_owned(),
            "machine=down".to_owned(),
            "priority=urgent".to_owned(),
            "class=A".to_owned(),
            format!("person={}", self.person),
            format!("of_customer={}&view=list", self.customer),
            format!("of_machine={}&view=list", self.machines[0]),
            "customer=acme".to_owned(),
            "q=J-".to_owned(),
            "view=list&q=J-".to_owned(),
            format!("q={}", encoded("主轴")),
            format!("q={}", encoded("no such words")),
        ];
        tails.iter().map(|tail| if tail.is_empty() { "/board".to_owned() } else { format!("/board?{tail}") }).collect()
    }

    fn news(&self, back: u64) -> String {
        let head = self.hub.read(|read| Ok(read.counter()?)).expect("the counter");
        format!("/board/news?since={}&back=/board", head.saturating_sub(back))
    }

    fn visits(&self, count: usize) -> Vec<Id> {
        let open = some::<Visit>(&self.hub, Direction::Descending).into_iter();
        open.filter(|(_, visit)| visit.arrived.is_none()).take(count).map(|(id, _)| id).collect()
    }

    fn submitted(&self) -> Vec<Id> {
        let rows =
            self.hub.read(|read| Ok(read.in_states(kind::VOUCHER, &[VoucherState::Submitted.as_str()], None, 3)?));
        rows.expect("vouchers").iter().filter_map(Voucher::of).map(|voucher| voucher.visit).collect()
    }

    fn media(&self) -> Vec<String> {
        let rows = some::<countersign_model::entity::Evidence>(&self.hub, Direction::Descending).into_iter();
        let held = rows.map(|(_, evidence)| evidence.sha256).filter(|sha256| self.hub.holds(*sha256).expect("media"));
        held.take(2).map(|sha256| format!("/media/{sha256}")).collect()
    }

    fn documents(&self) -> Vec<String> {
        let rows = some::<Document>(&self.hub, Direction::Descending).into_iter();
        rows.take(2).map(|(_, document)| format!("/documents/{}", document.sealed_sha256)).collect()
    }

    fn audits(&self, page: &str) -> Vec<String> {
        let newest = some::<Job>(&self.hub, Direction::Descending).into_iter().next().expect("a job").1.number;
        if page == "/audit.csv" {
            return vec![format!("{page}?record={newest}")];
        }
        vec![
            page.to_owned(),
            format!("{page}?person={}", self.person),
            format!("{page}?kind=job.cancel"),
            format!("{page}?kind=review.decide&person={}", self.person),
            format!("{page}?record={newest}"),
            format!("{page}?from=2020-01-01&to=2020-02-01"),
        ]
    }

    fn searches(&self, page: &str) -> Vec<String> {
        let number = some::<Voucher>(&self.hub, Direction::Descending).into_iter().next().expect("a voucher").1.number;
        let words = ["acme", "seal", "P-012345", "H7-000123", "泵业", "轴承", "o'brien", "no such words", &number];
        words.iter().map(|word| format!("{page}?q={}", encoded(word))).collect()
    }

    /// Lists and records of master data.
    fn of_book(&self, page: &str) -> Vec<String> {
        let word = page.trim_start_matches('/').split(['/', '.']).next().unwrap_or_default();
        let Some(book) = book(word) else { return Vec::new() };
        let rest = page.trim_start_matches(&format!("/{word}"));
        if rest.is_empty() {
            return self.list_of(book);
        }
        let rows = self.hub.list(book.kind, None, 400, Direction::Descending).expect("records");
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let ids = match word {
            "machines" => self.machines.clone(),
            "customers" => vec![self.customer],
            _ => ids.into_iter().step_by(200).collect(),
        };
        match rest {
            ".csv" => vec![format!("/{word}.csv?q=4711")],
            "/new" => vec![page.to_owned()],
            "/{id}" | "/{id}/edit" => self.each(page, &ids),
            _ => Vec::new(),
        }
    }

    /// Every sort both ways, a word, and what stands far behind.
    fn list_of(&self, book: &countersign_hub::master::Book) -> Vec<String> {
        let path = book.path;
        let mut found = vec![format!("/{path}"), format!("/{path}?archived=1")];
        for sort in book.sorts {
            found.extend(["", "&dir=desc"].map(|dir| format!("/{path}?sort={sort}{dir}")));
            let last = encoded("m");
            found.push(format!("/{path}?sort={sort}&after_key={last}&after={}", Id::default()));
        }
        for word in ["acme", "P-0123", "泵业", "轴承", "7"] {
            found.push(format!("/{path}?q={}", encoded(word)));
        }
        found.extend(match path {
            "parts" => vec![format!("/{path}?group=wear&sort=price"), format!("/{path}?group=tool&q=hose")],
            "machines" => {
                vec![format!("/{path}?customer={}", self.customer), format!("/{path}?model=MX-07&sort=meter")]
            }
            "customers" => vec![format!("/{path}?language=zh-Hans&sort=number&dir=desc")],
            _ => Vec::new(),
        });
        found
    }
}
