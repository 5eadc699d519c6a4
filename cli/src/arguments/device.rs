//! The arguments of `countersign device`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use countersign_device::model::document::ASPECTS;

use super::Fieldwork;

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
    /// What saves one thing of a visit.
    #[command(flatten)]
    Step(VisitStep),
    /// Parts, charges, cash, diagnosis and what else is known of a job.
    #[command(flatten)]
    Fieldwork(Fieldwork),
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
        /// Only say which company answers and the print of its key; the invitation stays unused.
        #[arg(long)]
        look: bool,
    },
    /// List jobs.
    #[command(after_help = "Example: countersign device --store ./phone jobs --show today --search \"north barn\"")]
    Jobs(Jobs),
    /// Whether you may leave for a job: what is on this device and what is missing.
    #[command(after_help = "Example: countersign device --store ./phone departure J-26-0001")]
    Departure {
        /// Id or number of the job.
        id: String,
    },
    /// Show a machine with its earlier visits.
    #[command(after_help = "Example: countersign device --store ./phone machine 3391")]
    Machine {
        /// Serial number or id of the machine, or id or number of a job on it.
        name: String,
    },
    /// Why a question is asked, hidden, required or not accepted.
    #[command(after_help = "Example: countersign device --store ./phone why J-26-0001 pressure")]
    Why {
        /// Id or number of the job.
        id: String,
        /// The question, as for `answer`.
        question: String,
    },
    /// Show one job with its questions.
    #[command(after_help = "Example: countersign device --store ./phone job J-26-0001")]
    Job {
        /// Id or number of the job.
        id: String,
    },
    /// Draw over a photo: arrows, circles, lines and labels as a layer of yours; the photo itself stays.
    Annotate(Annotate),
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
    /// Show the key that a colleague encrypts a hand-over file for this device to, as text and QR code.
    #[command(after_help = "Example: countersign device --store ./tablet receive-key")]
    ReceiveKey,
    /// Write what is only here into one encrypted file: for the office (a rescue file), or for a colleague's device.
    #[command(after_help = "Examples: countersign device --store ./phone export work.rescue\n          \
                      countersign device --store ./phone export work.handover --to countersign-key:1:… --job V-26-0142")]
    Export {
        /// The new file.
        file: PathBuf,
        /// Hand over to the device that shows this key (`receive-key`).
        #[arg(long, value_name = "KEY", conflicts_with = "rescue")]
        to: Option<String>,
        /// With --to: a job that goes along although everything of it is at the office already; may be repeated.
        #[arg(long, value_name = "JOB", requires = "to")]
        job: Vec<String>,
        /// A rescue file, which only the office can open; this is what happens without --to.
        #[arg(long)]
        rescue: bool,
    },
    /// Take a colleague's file: a hand-over opens here, a rescue file is carried to the office as it is.
    #[command(after_help = "Example: countersign device --store ./tablet import work.handover")]
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// Subcommands of `device` that save one thing each.
#[derive(Debug, Subcommand)]
pub enum VisitStep {
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
    /// Answer a question as on the last visit of the machine.
    #[command(after_help = "Example: countersign device --store ./phone copy J-26-0001 pressure")]
    Copy {
        /// Id or number of the job.
        id: String,
        /// The question, as for `answer`.
        question: String,
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
    /// Record a meter reading.
    Meter {
        /// Id or number of the job.
        id: String,
        /// The reading.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Leave the site.
    Leave {
        /// Id or number of the job.
        id: String,
        /// Why.
        #[arg(long)]
        reason: LeaveArgument,
    },
    /// Hand the voucher in for review.
    Submit {
        /// Id or number of the job.
        id: String,
    },
}

/// Arguments of `device jobs`.
#[derive(Debug, Args)]
pub struct Jobs {
    /// Which jobs.
    #[arg(long, default_value = "own")]
    pub show: JobsArgument,
    /// Words that must all occur in number, customer, site, machine or fault.
    #[arg(long, default_value = "")]
    pub search: String,
}

/// Which jobs are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum JobsArgument {
    /// Today's and those before that are open, and those under way.
    Today,
    /// The open ones.
    Open,
    /// The open ones that you lead.
    Mine,
    /// Those that came back from review.
    Returned,
    /// Every one of yours.
    Own,
    /// Everything on this device, with the earlier jobs of the machines.
    All,
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
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub satisfaction: Option<u8>,
    /// One aspect of the service, 1 to 5: timeliness, thoroughness, documents, skill, training or attitude; may be
    /// repeated.
    #[arg(long = "aspect", value_name = "ASPECT=1..5", value_parser = aspect)]
    pub aspects: Vec<(String, u8)>,
    /// The signer's strokes: {"strokes":[[[x,y,ms,pressure],…],…]}.
    #[arg(long)]
    pub strokes: Option<PathBuf>,
    /// Photo of the company stamp, beside the signature.
    #[arg(long, value_name = "FILE")]
    pub stamp: Option<PathBuf>,
    /// The engineer's strokes; the signer's file is used for both where it is left out.
    #[arg(long)]
    pub engineer_strokes: Option<PathBuf>,
}

/// `skill=5`.
fn aspect(text: &str) -> Result<(String, u8), String> {
    let known = || format!("use one of {}, as in skill=5", ASPECTS.join(", "));
    let (aspect, score) = text.split_once('=').ok_or_else(known)?;
    if !ASPECTS.contains(&aspect) {
        return Err(known());
    }
    match score.parse() {
        Ok(score @ 1..=5) => Ok((aspect.to_owned(), score)),
        _ => Err("the score is a number from 1 to 5, as in skill=5".to_owned()),
    }
}

/// Arguments of `device annotate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone annotate J-26-0001 leak.jpg --arrow 1000,1000,4200,5100 --text 800,700,\"seal 3\"

Places are ten-thousandths of the longer side of the picture, from its top left. What is given is the whole layer: it replaces what you drew before."
)]
pub struct Annotate {
    /// Id or number of the job.
    pub id: String,
    /// The photo: its id, its SHA-256 or the beginning of it, or its file name.
    pub photo: String,
    /// An arrow from a place to its tip: X,Y,X,Y.
    #[arg(long = "arrow", value_name = "X,Y,X,Y")]
    pub arrows: Vec<String>,
    /// A circle: the place of its middle and its radius.
    #[arg(long = "circle", value_name = "X,Y,RADIUS")]
    pub circles: Vec<String>,
    /// A free line through places: X,Y,X,Y,…
    #[arg(long = "line", value_name = "X,Y,X,Y,…")]
    pub lines: Vec<String>,
    /// A label: its place and its words.
    #[arg(long = "text", value_name = "X,Y,WORDS")]
    pub texts: Vec<String>,
    /// red, yellow, blue, black or white.
    #[arg(long, default_value = "red")]
    pub ink: String,
    /// Take the layer away.
    #[arg(long, conflicts_with_all = ["arrows", "circles", "lines", "texts"])]
    pub clear: bool,
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
    /// Say that what was salvaged from a damaged store was read.
    #[arg(long, conflicts_with_all = ["fix", "note", "discard", "confirm"])]
    pub acknowledge: bool,
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

/// Why somebody leaves a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum LeaveArgument {
    /// The fault is solved.
    Solved,
    /// It waits for a part.
    Part,
    /// It waits for the customer.
    Customer,
    /// The product goes to the workshop.
    Workshop,
    /// Another visit is needed.
    AnotherVisit,
}

impl LeaveArgument {
    /// The word of the command.
    pub fn word(self) -> &'static str {
        match self {
            LeaveArgument::Solved => "solved",
            LeaveArgument::Part => "part",
            LeaveArgument::Customer => "customer",
            LeaveArgument::Workshop => "workshop",
            LeaveArgument::AnotherVisit => "another_visit",
        }
    }
}
