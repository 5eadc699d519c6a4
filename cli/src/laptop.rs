//! `countersign laptop`: the field app in a browser on this machine, until it is stopped.

use std::io::{BufRead as _, IsTerminal as _};

use countersign_device::app::App;
use countersign_laptop::{Laptop, LaptopOptions, ServeProblem};
use serde_json::json;
use tokio::sync::mpsc;

use crate::arguments;
use crate::device::{of_app, options, runtime};
use crate::output::{Done, Exit, Failure, Output};

/// Serves a store and prints the link that lets a browser in.
pub fn run(arguments: &arguments::Laptop, output: &Output) -> Done {
    let app = App::open_with_software_key_and(&arguments.store, options()).map_err(|error| of_app(&error))?;
    let options = LaptopOptions { port: arguments.port };
    runtime()?.block_on(async {
        let laptop = Laptop::serve(app, &options).await.map_err(|problem| of_laptop(&problem))?;
        show_link(&laptop, output)?;
        let mut asked = asked_for_links();
        let mut stopped = std::pin::pin!(crate::hub::stopped());
        loop {
            tokio::select! {
                () = &mut stopped => break,
                Some(()) = asked.recv() => show_link(&laptop, output)?,
            }
        }
        laptop.stop().await.map_err(|problem| of_laptop(&problem))?;
        Ok(Exit::Ok)
    })
}

fn show_link(laptop: &Laptop, output: &Output) -> Result<(), Failure> {
    let link = laptop.link().map_err(|problem| of_laptop(&problem))?;
    let object = json!({"link": link, "url": format!("http://{}", laptop.address)});
    output.result(&object, || format!("open once in a browser: {link}\npress Enter for another link, Ctrl-C to stop"));
    Ok(())
}

/// Each line that somebody types at a terminal asks for a link; without a terminal nobody asks.
fn asked_for_links() -> mpsc::Receiver<()> {
    let (ask, asked) = mpsc::channel(1);
    if std::io::stdin().is_terminal() {
        std::thread::spawn(move || {
            let lines = std::io::stdin().lock().lines();
            lines.map_while(Result::ok).take_while(|_line| ask.blocking_send(()).is_ok()).for_each(drop);
        });
    }
    asked
}

/// The failure of a shell.
pub fn of_laptop(problem: &ServeProblem) -> Failure {
    match problem {
        ServeProblem::Device(error) => of_app(error),
        other => Failure::environment(other),
    }
}
