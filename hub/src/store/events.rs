//! What people did at the office that is no command, append-only; and the inbox as the audit log reads it.

use countersign_model::Id;
use countersign_model::record::{Scope, kind};
use rusqlite::params;

use super::inbox::{COLUMNS as ENTRY_COLUMNS, Entry, entry_at};
use super::{Read, Stored, Write, count_at, limit_of, maybe_id_at, signed};

/// Something that was done at the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeEvent {
    /// Its number, from 1; given when it is kept.
    pub entry: u64,
    /// When, hub time.
    pub time: i64,
    /// What, such as `session.begin`.
    pub kind: String,
    /// Who did it, where that is known.
    pub person: Option<Id>,
    /// Whom or what it was about.
    pub about: Option<Id>,
    /// Digest of the session's id in hexadecimal; empty outside a session.
    pub session: String,
    /// The network address that it came from.
    pub origin: String,
    /// What a sentence about it needs, as JSON.
    pub facts: String,
}

/// What an audit is about; an empty field asks for everything.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter<'a> {
    /// Who did it.
    pub person: Option<Id>,
    /// The type of command or event.
    pub kind: &'a str,
    /// The record it touched: its lane, or an id that its payload names.
    pub record: Option<Id>,
    /// Not before, hub time.
    pub from: Option<i64>,
    /// Before, hub time.
    pub to: Option<i64>,
}

/// Kinds of records that stand in a lane of their own or in that of a job.
const LANES: &[&str] = &[
    kind::JOB,
    kind::CALL,
    kind::VISIT,
    kind::VOUCHER,
    kind::DOCUMENT,
    kind::EVIDENCE,
    kind::PART_USE,
    kind::CHARGE,
    kind::FLAG,
];

impl AuditFilter<'_> {
    fn times(&self) -> (i64, i64) {
        (self.from.unwrap_or(i64::MIN), self.to.unwrap_or(i64::MAX))
    }
}

impl Read<'_> {
    /// Commands under a filter, newest first, received before a place.
    pub fn audited_commands(&self, filter: &AuditFilter<'_>, before: Option<u64>, limit: usize) -> Stored<Vec<Entry>> {
        let (from, to) = filter.times();
        let rest = "tenant = ?1 AND arrival < ?2 AND received >= ?5 AND received < ?6
             AND (?3 IS NULL OR author = ?3) AND (?4 = '' OR kind = ?4)";
        // The conditions are put together so that the index of the one that is asked for is used.
        let mut narrow = String::new();
        if filter.person.is_some() {
            narrow.push_str(" AND author = ?3");
        }
        if !filter.kind.is_empty() {
            narrow.push_str(" AND kind = ?4");
        }
        let lane = match filter.record {
            Some(id) => self.lane_of(id)?,
            None => None,
        };
        let newest = "ORDER BY arrival DESC LIMIT ?8";
        let saved = "SELECT EXISTS (SELECT 1 FROM inbox WHERE tenant = ?1 AND kind = 'master.save'
             AND json_extract(body, '$.payload.record.id') = ?2)";
        let is_master = match (filter.record, &lane) {
            (Some(id), None) => self.value(saved, params![self.tenant(), id.to_string()])?,
            _ => false,
        };
        let sql = match (filter.record, &lane) {
            // Days long gone are found by their index, not by going back through everything since.
            (None, _) if narrow.is_empty() && (filter.from.is_some() || filter.to.is_some()) => format!(
                "SELECT {ENTRY_COLUMNS} FROM inbox WHERE {rest} AND arrival IN (
                   SELECT arrival FROM inbox INDEXED BY inbox_received
                   WHERE tenant = ?1 AND received >= ?5 AND received < ?6 AND arrival < ?2 {newest}) {newest}"
            ),
            (None, _) => format!("SELECT {ENTRY_COLUMNS} FROM inbox WHERE {rest}{narrow} {newest}"),
            // Everything about a job, call or device goes through its lane.
            (Some(_), Some(_)) => {
                format!("SELECT {ENTRY_COLUMNS} FROM inbox INDEXED BY inbox_lane WHERE lane = ?7 AND {rest} {newest}")
            }
            // Everything about master data is saving it.
            (Some(_), None) if is_master => format!(
                "SELECT {ENTRY_COLUMNS} FROM inbox INDEXED BY inbox_saved WHERE kind = 'master.save'
                 AND json_extract(body, '$.payload.record.id') = ?7 AND {rest} {newest}"
            ),
            // A device, say: few commands name it, and only looking at all of them finds them.
            (Some(_), None) => {
                format!("SELECT {ENTRY_COLUMNS} FROM inbox WHERE instr(body, ?7) > 0 AND {rest}{narrow} {newest}")
            }
        };
        let record = filter.record.map(|id| id.to_string()).unwrap_or_default();
        let parameters = params![
            self.tenant(),
            before.map_or(i64::MAX, signed),
            filter.person.map(|id| *id.bytes()),
            filter.kind,
            from,
            to,
            lane.map_or(record, |lane| lane.0),
            limit_of(limit)
        ];
        self.all(&sql, parameters, entry_at)
    }

    /// The lane in which commands about a record come: that of the job, call or device it belongs to; none for master
    /// data.
    fn lane_of(&self, id: Id) -> Stored<Option<Scope>> {
        for kind in LANES {
            if let Some(row) = self.row(kind, id)? {
                return Ok(Some(row.scope));
            }
        }
        Ok(None)
    }

    /// Events of the office under a filter, newest first, before a number.
    pub fn audited_events(
        &self,
        filter: &AuditFilter<'_>,
        before: Option<u64>,
        limit: usize,
    ) -> Stored<Vec<OfficeEvent>> {
        let (from, to) = filter.times();
        self.all(
            "SELECT entry, time, kind, person, about, session, origin, facts FROM office_event
             WHERE tenant = ?1 AND entry < ?2 AND (?3 IS NULL OR person = ?3) AND (?4 = '' OR kind = ?4)
             AND time >= ?5 AND time < ?6 AND (?7 IS NULL OR about = ?7) ORDER BY entry DESC LIMIT ?8",
            params![
                self.tenant(),
                before.map_or(i64::MAX, signed),
                filter.person.map(|id| *id.bytes()),
                filter.kind,
                from,
                to,
                filter.record.map(|id| *id.bytes()),
                limit_of(limit)
            ],
            |row| {
                Ok(OfficeEvent {
                    entry: count_at(row, 0)?,
                    time: row.get(1)?,
                    kind: row.get(2)?,
                    person: maybe_id_at(row, 3)?,
                    about: maybe_id_at(row, 4)?,
                    session: row.get(5)?,
                    origin: row.get(6)?,
                    facts: row.get(7)?,
                })
            },
        )
    }

    /// Saves of one master record, newest first.
    pub fn saves_of(&self, record: Id, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!(
            "SELECT {ENTRY_COLUMNS} FROM inbox WHERE tenant = ?1 AND kind = 'master.save'
             AND json_extract(body, '$.payload.record.id') = ?2 ORDER BY arrival DESC LIMIT ?3"
        );
        self.all(&sql, params![self.tenant(), record.to_string(), limit_of(limit)], entry_at)
    }
}

impl Write<'_> {
    /// Keeps an event; its number is given here.
    pub fn keep_event(&self, event: &OfficeEvent) -> Stored {
        self.execute(
            "INSERT INTO office_event (tenant, entry, time, kind, person, about, session, origin, facts)
             SELECT ?1, coalesce(max(entry), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM office_event WHERE tenant = ?1",
            params![
                self.tenant(),
                event.time,
                event.kind,
                event.person.map(|id| *id.bytes()),
                event.about.map(|id| *id.bytes()),
                event.session,
                event.origin,
                event.facts
            ],
        )?;
        Ok(())
    }
}
