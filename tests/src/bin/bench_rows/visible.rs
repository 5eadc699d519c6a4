//! How soon a change of one device is seen on another: both are real devices that keep their lines to the hub open.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use countersign_device::store::Topic;
use countersign_device::sync::driver::{Wish, watch};
use countersign_hub::Hub;
use countersign_model::Language;
use countersign_model::document::Provenance;
use countersign_model::entity::Role;
use countersign_tests::bench::copy_folder;
use countersign_tests::http::client;
use countersign_tests::measure::{at_share, median};
use countersign_tests::office::Phone;
use countersign_tests::pusher::{self, Pusher};
use countersign_tests::served::Server;

use crate::line::{Goal, Line};
use crate::office_made::{self, said};
use crate::{Asked, many};

/// Changes that are made.
const CHANGES: usize = 100;
/// Changes before those, in which the lines of both devices open.
const OPENING: usize = 5;
/// A change that is not seen after this long is lost.
const LOST: Duration = Duration::from_secs(20);

/// With ever more other devices that listen as well; the figure of the targets has 1,000 on a hub of several machines.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for others in [0, 10, 100] {
        let mut times = seen(asked, others)?;
        let (p50, p99) = (median(&mut times), at_share(&mut times, 99));
        let (growth, most, longest) = match others {
            100 => ("", Goal::AtMost(20.0), Goal::AtMost(100.0)),
            _ => ("growth: ", Goal::None, Goal::None),
        };
        let name = |what: &str| format!("{growth}change visible on another device, {others} others connected, {what}");
        lines.push(Line::new(name("p50"), "ms", p50, most).and("others", others));
        lines.push(Line::new(name("p99"), "ms", p99, longest).and("others", others));
    }
    Ok(lines)
}

fn seen(asked: &Asked, others: usize) -> Result<Vec<f64>, String> {
    let made = office_made::office(&asked.cache, 500)?;
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    copy_folder(&made, folder.path());
    let hub = Hub::open(folder.path()).map_err(said)?;
    let ana = office_made::engineer(&hub)?;
    let ben = hub.add_person(&hub.system(), "Ben Okafor", &[Role::Engineer], Language::English).map_err(said)?;
    let listeners: Vec<Pusher> =
        (0..others).map(|seed| Pusher::enrol(&hub, ben, 5_000 + seed as u64)).collect::<Result<_, _>>()?;
    let server = Server::start(&asked.program, folder.path())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let phones = [Phone::new(51), Phone::new(52)];
    for phone in &phones {
        let invitation = hub.invite(ana, Some(server.url())).map_err(said)?.enrolment;
        runtime.block_on(phone.enrol(&invitation)).map_err(|problem| format!("enrolment: {problem:?}"))?;
        runtime.block_on(phone.sync());
    }
    drop(hub);
    for listener in listeners {
        runtime.spawn(listen(server.url().to_owned(), listener.token));
    }
    changes(&runtime, &phones)
}

/// A connected device that holds nothing of the job: it is poked by every change and asks the feed.
async fn listen(url: String, token: String) -> Result<(), String> {
    let client = client()?;
    let mut cursor = String::new();
    loop {
        let line = client.get(format!("{url}/v1/poke")).bearer_auth(&token).send().await;
        let mut line = line.map_err(|error| error.to_string())?;
        while let Ok(Some(_)) = line.chunk().await {
            match pusher::feed(&client, &url, &token, &cursor).await {
                Ok(page) => cursor = page.cursor,
                Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    }
}

fn changes(runtime: &tokio::runtime::Runtime, phones: &[Phone; 2]) -> Result<Vec<f64>, String> {
    let [here, there] = phones;
    let (told, commits) = channel::<()>();
    let told: std::sync::Mutex<Sender<()>> = std::sync::Mutex::new(told);
    there.app().store().on_commit(Some(Arc::new(move |topics| {
        if topics.iter().any(|topic| !matches!(topic, Topic::Status)) {
            drop(told.lock().map(|told| told.send(())));
        }
    })));
    let (wishes, _keep) = (stay(runtime, here), stay(runtime, there));
    let mut times = Vec::new();
    for change in 0..OPENING + CHANGES {
        let value = if change.is_multiple_of(2) { "yes" } else { "no" };
        let job = many::number(change % 10);
        let begun = Instant::now();
        here.app().answer(&job, "machine_runs", value, Provenance::Typed).map_err(|error| error.to_string())?;
        wishes.blocking_send(Wish::LocalChange).map_err(|_| "the device's sync ended".to_owned())?;
        wait_until(there, &job, value, &commits, begun)?;
        if change >= OPENING {
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    there.app().store().on_commit(None);
    Ok(times)
}

fn stay(runtime: &tokio::runtime::Runtime, phone: &Phone) -> tokio::sync::mpsc::Sender<Wish> {
    let (wishes, wished) = tokio::sync::mpsc::channel(16);
    let app = phone.app().clone();
    runtime.spawn(async move {
        let store = app.store().clone();
        watch(&store, app.surroundings(), |_| {}, wished, std::future::pending()).await
    });
    wishes
}

/// Looks at the other device's form after each of its commits, as its screen would.
fn wait_until(there: &Phone, job: &str, value: &str, commits: &Receiver<()>, begun: Instant) -> Result<(), String> {
    loop {
        if shown(there, job)?.as_deref() == Some(value) {
            return Ok(());
        }
        let left = LOST.checked_sub(begun.elapsed()).ok_or("a change was not seen on the other device")?;
        commits.recv_timeout(left).map_err(|_| "a change was not seen on the other device".to_owned())?;
        while commits.try_recv().is_ok() {}
    }
}

fn shown(phone: &Phone, job: &str) -> Result<Option<String>, String> {
    let screen = phone.app().form_screen(job).map_err(|error| error.to_string())?;
    let questions = screen.into_iter().flat_map(|screen| screen.pages).flat_map(|page| page.questions);
    Ok(questions.into_iter().find(|row| row.id.ends_with("/machine_runs")).map(|row| row.value))
}
