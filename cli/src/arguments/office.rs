//! The arguments of what an administrator does in the office without a browser.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `hub person`.
#[derive(Debug, Args)]
pub struct HubPerson {
    /// The data folder.
    pub dir: PathBuf,
    /// Id or name; somebody unknown is added.
    pub person: String,
    /// engineer, training_rep, manager, call_desk, store_keeper, accountant, administrator, …: all that the person is, one
    /// --role each.
    #[arg(long)]
    pub role: Vec<String>,
    /// en, es, zh-Hans or zh-Hant.
    #[arg(long)]
    pub language: Option<String>,
    /// The person left the company: no sign-in, no download.
    #[arg(long, conflicts_with = "back")]
    pub left: bool,
    /// The person is back; name the person by id.
    #[arg(long)]
    pub back: bool,
}

/// Arguments of `hub device`.
#[derive(Debug, Args)]
pub struct HubDevice {
    /// The data folder.
    pub dir: PathBuf,
    /// Id, short code or name of a device that a restored hub did not know.
    pub device: String,
    /// It is the device that it says: it goes on, and what it sent is judged.
    #[arg(long, conflicts_with = "turn_down")]
    pub confirm: bool,
    /// It is not: what it sent is kept and has no effect.
    #[arg(long)]
    pub turn_down: bool,
    /// How you know, or why not.
    #[arg(long)]
    pub reason: String,
}

/// Arguments of `hub policy`.
#[derive(Debug, Args)]
pub struct HubPolicy {
    /// The data folder.
    pub dir: PathBuf,
    /// Id or name; may be left out where there is one policy only.
    pub policy: Option<String>,
    /// Free space that must remain before a camera opens, MiB.
    #[arg(long)]
    pub reserve: Option<i64>,
    /// Days that photos stay on a phone where no proven backup is announced.
    #[arg(long)]
    pub grace: Option<i64>,
    /// Classes whose vouchers print no prices, such as `C,D`; an empty text for none.
    #[arg(long)]
    pub hide_prices: Option<String>,
}
