//! The app: one object for everything that a shell does on a device. Commands are short, synchronous and
//! transactional; screens are whole snapshots ([`crate::screens`]).
//!
//! This is the only place of the crate that asks for the time or for chance. It judges nothing: the store decides each
//! command with `countersign_model::decide`, here intentions are only put together.

mod amending;
pub(crate) mod annotating;
mod answers;
pub(crate) mod asking;
mod attention;
mod attesting;
pub(crate) mod booking;
mod capture;
mod cash;
pub(crate) mod charge_typed;
pub(crate) mod charging;
pub(crate) mod content;
mod diagnosing;
mod error;
pub(crate) mod filling;
mod fix;
mod form_files;
pub(crate) mod history;
mod keeping;
mod language;
mod lease;
mod nameplate;
mod observing;
mod ports;
mod private_file;
mod proof;
mod remote;
mod showing;
mod signing;
mod software_key;
mod software_vault;
mod stamping;
mod steps;
mod syncing;
mod trouble;
pub(crate) mod work;

use std::path::Path;
use std::sync::Arc;

use countersign_documents::Fonts;
use countersign_model::entity::Company;
use countersign_model::payload::Payload;
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::{Id, Language};
use countersign_texts::Zone;

pub use amending::AmendmentOpened;
pub use annotating::Layer;
pub use answers::AnswerGiven;
pub use asking::Wanted;
pub use attention::Remedy;
pub use booking::{PartBooking, StockPlace};
pub use capture::{Attached, CaptureRequest, FileSource, Origin};
pub use cash::{CashGiven, CashTaken, CashTyped, typed_payment};
pub use charge_typed::ChargeTyped;
pub use charging::ChargeEntry;
pub use diagnosing::Diagnosis;
pub use error::AppError;
pub use fix::Fix;
pub use nameplate::Nameplate;
pub use observing::{Observer, Subscription};
pub use ports::{DeviceKey, KeyLocked, NoImages, Platform, PlatformImages, SystemPlatform, WaitingFile};
pub use remote::{OwnVisit, OwnVisitTyped};
pub use showing::CustomerWord;
pub use signing::{Preview, SignRequest, Signed};
pub use software_key::SoftwareKey;
pub use software_vault::SoftwareVault;
pub use stamping::Stamp;
pub use steps::{NewJob, TimeSpent, TimeTyped};
pub use trouble::{Again, Trouble};

pub use crate::vault::{Vault, VaultError};

use crate::store::{Draft, OpenOptions, Rows, Store, StoreKey, Topic, Tx};

/// A device: its store, its key, its platform.
#[derive(Clone)]
pub struct App {
    store: Store,
    key: Arc<dyn DeviceKey>,
    vault: Arc<dyn Vault>,
    platform: Arc<dyn Platform>,
    fonts: Arc<Fonts>,
    images: Arc<dyn PlatformImages>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({:?})", self.store)
    }
}

/// Which key this device has. One that is only locked is its own: it signs when the phone is unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyState {
    /// The one that the office knows, or the device is not enrolled yet.
    Own,
    /// Another one: the office's was lost. Only a new enrolment helps.
    Lost,
}

/// How a device is opened.
#[derive(Clone)]
pub struct AppOptions {
    /// How the store is opened.
    pub store: OpenOptions,
    /// The device's key.
    pub key: Arc<dyn DeviceKey>,
    /// What seals the device's token.
    pub vault: Arc<dyn Vault>,
    /// The platform.
    pub platform: Arc<dyn Platform>,
}

impl App {
    /// Opens the device in a folder and resumes what a crash left half done: files without rows are adopted, documents
    /// without the device's signature are signed.
    pub fn open(folder: &Path, options: AppOptions) -> Result<App, AppError> {
        let store = Store::open(folder, StoreKey::Platform, options.store)?;
        let fonts = Arc::new(Fonts::bundled().map_err(|_| AppError::Report { why: "the bundled fonts".to_owned() })?);
        let AppOptions { key, vault, platform, .. } = options;
        let app = App { store, key, vault, platform, fonts, images: Arc::new(NoImages) };
        app.seal_token();
        app.attest_what_waits();
        app.keep_lease_mark();
        Ok(app)
    }

    /// Opens a device whose key is a file in its folder, for laptops and the command line.
    pub fn open_with_software_key(folder: &Path) -> Result<App, AppError> {
        App::open_with_software_key_and(folder, OpenOptions::default())
    }

    /// The same with other options for the store.
    pub fn open_with_software_key_and(folder: &Path, store: OpenOptions) -> Result<App, AppError> {
        make_private(folder)
            .map_err(|error| AppError::Environment { why: format!("{}: {error}", folder.display()) })?;
        let key = Arc::new(SoftwareKey::open(&folder.join("device.key"))?);
        let vault = Arc::new(SoftwareVault::beside(folder));
        App::open(folder, AppOptions { store, key, vault, platform: Arc::new(SystemPlatform::new()) })
    }

    /// Seals a token that an older program kept in the clear. A vault that is locked now, or a full disk, keeps nobody from
    /// working: sync and the next opening try again.
    fn seal_token(&self) {
        if let Err(error) = self.store.seal_token(&*self.vault) {
            tracing::warn!(%error, "the token is not sealed yet");
            return;
        }
        match self.store.wipe_plain_token() {
            Ok(true) => {}
            Ok(false) => tracing::info!("another program reads the store: old bytes of the token are wiped later"),
            Err(error) => tracing::warn!(%error, "old bytes of the token are wiped at the next opening"),
        }
    }

    /// The store, for sync.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The device's key, for sync and enrolment.
    pub fn key(&self) -> &dyn DeviceKey {
        &*self.key
    }

    /// The device's signature. A key that the office does not know (its file was lost, the store came from elsewhere)
    /// counts as locked: what it signed nobody could verify.
    ///
    /// [`App::key_state`] tells the two apart for people. A platform that took the key away gives another one from then on
    /// ([`DeviceKey::public`]): whoever shows the state is told at once.
    pub(crate) fn signature(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        match self.key_state().map_err(|_unreadable| KeyLocked)? {
            KeyState::Lost => Err(KeyLocked),
            KeyState::Own => self.key.sign(statement).inspect_err(|_locked| self.tell_of_lost_key()),
        }
    }

    fn tell_of_lost_key(&self) {
        if self.key_state().is_ok_and(|state| state == KeyState::Lost) {
            tracing::warn!("the device's key was taken away");
            self.store.announce([Topic::Outbox, Topic::Status]);
        }
    }

    /// Whether this device still has the key that the office knows.
    pub(crate) fn key_state(&self) -> Result<KeyState, AppError> {
        let identity = self.store.identity()?;
        Ok(match identity.is_some_and(|identity| identity.credential.key != self.key.public()) {
            true => KeyState::Lost,
            false => KeyState::Own,
        })
    }

    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// The same app on a platform that draws files which Rust does not decode.
    pub fn with_images(self, images: Arc<dyn PlatformImages>) -> App {
        App { images, ..self }
    }

    pub(crate) fn images(&self) -> &dyn PlatformImages {
        &*self.images
    }

    pub(crate) fn platform(&self) -> &dyn Platform {
        &*self.platform
    }

    /// The wall clock, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.platform.wall()
    }

    /// What this device's own clocks say.
    pub(crate) fn own_clocks(&self) -> TimeRecord {
        TimeRecord {
            wall: self.platform.wall(),
            offset_minutes: self.platform.offset_minutes(),
            boot: self.platform.boot(),
            monotonic: self.platform.monotonic(),
            ..TimeRecord::default()
        }
    }

    /// What this device knows of the time.
    pub(crate) fn time(&self) -> Result<TimeRecord, AppError> {
        let contact = self.store.read(|rows| rows.contact())?;
        Ok(TimeRecord {
            hub_offset: contact.map(|contact| contact.offset()),
            hub_uncertainty: contact.map(|contact| contact.uncertainty()),
            ..self.own_clocks()
        })
    }

    /// The year by this device's clock, for numbers.
    pub(crate) fn year(&self) -> i32 {
        self.today().chars().take(4).collect::<String>().parse().unwrap_or(1970)
    }

    /// A new id that sorts by time.
    pub(crate) fn new_id(&self) -> Result<Id, AppError> {
        let mut random = [0u8; 10];
        self.platform.chance(&mut random).map_err(|error| AppError::Report { why: error.to_string() })?;
        Ok(Id::from_time(self.now().unsigned_abs(), random))
    }

    /// The person whose device this is.
    pub fn person(&self) -> Result<Id, AppError> {
        let identity = self.store.read(|rows| rows.identity())?;
        identity.map(|identity| identity.person).ok_or(AppError::Enrol)
    }

    /// The language of this device's screens: the one chosen here, else that of the person whose device this is.
    pub fn language(&self) -> Result<Language, AppError> {
        if let Some(chosen) = self.chosen_language()? {
            return Ok(chosen);
        }
        let person = self.person()?;
        let person = self.store.read(|rows| rows.get::<countersign_model::entity::Person>(person))?;
        Ok(person.map_or(Language::English, |person| person.language))
    }

    /// The name of the zone in which times are written, which is the company's; `None` before this device knows it.
    pub fn company_zone(&self) -> Result<Option<String>, AppError> {
        Ok(Some(self.read(zone_of_company)?).filter(|zone| !zone.is_empty()))
    }

    /// The zone in which times are written: the company's, else where this device is.
    pub(crate) fn zone(&self, rows: &Rows<'_>) -> Result<Zone, AppError> {
        Ok(Zone::of(&zone_of_company(rows)?, self.platform.offset_minutes()))
    }

    /// Reads one consistent state.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Rows<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        // The app's own errors pass through the store's reading unharmed.
        let outcome = self.store.read(|rows| Ok(read(rows)))?;
        if let Err(AppError::Damaged { why }) = &outcome {
            self.store.mark_damaged(why);
        }
        outcome
    }

    /// A draft of a command in a lane; what a person typed is meant without the blanks around it.
    pub(crate) fn draft(&self, lane: Scope, seen: Option<Id>, payload: Payload) -> Result<Draft, AppError> {
        Ok(Draft { id: self.new_id()?, time: self.time()?, lane, seen, payload: payload.trimmed() })
    }

    /// Saves these commands in one transaction.
    pub(crate) fn submit_all(&self, drafts: &[Draft]) -> Result<(), AppError> {
        self.store.write(|tx: &Tx<'_>| drafts.iter().try_for_each(|draft| tx.submit(draft).map(|_| ())))?;
        Ok(())
    }

    /// Makes what was saved durable in the second memory too: when the app leaves the screen, and every two seconds.
    pub fn flush(&self) -> Result<(), AppError> {
        self.keep_lease_mark();
        Ok(self.store.flush()?)
    }
}

/// The name of the company's zone; empty before this device knows it.
fn zone_of_company(rows: &Rows<'_>) -> Result<String, AppError> {
    Ok(rows.all::<Company>()?.into_iter().next().map(|(_, company)| company.zone).unwrap_or_default())
}

/// Makes a new folder that other users of this machine cannot look into; one that is there keeps its rights.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
