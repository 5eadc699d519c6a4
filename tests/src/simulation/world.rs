//! The world of a seed: hub, network, devices, and what happens to them step by step.

mod faults;

use std::path::{Path, PathBuf};
use std::time::Duration;

use countersign_forms::samples::QUICK_CHECK;
use countersign_hub::safekeeping::{RECOVERY_FILE, read_recovery_key};
use countersign_hub::service::Planned;
use countersign_hub::{Hub, InitOptions};
use countersign_model::entity::Role;
use countersign_model::recovery::DecryptionKey;
use countersign_model::{Digest, Id, Language};
use tokio::time::{sleep, timeout};

use super::acts::{self, Done};
use super::came;
use super::clock::{Time, still_edge};
use super::coverage::Coverage;
use super::invariants::{self, Seen};
use super::manager::{self, People};
use super::phone::Phone;
use super::plan::{self, Step};
use super::wire::{Network, Server, SharedNetwork, Weather};
use crate::bench::{copy_folder, folder_in_memory};
use crate::chance::Chance;
use crate::office::publish_form;

/// Chance of the company itself, the same for every seed.
const COMPANY: u64 = 0x0063_6f6d_7061_6e79;
/// The longest that a person waits for one sync, seconds of simulated time.
const LONGEST_SYNC_S: u64 = 300;
/// Rounds of syncing within which everything must be at rest once the weather is fine.
const ROUNDS: usize = 12;

/// Calls that a device makes at most when it syncs and nothing is to be done.
const MOST_CALLS_AT_REST: usize = 4;

/// A company that every simulation begins with: made once, copied for each.
pub struct Template {
    folder: tempfile::TempDir,
    people: People,
    key: DecryptionKey,
}

impl Template {
    /// Makes the company: two engineers, a manager, one form.
    pub fn new() -> Template {
        let folder = folder_in_memory();
        let options = InitOptions { company: "Acme Service".to_owned(), sample: false };
        let office = folder.path().join("office");
        let hub = Hub::init_at(&office, &options, still_edge(COMPANY)).expect("a new hub");
        let system = hub.system();
        let person =
            |name: &str, roles: &[Role]| hub.add_person(&system, name, roles, Language::English).expect("a new person");
        let engineers = [person("Ana Ruiz", &[Role::Engineer]), person("Ben Okafor", &[Role::Engineer])];
        let manager = person("Mia Chen", &[Role::Manager, Role::Administrator]);
        publish_form(&hub, QUICK_CHECK);
        let key = read_recovery_key(&office.join(RECOVERY_FILE)).expect("the recovery key");
        Template { folder, people: People { engineers, manager }, key }
    }
}

impl Default for Template {
    fn default() -> Template {
        Template::new()
    }
}

/// How a simulation ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Which seed.
    pub seed: u64,
    /// What happened, line by line.
    pub lines: Vec<String>,
    /// What it came across.
    pub coverage: Coverage,
    /// The invariant that did not hold, and when; `None` where all did.
    pub broken: Option<String>,
    /// What came of the commands at the hub, in words without times.
    pub came_of_it: Vec<String>,
}

impl Ended {
    /// A digest of all that happened: equal where the same happened.
    pub fn trace(&self) -> Digest {
        Digest::of(self.lines.join("\n").as_bytes())
    }

    /// What people and devices did, in order.
    pub fn acts(&self) -> Vec<&str> {
        let told = |line: &&str| !line.contains(" step ") && !line.contains(" hub ");
        self.lines.iter().map(String::as_str).filter(told).collect()
    }
}

pub(super) struct World {
    seed: u64,
    time: Time,
    folder: tempfile::TempDir,
    office: PathBuf,
    backups: Option<PathBuf>,
    key: DecryptionKey,
    restarts: u64,
    pub server: Server,
    network: SharedNetwork,
    people: People,
    pub phones: Vec<Phone>,
    /// Devices that were turned out, with what is on them.
    pub retired: Vec<Phone>,
    plans: Vec<Planned>,
    jobs: Vec<Id>,
    lines: Vec<String>,
    coverage: Coverage,
    pub seen: Seen,
}

/// Lives through these steps.
pub(super) async fn live(template: &Template, seed: u64, steps: &[Step]) -> Ended {
    let mut world = World::begin(template, seed).await;
    let mut broken = None;
    for (at, step) in steps.iter().enumerate() {
        world.note(format!("step {at} {step:?}"));
        world.take(step).await;
        if let Err(wrong) = invariants::after_each_step(&mut world) {
            broken = Some(format!("after step {at} {step:?}: {wrong}"));
            break;
        }
    }
    if broken.is_none() {
        broken = world.settle().await.err().map(|wrong| format!("at rest: {wrong}"));
    }
    world.end(broken)
}

impl World {
    async fn begin(template: &Template, seed: u64) -> World {
        let folder = folder_in_memory();
        let office = folder.path().join("office");
        copy_folder(&template.folder.path().join("office"), &office);
        let time = Time::begin();
        let mut world = World {
            seed,
            time,
            folder,
            office,
            backups: None,
            key: template.key.clone(),
            restarts: 0,
            server: Server::default(),
            network: Network::shared(seed ^ 0x006e_6574_776f_726b),
            people: template.people,
            phones: Vec::new(),
            retired: Vec::new(),
            plans: Vec::new(),
            jobs: Vec::new(),
            lines: Vec::new(),
            coverage: Coverage::default(),
            seen: Seen::default(),
        };
        world.open_hub();
        let mut chance = Chance::new(seed ^ 0x6a6f_6273);
        for _ in 0..2 {
            let hub = world.hub();
            let planned = manager::order(&hub, &world.people, &mut chance).expect("an order of the office");
            world.plan(planned);
        }
        for place in 0..plan::phones(seed) {
            let phone = world.new_phone(place, world.people.engineers[place % 2], 0).await;
            world.phones.push(phone);
        }
        let everybody: Vec<usize> = (0..world.phones.len()).collect();
        world.sync(&everybody, 3, LONGEST_SYNC_S).await;
        world
    }

    /// Each replacement has chance of its own: two phones with the same would give two things one id.
    async fn new_phone(&self, place: usize, person: Id, replacement: usize) -> Phone {
        let own = u64::try_from(place + 10 * replacement).unwrap_or(0);
        let seed = self.seed.wrapping_mul(1_000).wrapping_add(own);
        Phone::enrolled(place, person, seed, &self.time, &self.server, &self.network).await
    }

    /// The hub that serves.
    pub fn hub(&self) -> Hub {
        self.server.hub().expect("the hub serves")
    }

    /// The folder of the hub.
    pub fn office(&self) -> &Path {
        &self.office
    }

    fn open_hub(&mut self) {
        self.restarts += 1;
        let edge = self.time.edge(self.seed ^ (self.restarts << 32));
        self.server.put(Some(Hub::open_at(&self.office, edge).expect("the hub opens")));
    }

    fn plan(&mut self, planned: Planned) {
        if !self.jobs.contains(&planned.job) {
            self.jobs.push(planned.job);
        }
        self.plans.push(planned);
    }

    pub fn note(&mut self, line: String) {
        self.lines.push(format!("{} {line}", self.time.elapsed()));
    }

    fn did(&mut self, phone: usize, done: &Done) {
        let outcome = done.refused.as_deref().unwrap_or("saved");
        self.note(format!("phone {phone} {}: {outcome}", done.what));
        self.coverage.hit("act", done.what);
        if let Some(refused) = &done.refused {
            self.coverage.hit("not-done", refused);
        }
        self.phones[phone].dealt_with.extend(done.dealt_with);
        if let Some(sealed) = done.signed {
            self.phones[phone].signed.push(sealed);
        }
    }

    fn managed(&mut self, done: manager::Done) {
        self.note(format!("office {}: {}", done.what, if done.refused { "refused" } else { "done" }));
        self.coverage.hit(if done.refused { "not-managed" } else { "managed" }, done.what);
        if let Some(planned) = done.planned {
            self.plan(planned);
        }
    }

    fn place(&self, phone: usize) -> usize {
        phone % self.phones.len()
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Act { phone, chance } => {
                let phone = self.place(*phone);
                let done = acts::act(self.phones[phone].app(), &self.jobs, &self.people.engineers, *chance);
                self.did(phone, &done);
                self.phones[phone].note_saved();
            }
            Step::Manage { chance } => {
                let done = manager::manage(&self.hub(), &self.people, &self.plans, *chance);
                self.managed(done);
            }
            Step::Sync { phones, chance } => self.sync_under_weather(*phones, *chance).await,
            Step::Pass { ms } => sleep(Duration::from_millis(*ms)).await,
            Step::SetClock { phone, chance } => self.set_clock(self.place(*phone), *chance),
            Step::Restart { phone } => {
                let phone = self.place(*phone);
                self.phones[phone].restart();
                self.coverage.hit("fault", "restart");
            }
            Step::Crash { phone, power, chance } => self.crash(self.place(*phone), *power, *chance),
            Step::Disk { phone, full, chance } => self.disk(self.place(*phone), *full, *chance),
            Step::HandOver { from, to, chance } => self.hand_over(self.place(*from), self.place(*to), *chance),
            Step::Lock { phone, locked } => {
                self.phones[self.place(*phone)].lock(*locked);
                self.coverage.hit("fault", if *locked { "key-locked" } else { "key-unlocked" });
            }
            Step::RestartHub => {
                self.server.put(None);
                self.open_hub();
                self.coverage.hit("fault", "hub-restarted");
            }
            Step::Backup => self.back_up(),
            Step::Restore => self.restore(),
            Step::Revoke { phone } => self.revoke(self.place(*phone)).await,
        }
    }

    async fn sync_under_weather(&mut self, phones: u64, chance: u64) {
        let mut chance = Chance::new(chance);
        let mut chosen: Vec<usize> = (0..self.phones.len()).filter(|place| phones >> place & 1 == 1).collect();
        if chosen.is_empty() {
            chosen.push(self.place(usize::try_from(phones >> 8).unwrap_or(0)));
        }
        let weather = Weather::drawn(&mut chance);
        self.network.lock().expect("one thread").weather = weather;
        let meanwhile = self.meanwhile(&mut chance);
        let tries = 1 + u32::try_from(chance.below(4)).unwrap_or(0);
        let seconds = 5 + chance.below(LONGEST_SYNC_S);
        self.sync(&chosen, tries, seconds).await;
        for task in meanwhile {
            match task.await.expect("nothing panics") {
                Meanwhile::Acted(phone, done) => self.did(phone, &done),
                Meanwhile::Managed(done) => self.managed(done),
            }
        }
        self.network.lock().expect("one thread").weather = Weather::FINE;
        self.phones.iter_mut().for_each(Phone::note_saved);
    }

    /// Somebody goes on working while devices sync.
    fn meanwhile(&self, chance: &mut Chance) -> Vec<tokio::task::JoinHandle<Meanwhile>> {
        let mut tasks = Vec::new();
        for _ in 0..chance.below(3) {
            let delay = Duration::from_millis(chance.below(5_000));
            let (phone, own) = (self.place(usize::try_from(chance.below(16)).unwrap_or(0)), chance.draw());
            let (jobs, people) = (self.jobs.clone(), self.people);
            if chance.below(4) == 0 {
                let (server, plans) = (self.server.clone(), self.plans.clone());
                tasks.push(tokio::spawn(async move {
                    sleep(delay).await;
                    let hub = server.hub().expect("the hub serves");
                    Meanwhile::Managed(manager::manage(&hub, &people, &plans, own))
                }));
            } else {
                let app = self.phones[phone].app().clone();
                tasks.push(tokio::spawn(async move {
                    sleep(delay).await;
                    Meanwhile::Acted(phone, acts::act(&app, &jobs, &people.engineers, own))
                }));
            }
        }
        tasks
    }

    async fn sync(&mut self, phones: &[usize], tries: u32, seconds: u64) {
        let patience = Duration::from_secs(seconds);
        let running: Vec<_> = phones
            .iter()
            .map(|phone| (*phone, tokio::spawn(timeout(patience, self.phones[*phone].sync(tries)))))
            .collect();
        for (phone, task) in running {
            let how = match task.await.expect("nothing panics") {
                Err(_) => "put away".to_owned(),
                Ok(Err(error)) => format!("{error:?}").chars().take_while(char::is_ascii_alphanumeric).collect(),
                Ok(Ok(report)) => match &report.problem {
                    None => format!("through, {} up, {} down", report.pushed, report.pulled),
                    Some(problem) => problem.code().to_owned(),
                },
            };
            self.note(format!("phone {phone} sync: {how}"));
            self.coverage.hit("sync", how.split(',').next().unwrap_or_default());
        }
    }

    /// The weather clears, keys are unlocked, clocks are right: all must come to rest, and agree.
    async fn settle(&mut self) -> Result<(), String> {
        sleep(Duration::from_secs(60 * 60)).await;
        for phone in &self.phones {
            phone.lock(false);
            phone.handset.set(0, 60);
        }
        let everybody: Vec<usize> = (0..self.phones.len()).collect();
        let mut left = String::new();
        for _ in 0..ROUNDS {
            let before = invariants::mark(self);
            self.sync(&everybody, 3, LONGEST_SYNC_S).await;
            left = invariants::unsent(self);
            if left.is_empty() && invariants::mark(self) == before {
                self.phones.iter_mut().for_each(Phone::note_saved);
                self.turned_out_try_again().await;
                invariants::after_each_step(self)?;
                invariants::at_rest(self)?;
                return self.rests_quietly(&everybody).await;
            }
        }
        Err(format!("I11: not at rest after {ROUNDS} rounds of fine weather: {left}"))
    }

    /// Devices that were turned out knock once more.
    async fn turned_out_try_again(&mut self) {
        for phone in &self.retired {
            phone.lock(false);
            let _turned_away = timeout(Duration::from_secs(LONGEST_SYNC_S), phone.sync(1)).await;
        }
    }

    /// Where there is nothing to do, a sync makes few calls.
    async fn rests_quietly(&mut self, everybody: &[usize]) -> Result<(), String> {
        let calls = |world: &World| world.network.lock().expect("one thread").trace.len();
        let before = calls(self);
        self.sync(everybody, 3, LONGEST_SYNC_S).await;
        let (made, most) = (calls(self) - before, everybody.len() * MOST_CALLS_AT_REST);
        if made > most { Err(format!("I12: at rest {made} calls were made, and {most} are enough")) } else { Ok(()) }
    }

    fn end(mut self, broken: Option<String>) -> Ended {
        let hub = came::digest_of_hub(&self.office);
        self.note(format!("hub {hub}"));
        came::count(&self.office, &mut self.coverage);
        let mut network = self.network.lock().expect("one thread");
        self.coverage.add(&network.coverage);
        let mut lines = std::mem::take(&mut self.lines);
        lines.append(&mut network.trace);
        let came_of_it = came::what_came_of_it(&self.office);
        Ended { seed: self.seed, lines, coverage: self.coverage.clone(), broken, came_of_it }
    }
}

enum Meanwhile {
    Acted(usize, Done),
    Managed(manager::Done),
}
