//! `countersign`: one program for the office server, the field device in a browser or on a command line, the verifier and
//! the demo.
//!
//! It parses arguments, calls the hub and the device core, and prints. It decides nothing: a rule that is missed here
//! belongs into `model::decide`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to the person who ran it")]

mod arguments;
mod demo;
mod device;
mod hub;
mod laptop;
mod output;
mod tracing_setup;
mod verify;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use arguments::{Arguments, Section};
use output::{Exit, Failure, Output};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if wants_json() && error.use_stderr() => return usage_for_programs(&error),
        Err(error) => return usage(&error),
    };
    let output = Output::new(arguments.json);
    let log = tracing_setup::start(arguments.verbose, arguments.log_format);
    let result = match arguments.section.unwrap_or_default() {
        Section::Demo(demo) => demo::run(demo, &output),
        Section::Hub(hub) => hub::run(hub, &output),
        Section::Device(device) => device::run(device, &output),
        Section::Laptop(arguments) => laptop::run(&arguments, &output),
        Section::SamplePhoto { file, seed } => demo::sample_photo(&file, seed, &output),
        Section::Verify(verify) => verify::run(&verify, &output),
    };
    let code = match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.failure(&failure);
            failure.exit.into()
        }
    };
    log.flush();
    code
}

/// Whether the arguments ask for JSON: they could not be parsed, so they are only looked at.
fn wants_json() -> bool {
    std::env::args_os().skip(1).take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

/// A usage error as the one object that programs expect on standard output.
fn usage_for_programs(error: &clap::Error) -> ExitCode {
    let why = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "a subcommand is missing: see --help".to_owned(),
        _ => {
            let text = error.render().to_string();
            let reason = text.split("\n\nUsage:").next().unwrap_or_default();
            let words: Vec<&str> = reason.trim_start_matches("error:").split_whitespace().collect();
            words.join(" ")
        }
    };
    Output::new(true).failure(&Failure::usage(why));
    Exit::Usage.into()
}

/// clap prints help on standard output and counts it as success; anything else is a usage error.
fn usage(error: &clap::Error) -> ExitCode {
    let shown = error.print();
    match (error.use_stderr(), shown) {
        (false, Ok(())) => Exit::Ok.into(),
        _ => Exit::Usage.into(),
    }
}
