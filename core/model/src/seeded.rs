//! Bugs that can be switched on, to show that the simulation finds what it is there for. Each is a mistake that programs
//! of this kind have made.
//!
//! Without the feature `seeded-bugs`, which the tests' crate alone asks for, none can be on and nothing is left of them.
//! A bug is on for the thread that switched it on, since a simulation has a thread to itself.

macro_rules! bugs {
    ($($(#[$attribute:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// A mistake on purpose.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Bug { $($(#[$attribute])* $name),+ }

        impl Bug {
            /// All of them.
            pub const ALL: &'static [Bug] = &[$(Bug::$name),+];

            /// Its name.
            pub fn word(self) -> &'static str {
                match self { $(Bug::$name => $word),+ }
            }
        }
    };
}

bugs! {
    /// The hub judges a resent command once more.
    ResendJudgedAgain = "resend-judged-again",
    /// The hub gives a place of the feed away that is below one which devices have read, as a counter without a lock does
    /// when the earlier of two writers commits last.
    CounterNotLocked = "counter-not-locked",
    /// The hub moves a device's cursor to the newest place, whether the page held everything or not.
    NaiveCursor = "naive-cursor",
    /// A device calls saved what its disk has not synced.
    SavedBeforeSync = "saved-before-sync",
    /// A device frees a file when it has sent it, before the hub signed that it holds it.
    FreedBeforeReceipt = "freed-before-receipt",
    /// What a device downloads takes the place of what it has not sent.
    DownloadOverOutbox = "download-over-outbox",
    /// An amendment is stored in the place of the document that it amends.
    SealedRowUpdated = "sealed-row-updated",
    /// A device takes a refused command off its lists.
    RefusedHidden = "refused-hidden",
    /// A command that waits holds back those of other jobs.
    LaneBlocksOthers = "lane-blocks-others",
    /// A revoked device goes on downloading.
    RevokedPulls = "revoked-pulls",
    /// A device does not fold its own commands over what it downloaded.
    NotRefolded = "not-refolded",
    /// The answer with the later time by its device's clock stands, whatever the order at the hub.
    OrderedByClock = "ordered-by-clock",
}

#[cfg(feature = "seeded-bugs")]
std::thread_local! {
    static ON: std::cell::Cell<Option<Bug>> = const { std::cell::Cell::new(None) };
}

/// Switches a bug on in this thread, or all of them off.
#[cfg(feature = "seeded-bugs")]
pub fn switch(bug: Option<Bug>) {
    ON.set(bug);
}

/// Whether this bug is on.
#[cfg(feature = "seeded-bugs")]
pub fn is_on(bug: Bug) -> bool {
    ON.get() == Some(bug)
}

#[cfg(feature = "seeded-bugs")]
std::thread_local! {
    static POISON: std::cell::Cell<Option<crate::id::Id>> = const { std::cell::Cell::new(None) };
}

/// From now on a rule that judges this command in this thread stops in its middle.
#[cfg(feature = "seeded-bugs")]
pub fn poison(command: Option<crate::id::Id>) {
    POISON.set(command);
}

/// Stops where a test poisoned the command: the mistake that nobody has made yet.
#[cfg(feature = "seeded-bugs")]
#[allow(clippy::panic, reason = "what a test asks for; no program for people has it")]
pub fn stop_at(command: crate::id::Id) {
    if POISON.get() == Some(command) {
        panic!("a rule stops in its middle, as the test asks");
    }
}

/// No rule stops on purpose in a program for people.
#[cfg(not(feature = "seeded-bugs"))]
#[inline(always)]
pub const fn stop_at(_: crate::id::Id) {}

/// None is on in a program for people.
#[cfg(not(feature = "seeded-bugs"))]
#[inline(always)]
pub const fn is_on(_: Bug) -> bool {
    false
}
