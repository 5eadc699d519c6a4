//! A device with many jobs, as the hub would send them: real pages into the real store, kept in the cache.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_device::app::{App, AppOptions, SoftwareKey, SoftwareVault, SystemPlatform};
use countersign_device::store::OpenOptions;
use countersign_forms::samples::QUICK_CHECK;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{
    Holding, HoldingReason, Job, JobState, MachineState, Part, Visit, Voucher, holding_id, voucher_id,
};
use countersign_model::language::LocalText;
use countersign_model::record::{Row, Scope};
use countersign_model::wire::{ScopePage, ScopesPage};
use countersign_model::{Digest, Id};
use countersign_tests::bench::{device_key, id, page, prepare, row};

/// Jobs of one page of the feed and of the scopes, some thousand rows.
const PAGE: usize = 300;
/// Raised when what is made changes, so that an older folder is not taken for a new one.
const MADE: u32 = 1;

/// Faults as customers report them.
pub const FAULTS: [&str; 8] = [
    "Leaks oil at the pump after two hours",
    "Pierde aceite por el retén de la bomba",
    "主轴轴承有异响，停机检查",
    "液壓泵漏油，壓力不足",
    "冷却液温度过高，风扇不转",
    "换刀时报警，刀库卡住",
    "No start, relay clicks",
    "Alarm 2041 at full load",
];

/// The number of the job at this place.
pub fn number(place: usize) -> String {
    format!("J-27-{place:06}")
}

/// The id of the job at this place.
pub fn job_id(place: usize) -> Id {
    id(&format!("job {place}"))
}

/// The job at this place as the office made it.
pub fn job(place: usize) -> Job {
    Job {
        number: number(place),
        serial: format!("H7-{:05}", place % 9_973),
        fault: format!("{} ({place})", FAULTS[place % FAULTS.len()]),
        machine_state: MachineState::Down,
        state: JobState::Planned,
        class: VoucherClass::Internal,
        form: Some(Digest::of(QUICK_CHECK.as_bytes())),
        ..Job::default()
    }
}

/// The device of a store, as a shell opens it; without ballast, which is for phones that run out of space.
pub fn open(folder: &Path) -> Result<App, String> {
    let key = SoftwareKey::from_bytes(&device_key().to_bytes()).map_err(|error| error.to_string())?;
    let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let vault = Arc::new(SoftwareVault::from_bytes([3; 32]));
    let platform = Arc::new(SystemPlatform::new());
    App::open(folder, AppOptions { store, key: Arc::new(key), vault, platform }).map_err(|error| error.to_string())
}

/// A folder in the cache with what `make` puts into it, made once.
pub fn kept(cache: &Path, name: &str, make: impl FnOnce(&Path) -> Result<(), String>) -> Result<PathBuf, String> {
    let folder = cache.join(format!("rows-{MADE}-{name}"));
    if folder.exists() {
        return Ok(folder);
    }
    let unfinished = cache.join(format!("unfinished-{name}"));
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(|error| format!("{}: {error}", unfinished.display()))?;
    }
    std::fs::create_dir_all(&unfinished).map_err(|error| format!("{}: {error}", unfinished.display()))?;
    make(&unfinished)?;
    std::fs::rename(&unfinished, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// A new enrolled device with one job, in this folder.
pub fn enrolled(folder: &Path) -> Result<App, String> {
    let app = open(folder)?;
    prepare(app.store()).map_err(|error| error.to_string())?;
    Ok(app)
}

/// An enrolled device that holds so many jobs, each with its visit and its voucher.
pub fn device(cache: &Path, jobs: usize) -> Result<PathBuf, String> {
    kept(cache, &format!("device-{jobs}"), |folder| {
        let app = enrolled(folder)?;
        let places: Vec<usize> = (0..jobs).collect();
        for some in places.chunks(PAGE) {
            let first = some.first().copied().unwrap_or_default();
            let held = some.iter().map(|place| held(&Scope::job(job_id(*place)))).collect();
            let store = app.store();
            store.apply_feed_page(&page(&format!("{}", first + 10), held)).map_err(|error| error.to_string())?;
            let pages = some.iter().map(|place| job_page(*place)).collect();
            let answer = ScopesPage { pages, denied: Vec::new() };
            store.apply_scopes_page(&answer).map_err(|error| error.to_string())?;
        }
        Ok(())
    })
}

fn held(scope: &Scope) -> Row {
    let device = id("device");
    let reasons = vec![HoldingReason::Assigned];
    let body = Holding { device, held: scope.clone(), reasons, extra: Default::default() };
    row(holding_id(device, scope), Scope::device(device), 1, 20, &body)
}

fn job_page(place: usize) -> ScopePage {
    let (job_id, visit_id) = (job_id(place), id(&format!("visit {place}")));
    let scope = Scope::job(job_id);
    let visit = Visit { job: job_id, ordinal: 1, lead: id("engineer"), ..Visit::default() };
    let class = VoucherClass::Internal;
    let number = format!("V-27-{place:06}");
    let voucher = Voucher { visit: visit_id, job: job_id, number, class, ..Voucher::default() };
    let rows = vec![
        row(job_id, scope.clone(), 1, 21, &job(place)),
        row(visit_id, scope.clone(), 1, 21, &visit),
        row(voucher_id(visit_id), scope.clone(), 1, 21, &voucher),
    ];
    ScopePage { scope, as_of: 30, rows, next: None }
}

/// A word that this share of the entries has.
pub const RARE: &str = "漏油";
/// One entry in so many has it.
pub const RARE_EVERY: usize = 2_500;

/// An enrolled device with so many entries in its index of words: the parts list, since there is no library of known
/// faults yet. Texts are as long as a known fault's.
pub fn searched(cache: &Path, entries: usize) -> Result<PathBuf, String> {
    kept(cache, &format!("searched-{entries}"), |folder| {
        let app = enrolled(folder)?;
        let places: Vec<usize> = (0..entries).collect();
        for some in places.chunks(1_000) {
            let first = some.first().copied().unwrap_or_default();
            let rows =
                some.iter().map(|place| row(id(&format!("entry {place}")), entries_scope(), 1, 10, &entry(*place)));
            let page = page(&format!("{}", first + 10), rows.collect());
            app.store().apply_feed_page(&page).map_err(|error| error.to_string())?;
        }
        Ok(())
    })
}

fn entries_scope() -> Scope {
    Scope::reference("parts")
}

/// The text of an entry, about fifty characters.
pub fn text(place: usize) -> String {
    let words = ["主轴轴承", "冷却风扇", "换刀机构", "导轨润滑", "伺服电机", "控制面板", "夹具油缸"];
    let signs = ["有异响", "温度过高", "不到位", "报警停机", "间隙过大", "显示闪烁", "压力不足"];
    let word = words[place % words.len()];
    let sign = signs[(place / words.len()) % signs.len()];
    let rare = if place.is_multiple_of(RARE_EVERY) { RARE } else { "" };
    format!("{word}{sign}，运行{}小时后出现{rare}，检查线路与密封件，更换后试运行正常（第{place}例）", place % 977)
}

fn entry(place: usize) -> Part {
    let name = LocalText::four(["", "", &text(place), ""]);
    Part { code: format!("F-{place:06}"), name, unit: "pcs".to_owned(), ..Part::default() }
}
