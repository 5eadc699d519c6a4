//! What a person did about a refused command. The command itself stays until a proven backup covers its chain.

use countersign_model::Id;

use super::topics::Topic;
use super::{StoreError, Tx};

impl Tx<'_> {
    /// A person has dealt with a refused command: it needs no attention any more. False where it was not refused.
    pub fn close_refused(&self, command: Id) -> Result<bool, StoreError> {
        let sql = "UPDATE outbox SET state = 'closed' WHERE id = ?1 AND state = 'refused'";
        let closed = self.connection().prepare_cached(sql)?.execute([command.bytes()])?;
        self.let_go()?;
        self.touch(Topic::Outbox);
        self.touch(Topic::Status);
        Ok(closed > 0)
    }
}
