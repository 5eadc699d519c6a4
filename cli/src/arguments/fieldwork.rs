//! The arguments of `countersign device` about diagnosis, helpers, charges and cash.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What is known, booked and charged on a job.
#[derive(Debug, Subcommand)]
pub enum Fieldwork {
    /// Make a job on site.
    New(New),
    /// Book a part, or take one back.
    Part(PartUse),
    /// List parts with price and stock.
    Parts(Parts),
    /// Record time, or put an entry right.
    Time(Time),
    /// List the choices of a code list.
    #[command(after_help = "Example: countersign device --store ./phone codes symptom --json")]
    Codes {
        /// symptom, cause, remedy, customer_class or remark.
        list: String,
    },
    /// Record symptom, cause, remedy and findings.
    Diagnose(Diagnose),
    /// Set another class than the proposed one.
    #[command(after_help = "Example: countersign device --store ./phone class J-26-0001 C --reason \"maker's fault\"")]
    Class {
        /// Id or number of the job.
        id: String,
        /// A paid, B contract, C free under warranty, D internal.
        class: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Helpers join or leave your visit.
    Helpers(Helpers),
    /// Plan a further visit of yours.
    Plan(Plan),
    /// Say that your visit is done by phone or video, or that somebody goes there after all.
    Remote(Remote),
    /// Collect the sign-off of remote visits on your visit.
    Collect(Collect),
    /// Ask the office to change something, for parts, for a colleague, or a question.
    Ask(Ask),
    /// Add, correct or take out a charge.
    Charge(Charge),
    /// What the visit costs: times, charges, what the rates propose, totals, cash.
    #[command(after_help = "Example: countersign device --store ./phone costs J-26-0001 --json")]
    Costs {
        /// Id or number of the job.
        id: String,
    },
    /// Take cash and give a numbered receipt.
    Cash(Cash),
    /// Hand cash over to the accountant.
    #[command(after_help = "Example: countersign device --store ./phone hand-over-cash 26-AB-R1")]
    HandOverCash {
        /// Number of the receipt.
        number: String,
    },
}

/// Arguments of `device new`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone new --machine 3391 --fault \"leaks again\"
Example: countersign device --store ./phone new --nameplate plate.jpg --fault \"does not start\"")]
pub struct New {
    /// Serial of the machine; with --nameplate it may be left out.
    #[arg(long, required_unless_present = "nameplate")]
    pub machine: Option<String>,
    /// The fault.
    #[arg(long)]
    pub fault: String,
    /// Photo of the nameplate of a machine that is not registered; the office registers it from there.
    #[arg(long, value_name = "FILE")]
    pub nameplate: Option<PathBuf>,
}

/// Arguments of `device part`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone part J-26-0001 SEAL-0042 2 --batch 2611")]
pub struct PartUse {
    /// Id or number of the job.
    pub id: String,
    /// Part code.
    pub code: String,
    /// How many; a negative number takes back.
    #[arg(allow_hyphen_values = true)]
    pub quantity: String,
    /// Batch or serial.
    #[arg(long, default_value = "")]
    pub batch: String,
    /// The depot or van it came from, by name or id; left out: your own van.
    #[arg(long, conflicts_with = "no_stock")]
    pub depot: Option<String>,
    /// It came out of no stock of ours.
    #[arg(long)]
    pub no_stock: bool,
    /// customer, contract, warranty or internal; left out: as the class says.
    #[arg(long)]
    pub payer: Option<String>,
}

/// Arguments of `device parts`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone parts J-26-0001 --search seal --json")]
pub struct Parts {
    /// Id or number of the job.
    pub id: String,
    /// Words in code or name.
    #[arg(long, default_value = "")]
    pub search: String,
}

/// Arguments of `device time`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone time J-26-0001 --kind travel --minutes 25 --kilometres 31"
)]
pub struct Time {
    /// Id or number of the job.
    pub id: String,
    /// travel, work or waiting.
    #[arg(long, default_value = "work")]
    pub kind: String,
    /// Minutes; left out: since the arrival, or for travel from setting off to the arrival.
    #[arg(long, allow_negative_numbers = true)]
    pub minutes: Option<i64>,
    /// Kilometres, for travel.
    #[arg(long, allow_negative_numbers = true)]
    pub kilometres: Option<i64>,
    /// Puts this entry right instead of adding one; its id stands in `costs`. Nothing spent takes it out.
    #[arg(long, value_name = "ENTRY", requires = "minutes")]
    pub correct: Option<String>,
}

/// Arguments of `device diagnose`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone diagnose J-26-0001 --symptom leak --cause wear --remedy replaced --findings \"seal worn\" --machine-state running
The codes of a list: countersign device --store ./phone codes symptom"
)]
pub struct Diagnose {
    /// Id or number of the job.
    pub id: String,
    /// Code of the list `symptom`.
    #[arg(long)]
    pub symptom: Option<String>,
    /// Code of the list `cause`.
    #[arg(long)]
    pub cause: Option<String>,
    /// Code of the list `remedy`.
    #[arg(long)]
    pub remedy: Option<String>,
    /// What was found and done, in words.
    #[arg(long)]
    pub findings: Option<String>,
    /// down, limited or running.
    #[arg(long)]
    pub machine_state: Option<String>,
}

/// Arguments of `device helpers`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone helpers J-26-0001 --add \"Tom Becker\"")]
pub struct Helpers {
    /// Id or number of the job.
    pub id: String,
    /// Who joins, by name or id.
    #[arg(long)]
    pub add: Vec<String>,
    /// Who leaves; what they did stays.
    #[arg(long)]
    pub remove: Vec<String>,
}

/// Arguments of `device plan`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone plan J-26-0001 --at 2026-11-30T09:00/2026-11-30T11:00
Example: countersign device --store ./phone plan J-26-0001 --remote
Example: countersign device --store ./phone plan J-26-0001 --collect 26-AB-3"
)]
pub struct Plan {
    /// Id or number of the job.
    pub id: String,
    /// The agreed window, in UTC: FROM/TO.
    #[arg(long)]
    pub at: Option<String>,
    /// A session by phone or video: its sign-off is collected on a later visit.
    #[arg(long)]
    pub remote: bool,
    /// Voucher number (or visit id) of a remote visit whose sign-off this visit collects.
    #[arg(long, value_name = "NUMBER")]
    pub collect: Vec<String>,
}

/// Arguments of `device remote`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone remote J-26-0001
Example: countersign device --store ./phone remote J-26-0001 --on-site")]
pub struct Remote {
    /// Id or number of the job.
    pub id: String,
    /// Somebody goes there after all.
    #[arg(long)]
    pub on_site: bool,
}

/// Arguments of `device collect`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone collect J-26-0001 26-VC-1")]
pub struct Collect {
    /// Id or number of the job.
    pub id: String,
    /// Voucher numbers (or visit ids) of the remote visits.
    #[arg(required = true, value_name = "NUMBER")]
    pub visits: Vec<String>,
}

/// Arguments of `device ask`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone ask J-26-0001 --about customer --set phone=\"+34 960 000 999\" --reason \"new switchboard\"
Example: countersign device --store ./phone ask J-26-0001 --at 2026-11-30T14:00/2026-11-30T16:00 --reason \"asks for the afternoon\"
Example: countersign device --store ./phone ask J-26-0001 --for question --reason \"Which oil?\""
)]
pub struct Ask {
    /// Id or number of the job.
    pub id: String,
    /// job, customer, site or machine.
    #[arg(long, requires = "set", conflicts_with = "at")]
    pub about: Option<String>,
    /// A field as it should be: NAME=VALUE.
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Another window for the visit, in UTC: FROM/TO.
    #[arg(long, required_unless_present_any = ["about", "wish"])]
    pub at: Option<String>,
    /// What is needed: parts, colleague or question.
    #[arg(long = "for", value_name = "WHAT", conflicts_with_all = ["about", "at"])]
    pub wish: Option<String>,
    /// Why, or what exactly.
    #[arg(long)]
    pub reason: String,
}

/// Arguments of `device charge`.
#[derive(Debug, Args)]
#[command(after_help = "Example: countersign device --store ./phone charge J-26-0001 --proposed
Example: countersign device --store ./phone charge J-26-0001 --kind labour --quantity 1.5 --price 62.00
Example: countersign device --store ./phone charge J-26-0001 --remove 0198…")]
pub struct Charge {
    /// Id or number of the job.
    pub id: String,
    /// Adds what the times and the rates propose.
    #[arg(long, conflicts_with_all = ["price", "remove"])]
    pub proposed: bool,
    /// labour, travel, waiting, kilometres, call_out or other.
    #[arg(long, default_value = "other")]
    pub kind: String,
    /// In words; left out: the name of the kind.
    #[arg(long, default_value = "")]
    pub description: String,
    /// Hours, kilometres or pieces; left out: the price is the whole sum.
    #[arg(long, default_value = "")]
    pub quantity: String,
    /// Price of one without tax, in the voucher's currency.
    #[arg(long, allow_hyphen_values = true, required_unless_present_any = ["proposed", "remove"])]
    pub price: Option<String>,
    /// Tax rate in per cent; left out: the company's.
    #[arg(long)]
    pub tax: Option<String>,
    /// customer, contract, warranty or internal; left out: as the class says.
    #[arg(long)]
    pub payer: Option<String>,
    /// The charge that this one puts right; its id stands in `costs`.
    #[arg(long, value_name = "CHARGE")]
    pub replaces: Option<String>,
    /// Takes a charge out.
    #[arg(long, value_name = "CHARGE", conflicts_with = "price")]
    pub remove: Option<String>,
}

/// Arguments of `device cash`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: countersign device --store ./phone cash J-26-0001 --from \"M. Lin\" --amount 121.00 --strokes engineer.json"
)]
pub struct Cash {
    /// Id or number of the job.
    pub id: String,
    /// Who gives it.
    #[arg(long)]
    pub from: String,
    /// The sum with tax, in the voucher's currency; left out: what the voucher asks for.
    #[arg(long)]
    pub amount: Option<String>,
    /// cash, card, cheque or transfer.
    #[arg(long, default_value = "cash")]
    pub method: String,
    /// Words about it.
    #[arg(long, default_value = "")]
    pub note: String,
    /// The engineer's strokes: {"strokes":[[[x,y,ms,pressure],…],…]}.
    #[arg(long)]
    pub strokes: PathBuf,
}
