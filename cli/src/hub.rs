//! `countersign hub`: the office server and what may be done in its folder beside it.

mod failures;
mod health;
mod imports;
mod keys;
mod lists;
mod office;
mod orders;
mod safekeeping;
mod serve;
mod webhooks;

use std::path::Path;

use countersign_hub::safekeeping::{BackupOptions, RECOVERY_FILE};
use countersign_hub::{Hub, InitOptions};
use serde_json::json;

use crate::arguments::Hub as Arguments;
use crate::output::{Done, Exit, Failure, Output};

pub use failures::of_hub;
pub use orders::qr;
pub use serve::stopped;

/// Runs one subcommand.
pub fn run(arguments: Arguments, output: &Output) -> Done {
    match arguments {
        Arguments::Init { dir, company, sample } => init(&dir, company, sample, output),
        Arguments::Serve { dir, listen, tls_cert, tls_key, tls_self_signed, behind_proxy } => {
            let tls = serve::tls(tls_cert, tls_key, tls_self_signed);
            serve::run(&open(&dir)?, listen, tls, behind_proxy, output)
        }
        Arguments::App { dir, apk } => orders::place_app(&open(&dir)?, &apk, output),
        Arguments::RenewTls { dir } => serve::renew_tls(&open(&dir)?, output),
        Arguments::Invite { dir, person, role, url } => {
            orders::invite(&open(&dir)?, &person, role.as_deref(), url.as_deref(), output)
        }
        Arguments::Job(order) => orders::job(&open(&order.dir)?, &order, output),
        Arguments::List { dir, what } => lists::list(&open(&dir)?, what, output),
        Arguments::Review { dir, job, approve, return_, question, remark, reviewer } => {
            let choice = orders::choice(approve, return_, question, remark)?;
            orders::review(&open(&dir)?, &job, choice, reviewer.as_deref(), output)
        }
        Arguments::Revoke { dir, device, reason } => orders::revoke(&open(&dir)?, &device, &reason, output),
        Arguments::Person(order) => office::person(&open(&order.dir)?, &order, output),
        Arguments::PasswordLink { dir, person } => office::password_link(&open(&dir)?, &person, output),
        Arguments::Device(order) => office::device(&open(&order.dir)?, &order, output),
        Arguments::Policy(order) => office::policy(&open(&order.dir)?, &order, output),
        Arguments::Health { address } => health::run(address, output),
        Arguments::Webhook(webhook) => webhooks::run(webhook, output),
        Arguments::MetricsToken { dir, off } => webhooks::metrics_token(&open(&dir)?, off, output),
        Arguments::Import(order) => imports::run(&open(&order.dir)?, &order, output),
        Arguments::Export { dir, file } => lists::export(&open(&dir)?, &file, output),
        Arguments::Check { dir } => lists::check(&open(&dir)?, output),
        Arguments::Backup { dir, dest, prove, keep } => {
            let options = BackupOptions { to: dest, prove, keep };
            safekeeping::backup(&open(&dir)?, &options, output)
        }
        Arguments::Restore { backup, dir, recovery_key, journal } => {
            safekeeping::restore(backup, dir, &recovery_key, journal, output)
        }
        Arguments::Journal { dir, at } => safekeeping::journal(&open(&dir)?, at.as_deref(), output),
        Arguments::Rescue { dir, file, recovery_key } => {
            safekeeping::rescue(&open(&dir)?, &file, &recovery_key, output)
        }
        Arguments::RecoveryKey { dir, renew } => keys::recovery_key(&open(&dir)?, renew, output),
        Arguments::Rotate { dir } => keys::rotate(&open(&dir)?, output),
        Arguments::Keys { dir, file } => keys::show(&open(&dir)?, file.as_deref(), output),
    }
}

fn open(dir: &Path) -> Result<Hub, Failure> {
    Hub::open(dir).map_err(|error| of_hub(&error))
}

fn init(dir: &Path, company: String, sample: bool, output: &Output) -> Done {
    let hub = Hub::init(dir, &InitOptions { company: company.clone(), sample }).map_err(|error| of_hub(&error))?;
    let link = hub.first_admin_link().map_err(|error| of_hub(&error))?;
    let recovery = dir.join(RECOVERY_FILE);
    let object = json!({
        "dir": dir, "company": company, "fingerprint": hub.fingerprint(), "first_sign_in": link.path,
        "recovery_key": recovery,
    });
    output.result(&object, || {
        format!(
            "{} is ready\nkey fingerprint {}\nfirst sign-in (once): open {} behind the console's address\n\
             recovery key: {} opens backups and rescue files, and nothing else does. Move it off this machine now",
            dir.display(),
            hub.fingerprint(),
            link.path,
            recovery.display()
        )
    });
    Ok(Exit::Ok)
}
