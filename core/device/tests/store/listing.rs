//! The job list: rows under one heading follow one another, whatever the visits are like; and what of it is news.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use countersign_device::app::{App, AppOptions, SoftwareKey, SystemPlatform};
use countersign_device::screens::{JobChoice, JobFilter, JobRow, NewsKind};
use countersign_device::store::Contact;
use countersign_device::store::files::SystemFiles;
use countersign_model::entity::{Company, Job, JobState, Visit, VisitState, Window};
use countersign_model::lease::LeaseMark;
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::office::Office;
use crate::world::*;

/// Noon of a day.
const NOON: i64 = 1_790_078_400_000;
const HOUR: i64 = 3_600_000;

/// A visit: its state, the hour of its appointment and the hour at which somebody set out, from a common noon.
type Going = (usize, Option<i64>, Option<i64>);

fn visits() -> impl Strategy<Value = Vec<Going>> {
    let hours = || proptest::option::of(-60_i64..60);
    prop::collection::vec((0..VisitState::KNOWN.len(), hours(), hours()), 0..4)
}

fn add(office: &mut Office, number: usize, state: usize, visits: &[Going]) {
    let job = format!("job {number}");
    let scope = Scope::job(id(&job));
    let state = JobState::KNOWN[state % JobState::KNOWN.len()].clone();
    let body = Job { number: format!("J-{number:03}"), state, ..Job::default() };
    office.save(id(&job), &scope, &body);
    for (ordinal, (state, window, set_out)) in visits.iter().enumerate() {
        let at = |hours: &i64| NOON + hours * HOUR;
        let visit = Visit {
            ordinal: u32::try_from(ordinal).unwrap() + 1,
            state: VisitState::KNOWN[*state].clone(),
            window: window.as_ref().map(|hours| Window { from: at(hours), to: at(hours) + HOUR }),
            travelled: set_out.as_ref().map(|hours| TimeRecord { wall: at(hours), ..TimeRecord::default() }),
            ..planned(&job, "ana")
        };
        office.save(id(&format!("{job} visit {ordinal}")), &scope, &visit);
    }
}

fn device(office: &mut Office) -> (TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path());
    office.hold_again();
    enrol(app.store(), office, "phone", "ana");
    (folder, app)
}

fn opened(folder: &Path) -> App {
    let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
    let platform = Arc::new(SystemPlatform::new());
    let options = AppOptions { store: options(Arc::new(SystemFiles)), key, vault: vault(), platform };
    App::open(folder, options).unwrap()
}

/// Every row, page by page.
fn all(app: &App, limit: u32) -> Vec<JobRow> {
    let mut filter = JobFilter { choice: JobChoice::All, limit, ..JobFilter::default() };
    let mut rows = Vec::new();
    loop {
        let page = app.job_list(&filter).unwrap();
        rows.extend(page.rows);
        if !page.more {
            return rows;
        }
        filter.after = rows.last().map(|row| row.place);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_heading_stands_twice(
        jobs in prop::collection::vec((0_usize..16, visits()), 1..9),
        limit in 1_u32..5,
        zone in prop::sample::select(vec!["UTC", "Asia/Taipei", "America/New_York"]),
    ) {
        let mut office = office();
        let company = Company { zone: zone.to_owned(), ..Company::default() };
        office.save(id("company"), &Scope::reference("company"), &company);
        for (number, (state, visits)) in jobs.iter().enumerate() {
            add(&mut office, number, *state, visits);
        }
        let (_folder, app) = device(&mut office);
        let rows = all(&app, limit);
        let mut headings: Vec<&str> = rows.iter().map(|row| row.heading.as_str()).collect();
        headings.dedup();
        let different: BTreeSet<&str> = headings.iter().copied().collect();
        prop_assert_eq!(headings.len(), different.len(), "{:?}", headings);
        // An appointment that a row shows is of the day above it.
        let texts = countersign_texts::Texts::new(app.language().unwrap());
        let zone = countersign_texts::Zone::of(zone, 0);
        for row in rows.iter().filter(|row| row.place.open > 0) {
            if let Some(window) = row.window {
                prop_assert_eq!(&texts.date(window.from, &zone), &row.heading);
            }
        }
    }
}

#[test]
fn a_job_whose_visit_is_over_stands_with_those_that_have_no_appointment() {
    let mut office = office();
    let left = VisitState::KNOWN.iter().position(|state| *state == VisitState::Left).unwrap();
    let planned = VisitState::KNOWN.iter().position(|state| *state == VisitState::Planned).unwrap();
    let open = JobState::KNOWN.iter().position(|state| *state == JobState::Planned).unwrap();
    // By its window the first job would head a day of its own between two that have none.
    add(&mut office, 1, open, &[(left, Some(3), None)]);
    add(&mut office, 2, open, &[(planned, None, None)]);
    add(&mut office, 3, open, &[(planned, Some(40), None)]);
    let (_folder, app) = device(&mut office);
    let rows = app.job_list(&JobFilter { choice: JobChoice::Own, ..JobFilter::default() }).unwrap().rows;
    let without: Vec<_> = rows.iter().skip(1).map(|row| (row.heading.as_str(), row.window)).collect();
    assert!(without.iter().all(|row| *row == ("No appointment", None)) && without.len() == 3, "{without:?}");
    assert_eq!((rows[0].title.as_str(), rows[0].window.is_some()), ("J-003", true));
}

fn hear(app: &App) {
    let now = TimeRecord { wall: app.now(), ..TimeRecord::default() };
    let contact = Contact { hub_time: NOON, wall: now.wall, round_trip: 0 };
    app.store().record_contact(&contact, &LeaseMark::new(NOON, &now)).unwrap();
}

#[test]
fn news_is_what_came_since_it_was_looked_last_and_nothing_of_the_first_sync() {
    let mut office = office();
    let (folder, app) = device(&mut office);
    // Told is what a person was told of, and nothing else.
    let tell = |app: &App| {
        let news = app.news().unwrap();
        app.news_told(&news.known).unwrap();
        news
    };
    let first = tell(&app);
    assert_eq!((first.items.len(), first.first, first.known.synced), (0, true, false));
    hear(&app);
    add_job(&mut office, "second", "second visit", "ana");
    sync(app.store(), &mut office);
    let synced = tell(&app);
    assert_eq!((synced.items, synced.first), (vec![], false), "the first sync brings everything");
    add_job(&mut office, "third", "third visit", "ana");
    sync(app.store(), &mut office);
    let news = app.news().unwrap();
    let told: Vec<_> = news.items.iter().map(|item| (item.kind, item.job, item.title.as_str())).collect();
    assert_eq!(told, [(NewsKind::NewJob, id("third"), "V-third")]);
    // Nobody was told before the program stopped: it is told after it.
    drop(app);
    let app = opened(folder.path());
    assert_eq!(tell(&app), news);
    assert_eq!(tell(&app).items, [], "once");
    // A voucher that came back, and one that is open again afterwards is no new job.
    let returned = |office: &mut Office, state: JobState| {
        let body = Job { number: "J-third".to_owned(), state, ..Job::default() };
        office.save(id("third"), &Scope::job(id("third")), &body);
    };
    returned(&mut office, JobState::Returned);
    sync(app.store(), &mut office);
    let back = tell(&app);
    assert_eq!(back.items.iter().map(|item| item.kind).collect::<Vec<_>>(), [NewsKind::Returned]);
    returned(&mut office, JobState::Approved);
    sync(app.store(), &mut office);
    tell(&app);
    returned(&mut office, JobState::Planned);
    sync(app.store(), &mut office);
    assert_eq!(app.news().unwrap().items, []);
    // What is made here is no news to whoever made it.
    app.new_job("3391", "found on the way").unwrap();
    assert_eq!(app.news().unwrap().items, []);
}
