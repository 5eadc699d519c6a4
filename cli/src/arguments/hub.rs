//! The arguments of `countersign hub`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::office::{HubDevice, HubPerson, HubPolicy};

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
    /// Place the signed Android app that phones get at /app.
    #[command(after_help = "Example: countersign hub app ./office countersign-release.apk")]
    App {
        /// The data folder.
        dir: PathBuf,
        /// The signed APK.
        apk: PathBuf,
    },
    /// Make a new self-signed TLS key for the next start; phones follow it by themselves.
    #[command(after_help = "Example: countersign hub renew-tls ./office")]
    RenewTls {
        /// The data folder.
        dir: PathBuf,
    },
    /// Invite a person to enrol a device; makes the person if there is none of that name.
    #[command(after_help = "Example: countersign hub invite ./office --person \"Ana Ruiz\" --role engineer")]
    Invite {
        /// The data folder.
        dir: PathBuf,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// engineer, training_rep, manager, call_desk, store_keeper, accountant, administrator, …: what a new person is
        /// (an engineer where it is left out); somebody known must have it already.
        #[arg(long)]
        role: Option<String>,
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
        #[arg(long, conflicts_with_all = ["return_", "question", "remark"])]
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
    /// Add a person, or change roles, language and whether they are still here.
    #[command(after_help = "Example: countersign hub person ./office \"Mia Chen\" --role manager --role administrator")]
    Person(HubPerson),
    /// Make a link by which a person sets a password for the console.
    #[command(after_help = "Example: countersign hub password-link ./office --person \"Mia Chen\"")]
    PasswordLink {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        #[arg(long)]
        person: String,
    },
    /// Confirm a device that a restored hub did not know, or turn it down.
    #[command(after_help = "Example: countersign hub device ./office K7 --confirm --reason \"Ana read the code out\"")]
    Device(HubDevice),
    /// Show a policy, and change what is given.
    #[command(after_help = "Example: countersign hub policy ./office --grace 30")]
    Policy(HubPolicy),
    /// Ask a hub that serves on this machine, without TLS, whether it is well; for health checks of containers.
    #[command(after_help = "Example: countersign hub health 127.0.0.1:8080")]
    Health {
        /// Where it listens.
        #[arg(default_value = "127.0.0.1:8080")]
        address: SocketAddr,
    },
    /// Tell other programs what happens (webhooks).
    #[command(subcommand)]
    Webhook(Webhook),
    /// Make the token by which a monitoring elsewhere reads /metrics; the one before no longer counts.
    #[command(after_help = "Example: countersign hub metrics-token ./office")]
    MetricsToken {
        /// The data folder.
        dir: PathBuf,
        /// Let no token read them any more.
        #[arg(long)]
        off: bool,
    },
    /// Write everything into one file.
    #[command(after_help = "Example: countersign hub export ./office office.bundle")]
    Export {
        /// The data folder.
        dir: PathBuf,
        /// The new file.
        file: PathBuf,
    },
    /// Take a backup, also while the hub serves: database, files and keys (encrypted to the recovery key). A second run into
    /// the same folder adds what is new.
    #[command(after_help = "Example: countersign hub backup ./office /media/backup/office --prove")]
    Backup {
        /// The data folder.
        dir: PathBuf,
        /// The folder of backups: on another disk.
        dest: PathBuf,
        /// Restore it into a scratch folder and check it; only then may devices forget what it covers.
        #[arg(long)]
        prove: bool,
        /// How many backups are kept; the newest proven one always stays.
        #[arg(long, default_value_t = 7)]
        keep: usize,
    },
    /// Make a hub of a backup, in a new folder; it proves itself as `check` does.
    #[command(
        after_help = "Example: countersign hub restore /media/backup/office ./restored --recovery-key /media/stick/recovery.key --journal /media/second/journal.log"
    )]
    Restore {
        /// The folder of backups (its newest is taken), or one backup's own folder.
        backup: PathBuf,
        /// The new data folder.
        dir: PathBuf,
        /// The private half of the recovery key, as `hub init` wrote it.
        #[arg(long, value_name = "FILE")]
        recovery_key: PathBuf,
        /// The old hub's journal: revocations and numbers since the backup. Without it, numbers and device codes get a
        /// prefix of their own.
        #[arg(long, value_name = "FILE")]
        journal: Option<PathBuf>,
    },
    /// Show where the journal stands that a restore replays, or keep it on another disk from now on.
    #[command(after_help = "Example: countersign hub journal ./office --at /media/second/journal.log")]
    Journal {
        /// The data folder.
        dir: PathBuf,
        /// The new file.
        #[arg(long, value_name = "FILE")]
        at: Option<PathBuf>,
    },
    /// Open a rescue file with the recovery key and take what is in it; taking it twice takes it once.
    #[command(
        after_help = "Example: countersign hub rescue ./office work.rescue --recovery-key /media/stick/recovery.key"
    )]
    Rescue {
        /// The data folder.
        dir: PathBuf,
        /// The file that `device export` wrote.
        file: PathBuf,
        /// The private half of the recovery key, as `hub init` wrote it.
        #[arg(long, value_name = "FILE")]
        recovery_key: PathBuf,
    },
    /// Show the public half of the recovery key; makes a key for a hub that has none.
    #[command(after_help = "Example: countersign hub recovery-key ./office")]
    RecoveryKey {
        /// The data folder.
        dir: PathBuf,
        /// Make another one in its place, after it was lost or seen by others.
        #[arg(long)]
        renew: bool,
    },
    /// Give the company a new key. The old and the new one vouch for each other; devices follow at their next sync.
    #[command(
        after_help = "Example: countersign hub rotate ./office\n\nNot for a key that was stolen: see the operating manual."
    )]
    Rotate {
        /// The data folder.
        dir: PathBuf,
    },
    /// Show the company's keys, and write them into a file for `verify --keys`.
    #[command(after_help = "Example: countersign hub keys ./office --file office-keys.json")]
    Keys {
        /// The data folder.
        dir: PathBuf,
        /// The new file.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Import a CSV or XLSX file of master data. The same file twice changes nothing.
    #[command(
        after_help = "Example: countersign hub import ./office parts parts.csv --dry-run\n\nWithout a file the template of the kind is printed: countersign hub import ./office parts > parts.csv"
    )]
    Import(HubImport),
    /// Check every hash, every invariant and the log.
    #[command(after_help = "Example: countersign hub check ./office")]
    Check {
        /// The data folder.
        dir: PathBuf,
    },
}

/// Subcommands of `hub webhook`.
#[derive(Debug, Subcommand)]
pub enum Webhook {
    /// Add an endpoint; its secret is shown once.
    #[command(
        after_help = "Example: countersign hub webhook add ./office --name books --url https://example.com/hook --event document.signed"
    )]
    Add {
        /// The data folder.
        dir: PathBuf,
        /// What you call it.
        #[arg(long)]
        name: String,
        /// Where it is; https.
        #[arg(long)]
        url: String,
        /// An event that it wants, such as job.created; repeat it for more. Without it: all of them.
        #[arg(long = "event")]
        events: Vec<String>,
    },
    /// List the endpoints, or the newest deliveries of one.
    #[command(after_help = "Example: countersign hub webhook list ./office books")]
    List {
        /// The data folder.
        dir: PathBuf,
        /// Id or name of one endpoint: its deliveries.
        endpoint: Option<String>,
    },
    /// Remove an endpoint with its deliveries.
    #[command(after_help = "Example: countersign hub webhook remove ./office books")]
    Remove {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
    },
    /// Send what happened again: everything since a time, or one delivery.
    #[command(after_help = "Example: countersign hub webhook replay ./office books --since 2026-11-23T09:00")]
    Replay {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
        /// Everything since this time, in UTC.
        #[arg(long, required_unless_present = "delivery")]
        since: Option<String>,
        /// One delivery, by its number in the list.
        #[arg(long, conflicts_with = "since")]
        delivery: Option<u64>,
    },
    /// Send an event that says nothing.
    Test {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
    },
    /// Give an endpoint another secret, shown once; the one before signs beside it for a day.
    Rotate {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
    },
    /// Send to an endpoint again.
    Enable {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
    },
    /// Stop sending to an endpoint; what happens meanwhile waits for it.
    Disable {
        /// The data folder.
        dir: PathBuf,
        /// Id or name.
        endpoint: String,
    },
    /// Let webhooks go to private networks (and to loopback without TLS), or no longer.
    #[command(after_help = "Example: countersign hub webhook private ./office allow")]
    Private {
        /// The data folder.
        dir: PathBuf,
        /// allow or refuse.
        choice: Reach,
    },
}

/// Whether something may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reach {
    /// It may.
    Allow,
    /// It may not.
    Refuse,
}

/// Arguments of `hub import`.
#[derive(Debug, Args)]
pub struct HubImport {
    /// The data folder.
    pub dir: PathBuf,
    /// branches, people, codes, customers, contacts, sites, parts, prices, models, machines or depots.
    pub kind: String,
    /// The file; without it the template of the kind is printed.
    pub file: Option<PathBuf>,
    /// Say what is wrong and what would change; change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// utf-8, utf-16le, utf-16be, gb18030, big5 or windows-1252, where the file does not say it.
    #[arg(long)]
    pub encoding: Option<String>,
    /// What stands between cells, such as `;` or `tab`.
    #[arg(long)]
    pub separator: Option<String>,
    /// What stands before a fraction: `.` or `,`.
    #[arg(long, value_parser = [".", ","])]
    pub decimal: Option<String>,
    /// Which comes first in dates such as 03/04/2026: day or month.
    #[arg(long, value_parser = ["day", "month"])]
    pub dates: Option<String>,
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
    /// The last backups, newest first, and when each was proven.
    Backups,
}
