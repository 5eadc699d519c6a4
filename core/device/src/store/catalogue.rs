//! The index of parts and of machines' serials: a projection of the view, kept in the transaction that changed the view.
//! Looking things up in it: a part by its code, parts by words in the order of their codes, a machine by its serial.

use std::collections::BTreeSet;

use countersign_model::Id;
use countersign_model::entity::{Machine, Part};
use countersign_model::record::kind;
use countersign_model::words::{asked, indexed, key_of};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Rows, StoreError, id_of};

/// From how many hits on the order of the codes is walked and the hits are looked up in it; fewer are sorted.
const MANY: i64 = 1_000;

/// Rows of the view that the index follows and that a transaction touched.
#[derive(Debug, Default)]
pub(super) struct Touched {
    parts: BTreeSet<Id>,
    machines: BTreeSet<Id>,
}

impl Touched {
    pub(super) fn note(&mut self, kind_name: &str, id: Id) {
        match kind_name {
            kind::PART => self.parts.insert(id),
            kind::MACHINE => self.machines.insert(id),
            _ => false,
        };
    }

    /// Brings the index in line with the view.
    pub(super) fn refresh(self, rows: &Rows<'_>) -> Result<(), StoreError> {
        for id in self.parts {
            refresh_part(rows.connection(), id, rows.get::<Part>(id)?.as_ref())?;
        }
        for id in self.machines {
            refresh_machine(rows.connection(), id, rows.get::<Machine>(id)?.as_ref())?;
        }
        Ok(())
    }
}

/// Makes the whole index anew from the view.
pub(super) fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "DELETE FROM part_order; DELETE FROM machine_serial; INSERT INTO part_word(part_word) VALUES('delete-all');",
    )?;
    let rows = Rows::new(connection);
    rows.each::<Part>(|id, part| add_part(connection, id, &part))?;
    rows.each::<Machine>(|id, machine| refresh_machine(connection, id, Some(&machine)))
}

fn refresh_part(connection: &Connection, id: Id, part: Option<&Part>) -> Result<(), StoreError> {
    let sql = "DELETE FROM part_order WHERE part = ?1 RETURNING entry";
    let entry: Option<i64> = connection.prepare_cached(sql)?.query_row([id.bytes()], |row| row.get(0)).optional()?;
    if let Some(entry) = entry {
        connection.prepare_cached("DELETE FROM part_word WHERE rowid = ?1")?.execute([entry])?;
    }
    part.map_or(Ok(()), |part| add_part(connection, id, part))
}

fn add_part(connection: &Connection, id: Id, part: &Part) -> Result<(), StoreError> {
    let sql = "INSERT INTO part_order(part, code, archived) VALUES(?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![id.bytes(), key_of(&part.code), part.archived])?;
    let sql = "INSERT INTO part_word(rowid, words) VALUES(?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![connection.last_insert_rowid(), words(part)])?;
    Ok(())
}

/// The words by which a part is found: its code in its pieces and in one, and its name in each language.
fn words(part: &Part) -> String {
    let mut words = part.code.clone();
    let whole: String = part.code.chars().filter(|c| c.is_alphanumeric()).collect();
    if whole != part.code {
        words.extend([" ", whole.as_str()]);
    }
    for name in part.name.0.values() {
        words.extend([" ", name.as_str()]);
    }
    indexed(&words)
}

fn refresh_machine(connection: &Connection, id: Id, machine: Option<&Machine>) -> Result<(), StoreError> {
    match machine {
        Some(machine) => {
            let sql = "INSERT INTO machine_serial(machine, serial) VALUES(?1, ?2)
                       ON CONFLICT(machine) DO UPDATE SET serial = excluded.serial";
            connection.prepare_cached(sql)?.execute(params![id.bytes(), key_of(&machine.serial)])?;
        }
        None => {
            connection.prepare_cached("DELETE FROM machine_serial WHERE machine = ?1")?.execute([id.bytes()])?;
        }
    }
    Ok(())
}

/// Where a page of parts begins: behind this code and, of the same code, behind this part.
struct Behind {
    code: String,
    part: Vec<u8>,
}

impl Rows<'_> {
    /// The part with this code, whatever the case of its letters; where several have it, one that is not archived.
    pub fn part_by_code(&self, code: &str) -> Result<Option<(Id, Part)>, StoreError> {
        let sql = "SELECT part FROM part_order WHERE archived IN (0, 1) AND code = ?1 ORDER BY archived, part LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_row([key_of(code)], |row| id_of(row.get_ref(0)?.as_blob()?)).optional()?;
        let part = found.map(|id| self.get::<Part>(id)).transpose()?.flatten();
        Ok(found.zip(part))
    }

    /// The machine with this serial, whatever the case of its letters; one that is written exactly so comes first.
    pub fn machine_by_serial(&self, serial: &str) -> Result<Option<(Id, Machine)>, StoreError> {
        let sql = "SELECT machine FROM machine_serial WHERE serial = ?1 ORDER BY machine";
        let mut statement = self.connection().prepare_cached(sql)?;
        let ids = statement.query_map([key_of(serial)], |row| id_of(row.get_ref(0)?.as_blob()?))?;
        let mut found: Option<(Id, Machine)> = None;
        for id in ids {
            let id = id?;
            let Some(machine) = self.get::<Machine>(id)? else { continue };
            if machine.serial.trim() == serial.trim() {
                return Ok(Some((id, machine)));
            }
            found = found.or(Some((id, machine)));
        }
        Ok(found)
    }

    /// Parts that are not archived and in which every typed word occurs, in the order of their codes, behind another
    /// part. Nothing typed finds everything; signs alone find nothing.
    pub fn parts_with(&self, typed: &str, after: Option<Id>, most: usize) -> Result<Vec<(Id, Part)>, StoreError> {
        let behind = match after {
            Some(part) => self.place_of(part)?,
            None => Some(Behind { code: String::new(), part: Vec::new() }),
        };
        // A part that is gone has no place to go on from.
        let Some(behind) = behind else { return Ok(Vec::new()) };
        let ids = match asked(typed) {
            Some(expression) => self.parts_found(&expression, &behind, most)?,
            None if typed.trim().is_empty() => self.parts_in_order(&behind, most)?,
            None => Vec::new(),
        };
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.get::<Part>(id)?.map(|part| (id, part)));
        }
        Ok(found)
    }

    fn place_of(&self, part: Id) -> Result<Option<Behind>, StoreError> {
        let sql = "SELECT code FROM part_order WHERE part = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let code = statement.query_row([part.bytes()], |row| row.get(0)).optional()?;
        Ok(code.map(|code| Behind { code, part: part.bytes().to_vec() }))
    }

    fn parts_in_order(&self, behind: &Behind, most: usize) -> Result<Vec<Id>, StoreError> {
        let sql = "SELECT part FROM part_order WHERE archived = 0 AND (code, part) > (?1, ?2)
                   ORDER BY code, part LIMIT ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let ids =
            statement.query_map(params![behind.code, behind.part, most], |row| id_of(row.get_ref(0)?.as_blob()?))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn parts_found(&self, expression: &str, behind: &Behind, most: usize) -> Result<Vec<Id>, StoreError> {
        let hits = "SELECT count(*) FROM (SELECT 1 FROM part_word WHERE part_word MATCH ?1 LIMIT ?2)";
        let hits: i64 =
            self.connection().prepare_cached(hits)?.query_row(params![expression, MANY], |row| row.get(0))?;
        let sql = match hits < MANY {
            true => {
                "SELECT o.part FROM part_word AS w CROSS JOIN part_order AS o ON o.entry = w.rowid
                 WHERE part_word MATCH ?1 AND o.archived = 0 AND (o.code, o.part) > (?2, ?3)
                 ORDER BY o.code, o.part LIMIT ?4"
            }
            false => {
                "SELECT part FROM part_order WHERE archived = 0 AND (code, part) > (?2, ?3)
                   AND entry IN (SELECT rowid FROM part_word WHERE part_word MATCH ?1)
                 ORDER BY code, part LIMIT ?4"
            }
        };
        let mut statement = self.connection().prepare_cached(sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let ids = statement
            .query_map(params![expression, behind.code, behind.part, most], |row| id_of(row.get_ref(0)?.as_blob()?))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}
