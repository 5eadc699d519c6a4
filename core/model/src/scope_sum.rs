//! What a scope amounts to: a sum over its live rows, by which a device finds out that its base is not what the hub has
//! (a row that was bent on the way, rotted on the disk, or never came).
//!
//! Holdings and decisions are instructions to the device and not kept as rows: scopes of devices have no sum.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::record::{Row, Scope};

/// Most rows of a scope that is summed: each page at the head would otherwise cost the reading of long lists. With three
/// hundred answers and their evidence a job has half of it.
pub const SUMMED_ROWS: usize = 1_000;

const CONTEXT: &[u8] = b"countersign/scope/1";

/// The sum of a scope's live rows at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeSum {
    /// The scope.
    pub scope: Scope,
    /// How many live rows it has.
    pub rows: u64,
    /// Over each row's kind, id, revision and canonical body, by kind and id.
    pub sum: Digest,
}

impl ScopeSum {
    /// Sums the live rows of a scope; they must come by kind and id. A body without a canonical form has no sum.
    pub fn of<'a>(scope: &Scope, rows: impl IntoIterator<Item = &'a Row>) -> Result<ScopeSum, NotCanonical> {
        let mut hash = Sha256::new_with_prefix(CONTEXT);
        let mut count = 0_u64;
        for row in rows.into_iter().filter(|row| row.body.is_some()) {
            let body = canonical::digest(&row.body)?;
            // The kind ends with a byte that no text of ours holds, so that no two lists of rows read alike.
            hash.update(row.kind.as_bytes());
            hash.update([0]);
            hash.update(row.id.bytes());
            hash.update(row.rev.to_be_bytes());
            hash.update(body.0);
            count = count.saturating_add(1);
        }
        Ok(ScopeSum { scope: scope.clone(), rows: count, sum: Digest(hash.finalize().into()) })
    }
}

/// Whether a scope has a sum at all.
pub fn is_summed(scope: &Scope) -> bool {
    !scope.0.starts_with("device/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::id::Id;

    fn row(name: &str, rev: u64, body: serde_json::Value) -> Row {
        let scope = Scope::reference("people");
        Row {
            kind: "person".to_owned(),
            id: Id::derived("sum", &[name.as_bytes()]),
            scope,
            rev,
            seq: 7,
            body: Some(body),
        }
    }

    fn sum(rows: &[Row]) -> ScopeSum {
        ScopeSum::of(&Scope::reference("people"), rows).unwrap()
    }

    #[test]
    fn every_difference_of_rows_is_another_sum_and_their_place_in_the_feed_is_none() {
        let one = || row("a", 2, json!({"name": "Ana", "roles": []}));
        let two = || row("b", 1, json!({"name": "Ben"}));
        let whole = sum(&[one(), two()]);
        assert_eq!(whole.rows, 2);
        let others = [
            vec![one()],
            vec![one(), two(), row("c", 1, json!({}))],
            vec![Row { rev: 3, ..one() }, two()],
            vec![Row { kind: "persona".to_owned(), ..one() }, two()],
            vec![row("a", 2, json!({"name": "Ana", "roles": [1]})), two()],
            vec![Row { id: two().id, ..one() }, Row { id: one().id, ..two() }],
        ];
        for other in others {
            assert_ne!(sum(&other).sum, whole.sum, "{other:?}");
        }
        let moved = [Row { seq: 99, ..one() }, two(), Row { body: None, ..row("gone", 5, json!(null)) }];
        assert_eq!(sum(&moved), whole, "places and tombstones are not summed");
    }

    #[test]
    fn a_body_that_cannot_be_kept_exactly_has_no_sum() {
        assert!(ScopeSum::of(&Scope::reference("people"), &[row("a", 1, json!({"half": 0.5}))]).is_err());
    }
}
