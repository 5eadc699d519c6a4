use std::io::{Read as _, Write as _};

use countersign_model::recovery::DecryptionKey;
use proptest::prelude::*;

use super::*;

fn key(seed: u8) -> DecryptionKey {
    DecryptionKey::from_bytes([seed; 32])
}

fn encrypted(content: &[u8], to: &[u8]) -> Vec<u8> {
    let keys = to.iter().map(|seed| (public_half(&key(*seed)), [seed ^ 0x55; 32])).collect();
    let about = About { kind: "rescue".to_owned(), commands: 3, ..About::default() };
    let mut writer = EncryptedWriter::new(Vec::new(), about, &Recipients { keys, file_key: [77; 32] }).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

fn decrypted(file: &[u8], with: u8) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let mut reader = EncryptedReader::open(file, &key(with)).map_err(|problem| problem.to_string())?;
    reader.read_to_end(&mut content).map_err(|error| error.to_string())?;
    Ok(content)
}

#[test]
fn what_goes_in_comes_out_for_each_recipient_at_every_awkward_length() {
    for length in [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 17] {
        let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let file = encrypted(&content, &[1, 2]);
        assert_eq!(decrypted(&file, 1).unwrap(), content, "{length}");
        assert_eq!(decrypted(&file, 2).unwrap(), content, "{length}");
        let refused = decrypted(&file, 3).unwrap_err();
        assert!(refused.contains("another key"), "{refused}");
        if length > 64 {
            assert!(!file.windows(32).any(|window| content.windows(32).next() == Some(window)), "plain bytes inside");
        }
    }
}

#[test]
fn the_header_tells_a_carrier_what_is_inside_and_for_whom() {
    let file = encrypted(b"secret", &[1]);
    assert!(looks_encrypted(&file) && !looks_encrypted(b"PK"));
    let header = Header::read(&mut file.as_slice()).unwrap();
    assert_eq!((header.about().kind.as_str(), header.about().commands), ("rescue", 3));
    assert!(header.is_for(&public_half(&key(1))) && !header.is_for(&public_half(&key(2))));
}

#[test]
fn no_byte_can_be_changed_cut_off_or_added() {
    let file = encrypted(b"a few bytes", &[1]);
    for at in 0..file.len() {
        for bit in [1, 0x80] {
            let mut changed = file.clone();
            changed[at] ^= bit;
            assert!(decrypted(&changed, 1).is_err(), "byte {at}");
        }
        assert!(decrypted(&file[..at], 1).is_err(), "cut at {at}");
    }
    assert!(decrypted(&[file.as_slice(), b"x"].concat(), 1).is_err());
    assert!(decrypted(&[b"x", file.as_slice()].concat(), 1).is_err());
}

#[test]
fn parts_cannot_be_swapped_dropped_repeated_or_borrowed_from_another_file() {
    let content = vec![5; 4 * PART];
    let file = encrypted(&content, &[1]);
    let sealed = PART + TAG;
    let start = file.len() - 4 * sealed;
    let (header, parts) = file.split_at(start);
    let parts: Vec<&[u8]> = parts.chunks(sealed).collect();
    let with = |order: &[usize]| {
        let parts: Vec<u8> = order.iter().flat_map(|at| parts[*at].iter().copied()).collect();
        decrypted(&[header, &parts].concat(), 1)
    };
    assert_eq!(with(&[0, 1, 2, 3]).unwrap(), content);
    for order in [&[1, 0, 2, 3][..], &[0, 1, 2], &[0, 1, 3], &[0, 1, 2, 3, 3], &[0, 0, 1, 2, 3], &[3], &[]] {
        let refused = with(order).unwrap_err();
        assert!(refused.contains("damaged at part"), "{order:?}: {refused}");
    }
    // The same key under another header: the parts belong to their header.
    let other = String::from_utf8_lossy(header).replace("\"commands\":3", "\"commands\":4").into_bytes();
    let refused = decrypted(&[other.as_slice(), &parts.concat()].concat(), 1).unwrap_err();
    assert!(refused.contains("damaged at part 1"), "{refused}");
}

#[test]
fn other_files_and_newer_formats_say_what_they_are() {
    let rows: [(&[u8], &str); 5] = [
        (b"", "no encrypted file"),
        (b"PK\x03\x04 something else\n", "no encrypted file"),
        (b"countersign encrypted 2\n{}\n", "format 2"),
        (b"countersign encrypted 1\n{}\n", "damaged"),
        (b"countersign encrypted 1\n{\"about\"", "has no end"),
    ];
    for (bytes, expected) in rows {
        let refused = decrypted(bytes, 1).unwrap_err();
        assert!(refused.contains(expected), "{refused}");
    }
    let endless = [b"countersign encrypted 1\n".as_slice(), &vec![b' '; HEADER_BYTES + 9]].concat();
    assert!(decrypted(&endless, 1).is_err());
}

proptest! {
    #[test]
    fn how_the_bytes_are_written_makes_no_difference(
        content in proptest::collection::vec(any::<u8>(), 0..300_000), step in 1_usize..100_000,
    ) {
        let whole = encrypted(&content, &[1]);
        let keys = vec![(public_half(&key(1)), [1 ^ 0x55; 32])];
        let about = About { kind: "rescue".to_owned(), commands: 3, ..About::default() };
        let mut writer = EncryptedWriter::new(Vec::new(), about, &Recipients { keys, file_key: [77; 32] }).unwrap();
        for piece in content.chunks(step) {
            writer.write_all(piece).unwrap();
            writer.flush().unwrap();
        }
        prop_assert_eq!(writer.finish().unwrap(), whole);
    }
}
