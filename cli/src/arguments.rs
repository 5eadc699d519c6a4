//! The arguments of every subcommand, with an example in each help text.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// Write a sample photo with the facts that a camera writes, to try things with.
    #[command(after_help = "Example: countersign sample-photo leak.jpg")]
    SamplePhoto {
        /// The new file.
        file: PathBuf,
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

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The PDF or bundle.
    pub file: PathBuf,
    /// Fingerprint of a tenant key that you trust (any key on the chain); without it the issuer is not checked.
    #[arg(long)]
    pub trust: Option<String>,
}

/// Subcommands of `hub`.
#[derive(Debug, Subcommand)]
pub enum Hub {
    /// Make a new data folder.
    #[command(after_help = "Example: countersign hub init ./office --company \"Acme Service\" --sample")]
    Init {
        /// The new folder.
        dir: PathBuf,
        /// The company's name.
        #[arg(long)]
        company: String,
        /// Fill it with a sample company.
        #[arg(long)]
        sample: bool,
    },
    /// Serve phones and the console.
    #[command(after_help = "Example: countersign hub serve ./office --listen 127.0.0.1:8080")]
    Serve {
        /// The data folder.
        dir: PathBuf,
        /// Address and port; other than loopback needs TLS or a proxy.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Certificate chain in PEM.
        #[arg(long, requires = "tls_key")]
        tls_cert: Option<PathBuf>,
        /// Private key in PEM.
        #[arg(long, requires = "tls_cert")]
        tls_key: Option<PathBuf>,
        /// Make and keep a self-signed certificate; its fingerprint is in every invitation.
        #[arg(long, conflicts_with = "tls_cert")]
        tls_self_signed: bool,
        /// A proxy in front ends TLS; its forwarded addresses are believed.
        #[arg(long, conflicts_with_all = ["tls_cert", "tls_self_signed"])]
        behind_proxy: bool,
    },
    /// Invite a person to enrol a device; makes the person if there is none of that name.
    #[command(after_help = "Example: countersign hub invite ./office --person \"Ana Ruiz\" --role engineer")]
    Invite {
        /// The data folder.
        dir: PathBuf,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// engineer, training_rep, manager, call_desk, store_keeper, accountant, administrator, …
        #[arg(long, default_value = "engineer")]
        role: String,
        /// Address of the hub as phones reach it.
        #[arg(long)]
        url: Option<String>,
    },
    /// Make a job and plan its first visit.
    #[command(
        after_help = "Example: countersign hub job ./office --customer Acme --machine 3391 --fault \"leaks\" --assign \"Ana Ruiz\""
    )]
    Job(HubJob),
    /// List records, one line each.
    #[command(after_help = "Example: countersign hub list ./office machines --json")]
    List {
        /// The data folder.
        dir: PathBuf,
        /// What to list.
        what: Listed,
    },
    /// Review a submitted voucher.
    #[command(
        after_help = "Example: countersign hub review ./office JOB --return --question /data/hydraulics/pressure --remark \"Measured warm or cold?\""
    )]
    Review {
        /// The data folder.
        dir: PathBuf,
        /// Id or number of the job.
        job: String,
        /// Approve it.
        #[arg(long, conflicts_with = "return_")]
        approve: bool,
        /// Return it with a remark.
        #[arg(long = "return", requires = "remark")]
        return_: bool,
        /// The question that the remark is about; without it the whole voucher.
        #[arg(long)]
        question: Option<String>,
        /// What you want.
        #[arg(long)]
        remark: Option<String>,
        /// The reviewing manager; needed where there are several.
        #[arg(long)]
        reviewer: Option<String>,
    },
    /// Revoke a device: it downloads nothing any more, what it still sends goes into quarantine.
    #[command(after_help = "Example: countersign hub revoke ./office K7 --reason \"phone lost\"")]
    Revoke {
        /// The data folder.
        dir: PathBuf,
        /// Id or short code of the device.
        device: String,
        /// Why.
        #[arg(long, default_value = "revoked on the command line")]
        reason: String,
    },
    /// Write everything into one file.
    #[command(after_help = "Example: countersign hub export ./office office.bundle")]
    Export {
        /// The data folder.
        dir: PathBuf,
        /// The new file.
        file: PathBuf,
    },
    /// Check every hash, every invariant and the log.
    #[command(after_help = "Example: countersign hub check ./office")]
    Check {
        /// The data folder.
        dir: PathBuf,
    },
}

/// Arguments of `hub job`.
#[derive(Debug, Args)]
pub struct HubJob {
    /// The data folder.
    pub dir: PathBuf,
    /// Customer's id or name.
    #[arg(long)]
    pub customer: String,
    /// Serial of the machine.
    #[arg(long)]
    pub machine: String,
    /// The fault as reported.
    #[arg(long)]
    pub fault: String,
    /// Who leads the visit: id or name.
    #[arg(long)]
    pub assign: String,
    /// Appointment window `2026-11-23T09:00/2026-11-23T11:00`, in UTC.
    #[arg(long)]
    pub at: Option<String>,
    /// low, normal, high or urgent.
    #[arg(long, default_value = "normal")]
    pub priority: String,
    /// A paid, B contract, C free, D internal; proposed from warranty and contract where it is left out.
    #[arg(long)]
    pub class: Option<String>,
}

/// What `hub list` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// People.
    People,
    /// Customers.
    Customers,
    /// Machines.
    Machines,
    /// Parts.
    Parts,
    /// Jobs.
    Jobs,
    /// Devices.
    Devices,
}

/// Arguments of `device`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone jobs")]
pub struct Device {
    /// Folder of the device's store.
    #[arg(long)]
    pub store: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: DeviceAction,
}

/// Subcommands of `device`.
#[derive(Debug, Subcommand)]
pub enum DeviceAction {
    /// Enrol with an invitation.
    #[command(after_help = "Example: countersign device --store ./phone enrol --code 'countersign:1:…'")]
    Enrol {
        /// The whole enrolment string, or its code together with --hub.
        #[arg(long)]
        code: String,
        /// Another address of the same hub.
        #[arg(long)]
        hub: Option<String>,
        /// What to call this device.
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// List jobs.
    #[command(after_help = "Example: countersign device --store ./phone jobs --json")]
    Jobs,
    /// Show one job with its questions.
    #[command(after_help = "Example: countersign device --store ./phone job J-26-0001")]
    Job {
        /// Id or number of the job.
        id: String,
    },
    /// Make a job on site.
    #[command(after_help = "Example: countersign device --store ./phone new --machine 3391 --fault \"leaks again\"")]
    New {
        /// Serial of the machine.
        #[arg(long)]
        machine: String,
        /// The fault.
        #[arg(long)]
        fault: String,
    },
    /// Set out.
    Travel {
        /// Id or number of the job.
        id: String,
    },
    /// Arrive.
    Arrive {
        /// Id or number of the job.
        id: String,
    },
    /// Answer a question.
    #[command(after_help = "Example: countersign device --store ./phone answer J-26-0001 pressure 184")]
    Answer {
        /// Id or number of the job.
        id: String,
        /// The question: its instance such as /data/points[2]/pressure, or its last name where that is unique.
        question: String,
        /// The value; several choices are separated by spaces.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Attach a photo or file.
    #[command(after_help = "Example: countersign device --store ./phone attach J-26-0001 leak.jpg --as found")]
    Attach {
        /// Id or number of the job.
        id: String,
        /// The file.
        file: PathBuf,
        /// The question that it answers.
        #[arg(long)]
        question: Option<String>,
        /// As found or as left.
        #[arg(long = "as")]
        stage: Option<StageArgument>,
    },
    /// Book a part.
    Part {
        /// Id or number of the job.
        id: String,
        /// Part code.
        code: String,
        /// How many; a negative number takes back.
        #[arg(allow_hyphen_values = true)]
        quantity: String,
    },
    /// Record time.
    Time {
        /// Id or number of the job.
        id: String,
        /// travel, work or waiting.
        #[arg(long, default_value = "work")]
        kind: String,
        /// Minutes.
        #[arg(long)]
        minutes: i64,
        /// Kilometres, for travel.
        #[arg(long)]
        kilometres: Option<i64>,
    },
    /// Record a meter reading.
    Meter {
        /// Id or number of the job.
        id: String,
        /// The reading.
        value: String,
    },
    /// Show the pages that will be signed.
    Preview {
        /// Id or number of the job.
        id: String,
    },
    /// Sign what the preview showed.
    #[command(
        after_help = "Example: countersign device --store ./phone sign J-26-0001 --name \"M. Lin\" --role customer --outcome accepted --strokes s.json"
    )]
    Sign(Sign),
    /// Leave the site.
    Leave {
        /// Id or number of the job.
        id: String,
        /// solved, part, customer, workshop or another_visit.
        #[arg(long)]
        reason: String,
    },
    /// Hand the voucher in for review.
    Submit {
        /// Id or number of the job.
        id: String,
    },
    /// Open an amendment of what was signed.
    Amend {
        /// Id or number of the job.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Sync with the hub.
    Sync {
        /// Go on until stopped.
        #[arg(long)]
        watch: bool,
    },
    /// What is safe and what is only here.
    Status,
    /// What needs a person, and what to do about it.
    Attention(Attention),
    /// Write what is only here into one file.
    Export {
        /// The new file.
        file: PathBuf,
    },
    /// Take a colleague's file.
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// Arguments of `device sign`.
#[derive(Debug, Args)]
pub struct Sign {
    /// Id or number of the job.
    pub id: String,
    /// The signer's name.
    #[arg(long)]
    pub name: String,
    /// customer, operator or representative.
    #[arg(long, default_value = "customer")]
    pub role: String,
    /// accepted, remarks, refused or absent.
    #[arg(long)]
    pub outcome: String,
    /// The signer's remarks.
    #[arg(long, default_value = "")]
    pub remarks: String,
    /// 1 to 5.
    #[arg(long)]
    pub satisfaction: Option<u8>,
    /// The signer's strokes: {"strokes":[[[x,y,ms,pressure],…],…]}.
    #[arg(long)]
    pub strokes: Option<PathBuf>,
    /// The engineer's strokes; the signer's file is used for both where it is left out.
    #[arg(long)]
    pub engineer_strokes: Option<PathBuf>,
}

/// Arguments of `device attention`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone attention --discard 0198… --reason \"typed twice\""
)]
pub struct Attention {
    /// Send it again after its cause is mended.
    #[arg(long, value_name = "ID")]
    pub fix: Option<String>,
    /// Keep it as a note on the job.
    #[arg(long, value_name = "ID", conflicts_with = "fix")]
    pub note: Option<String>,
    /// Give it up.
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with_all = ["fix", "note"])]
    pub discard: Option<String>,
    /// Why.
    #[arg(long)]
    pub reason: Option<String>,
    /// The corrected value, for --fix of an answer.
    #[arg(long)]
    pub value: Option<String>,
    /// Confirm that this device sends the work of an earlier device id.
    #[arg(long, conflicts_with_all = ["fix", "note", "discard"])]
    pub confirm: bool,
    /// File a found file, by its SHA-256, with the job named by --job.
    #[arg(long, value_name = "SHA256", requires = "job", conflicts_with_all = ["fix", "note", "discard", "confirm"])]
    pub file: Option<String>,
    /// The job for --file: id or number.
    #[arg(long)]
    pub job: Option<String>,
}

/// As found or as left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageArgument {
    /// As found.
    Found,
    /// As left.
    Left,
}
