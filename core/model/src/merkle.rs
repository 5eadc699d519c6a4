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

/// The hash of a node over its two halves.
pub fn node(left: Digest, right: Digest) -> Digest {
    Digest::of_parts(&[NODE, &left.0, &right.0])
}

/// The root over these leaf hashes; of none it is the hash of nothing.
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(&[]),
        [only] => *only,
        more => {
            let half = usize::try_from(half_of(more.len() as u64)).unwrap_or(usize::MAX);
            let (left, right) = more.split_at(half);
            node(root(left), root(right))
        }
    }
}

/// What a proof is made of: the roots over runs of leaves.
pub trait Tree {
    /// Why a run cannot be read.
    type Error;
    /// The root over the leaves from `from` to before `to`, of which there is one at least.
    fn over(&self, from: u64, to: u64) -> Result<Digest, Self::Error>;
}

impl Tree for [Digest] {
    type Error = std::convert::Infallible;

    fn over(&self, from: u64, to: u64) -> Result<Digest, Self::Error> {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(self.len());
        Ok(root(self.get(place(from)..place(to)).unwrap_or_default()))
    }
}

/// The largest power of two smaller than a count of two or more: where RFC 6962 divides so many leaves.
pub fn half_of(count: u64) -> u64 {
    count.checked_next_power_of_two().map_or(1 << 63, |above| above / 2)
}

/// The way from a leaf to the root over the first `size` leaves (RFC 6962, section 2.1.1), from below. Empty where there is
/// no such leaf.
pub fn inclusion<T: Tree + ?Sized>(tree: &T, place: u64, size: u64) -> Result<Vec<Digest>, T::Error> {
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while place < size && to - from > 1 {
        let middle = from + half_of(to - from);
        if place < middle {
            path.push(tree.over(middle, to)?);
            to = middle;
        } else {
            path.push(tree.over(from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// What shows that the first `size` leaves go on from the first `before` of them (RFC 6962, section 2.1.2).
pub fn consistency<T: Tree + ?Sized>(tree: &T, before: u64, size: u64) -> Result<Vec<Digest>, T::Error> {
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    if before == 0 || before >= size {
        return Ok(path);
    }
    // Down to the run that ends where the smaller tree ends.
    while before != to {
        let middle = from + half_of(to - from);
        if before <= middle {
            path.push(tree.over(middle, to)?);
            to = middle;
        } else {
            path.push(tree.over(from, middle)?);
            from = middle;
        }
    }
    // Whoever asks knows the root of the smaller tree itself.
    if from > 0 {
        path.push(tree.over(from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether a leaf stands at this place of the tree with this size and root (RFC 9162, section 2.1.3.2).
pub fn is_included(leaf: Digest, place: u64, size: u64, path: &[Digest], root: Digest) -> bool {
    if place >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (place, size - 1, leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node(*beside, hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node(hash, *beside);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == root
}

/// Whether a tree goes on from an earlier one (RFC 9162, section 2.1.4.2): `before` and `now` are size and root.
pub fn goes_on(before: (u64, Digest), now: (u64, Digest), path: &[Digest]) -> bool {
    if before.0 == 0 {
        return path.is_empty();
    }
    if before.0 >= now.0 {
        return before == now && path.is_empty();
    }
    let (mut at, mut last) = (before.0 - 1, now.0 - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    // A smaller tree that is one complete run is where the way begins.
    let whole = before.0.is_power_of_two();
    let (first, rest) = match (whole, path.split_first()) {
        (true, _) => (before.1, path),
        (false, Some((first, rest))) => (*first, rest),
        (false, None) => return false,
    };
    let (mut old, mut new) = (first, first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (old, new) = (node(*beside, old), node(*beside, new));
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = node(new, *beside);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old == before.1 && new == now.1
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

    /// The leaves and roots of the tests of Certificate Transparency's own log (RFC 6962; google/certificate-transparency,
    /// merkletree tests): data without a salt.
    fn published() -> Vec<Digest> {
        let data: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        data.iter().map(|data| Digest::of_parts(&[LEAF, data])).collect()
    }

    #[test]
    fn the_roots_are_the_published_ones() {
        let leaves = published();
        assert_eq!(root(&leaves[..1]).hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assert_eq!(root(&leaves[..2]).hex(), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        assert_eq!(root(&leaves).hex(), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    fn tree(size: u8) -> Vec<Digest> {
        (0..size).map(|n| leaf(&[n; 32], b"entry")).collect()
    }

    /// Every way to spoil a proof: a hash changed, one too few, one too many.
    fn spoiled(path: &[Digest]) -> Vec<Vec<Digest>> {
        let mut all: Vec<Vec<Digest>> = (0..path.len())
            .flat_map(|at| {
                let mut changed = path.to_vec();
                changed[at].0[7] ^= 1;
                let mut short = path.to_vec();
                short.remove(at);
                [changed, short]
            })
            .collect();
        all.push([path, &[Digest::default()]].concat());
        all
    }

    #[test]
    fn each_leaf_is_proven_in_each_tree_and_nothing_else_is() {
        for size in 1..=40u8 {
            let leaves = tree(size);
            let (whole, count) = (root(&leaves), u64::from(size));
            for place in 0..count {
                let own = leaves[usize::try_from(place).unwrap()];
                let Ok(path) = inclusion(&leaves[..], place, count);
                assert!(is_included(own, place, count, &path, whole), "{place} of {size}");
                let wrong = (0..count + 2).filter(|other| *other != place);
                for other in wrong {
                    assert!(!is_included(own, other, count, &path, whole), "{place} taken for {other} of {size}");
                }
                assert!(!is_included(Digest::default(), place, count, &path, whole));
                assert!(spoiled(&path).iter().all(|path| !is_included(own, place, count, path, whole)));
            }
        }
    }

    #[test]
    fn each_tree_goes_on_from_each_smaller_one_and_from_no_other() {
        for size in 1..=40u8 {
            let leaves = tree(size);
            let now = (u64::from(size), root(&leaves));
            for before in 1..=usize::from(size) {
                let then = (u64::try_from(before).unwrap(), root(&leaves[..before]));
                let Ok(path) = consistency(&leaves[..], then.0, now.0);
                assert!(goes_on(then, now, &path), "{before} to {size}");
                for changed in 0..before {
                    let mut rewritten = leaves.clone();
                    rewritten[changed] = Digest::default();
                    let Ok(path) = consistency(&rewritten[..], then.0, now.0);
                    assert!(
                        !goes_on(then, (now.0, root(&rewritten)), &path),
                        "{before} to {size}, {changed} rewritten"
                    );
                }
                assert!(spoiled(&path).iter().all(|path| !goes_on(then, now, path)), "{before} to {size}");
            }
        }
    }
}
