//! The one object of the border: a device opened in a folder.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_device::app::{App, AppError as CoreError, AppOptions, Subscription as CoreSubscription};
use countersign_device::model::Language;
use countersign_device::store::OpenOptions;
use countersign_device::texts::Texts;
use tokio::runtime::{Builder, Runtime};

use crate::errors::{AppError, PlatformError};
use crate::ports::{DeviceKey, Images, Key, Observer, Phone, Platform, PlatformImages, Safe, Told, Vault};
use crate::words::{Reader, texts};

/// A device. Its calls are short and whole, and may wait for storage: they belong off the main thread.
#[derive(uniffi::Object)]
pub struct Countersign {
    pub(crate) app: App,
    pub(crate) runtime: Runtime,
    /// The language before anybody chose one.
    system: Language,
}

/// A running subscription; closing it ends it, and no call comes after that.
#[derive(uniffi::Object)]
pub struct Subscription {
    running: Mutex<Option<CoreSubscription>>,
}

#[uniffi::export]
impl Subscription {
    /// Ends it. Waits for a call that is under way, unless that call ends it.
    pub fn end(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(running);
    }
}

#[uniffi::export]
impl Countersign {
    /// Opens the device in this folder and resumes what a crash left half done.
    #[uniffi::constructor]
    pub fn open(
        folder: PathBuf,
        key: Arc<dyn DeviceKey>,
        vault: Arc<dyn Vault>,
        platform: Arc<dyn Platform>,
        images: Arc<dyn PlatformImages>,
        language: Language,
    ) -> Result<Arc<Countersign>, AppError> {
        let say = |error: CoreError| AppError::of(error, &texts(language));
        let key = Key::new(key).map_err(|error| say(of_platform(&error)))?;
        let options = AppOptions {
            store: OpenOptions::default(),
            key: Arc::new(key),
            vault: Arc::new(Safe(vault)),
            platform: Arc::new(Phone(platform)),
        };
        let app = App::open(&folder, options).map_err(say)?.with_images(Arc::new(Images(images)));
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("countersign")
            .enable_all()
            .build()
            .map_err(|error| say(CoreError::Environment { why: error.to_string() }))?;
        Ok(Arc::new(Countersign { app, runtime, system: language }))
    }

    /// The language of this device's screens.
    pub fn language(&self) -> Language {
        self.app.language().unwrap_or(self.system)
    }

    /// Who reads: the language of this device's screens, and the company's zone; `phone`'s before it is known.
    pub fn reader(&self, phone: Reader) -> Result<Reader, AppError> {
        let zone = self.say(self.app.company_zone())?.unwrap_or(phone.zone);
        Ok(Reader { language: self.language(), zone, offset_minutes: phone.offset_minutes })
    }

    /// Chooses the language of this device's screens; `None` takes the person's.
    pub fn choose_language(&self, language: Option<Language>) -> Result<(), AppError> {
        self.say(self.app.choose_language(language))
    }

    /// Tells an observer what may look different, until the subscription is closed. There is one at a time.
    pub fn subscribe(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, AppError> {
        let running = self.say(self.app.subscribe(Arc::new(Told(observer))))?;
        Ok(Arc::new(Subscription { running: Mutex::new(Some(running)) }))
    }

    /// Makes what was saved durable in the second memory too: when the app leaves the screen.
    pub fn flush(&self) -> Result<(), AppError> {
        self.say(self.app.flush())
    }
}

impl Countersign {
    pub(crate) fn texts(&self) -> Texts {
        texts(self.language())
    }

    /// The result with its error in the person's words.
    pub(crate) fn say<T>(&self, result: Result<T, CoreError>) -> Result<T, AppError> {
        say_in(self.language(), result)
    }
}

/// The result with its error in the words of whoever holds the device.
pub(crate) fn say_in<T>(language: Language, result: Result<T, CoreError>) -> Result<T, AppError> {
    result.map_err(|error| AppError::of(error, &texts(language)))
}

fn of_platform(error: &PlatformError) -> CoreError {
    CoreError::Environment { why: error.to_string() }
}
