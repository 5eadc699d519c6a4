//! `countersign demo`: a sample company, one whole visit through the real device core over real HTTP with the hub
//! stopped in the middle, then console and sign-in links.
//!
//! What was done is remembered after each step, and each step looks first whether it is done already, so that a second
//! start on the same data continues wherever the first was stopped.

mod field;
mod office;
mod script;

use std::path::{Path, PathBuf};
use std::time::Instant;

use countersign_device::app::App;
use countersign_device::model::Id;
use countersign_device::screens::FileSafety;
use countersign_hub::{Hub, InitOptions, ServeOptions, Serving};
use countersign_laptop::{Laptop, LaptopOptions};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::arguments::Demo;
use crate::device::{of_app, options, runtime};
use crate::hub::of_hub;
use crate::laptop::of_laptop;
use crate::output::{Done, Exit, Failure, Output};

/// What the demo remembers between starts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Memory {
    /// Port of the hub; 0 before the first start chose one.
    #[serde(default)]
    port: u16,
    /// Steps done.
    #[serde(default)]
    done: usize,
    /// The job.
    #[serde(default)]
    job: Option<Id>,
    /// The job that is left to whoever tries the field app.
    #[serde(default)]
    next_job: Option<Id>,
}

/// A demo in the middle of being played.
struct Play<'a> {
    folder: PathBuf,
    hub: Hub,
    app: App,
    runtime: Runtime,
    serving: Option<Serving>,
    memory: Memory,
    output: &'a Output,
}

/// One step: what it is called and what it does; it returns what a person wants to see.
type Step = (&'static str, fn(&mut Play<'_>) -> Result<Value, Failure>);

/// The visit, in order.
const STEPS: &[Step] = &[
    ("company", office::company),
    ("enrol", field::enrol),
    ("job", office::job),
    ("pull", field::sync),
    ("offline", office::stop),
    ("travel", field::travel),
    ("arrive", field::arrive),
    ("as_found", field::photograph_as_found),
    ("form", field::fill_form),
    ("part", field::book_part),
    ("as_left", field::photograph_as_left),
    ("preview", field::preview),
    ("sign", field::sign),
    ("submit", field::submit),
    ("only_here", field::status),
    ("online", office::start),
    ("push", field::sync),
    ("return", office::return_with_remark),
    ("remark", field::sync),
    ("amend", field::amend),
    ("sign_amendment", field::sign),
    ("submit_amendment", field::submit),
    ("push_amendment", field::sync),
    ("approve", office::approve),
    ("approved", field::sync),
    ("verify", field::verify),
    ("next_job", office::next_job),
];

/// Plays the visit, then stays up.
pub fn run(arguments: Demo, output: &Output) -> Done {
    let began = Instant::now();
    let mut play = open(&arguments, output)?;
    play_steps(&mut play)?;
    play.serve()?;
    let done = summary(&mut play, began)?;
    output.result(&done, || finish(&done));
    if arguments.once {
        play.stop()?;
        return Ok(Exit::Ok);
    }
    stay(play, output)
}

/// Writes one of the demo's photos, or a sample of another kind that a camera makes.
pub fn sample_photo(file: &Path, seed: u64, output: &Output) -> Done {
    if file.exists() {
        return Err(Failure::refused("exists", format!("{} exists already: name a new file", file.display())));
    }
    let bytes = field::sample(file, seed);
    std::fs::write(file, &bytes).map_err(|error| failed(file, &error))?;
    output.result(&json!({"file": file, "bytes": bytes.len()}), || file.display().to_string());
    Ok(Exit::Ok)
}

fn play_steps(play: &mut Play<'_>) -> Result<(), Failure> {
    for (index, (name, step)) in STEPS.iter().enumerate() {
        if index < play.memory.done {
            continue;
        }
        // After a restart the hub is as it was in the step that is played next.
        if !offline(index) {
            play.serve()?;
        }
        let seen = step(play)?;
        play.memory.done = index + 1;
        play.remember()?;
        let object = json!({"step": name, "seen": seen});
        play.output.result(&object, || format!("{name:16} {}", plain(&seen)));
    }
    Ok(())
}

/// Whether the hub is stopped in this step: between `offline` and `online`.
fn offline(index: usize) -> bool {
    let place = |name: &str| STEPS.iter().position(|(step, _)| *step == name).unwrap_or(0);
    (place("offline")..=place("online")).contains(&index)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn open<'a>(arguments: &Demo, output: &'a Output) -> Result<Play<'a>, Failure> {
    let folder = arguments.data.clone();
    std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut memory = recall(&folder)?;
    if let Some(port) = arguments.port {
        memory.port = port;
    }
    let office = folder.join("office");
    let hub = match office.join("hub.db").exists() {
        true => Hub::open(&office),
        false => Hub::init(&office, &InitOptions { company: "Meridian Machine Service".to_owned(), sample: true }),
    };
    let hub = hub.map_err(|error| of_hub(&error))?;
    let app = App::open_with_software_key_and(&folder.join("phone"), options()).map_err(|error| of_app(&error))?;
    Ok(Play { folder, hub, app, runtime: runtime()?, serving: None, memory, output })
}

fn memory_file(folder: &Path) -> PathBuf {
    folder.join("demo.json")
}

fn recall(folder: &Path) -> Result<Memory, Failure> {
    let path = memory_file(folder);
    match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)
            .map_err(|error| Failure::environment(format!("{}: {error}; use another --data", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Memory::default()),
        Err(error) => Err(failed(&path, &error)),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::environment(format!("{}: {error}", path.display()))
}

impl Play<'_> {
    fn remember(&self) -> Result<(), Failure> {
        let text = serde_json::to_string(&self.memory).map_err(Failure::environment)?;
        let path = memory_file(&self.folder);
        let aside = path.with_extension("new");
        let write = std::fs::write(&aside, text).and_then(|()| std::fs::rename(&aside, &path));
        write.map_err(|error| failed(&path, &error))
    }

    /// Starts the hub if it is stopped.
    fn serve(&mut self) -> Result<(), Failure> {
        if self.serving.is_some() {
            return Ok(());
        }
        let hub = self.hub.clone();
        let options = ServeOptions::local(self.memory.port);
        let serving = self.runtime.block_on(async move { hub.serve(options).await }).map_err(|error| of_hub(&error))?;
        self.memory.port = serving.address.port();
        self.serving = Some(serving);
        self.remember()
    }

    /// Stops the hub if it serves.
    fn stop(&mut self) -> Result<(), Failure> {
        match self.serving.take() {
            Some(serving) => self.runtime.block_on(serving.stop()).map_err(|error| of_hub(&error)),
            None => Ok(()),
        }
    }

    /// The job that is played.
    fn job(&self) -> Result<Id, Failure> {
        self.memory.job.ok_or_else(|| Failure::environment("the demo's data name no job: use another --data"))
    }
}

/// What the last line says.
fn summary(play: &mut Play<'_>, began: Instant) -> Result<Value, Failure> {
    let job = play.job()?;
    let screen = play.app.job_screen(&job.to_string()).map_err(|error| of_app(&error))?;
    let current = screen.documents.iter().rfind(|document| !document.amended).map(|document| document.sealed);
    let pdf = current.map(|sealed| play.app.paper(sealed)).transpose().map_err(|error| of_app(&error))?.flatten();
    let receipts = screen.evidence.iter().filter(|row| row.safety == FileSafety::Office).count();
    let url = play.serving.as_ref().map(|serving| serving.url.clone()).unwrap_or_default();
    Ok(json!({
        "step": "done",
        "job": job,
        "sealed_documents": screen.documents.iter().map(|document| document.sealed).collect::<Vec<_>>(),
        "evidence": screen.evidence.len(),
        "receipts": receipts,
        "review": office::review_state(play)?,
        "pdf": pdf,
        "bundle": play.folder.join("voucher.bundle"),
        "trust": play.hub.fingerprint(),
        "console": url,
        "sign_in": office::sign_in_links(play, &url)?,
        "ms": u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    }))
}

fn finish(done: &Value) -> String {
    let text = |name: &str| done.get(name).map(plain).unwrap_or_default();
    let mut lines = vec![
        String::new(),
        format!("voucher   {}", text("pdf")),
        format!("verify    countersign verify {} --trust {}", text("pdf"), text("trust")),
        format!("console   {}", text("console")),
    ];
    let links = done.get("sign_in").and_then(Value::as_object).into_iter().flatten();
    lines.extend(links.map(|(role, link)| format!("  {role:15} {}", plain(link))));
    lines.join("\n")
}

fn stay(mut play: Play<'_>, output: &Output) -> Done {
    let laptop = play.runtime.block_on(Laptop::serve(play.app.clone(), &LaptopOptions::default()));
    let laptop = laptop.map_err(|problem| of_laptop(&problem))?;
    let link = laptop.link().map_err(|problem| of_laptop(&problem))?;
    output.result(&json!({"step": "serving", "field_app": link}), || {
        format!("field app {link}\n          {} has a second job there; stays up, stop with Ctrl-C", office::ENGINEER)
    });
    play.runtime.block_on(crate::hub::stopped());
    play.runtime.block_on(laptop.stop()).map_err(|problem| of_laptop(&problem))?;
    play.stop()?;
    Ok(Exit::Ok)
}
