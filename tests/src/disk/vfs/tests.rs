use rusqlite::{Connection, OpenFlags};

use super::*;
use crate::bench::folder_in_memory;
use crate::disk::{Plan, plans};

const ROWS: i64 = 3;

fn connect(vfs: &Vfs, path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags_and_vfs(path, OpenFlags::default(), vfs.name())?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// Writes rows, each in a transaction; returns how many were called saved.
fn save(vfs: &Vfs, path: &Path) -> i64 {
    let Ok(connection) = connect(vfs, path) else { return 0 };
    let saved = (0..ROWS).take_while(|row| {
        let body = [u8::try_from(*row).unwrap(); 3_000];
        connection.execute("INSERT INTO saved (number, body) VALUES (?1, ?2)", (row, body)).is_ok()
    });
    i64::try_from(saved.count()).unwrap()
}

fn fresh(vfs: &Vfs, folder: &Path, name: u64) -> PathBuf {
    let path = folder.join(name.to_string());
    let connection = connect(vfs, &path).unwrap();
    connection.execute_batch("CREATE TABLE saved (number INTEGER PRIMARY KEY, body BLOB) STRICT").unwrap();
    path
}

fn count(vfs: &Vfs, path: &Path) -> i64 {
    let connection = connect(vfs, path).unwrap();
    let fine: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(fine, "ok");
    connection.query_row("SELECT count(*) FROM saved", [], |row| row.get(0)).unwrap()
}

/// Each plan at each call: a committed row is there afterwards, and at most the one that was in flight besides.
#[test]
fn what_sqlite_called_saved_survives_each_fault_at_each_call() {
    let folder = folder_in_memory();
    let faults = Faults::new();
    let vfs = Vfs::register(Arc::clone(&faults));
    let sound = fresh(&vfs, folder.path(), 0);
    faults.arm(Plan::Sound);
    assert_eq!(save(&vfs, &sound), ROWS);
    let calls = faults.calls();
    assert!(calls > 10 && faults.calls_of(Call::Sync) >= 3 && faults.calls_of(Call::Write) > 5, "{calls}");
    let mut name = 1;
    for at in 1..=calls {
        for plan in plans(at) {
            let path = fresh(&vfs, folder.path(), name);
            name += 1;
            faults.arm(plan);
            let saved = save(&vfs, &path);
            faults.lose_unsynced();
            faults.mend();
            let there = count(&vfs, &path);
            assert!(there == saved || there == saved + 1, "{plan:?}: {saved} saved, {there} there");
        }
    }
}

/// The test above means something only if a power cut does take back what was not synced.
#[test]
fn a_power_cut_takes_back_what_was_not_synced() {
    let folder = folder_in_memory();
    let faults = Faults::new();
    let vfs = Vfs::register(Arc::clone(&faults));
    let path = fresh(&vfs, folder.path(), 0);
    faults.arm(Plan::PowerCutAt(u64::MAX));
    let connection = connect(&vfs, &path).unwrap();
    // With synchronous off, a commit is only a hope.
    connection.pragma_update(None, "synchronous", "off").unwrap();
    connection.execute("INSERT INTO saved (number) VALUES (1)", []).unwrap();
    faults.arm(Plan::PowerCutAt(1));
    drop(connection);
    faults.lose_unsynced();
    faults.mend();
    assert_eq!(count(&vfs, &path), 0);
}
