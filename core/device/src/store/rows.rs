//! Reading: the view is the overlay over the base, by kind and id. Never changes anything.

use countersign_model::Id;
use countersign_model::command::Command;
use countersign_model::decide::Refusal;
use countersign_model::entity::Entity;
use countersign_model::lease::LeaseMark;
use countersign_model::record::{Row, Scope, kind};
use countersign_model::state::{Key, Lookup};
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde_json::Value;

use super::exchange::{ChainHead, Contact, Identity, SyncProblem};
use super::{StoreError, id_of, settings, stored};

/// Reading access inside one transaction.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    connection: &'a Connection,
}

/// One own command as the outbox has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its place in the chain.
    pub seq: u64,
    /// The body.
    pub command: Command,
    /// Whether the hub durably has it.
    pub at_hub: bool,
    /// `pending`, `accepted`, `refused`, `waiting`, `held`, `kept` or `closed`.
    pub state: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(connection: &'a Connection) -> Rows<'a> {
        Rows { connection }
    }

    /// The connection, for the queries of the store's own modules and of the screens.
    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// One row of the view; `None` where there is none.
    pub fn row(&self, kind: &str, id: Id) -> Result<Option<Row>, StoreError> {
        let overlay = "SELECT kind, id, scope, 0, 0, body FROM overlay_record WHERE kind = ?1 AND id = ?2";
        let base = "SELECT kind, id, scope, rev, seq, body FROM base_record WHERE kind = ?1 AND id = ?2";
        let carried = "SELECT kind, id, scope, rev, seq, body FROM carried_record WHERE kind = ?1 AND id = ?2";
        for sql in [overlay, base, carried] {
            let mut statement = self.connection.prepare_cached(sql)?;
            if let Some(row) = statement.query_row(params![kind, id.bytes()], read_row).optional()? {
                let row = row?;
                return Ok(row.body.is_some().then_some(row));
            }
        }
        Ok(None)
    }

    /// The typed body of one row of the view.
    pub fn get<T: Entity>(&self, id: Id) -> Result<Option<T>, StoreError> {
        Ok(self.row(T::KIND, id)?.and_then(|row| T::of(&row)))
    }

    /// The rows of a kind under a parent, by id.
    pub fn children(&self, kind: &str, parent: Id) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM view_record WHERE kind = ?1 AND parent = ?2";
        let mut rows = self.rows(sql, params![kind, parent.bytes()])?;
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }

    /// The typed rows of a kind under a parent, by id.
    pub fn children_of<T: Entity>(&self, parent: Id) -> Result<Vec<(Id, T)>, StoreError> {
        let rows = self.children(T::KIND, parent)?;
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row.id, body))).collect())
    }

    /// Every typed row of a kind, by id; for short lists, such as people and depots.
    pub fn all<T: Entity>(&self) -> Result<Vec<(Id, T)>, StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM view_record WHERE kind = ?1";
        let mut rows = self.rows(sql, params![T::KIND])?;
        rows.sort_by_key(|row| row.id);
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row.id, body))).collect())
    }

    /// Hands out every typed row of a kind, one after the other.
    pub(super) fn each<T: Entity>(
        &self,
        mut take: impl FnMut(Id, T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM view_record WHERE kind = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        for row in statement.query_map(params![T::KIND], read_row)? {
            let row = row??;
            if let Some(body) = T::of(&row) {
                take(row.id, body)?;
            }
        }
        Ok(())
    }

    fn rows(&self, sql: &str, parameters: impl Params) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, read_row)?;
        rows.map(|row| row?).collect()
    }

    /// What a rule may know about a key: a row that is not here is absent only where its scope is held and complete.
    pub(super) fn lookup(&self, key: &Key, lane: &Scope) -> Result<Lookup<Vec<Row>>, StoreError> {
        match key {
            Key::Children { kind, parent } => Ok(Lookup::Known(self.children(kind, *parent)?)),
            Key::Row { kind, id } => match self.row(kind, *id)? {
                Some(row) => Ok(Lookup::Known(vec![row])),
                None if self.removed(kind, *id)? => Ok(Lookup::Absent),
                None if self.is_ready(&scope_of(kind, *id, lane))? => Ok(Lookup::Absent),
                None => Ok(Lookup::NotHere),
            },
        }
    }

    fn removed(&self, kind: &str, id: Id) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM overlay_record WHERE kind = ?1 AND id = ?2 AND body IS NULL";
        Ok(self.connection.prepare_cached(sql)?.exists(params![kind, id.bytes()])?)
    }

    /// Whether a scope is held and its snapshot complete.
    pub fn is_ready(&self, scope: &Scope) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM held_scope WHERE scope = ?1 AND state = 'ready'";
        Ok(self.connection.prepare_cached(sql)?.exists([&scope.0])?)
    }

    /// What this device is.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        settings::identity(self.connection)
    }

    /// The end of this device's chain.
    pub fn chain_head(&self) -> Result<ChainHead, StoreError> {
        let identity = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        settings::chain_head(self.connection, identity.device)
    }

    /// The last successful exchange with the hub.
    pub fn contact(&self) -> Result<Option<Contact>, StoreError> {
        settings::contact(self.connection)
    }

    /// From when the lease is reckoned on; `None` where the hub's time was never known.
    pub fn lease_mark(&self) -> Result<Option<LeaseMark>, StoreError> {
        settings::read(self.connection, settings::LEASE_MARK)
    }

    /// Why sync does not get on.
    pub fn sync_problem(&self) -> Result<Option<SyncProblem>, StoreError> {
        settings::sync_problem(self.connection)
    }

    /// One own command.
    pub fn own_command(&self, id: Id) -> Result<Option<OutboxRow>, StoreError> {
        let sql = "SELECT seq, body, at_hub, state, refusal FROM outbox WHERE id = ?1";
        Ok(self.outbox(sql, params![id.bytes()])?.pop())
    }

    /// Own commands in one of these states, by place in the chain.
    pub fn own_commands(&self, states: &[&str]) -> Result<Vec<OutboxRow>, StoreError> {
        let states = serde_json::to_string(states)?;
        let sql = "SELECT seq, body, at_hub, state, refusal FROM outbox
                   WHERE state IN (SELECT value FROM json_each(?1)) ORDER BY seq";
        self.outbox(sql, params![states])
    }

    pub(super) fn outbox(&self, sql: &str, parameters: impl Params) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| {
            let values: (i64, String, bool, String, Option<String>) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(values)
        })?;
        rows.map(|row| {
            let (seq, body, at_hub, state, refusal) = row?;
            let refusal = refusal.map(|text| stored(&text)).transpose()?;
            Ok(OutboxRow { seq: seq.unsigned_abs(), command: stored(&body)?, at_hub, state, refusal })
        })
        .collect()
    }

    /// A count by SQL without parameters.
    pub(crate) fn count(&self, sql: &str) -> Result<u64, StoreError> {
        let count: i64 = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

/// In which scope a row of a kind would be, if it existed; rows of a job are looked for in the command's lane.
fn scope_of(kind: &str, id: Id, lane: &Scope) -> Scope {
    match kind {
        kind::COMPANY | kind::BRANCH => Scope::reference("company"),
        kind::PERSON => Scope::reference("people"),
        kind::MODEL => Scope::reference("models"),
        kind::PART | kind::PRICE => Scope::reference("parts"),
        kind::CODE => Scope::reference("codes"),
        kind::DEPOT => Scope::reference("depots"),
        kind::FORM => Scope::reference("forms"),
        kind::POLICY => Scope::reference("policies"),
        kind::CUSTOMER | kind::CONTACT => Scope::customer(id),
        kind::SITE => Scope::site(id),
        kind::MACHINE => Scope::machine(id),
        kind::CALL => Scope::call(id),
        kind::JOB => Scope::job(id),
        kind::DEVICE => Scope::device(id),
        kind::SERIES | kind::MOVEMENT => Scope::office(),
        _ => lane.clone(),
    }
}

/// A row from columns `kind, id, scope, rev, seq, body`.
pub(super) fn read_row(row: &rusqlite::Row<'_>) -> Result<Result<Row, StoreError>, rusqlite::Error> {
    let body: Option<String> = row.get(5)?;
    let (rev, seq): (i64, i64) = (row.get(3)?, row.get(4)?);
    let parts = (row.get(0)?, id_of(row.get_ref(1)?.as_blob()?)?, Scope(row.get(2)?));
    let (kind, id, scope) = parts;
    Ok(parse_body(body).map(|body| Row { kind, id, scope, rev: rev.unsigned_abs(), seq: seq.unsigned_abs(), body }))
}

fn parse_body(body: Option<String>) -> Result<Option<Value>, StoreError> {
    body.map(|text| stored(&text)).transpose()
}
