//! The hub as an object: its folder, database, blobs and keys. Several hubs live in one process; there is no global
//! state. It never answers HTTP itself (see [`crate::serve`]).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use countersign_model::trust::{TenantKey, TrustChain};
use countersign_model::{Digest, Id};

use crate::blobs::{Blobs, LocalBlobs, sync_folder};
use crate::edge::{Edge, NoChance};
use crate::error::{HubError, Outcome};
use crate::forms::Forms;
use crate::keys;
use crate::metrics::Metrics;
use crate::safekeeping::{self, JournalFile, RECOVERY_FILE};
use crate::signer::{self, Signer, Signers};
use crate::staging::Staging;
use crate::store::{Read, Store, StoreError, Write};

/// The program that judged a command, as the inbox keeps it.
pub(crate) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What a new hub is made with.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// Name of the first company.
    pub company: String,
    /// Whether the sample company's people, machines and parts are put in.
    pub sample: bool,
}

/// A hub. Cloning shares it.
#[derive(Clone)]
pub struct Hub {
    pub(crate) inner: Arc<Inner>,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

pub(crate) struct Inner {
    pub(crate) folder: PathBuf,
    pub(crate) tenant: Id,
    pub(crate) epoch: String,
    pub(crate) store: Store,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) staging: Staging,
    pub(crate) forms: Forms,
    pub(crate) edge: Edge,
    pub(crate) signers: Signers,
    pub(crate) token_secret: [u8; 32],
    pub(crate) enrolling: Mutex<()>,
    pub(crate) metrics: Metrics,
    pub(crate) journal: Mutex<JournalFile>,
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("hub.db")
}

pub(crate) fn keys_folder(folder: &Path) -> PathBuf {
    folder.join("keys")
}

pub(crate) fn blobs_folder(folder: &Path) -> PathBuf {
    folder.join("blobs")
}

fn uploads_folder(folder: &Path, tenant: Id) -> PathBuf {
    folder.join("uploads").join(tenant.to_string())
}

impl Hub {
    /// Makes a hub in a new or empty folder.
    pub fn init(folder: &Path, options: &InitOptions) -> Outcome<Hub> {
        Hub::init_at(folder, options, Edge::system())
    }

    /// The same with a clock of the caller's, or a clock and chance.
    pub fn init_at(folder: &Path, options: &InitOptions, edge: impl Into<Edge>) -> Outcome<Hub> {
        let edge = edge.into();
        if options.company.trim().is_empty() {
            return Err(HubError::Input("the company needs a name".to_owned()));
        }
        check_empty(folder)?;
        keys::make_folder(folder)?;
        let building = folder.join(BUILDING);
        if building.exists() {
            fs::remove_dir_all(&building).map_err(HubError::file(&building))?;
        }
        fs::create_dir(&building).map_err(HubError::file(&building))?;
        build(&building, options, edge.clone())?;
        move_in(&building, folder)?;
        Hub::open_at(folder, edge)
    }

    /// Opens the hub of a folder.
    pub fn open(folder: &Path) -> Outcome<Hub> {
        Hub::open_at(folder, Edge::system())
    }

    /// The same with a clock of the caller's, or a clock and chance.
    pub fn open_at(folder: &Path, edge: impl Into<Edge>) -> Outcome<Hub> {
        let path = database(folder);
        if !path.exists() {
            return Err(StoreError::NotAHub(folder.to_owned()).into());
        }
        let store = Store::open(&path)?;
        let tenants = store.tenants()?;
        let Some((tenant, _, epoch)) = tenants.into_iter().next() else {
            return Err(StoreError::NotAHub(folder.to_owned()).into());
        };
        let chain = store.read(tenant, |read| read.key_chain(tenant))?;
        let keys = keys_folder(folder);
        let signers = Signers::new(signer::newest(&keys, &chain)?);
        let inner = Inner {
            folder: folder.to_owned(),
            tenant,
            epoch,
            store,
            blobs: Arc::new(LocalBlobs::new(&blobs_folder(folder))),
            staging: Staging::new(uploads_folder(folder, tenant)),
            forms: Forms::default(),
            edge: edge.into(),
            signers,
            token_secret: keys::token_secret(&keys)?,
            enrolling: Mutex::new(()),
            metrics: Metrics::default(),
            journal: Mutex::new(JournalFile::default()),
        };
        let hub = Hub { inner: Arc::new(inner) };
        hub.judge_left_over()?;
        hub.write_journal();
        Ok(hub)
    }

    /// A copy of this hub's database with the blobs of a backup, for proving the backup: with this hub's keys in memory,
    /// so that none is written beside the backup. Nobody serves it.
    pub(crate) fn over_backup(&self, database: &Path, blobs: &Path) -> Outcome<Hub> {
        let store = Store::open(database)?;
        let inner = Inner {
            folder: self.inner.folder.clone(),
            tenant: self.inner.tenant,
            epoch: self.inner.epoch.clone(),
            store,
            blobs: Arc::new(LocalBlobs::new(blobs)),
            staging: Staging::new(uploads_folder(&database.with_extension("uploads"), self.inner.tenant)),
            forms: Forms::default(),
            edge: self.inner.edge.clone(),
            signers: Signers::new(Signer::clone(&self.inner.signers.known())),
            token_secret: self.inner.token_secret,
            metrics: Metrics::default(),
            enrolling: Mutex::new(()),
            journal: Mutex::new(JournalFile::default()),
        };
        Ok(Hub { inner: Arc::new(inner) })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// Free bytes on the disk of the folder; `None` where the disk does not say.
    pub fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(self.folder()).ok()
    }

    /// The company's tenant.
    pub fn tenant(&self) -> Id {
        self.inner.tenant
    }

    /// The hub's epoch: another one after a restore.
    pub fn epoch(&self) -> &str {
        &self.inner.epoch
    }

    /// The hub's time, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.inner.edge.clock)()
    }

    /// Bytes of chance.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], NoChance> {
        self.inner.edge.random()
    }

    /// The tenant's key chain.
    pub fn chain(&self) -> Outcome<TrustChain> {
        self.read(|read| Ok(read.key_chain(self.tenant())?))
    }

    /// The fingerprint of the newest tenant key: what devices and verifiers pin.
    pub fn fingerprint(&self) -> Digest {
        // Where the newest key cannot be read now, the one before still leads to it.
        self.signer().unwrap_or_else(|_| self.inner.signers.known()).key.public().fingerprint()
    }

    /// Reads within one snapshot. The console draws its pages through this.
    pub fn read<T>(&self, work: impl FnOnce(&Read<'_>) -> Outcome<T>) -> Outcome<T> {
        self.inner.store.read(self.tenant(), work)
    }

    /// Writes within one transaction: sign-in, sessions and settings. Records are changed by commands only.
    pub fn write<T>(&self, work: impl FnOnce(&Write<'_>) -> Outcome<T>) -> Outcome<T> {
        self.inner.store.write(self.tenant(), work)
    }

    /// Follows the feed counter: each change means "look again".
    pub fn follow(&self) -> tokio::sync::watch::Receiver<u64> {
        self.inner.store.follow()
    }
}

/// Where a hub is built before its parts move to their places.
const BUILDING: &str = ".new";

fn check_empty(folder: &Path) -> Outcome {
    if database(folder).exists() {
        return Err(HubError::AlreadyAHub(folder.to_owned()));
    }
    if keys_folder(folder).exists() {
        return Err(HubError::Input(format!(
            "{} holds keys without a database: restore it from the backup, or name another folder",
            folder.display()
        )));
    }
    Ok(())
}

fn build(folder: &Path, options: &InitOptions, edge: Edge) -> Outcome {
    make_keys(folder, &edge)?;
    make_database(folder, &options.company, &edge)?;
    let hub = Hub::open_at(folder, edge)?;
    hub.first_records(&options.company)?;
    if options.sample {
        crate::sample::fill(&hub)?;
    }
    Ok(())
}

/// The database comes last: a stop before that leaves a folder that is no hub yet, never half a hub.
pub(crate) fn move_in(building: &Path, folder: &Path) -> Outcome {
    for name in ["blobs", "keys", RECOVERY_FILE, "journal.log", "hub.db-wal", "hub.db"] {
        let from = building.join(name);
        if from.exists() {
            fs::rename(&from, folder.join(name)).map_err(HubError::file(from))?;
        }
    }
    fs::remove_dir_all(building).map_err(HubError::file(building))?;
    sync_folder(folder).map_err(HubError::file(folder))
}

fn make_keys(folder: &Path, edge: &Edge) -> Outcome {
    let keys = keys_folder(folder);
    keys::make_folder(&keys)?;
    keys::keep_token_secret(&keys, edge)?;
    keys::keep_tenant_key(&keys, 0, &keys::new_key(edge)?)
}

fn make_database(folder: &Path, company: &str, edge: &Edge) -> Outcome {
    let now = (edge.clock)();
    let tenant = edge.new_id(now)?;
    let key = keys::tenant_key(&keys_folder(folder), 0)?;
    let path = database(folder);
    let epoch = hex::encode(edge.random::<8>()?);
    let store = Store::create(&path, tenant, company, &epoch, now)?;
    let first = TenantKey::first(tenant, &key)?;
    let recovery = safekeeping::make_recovery_keys(folder, company, tenant, (&key, 0), edge)?;
    store.write(tenant, |write| {
        write.keep_tenant_key(&first)?;
        safekeeping::keep(write, &recovery)?;
        Ok::<(), HubError>(write.journal_entry(
            now,
            safekeeping::TENANT_KEY,
            &serde_json::json!({"number": 0}).to_string(),
        )?)
    })
}
