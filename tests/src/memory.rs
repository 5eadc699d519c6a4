//! An allocator under SQLite that fails where it is told to: the n-th time that SQLite asks for memory it gets none, once or
//! from there on. Counted by thread, so that what other threads do meanwhile changes nothing.
#![allow(unsafe_code, reason = "SQLite takes its allocator as a table of C functions; there is no safe door to it")]

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use rusqlite::ffi;

/// Which requests for memory fail; they are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// None.
    Never,
    /// This one; there is memory again at the next.
    Once(u64),
    /// This one and all that follow.
    From(u64),
}

impl Shortage {
    fn strikes(self, request: u64) -> bool {
        match self {
            Shortage::Never => false,
            Shortage::Once(at) => request == at,
            Shortage::From(at) => request >= at,
        }
    }
}

thread_local! {
    static SHORTAGE: Cell<Shortage> = const { Cell::new(Shortage::Never) };
    static REQUESTS: Cell<u64> = const { Cell::new(0) };
}

/// The allocator that was there before.
struct Real(ffi::sqlite3_mem_methods);

// SAFETY: a table of C functions without data; SQLite itself calls it from every thread.
unsafe impl Send for Real {}
// SAFETY: as above.
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();

/// Puts the allocator under SQLite. Must come before anything else of this process uses SQLite; later calls do nothing.
pub fn install() {
    REAL.get_or_init(|| {
        // SAFETY: a zeroed table is one of null functions, which SQLite fills in.
        let mut real: ffi::sqlite3_mem_methods = unsafe { std::mem::zeroed() };
        // SAFETY: SQLite is not initialised yet (else it answers MISUSE), and the table outlives the call.
        let read = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_GETMALLOC, &raw mut real) };
        assert_eq!(read, ffi::SQLITE_OK, "SQLite was used before its allocator was changed");
        let mut failing = ffi::sqlite3_mem_methods { xMalloc: Some(malloc), xRealloc: Some(realloc), ..real };
        // SAFETY: as above; SQLite copies the table.
        let set = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MALLOC, &raw mut failing) };
        assert_eq!(set, ffi::SQLITE_OK);
        // A connection's own small reserve would hide most requests.
        let none: c_int = 0;
        // SAFETY: two integers, as the option wants them.
        let bare = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_LOOKASIDE, none, none) };
        assert_eq!(bare, ffi::SQLITE_OK);
        Real(real)
    });
}

/// Does something while memory is short on this thread; says how often SQLite asked for some.
pub fn during<T>(shortage: Shortage, work: impl FnOnce() -> T) -> (T, u64) {
    assert!(REAL.get().is_some(), "install the allocator first");
    REQUESTS.set(0);
    SHORTAGE.set(shortage);
    let done = work();
    SHORTAGE.set(Shortage::Never);
    (done, REQUESTS.get())
}

fn is_refused() -> bool {
    let request = REQUESTS.get() + 1;
    REQUESTS.set(request);
    SHORTAGE.get().strikes(request)
}

unsafe extern "C" fn malloc(bytes: c_int) -> *mut c_void {
    match REAL.get().and_then(|real| real.0.xMalloc) {
        // SAFETY: passed on as SQLite gave it.
        Some(malloc) if !is_refused() => unsafe { malloc(bytes) },
        _ => ptr::null_mut(),
    }
}

unsafe extern "C" fn realloc(old: *mut c_void, bytes: c_int) -> *mut c_void {
    match REAL.get().and_then(|real| real.0.xRealloc) {
        // SAFETY: passed on as SQLite gave it; a refused request leaves the old memory as it is.
        Some(realloc) if !is_refused() => unsafe { realloc(old, bytes) },
        _ => ptr::null_mut(),
    }
}
