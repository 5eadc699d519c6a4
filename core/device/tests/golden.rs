//! Recorded conversations with the sync engine. Each file of `golden/` tells a story; the actions in it are what the
//! engine must answer, word for word. `UPDATE_GOLDEN=1` writes them anew: read the difference before you keep it.
#![cfg(test)]

mod conversation;

use std::fs;
use std::path::Path;

#[test]
fn the_engine_answers_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 18, "conversations are missing: {files:?}");
    let mut different = Vec::new();
    for file in files {
        let recorded = fs::read_to_string(&file).unwrap();
        let played = conversation::play(&recorded);
        if played == recorded {
            continue;
        }
        match update {
            true => fs::write(&file, played).unwrap(),
            false => different.push(first_difference(&file, &recorded, &played)),
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

fn first_difference(file: &Path, recorded: &str, played: &str) -> String {
    let name = file.file_name().unwrap().to_string_lossy();
    let (number, (was, is)) = recorded
        .lines()
        .chain(std::iter::repeat("(end)"))
        .zip(played.lines().chain(std::iter::once("(end)")))
        .enumerate()
        .find(|(_, (was, is))| was != is)
        .unwrap_or_default();
    format!("{name}:{}\n  recorded {was}\n  played   {is}", number + 1)
}
