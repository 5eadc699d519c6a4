//! The arguments of every subcommand, with an example in each help text.

mod device;
mod fieldwork;
mod hub;
mod office;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::tracing_setup::LogFormat;

pub use device::{Annotate, Attention, Device, DeviceAction, Jobs, JobsArgument, Sign, StageArgument, VisitStep};
pub use fieldwork::{
    Ask, Cash, Charge, Collect, Diagnose, Fieldwork, Helpers, New, PartUse, Parts, Plan, Remote, Time,
};
pub use hub::{Hub, HubImport, HubJob, Listed, Reach, Webhook};
pub use office::{HubDevice, HubPerson, HubPolicy};

/// Offline-first field service: the office server, a field device, the verifier and a demo in one program.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, about, after_help = "Without a subcommand the demo runs.")]
pub struct Arguments {
    /// Print one JSON object per result, lists and progress one object a line.
    #[arg(long, global = true)]
    pub json: bool,
    /// Log more to standard error.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// How log lines look: for people, or one JSON object a line.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub section: Option<Section>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Section {
    /// Make a sample company, play one whole visit through the real device core, then show it.
    #[command(after_help = "Example: countersign demo --data ./demo-data --port 8080")]
    Demo(Demo),
    /// The office server: data, people, jobs, reviews.
    #[command(subcommand, after_help = "Example: countersign hub serve ./office")]
    Hub(Hub),
    /// A field device on the command line.
    Device(Device),
    /// The field app in a browser on this machine, over a device's store.
    #[command(after_help = "Example: countersign laptop --store ./laptop")]
    Laptop(Laptop),
    /// Write a sample photo with the facts that a camera writes, to try things with. A name that ends in .heic or .mp4
    /// makes a sample of that kind.
    #[command(after_help = "Example: countersign sample-photo leak.jpg")]
    SamplePhoto {
        /// The new file.
        file: PathBuf,
        /// Another number gives another picture.
        #[arg(long, default_value_t = 2)]
        seed: u64,
    },
    /// Verify a signed PDF or bundle, with no network.
    #[command(after_help = "Example: countersign verify voucher.pdf --trust 5f1c…")]
    Verify(Verify),
}

impl Default for Section {
    fn default() -> Section {
        Section::Demo(Demo { data: PathBuf::from("demo-data"), port: None, once: false })
    }
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder of the demo's data; a second start continues it.
    #[arg(long, default_value = "demo-data")]
    pub data: PathBuf,
    /// Port of the hub on loopback; kept in the data folder. Without it a free one is chosen.
    #[arg(long)]
    pub port: Option<u16>,
    /// End after the visit instead of staying up.
    #[arg(long)]
    pub once: bool,
}

/// Arguments of `laptop`.
#[derive(Debug, Args)]
pub struct Laptop {
    /// Folder of the device's store; made where it is not there yet, and enrolled in the browser.
    #[arg(long, default_value = "laptop")]
    pub store: PathBuf,
    /// Port on 127.0.0.1; without it that of the last start, or a free one.
    #[arg(long)]
    pub port: Option<u16>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The PDF or bundle.
    pub file: PathBuf,
    /// Fingerprint of a tenant key that you trust (any key on the chain); without it the issuer is not checked.
    #[arg(long)]
    pub trust: Option<String>,
    /// The company's keys, as `hub keys --file` wrote them: a document that was signed before a key was changed then
    /// verifies by the newer key as well.
    #[arg(long, value_name = "FILE", requires = "trust")]
    pub keys: Option<PathBuf>,
}
