//! A power cut after which some of the un-synced writes stand and others do not, in no order: what a disk's own cache makes
//! of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::plan::Undo;
use crate::chance::Chance;

/// A stretch of a file that a surviving write left: first byte, and the one after the last.
type Stretch = (u64, u64);

/// Takes back, newest first, what chance does not let survive. Where a newer write survived, an older one that is lost
/// changes nothing.
pub(super) fn lose(unsynced: Vec<(PathBuf, Undo)>, chance: &mut Chance) {
    let mut survived: BTreeMap<PathBuf, Vec<Stretch>> = BTreeMap::new();
    // Files whose new name survived: what was written under the old one is found there.
    let mut names: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for (path, undo) in unsynced.into_iter().rev() {
        let survives = chance.below(2) == 0;
        let now = names.get(&path).unwrap_or(&path).clone();
        match undo {
            Undo::Renamed { from, .. } if survives => {
                names.insert(from, now);
            }
            Undo::Bytes { at, written, .. } if survives => {
                survived.entry(now).or_default().push((at, at + written));
            }
            Undo::Bytes { at, old, length, written } => {
                take_back(&now, at, &old, written, length, survived.get(&now).map_or(&[], Vec::as_slice));
            }
            renamed => renamed.apply(&now),
        }
    }
}

/// Puts the old bytes back around what survived, and the old length unless something beyond it survived.
fn take_back(path: &Path, at: u64, old: &[u8], written: u64, length: u64, survived: &[Stretch]) {
    let Ok(mut now) = std::fs::read(path) else { return };
    let end = at.saturating_add(written.max(old.len() as u64));
    let longest = survived.iter().map(|(_, end)| *end).max().unwrap_or(0).max(length);
    // A lost write that made the file longer left nothing, or zeros before what survived behind it.
    now.resize(usize::try_from(longest).expect("files of a test fit into memory"), 0);
    for place in at..end.min(longest) {
        if survived.iter().any(|(from, to)| (*from..*to).contains(&place)) {
            continue;
        }
        let byte = old.get(usize::try_from(place - at).unwrap_or(usize::MAX)).copied().unwrap_or(0);
        now[usize::try_from(place).expect("within the file")] = byte;
    }
    std::fs::write(path, now).expect("the file is written back");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every subset of three writes that overlap comes about, and each leaves just what survived of it.
    #[test]
    fn what_is_lost_leaves_no_trace_and_what_survives_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..64 {
            // On "......": "aaa" at 0, then "bbb" at 2, then "cc" beyond the end, with two more of the file before it.
            std::fs::write(&path, "aabbb...cc").unwrap();
            let undo = |at, old: &str, written, length| {
                (path.clone(), Undo::Bytes { at, old: old.as_bytes().to_vec(), written, length })
            };
            lose(vec![undo(0, "...", 3, 6), undo(2, "a..", 3, 6), undo(8, "", 2, 6)], &mut Chance::new(seed));
            seen.insert(String::from_utf8(std::fs::read(&path).unwrap()).unwrap());
        }
        let tail = |text: &str| [text.to_owned(), format!("{text}..cc")];
        let wanted: std::collections::BTreeSet<String> =
            ["......", "aaa...", "..bbb.", "aabbb."].into_iter().flat_map(tail).collect();
        assert_eq!(seen, wanted);
    }
}
