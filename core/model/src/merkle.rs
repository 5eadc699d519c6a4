//! The append-only log's tree (RFC 6962): leaf and node hashes and the root over a list of leaves.
//!
//! A leaf's data is SHA-256(32 random bytes ‖ entry), so that an entry can be erased by forgetting salt and body
//! while the tree stays as it is (design section 4, erasure).

use crate::digest::Digest;

/// RFC 6962 section 2.1: the prefix that keeps leaves and nodes apart.
const LEAF: &[u8] = &[0];
const NODE: &[u8] = &[1];

/// The leaf hash of an entry under its salt.
pub fn leaf(salt: &[u8; 32], entry: &[u8]) -> Digest {
    let data = Digest::of_parts(&[salt, entry]);
    Digest::of_parts(&[LEAF, &data.0])
}

/// The root over these leaf hashes; of none it is the hash of nothing.
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(&[]),
        [only] => *only,
        more => {
            let half = split(more.len());
            let (left, right) = more.split_at(half);
            Digest::of_parts(&[NODE, &root(left).0, &root(right).0])
        }
    }
}

/// The largest power of two smaller than `count`.
fn split(count: usize) -> usize {
    let mut half = 1;
    while half * 2 < count {
        half *= 2;
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_depends_on_every_leaf_and_on_their_order() {
        let leaves: Vec<Digest> = (0u8..7).map(|n| leaf(&[n; 32], b"entry")).collect();
        let whole = root(&leaves);
        for index in 0..leaves.len() {
            let mut changed = leaves.clone();
            changed[index] = leaf(&[99; 32], b"entry");
            assert_ne!(root(&changed), whole, "leaf {index}");
        }
        let mut swapped = leaves.clone();
        swapped.swap(2, 3);
        assert_ne!(root(&swapped), whole);
        assert_ne!(root(&leaves[..6]), whole);
    }

    #[test]
    fn the_tree_has_the_shape_of_the_rfc() {
        let leaves: Vec<Digest> = (0u8..3).map(|n| leaf(&[n; 32], b"e")).collect();
        let pair = Digest::of_parts(&[NODE, &leaves[0].0, &leaves[1].0]);
        assert_eq!(root(&leaves), Digest::of_parts(&[NODE, &pair.0, &leaves[2].0]));
        assert_eq!(root(&[]).hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
