//! A SQLite VFS over the default one that counts the calls which reach the storage and lets them fail by plan.
//!
//! It never changes what is written, except that a power cut tears one write in half. Locks and shared memory are
//! passed on uncounted: they are the machine's, not the disk's.
#![allow(unsafe_code, reason = "a VFS is a table of C functions; there is no safe door to it")]

use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::ffi;

use super::{Call, Faults, Verdict};

/// Names must differ within a process, where many tests run at once.
static REGISTERED: AtomicU64 = AtomicU64::new(0);

/// A registered VFS; connections open with its name.
pub struct Vfs {
    name: String,
    table: *mut ffi::sqlite3_vfs,
}

// SAFETY: the table is written before it is registered and only read afterwards; SQLite guards its list by a mutex.
unsafe impl Send for Vfs {}
// SAFETY: as above.
unsafe impl Sync for Vfs {}

/// What the table's `pAppData` points to.
struct Behind {
    real: *mut ffi::sqlite3_vfs,
    faults: Arc<Faults>,
}

/// Our part of an open file; the default VFS's part follows it in the same allocation.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    behind: *const Behind,
    /// Boxed; null for temporary files, which no crash needs.
    path: *mut PathBuf,
}

impl Vfs {
    /// Registers a VFS under a name of its own.
    pub fn register(faults: Arc<Faults>) -> Vfs {
        let name = format!("faults-{}", REGISTERED.fetch_add(1, Ordering::Relaxed));
        // SAFETY: null asks for the default VFS, which lives as long as the process.
        let real = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        assert!(!real.is_null(), "SQLite has a default VFS");
        // SAFETY: `real` is the default VFS.
        let mut table = unsafe { *real };
        let extra = c_int::try_from(size_of::<File>()).expect("a small struct");
        table.szOsFile += extra;
        table.pNext = ptr::null_mut();
        table.zName = CString::new(name.clone()).expect("no zero in the name").into_raw();
        table.pAppData = Box::into_raw(Box::new(Behind { real, faults })).cast();
        // Version 1 has no system calls to replace and no 64-bit clock; SQLite then asks `xCurrentTime`.
        table.iVersion = 1;
        table.xOpen = Some(open);
        table.xDelete = Some(delete);
        table.xAccess = Some(access);
        table.xFullPathname = Some(full_pathname);
        let table = Box::into_raw(Box::new(table));
        // SAFETY: table, name and app data are never freed, so a connection that outlives this value stays sound.
        let result = unsafe { ffi::sqlite3_vfs_register(table, 0) };
        assert_eq!(result, ffi::SQLITE_OK, "the VFS is registered");
        Vfs { name, table }
    }

    /// The name to open a database with.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Vfs {
    fn drop(&mut self) {
        // SAFETY: the table was registered and its memory is kept.
        unsafe { ffi::sqlite3_vfs_unregister(self.table) };
    }
}

unsafe fn behind<'a>(table: *mut ffi::sqlite3_vfs) -> &'a Behind {
    // SAFETY: only our tables reach these functions; `pAppData` was set in `register` and is never freed.
    unsafe { &*(*table).pAppData.cast::<Behind>() }
}

unsafe fn file<'a>(file: *mut ffi::sqlite3_file) -> &'a mut File {
    // SAFETY: SQLite allocated `szOsFile` bytes, of which ours come first.
    unsafe { &mut *file.cast::<File>() }
}

unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the default VFS's part follows ours; both are aligned to eight bytes.
    unsafe { file.cast::<File>().add(1).cast() }
}

impl File {
    fn faults(&self) -> &Faults {
        // SAFETY: set in `open`, never freed.
        unsafe { &(*self.behind).faults }
    }

    fn path(&self) -> Option<&Path> {
        // SAFETY: a box made in `open`, freed in `close`.
        unsafe { self.path.as_ref().map(PathBuf::as_path) }
    }
}

/// Calls a method of the default VFS's file.
macro_rules! pass {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let real = real($file);
        match (*(*real).pMethods).$method {
            Some(method) => method(real $(, $argument)*),
            None => ffi::SQLITE_IOERR,
        }
    }};
}

unsafe extern "C" fn open(
    table: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    into: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite's contract of `xOpen`; ours of the helpers above.
    unsafe {
        let behind = behind(table);
        let ours = file(into);
        ours.base.pMethods = ptr::null();
        match behind.faults.step(Call::Open) {
            Verdict::Go => {}
            Verdict::Full => return ffi::SQLITE_FULL,
            Verdict::Fail | Verdict::Tear | Verdict::Drop => return ffi::SQLITE_CANTOPEN,
        }
        let real = real(into);
        (*real).pMethods = ptr::null();
        let Some(opens) = (*behind.real).xOpen else { return ffi::SQLITE_CANTOPEN };
        let result = opens(behind.real, name, real, flags, out);
        if result != ffi::SQLITE_OK {
            if let Some(methods) = (*real).pMethods.as_ref()
                && let Some(closes) = methods.xClose
            {
                closes(real);
            }
            return result;
        }
        ours.behind = behind;
        ours.path = match name.is_null() {
            true => ptr::null_mut(),
            false => Box::into_raw(Box::new(path_of(name))),
        };
        ours.base.pMethods = &METHODS;
        ffi::SQLITE_OK
    }
}

unsafe fn path_of(name: *const c_char) -> PathBuf {
    // SAFETY: SQLite gives zero-terminated names.
    PathBuf::from(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes()))
}

unsafe extern "C" fn delete(table: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xDelete`.
    unsafe {
        let behind = behind(table);
        if behind.faults.step(Call::Delete) != Verdict::Go {
            return ffi::SQLITE_IOERR_DELETE;
        }
        behind.faults.note_delete(&path_of(name));
        (*behind.real).xDelete.map_or(ffi::SQLITE_IOERR_DELETE, |deletes| deletes(behind.real, name, sync))
    }
}

unsafe extern "C" fn access(table: *mut ffi::sqlite3_vfs, name: *const c_char, flags: c_int, out: *mut c_int) -> c_int {
    // SAFETY: SQLite's contract of `xAccess`.
    unsafe {
        let behind = behind(table);
        (*behind.real).xAccess.map_or(ffi::SQLITE_IOERR_ACCESS, |asks| asks(behind.real, name, flags, out))
    }
}

unsafe extern "C" fn full_pathname(
    table: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    length: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite's contract of `xFullPathname`.
    unsafe {
        let behind = behind(table);
        (*behind.real).xFullPathname.map_or(ffi::SQLITE_CANTOPEN, |makes| makes(behind.real, name, length, out))
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 2 has shared memory, which WAL needs, and no memory mapping, which would pass the counting by.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn close(handle: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: an open file of ours; its path was boxed in `open` and is freed once, here.
    unsafe {
        let result = pass!(handle, xClose);
        let ours = file(handle);
        if !ours.path.is_null() {
            drop(Box::from_raw(ours.path));
            ours.path = ptr::null_mut();
        }
        ours.base.pMethods = ptr::null();
        result
    }
}

unsafe extern "C" fn read(handle: *mut ffi::sqlite3_file, into: *mut c_void, amount: c_int, at: i64) -> c_int {
    // SAFETY: SQLite's contract of `xRead`.
    unsafe {
        match file(handle).faults().step(Call::Read) {
            Verdict::Go => pass!(handle, xRead, into, amount, at),
            _ => ffi::SQLITE_IOERR_READ,
        }
    }
}

/// What stands in a file before it is changed there.
unsafe fn before(handle: *mut ffi::sqlite3_file, at: i64, amount: i64) -> (Vec<u8>, u64) {
    // SAFETY: an open file of ours; the buffer has the length that is asked for.
    unsafe {
        let mut length = 0;
        pass!(handle, xFileSize, &mut length);
        let there = amount.min(length - at).max(0);
        let mut old = vec![0; usize::try_from(there).unwrap_or(0)];
        if there > 0 {
            pass!(handle, xRead, old.as_mut_ptr().cast(), c_int::try_from(there).unwrap_or(0), at);
        }
        (old, u64::try_from(length).unwrap_or(0))
    }
}

/// Notes what stands where so many bytes are about to be written, or where a file is about to end.
unsafe fn note(handle: *mut ffi::sqlite3_file, at: i64, amount: i64, is_cut: bool) {
    // SAFETY: an open file of ours.
    unsafe {
        let ours = file(handle);
        if let Some(path) = ours.path() {
            let (old, length) = before(handle, at, amount);
            let amount = if is_cut { 0 } else { amount };
            let written = u64::try_from(amount).unwrap_or(0);
            ours.faults().note_bytes(path, u64::try_from(at).unwrap_or(0), old, written, length);
        }
    }
}

unsafe extern "C" fn write(handle: *mut ffi::sqlite3_file, bytes: *const c_void, amount: c_int, at: i64) -> c_int {
    // SAFETY: SQLite's contract of `xWrite`.
    unsafe {
        match file(handle).faults().step(Call::Write) {
            Verdict::Go => {
                note(handle, at, i64::from(amount), false);
                pass!(handle, xWrite, bytes, amount, at)
            }
            Verdict::Tear => {
                note(handle, at, i64::from(amount), false);
                pass!(handle, xWrite, bytes, amount / 2, at);
                ffi::SQLITE_IOERR_WRITE
            }
            Verdict::Full => ffi::SQLITE_FULL,
            Verdict::Fail | Verdict::Drop => ffi::SQLITE_IOERR_WRITE,
        }
    }
}

unsafe extern "C" fn truncate(handle: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // SAFETY: SQLite's contract of `xTruncate`.
    unsafe {
        if file(handle).faults().step(Call::Truncate) != Verdict::Go {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        note(handle, size, i64::from(c_int::MAX), true);
        pass!(handle, xTruncate, size)
    }
}

unsafe extern "C" fn sync(handle: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xSync`.
    unsafe {
        let ours = file(handle);
        match ours.faults().step(Call::Sync) {
            Verdict::Go => {}
            Verdict::Drop => {
                if let Some(path) = ours.path() {
                    ours.faults().drop_unsynced(path);
                }
                return ffi::SQLITE_IOERR_FSYNC;
            }
            _ => return ffi::SQLITE_IOERR_FSYNC,
        }
        let result = pass!(handle, xSync, flags);
        if let Some(path) = ours.path().filter(|_| result == ffi::SQLITE_OK) {
            ours.faults().note_sync(path);
        }
        result
    }
}

unsafe extern "C" fn file_size(handle: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: SQLite's contract of `xFileSize`.
    unsafe { pass!(handle, xFileSize, out) }
}

unsafe extern "C" fn lock(handle: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xLock`.
    unsafe { pass!(handle, xLock, level) }
}

unsafe extern "C" fn unlock(handle: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xUnlock`.
    unsafe { pass!(handle, xUnlock, level) }
}

unsafe extern "C" fn check_reserved_lock(handle: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: SQLite's contract of `xCheckReservedLock`.
    unsafe { pass!(handle, xCheckReservedLock, out) }
}

unsafe extern "C" fn file_control(handle: *mut ffi::sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    // SAFETY: SQLite's contract of `xFileControl`.
    unsafe { pass!(handle, xFileControl, what, argument) }
}

unsafe extern "C" fn sector_size(handle: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite's contract of `xSectorSize`.
    unsafe { pass!(handle, xSectorSize) }
}

unsafe extern "C" fn device_characteristics(handle: *mut ffi::sqlite3_file) -> c_int {
    // The default VFS promises that bytes beside a write survive a power cut; ours tears writes, so it keeps to that.
    // SAFETY: SQLite's contract of `xDeviceCharacteristics`.
    unsafe { pass!(handle, xDeviceCharacteristics) }
}

unsafe extern "C" fn shm_map(
    handle: *mut ffi::sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite's contract of `xShmMap`.
    unsafe { pass!(handle, xShmMap, region, size, extend, out) }
}

unsafe extern "C" fn shm_lock(handle: *mut ffi::sqlite3_file, offset: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xShmLock`.
    unsafe { pass!(handle, xShmLock, offset, count, flags) }
}

unsafe extern "C" fn shm_barrier(handle: *mut ffi::sqlite3_file) {
    // SAFETY: SQLite's contract of `xShmBarrier`.
    unsafe {
        let real = real(handle);
        if let Some(method) = (*(*real).pMethods).xShmBarrier {
            method(real);
        }
    }
}

unsafe extern "C" fn shm_unmap(handle: *mut ffi::sqlite3_file, remove: c_int) -> c_int {
    // SAFETY: SQLite's contract of `xShmUnmap`.
    unsafe { pass!(handle, xShmUnmap, remove) }
}

#[cfg(test)]
mod tests;
